// rooms: case verify publish proof model base
// Bytes that replace one file of an edition which the operator then signs again: every reader in verify sees them. The
// first byte chooses the file.
#include <string_view>

#include "base/check.h"
#include "small_case.h"

namespace {

using namespace gavah;

struct Base {
  tests::SmallCase small = tests::make_small_case();
  MemoryDisk disk;
  std::vector<std::string> paths;
  Base() {
    GAVAH_CHECK(small.write(disk, "edition").has_value());
    for (const auto& [path, bytes] : disk.files()) paths.push_back(path);
  }
};

/// Stamps and signs, so that the bytes get past the manifest.
void sign_again(Base& base, MemoryDisk& disk) {
  auto manifest = proof::Manifest::parse(proof::parse_note(base.disk.files()["edition/edition.json"])->text).value();
  for (proof::FileStamp& stamp : manifest.files) {
    const std::string& bytes = disk.files()["edition/" + stamp.path];
    stamp.size_bytes = bytes.size();
    stamp.sha256 = sha256(bytes);
  }
  disk.files()["edition/edition.json"] = proof::sign_note(manifest.text(), base.small.release_signer).value();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Base base;
  if (size == 0) return 0;
  const std::string& path = base.paths[data[0] % base.paths.size()];
  const std::string bytes(reinterpret_cast<const char*>(data + 1), size - 1);
  MemoryDisk disk;
  disk.make_directories("edition").value();
  disk.files() = base.disk.files();
  const bool same = disk.files()[path] == bytes;
  disk.files()[path] = bytes;
  if (path != "edition/edition.json") sign_again(base, disk);
  const auto verdict = verify::verify_edition(disk, "edition", {.pin = base.small.pin(), .threads = 1});
  GAVAH_CHECK(verdict.has_value());
  // An operator may open less than before and sign it: lines of claims and of leaves that are no entries may go.
  // places.json is for readers only.
  const bool free = path == "edition/places.json" || path == "edition/claims.jsonl" || path == "edition/records.jsonl";
  GAVAH_CHECK(same || free || verdict->outcome == verify::Outcome::failed);
  return 0;
}
