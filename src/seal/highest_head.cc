#include "seal/highest_head.h"

#include "base/format.h"

namespace gavah::seal {
namespace {

Result<std::string> read_note(Disk& disk, const std::string& path) {
  auto note = disk.read(path);
  if (!note && note.error().code == ErrorCode::not_found) return std::string();
  return note;
}

Result<std::optional<proof::Checkpoint>> parse_note(const std::string& note, std::span<const proof::Verifier> keys) {
  if (note.empty()) return std::optional<proof::Checkpoint>();
  auto head = proof::open_checkpoint(note, keys);
  if (!head) {
    Error error = std::move(head).error();
    error.code = ErrorCode::corrupt;
    error.context.emplace_back("reading the highest head that this machine has signed");
    return std::unexpected<Error>(std::move(error));
  }
  return std::optional<proof::Checkpoint>(*std::move(head));
}

}  // namespace

std::string HighestHead::path_of(const std::string& state_directory, const std::string& origin) {
  return join_path(join_path(state_directory, sha256(origin).hex().substr(0, 32)), "head");
}

Result<HighestHead> HighestHead::open(Disk& disk, const std::string& state_directory, const std::string& origin,
                                      const Clock& clock) {
  const std::string path = path_of(state_directory, origin);
  const std::string folder(parent_path(path));
  GAVAH_TRY(disk.make_directories(folder));
  GAVAH_ASSIGN(WriterLock lock, WriterLock::take(disk, join_path(folder, "lock"), clock));
  return HighestHead(disk, path, std::move(lock));
}

Result<std::optional<proof::Checkpoint>> HighestHead::look(Disk& disk, const std::string& state_directory,
                                                           const std::string& origin,
                                                           std::span<const proof::Verifier> log_keys) {
  GAVAH_ASSIGN(const std::string note, read_note(disk, path_of(state_directory, origin)));
  return parse_note(note, log_keys);
}

Result<std::string> HighestHead::note() const { return read_note(*disk_, path_); }

Result<std::optional<proof::Checkpoint>> HighestHead::read(std::span<const proof::Verifier> log_keys) const {
  GAVAH_ASSIGN(const std::string text, note());
  return parse_note(text, log_keys);
}

Result<void> HighestHead::swap(const std::string& expected, const std::string& note) {
  GAVAH_ASSIGN(const std::string present, this->note());
  if (present != expected) return fail(ErrorCode::fatal, "another writer has signed a head of this log meanwhile");
  return disk_->replace(path_, note);
}

}  // namespace gavah::seal
