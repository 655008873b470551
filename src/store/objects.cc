#include "store/objects.h"

#include "base/bytes.h"
#include "base/format.h"

namespace gavah::store {
namespace {

constexpr std::string_view kIncoming = "incoming";
constexpr std::uint64_t kPieceBytes = 1024 * 1024;  ///< read at a time while rehashing

}  // namespace

std::string Objects::path_of(const Digest& name) const {
  const std::string hex = name.hex();
  return join_path(join_path(directory_, hex.substr(0, 2)), hex);
}

Result<age::Sealed> Objects::put(const ByteSource& plain, std::span<const age::Recipient> recipients, Random& random) {
  const std::string incoming = join_path(directory_, kIncoming);
  GAVAH_TRY(disk_->make_directories(incoming));
  const std::string temporary = join_path(incoming, to_hex(random.bytes(16)));
  Result<age::Sealed> sealed = [&]() -> Result<age::Sealed> {
    GAVAH_ASSIGN(const auto writer, disk_->create(temporary));
    return age::seal(plain, recipients, random, *writer);
  }();
  if (sealed) {
    const std::string path = path_of(sealed->payload_digest);
    GAVAH_TRY(disk_->make_directories(std::string(parent_path(path))));
    GAVAH_TRY(disk_->rename(temporary, path));
  } else if (disk_->exists(temporary)) {
    // The first failure is the one to report; what cannot be removed now is removed by remove_leftovers().
    [[maybe_unused]] const auto removed = disk_->remove(temporary);
  }
  return sealed;
}

PartSpool Objects::spool(const CaptureId& capture, Random& random) const {
  return {*disk_, join_path(join_path(directory_, kIncoming), to_hex(random.bytes(16))), capture, random};
}

Result<void> Objects::sync() { return disk_->sync_all(directory_); }

Result<void> Objects::remove(const Digest& name) {
  const std::string path = path_of(name);
  if (!disk_->exists(path)) return {};
  GAVAH_TRY(disk_->remove(path));
  return disk_->sync_directory(std::string(parent_path(path)));
}

Result<std::unique_ptr<ByteSource>> Objects::payload(const Digest& name) {
  GAVAH_ASSIGN_AS(auto file, disk_->open(path_of(name)), format("object {}", name.hex()));
  return file;
}

Result<std::unique_ptr<ByteSource>> Objects::open(const Digest& name, std::string_view header,
                                                  const age::Identity& identity) {
  GAVAH_ASSIGN(auto file, payload(name));
  GAVAH_ASSIGN_AS(auto plain, age::open(header, std::span(&identity, 1), std::move(file)),
                  format("object {}", name.hex()));
  return plain;
}

Result<void> Objects::check(const Digest& name) {
  GAVAH_ASSIGN(const auto file, payload(name));
  Sha256 hash;
  for (std::uint64_t at = 0; at < file->size(); at += kPieceBytes) {
    GAVAH_ASSIGN(const std::string piece, file->read({at, std::min(at + kPieceBytes, file->size())}));
    hash.update(piece);
  }
  if (hash.finish() != name) return fail(ErrorCode::corrupt, format("object {} has other bytes", name.hex()));
  return {};
}

Result<void> Objects::remove_leftovers() {
  const std::string incoming = join_path(directory_, kIncoming);
  if (!disk_->exists(incoming)) return {};
  return disk_->remove_tree(incoming);
}

}  // namespace gavah::store
