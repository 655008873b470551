#include "seal/writer_lock.h"

#include "base/format.h"
#include "base/process.h"

namespace gavah::seal {
namespace {

constexpr std::size_t kMaxHolderBytes = 512;  ///< of the line that a holder writes
/// The lock stands beyond the line, so that whoever is turned away can read it everywhere.
constexpr ByteRange kLockedByte{1U << 20U, (1U << 20U) + 1};

std::string holder_line(const Clock& clock) {
  return format("process {} since {} ({})\n", process_number(), clock.now().text(), process_command());
}

std::string read_holder(RandomAccessFile& file) {
  std::string line(kMaxHolderBytes, '\0');
  const auto got = file.read(0, line);
  if (!got) return "another process";
  line.resize(*got);
  line.resize(std::min(line.size(), line.find('\n')));
  return line.empty() ? "another process" : line;
}

}  // namespace

Result<WriterLock> WriterLock::take(Disk& disk, const std::string& path, const Clock& clock) {
  GAVAH_ASSIGN(auto file, disk.open_file(path, OpenMode::create));
  GAVAH_ASSIGN_AS(const bool is_ours, file->lock(kLockedByte, FileLock::exclusive), "taking the writer's lock");
  if (!is_ours) return fail(ErrorCode::unavailable, format("{} writes to this chronicle", read_holder(*file)));
  GAVAH_TRY_AS(file->truncate(0), "taking the writer's lock");
  GAVAH_TRY_AS(file->write(0, holder_line(clock)), "taking the writer's lock");
  return WriterLock(std::move(file));
}

}  // namespace gavah::seal
