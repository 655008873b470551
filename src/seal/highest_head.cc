#include "seal/highest_head.h"

#include <algorithm>

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

constexpr std::size_t kMaxKeysBytes = 1U << 20U;  // of the file of keys: thousands of them

std::string keys_path(const std::string& head_path) { return join_path(std::string(parent_path(head_path)), "keys"); }

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

Result<std::string> HighestHead::look_note(Disk& disk, const std::string& state_directory, const std::string& origin) {
  return read_note(disk, path_of(state_directory, origin));
}

Result<std::vector<proof::Verifier>> HighestHead::look_keys(Disk& disk, const std::string& state_directory,
                                                            const std::string& origin) {
  GAVAH_ASSIGN(const std::string lines, read_note(disk, keys_path(path_of(state_directory, origin))));
  if (lines.size() > kMaxKeysBytes) return fail(ErrorCode::corrupt, "the file of remembered log keys is too large");
  std::vector<proof::Verifier> out;
  for (std::string_view rest = lines; !rest.empty();) {
    const auto end = std::min(rest.find('\n'), rest.size());
    GAVAH_ASSIGN_AS(out.emplace_back(), proof::Verifier::parse(rest.substr(0, end)), "reading remembered log keys");
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return out;
}

Result<void> HighestHead::keep_keys(std::span<const proof::Verifier> log_keys) {
  std::string lines;
  for (const proof::Verifier& key : log_keys) lines += key.text() + "\n";
  GAVAH_ASSIGN(const std::string present, read_note(*disk_, keys_path(path_)));
  if (present == lines) return {};
  return disk_->replace(keys_path(path_), lines);
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
