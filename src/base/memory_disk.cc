#include "base/disk.h"
#include "base/format.h"

namespace gavah {
namespace {

class OwnedSource final : public ByteSource {
 public:
  explicit OwnedSource(std::string bytes) : bytes_(std::move(bytes)) {}
  std::uint64_t size() const override { return bytes_.size(); }
  Result<std::string> read(ByteRange range) const override { return MemorySource(bytes_).read(range); }

 private:
  std::string bytes_;
};

}  // namespace

class MemoryWriter final : public FileWriter {
 public:
  MemoryWriter(MemoryDisk& disk, std::string path) : disk_(disk), path_(std::move(path)) {}
  Result<void> append(std::string_view bytes) override {
    GAVAH_TRY(disk_.spend_write());
    disk_.files_[path_].append(bytes);
    return {};
  }
  Result<void> sync() override { return disk_.spend_write(); }

 private:
  MemoryDisk& disk_;
  std::string path_;
};

Result<void> MemoryDisk::spend_write() {
  if (writes_left_ == 0) return fail(ErrorCode::unavailable, "no space left on device");
  if (writes_left_ > 0) --writes_left_;
  return {};
}

Result<std::string> MemoryDisk::read(const std::string& path) {
  const auto found = files_.find(path);
  if (found == files_.end()) return fail(ErrorCode::not_found, format("{} does not exist", path));
  return found->second;
}

Result<std::unique_ptr<ByteSource>> MemoryDisk::open(const std::string& path) {
  GAVAH_ASSIGN(std::string bytes, read(path));
  return std::unique_ptr<ByteSource>(new OwnedSource(std::move(bytes)));
}

Result<EntryKind> MemoryDisk::kind(const std::string& path) {
  if (files_.contains(path)) return EntryKind::file;
  if (directories_.contains(path)) return EntryKind::directory;
  return fail(ErrorCode::not_found, format("{} does not exist", path));
}

Result<std::vector<DirectoryEntry>> MemoryDisk::list(const std::string& directory) {
  const std::string prefix = join_path(directory, "");
  std::map<std::string, EntryKind> entries;
  const auto note = [&](const std::string& path, EntryKind what) {
    if (path.size() <= prefix.size() || !path.starts_with(prefix)) return;
    const std::string rest = path.substr(prefix.size());
    const auto slash = rest.find('/');
    entries.try_emplace(rest.substr(0, slash), slash == std::string::npos ? what : EntryKind::directory);
  };
  for (const auto& [path, present] : directories_) note(path, EntryKind::directory);
  for (const auto& [path, bytes] : files_) note(path, EntryKind::file);
  std::vector<DirectoryEntry> out;
  out.reserve(entries.size());
  for (const auto& [name, what] : entries) out.push_back({name, what});
  return out;
}

Result<void> MemoryDisk::make_directories(const std::string& path) {
  GAVAH_TRY(spend_write());
  for (std::string_view at = path; at != "." && at != "/"; at = parent_path(at)) directories_[std::string(at)] = true;
  return {};
}

Result<std::unique_ptr<FileWriter>> MemoryDisk::create(const std::string& path) {
  GAVAH_TRY(spend_write());
  if (exists(path)) return fail(ErrorCode::refused, format("{} exists", path));
  files_[path] = "";
  return std::unique_ptr<FileWriter>(new MemoryWriter(*this, path));
}

Result<std::unique_ptr<RandomAccessFile>> MemoryDisk::open_file(const std::string& path, OpenMode) {
  return fail(ErrorCode::unavailable, format("{} cannot be opened for random access in memory", path));
}

Result<void> MemoryDisk::rename(const std::string& from, const std::string& to) {
  GAVAH_TRY(spend_write());
  if (directories_.contains(from)) return rename_directory(from, to);
  GAVAH_ASSIGN(std::string bytes, read(from));
  files_.erase(from);
  files_[to] = std::move(bytes);
  return {};
}

Result<void> MemoryDisk::rename_directory(const std::string& from, const std::string& to) {
  if (exists(to)) return fail(ErrorCode::refused, format("{} exists", to));
  const auto move_all = [&](auto& map) {
    std::remove_reference_t<decltype(map)> moved;
    for (auto& [path, value] : map) {
      const bool inside = path == from || path.starts_with(from + "/");
      moved.emplace(inside ? to + path.substr(from.size()) : path, std::move(value));
    }
    map = std::move(moved);
  };
  move_all(files_);
  move_all(directories_);
  return {};
}

Result<void> MemoryDisk::remove(const std::string& path) {
  if (files_.erase(path) + directories_.erase(path) == 0)
    return fail(ErrorCode::not_found, format("{} does not exist", path));
  return {};
}

Result<void> MemoryDisk::sync_directory(const std::string&) { return spend_write(); }
Result<void> MemoryDisk::sync_all(const std::string&) { return spend_write(); }

}  // namespace gavah
