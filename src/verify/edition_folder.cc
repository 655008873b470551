#include "verify/edition_folder.h"

#include <algorithm>

namespace gavah::verify {

void EditionFolder::read_blocks(const proof::FileStamp& stamp, Findings& findings,
                                const std::function<void(std::string_view)>& take) const {
  constexpr std::uint64_t kBlockBytes = 4ULL << 20U;
  StampedFile file(disk_, directory_, stamp);
  for (std::string block = file.next(kBlockBytes); !block.empty(); block = file.next(kBlockBytes)) take(block);
  file.finish(findings);
}

std::string EditionFolder::read_stamped(const proof::FileStamp& stamp, Findings& findings) const {
  std::string out;
  read_blocks(stamp, findings, [&](std::string_view block) { out.append(block); });
  return out;
}

void EditionFolder::read_each_line(const proof::FileStamp& stamp, Check check, Findings& findings,
                                   const std::function<void(std::string_view)>& take) const {
  LineBlocks blocks(disk_, directory_, stamp);
  for (std::size_t number = 0; number < blocks.count(); ++number) {
    std::string bytes;
    std::ranges::for_each(blocks.read(number, bytes), take);
  }
  blocks.finish(check, findings);
}

}  // namespace gavah::verify
