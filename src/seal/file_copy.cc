#include "seal/file_copy.h"

#include <algorithm>

#include "base/format.h"

namespace gavah::seal {
namespace {

constexpr std::uint64_t kPieceBytes = 1024 * 1024;  ///< read at a time

}  // namespace

Result<Digest> copy_file(Disk& disk, const std::string& from, const std::string& to) {
  GAVAH_ASSIGN(const auto source, disk.open(from));
  GAVAH_ASSIGN(const auto target, disk.create(to));
  Sha256 hash;
  for (std::uint64_t at = 0; at < source->size(); at += kPieceBytes) {
    GAVAH_ASSIGN(const std::string piece, source->read({at, std::min(at + kPieceBytes, source->size())}));
    hash.update(piece);
    GAVAH_TRY(target->append(piece));
  }
  return hash.finish();
}

Result<void> check_copy(Disk& disk, const std::string& path, const Digest& expected) {
  GAVAH_ASSIGN(const auto source, disk.open(path));
  Sha256 hash;
  for (std::uint64_t at = 0; at < source->size(); at += kPieceBytes) {
    GAVAH_ASSIGN(const std::string piece, source->read({at, std::min(at + kPieceBytes, source->size())}));
    hash.update(piece);
  }
  if (hash.finish() != expected) return fail(ErrorCode::corrupt, format("{} was not copied as it is", path));
  return {};
}

}  // namespace gavah::seal
