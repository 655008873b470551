#include "seal/shredding_for_tests.h"

#include "store/page_file.h"

namespace gavah::seal {

std::string ShredTest::opened_pages(const store::DatabaseFile& file) {
  const auto all = [](store::PageFile& pages, std::size_t block_bytes, std::uint64_t from) {
    std::string out;
    const std::uint64_t size = pages.size().value();
    for (std::uint64_t at = from; at + block_bytes <= size; at += block_bytes) {
      std::string block(block_bytes, '\0');
      EXPECT_TRUE(pages.read(at, block)) << at;
      out.append(block);
    }
    return out;
  };
  constexpr std::size_t kPageBytes = 4096;
  store::SealedPages pages(disk_.open_file(file.path, OpenMode::read).value(), *file.sealing, kPageBytes);
  std::string out = all(pages, kPageBytes, 0);
  if (disk_.exists(file.path + "-wal")) {
    store::SealedWal log(disk_.open_file(file.path + "-wal", OpenMode::read).value(), pages);
    out += all(log, kPageBytes + 24, 32);
  }
  return out;
}

bool ShredTest::occurs(std::string_view words) {
  for (const std::string& path : disk_.paths()) {
    if (path.starts_with("/case") && disk_.read(path).value().find(words) != std::string::npos) return true;
  }
  const store::Chronicle chronicle = open();
  return opened_pages(chronicle.ledger_file()).find(words) != std::string::npos ||
         opened_pages(chronicle.keyring_file()).find(words) != std::string::npos;
}

}  // namespace gavah::seal
