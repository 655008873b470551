#include "publish/edition_files.h"

#include <algorithm>

namespace gavah::publish {

Result<void> EditionFiles::put(const std::string& path, std::string_view bytes) {
  const std::string full = join_path(directory_, path);
  if (std::string parent(parent_path(full)); parent != last_parent_) {
    GAVAH_TRY(disk_.make_directories(parent));
    last_parent_ = std::move(parent);
  }
  return disk_.write_new(full, bytes);
}

Result<void> EditionFiles::write(const std::string& path, std::string_view bytes) {
  GAVAH_TRY_AS(put(path, bytes), "writing " + path);
  stamps_.push_back({path, bytes.size(), sha256(bytes)});
  return {};
}

Result<std::vector<proof::FileStamp>> EditionFiles::finish() {
  std::ranges::sort(stamps_, {}, &proof::FileStamp::path);
  std::string listed;
  std::vector<proof::FileStamp> top;
  for (const proof::FileStamp& stamp : stamps_) {
    if (stamp.path.find('/') == std::string::npos) {
      top.push_back(stamp);
    } else {
      listed.append(proof::to_json(stamp)).push_back('\n');
    }
  }
  GAVAH_TRY(write("files.jsonl", listed));
  top.push_back(stamps_.back());
  std::ranges::sort(top, {}, &proof::FileStamp::path);
  return top;
}

Result<void> EditionFiles::write_manifest(std::string_view bytes) { return put("edition.json", bytes); }

}  // namespace gavah::publish
