#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "base/disk.h"
#include "base/format.h"
#include "base/real_file.h"

namespace gavah {
namespace {

std::unexpected<Error> system_error(std::string_view attempted, const std::string& path) {
  const int number = errno;
  const ErrorCode code = number == ENOENT || number == ENOTDIR ? ErrorCode::not_found
                         : number == EEXIST                    ? ErrorCode::refused
                                                               : ErrorCode::unavailable;
  return fail(code, format("{} {}: {}", attempted, path, std::strerror(number)));
}

std::unexpected<Error> sync_error(const std::string& path) {
  return fail(ErrorCode::fatal, format("syncing {}: {}", path, std::strerror(errno)));
}

/// Owns an open file.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const { return fd_; }

 private:
  int fd_;
};

int open_retrying(const std::string& path, int flags) {
  int fd = -1;
  do fd = ::open(path.c_str(), flags | O_CLOEXEC, 0600);
  while (fd < 0 && errno == EINTR);
  return fd;
}

class FileSource final : public ByteSource {
 public:
  FileSource(int fd, std::uint64_t size, std::string path) : file_(fd), size_(size), path_(std::move(path)) {}
  std::uint64_t size() const override { return size_; }

  Result<std::string> read(ByteRange range) const override {
    if (range.begin > range.end || range.end > size_) {
      return fail(ErrorCode::invalid_input, format("bytes {} to {} lie outside of {}", range.begin, range.end, path_));
    }
    std::string out;
    // Without filling the room first: that is a tenth of reading from the page cache.
    // The size given to the callback is not always the one asked for (libstdc++ 12).
    out.resize_and_overwrite(range.size(), [&](char*, std::size_t) { return range.size(); });
    std::size_t done = 0;
    while (done < out.size()) {
      const ssize_t got =
          ::pread(file_.get(), out.data() + done, out.size() - done, static_cast<off_t>(range.begin + done));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return system_error("reading", path_);
      if (got == 0) return fail(ErrorCode::unavailable, format("{} became shorter while it was read", path_));
      done += static_cast<std::size_t>(got);
    }
    return out;
  }

 private:
  Descriptor file_;
  std::uint64_t size_;
  std::string path_;
};

class RealWriter final : public FileWriter {
 public:
  RealWriter(int fd, std::string path) : file_(fd), path_(std::move(path)) {}

  Result<void> append(std::string_view bytes) override {
    while (!bytes.empty()) {
      const ssize_t put = ::write(file_.get(), bytes.data(), bytes.size());
      if (put < 0 && errno == EINTR) continue;
      if (put < 0) return system_error("writing", path_);
      bytes.remove_prefix(static_cast<std::size_t>(put));
    }
    return {};
  }

  Result<void> sync() override {
    if (::fdatasync(file_.get()) != 0) return sync_error(path_);
    return {};
  }

 private:
  Descriptor file_;
  std::string path_;
};

}  // namespace

Result<std::unique_ptr<ByteSource>> RealDisk::open(const std::string& path) {
  const int fd = open_retrying(path, O_RDONLY);
  if (fd < 0) return system_error("opening", path);
  struct stat info{};
  if (::fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) {
    ::close(fd);
    return fail(ErrorCode::invalid_input, format("{} is not a regular file", path));
  }
  return std::unique_ptr<ByteSource>(new FileSource(fd, static_cast<std::uint64_t>(info.st_size), path));
}

Result<std::string> RealDisk::read(const std::string& path) {
  GAVAH_ASSIGN(const auto file, open(path));
  return file->read({0, file->size()});
}

Result<EntryKind> RealDisk::kind(const std::string& path) {
  struct stat info{};
  if (::stat(path.c_str(), &info) != 0) return system_error("looking at", path);
  if (S_ISREG(info.st_mode)) return EntryKind::file;
  return S_ISDIR(info.st_mode) ? EntryKind::directory : EntryKind::other;
}

namespace {

/// As the directory says; only where its file system does not say, the entry itself is asked.
EntryKind kind_of(const dirent& entry, const std::string& path) {
  struct stat info{};
  if (entry.d_type != DT_UNKNOWN) info.st_mode = static_cast<mode_t>(DTTOIF(entry.d_type));
  if (entry.d_type == DT_UNKNOWN && ::lstat(path.c_str(), &info) != 0) return EntryKind::other;
  return S_ISREG(info.st_mode) ? EntryKind::file : S_ISDIR(info.st_mode) ? EntryKind::directory : EntryKind::other;
}

}  // namespace

Result<std::vector<DirectoryEntry>> RealDisk::list(const std::string& directory) {
  const std::unique_ptr<DIR, int (*)(DIR*)> stream(::opendir(directory.c_str()), &::closedir);
  if (!stream) return system_error("listing", directory);
  std::vector<DirectoryEntry> entries;
  while (const dirent* entry = ::readdir(stream.get())) {
    const std::string name = entry->d_name;
    if (name == "." || name == "..") continue;
    entries.push_back({name, kind_of(*entry, join_path(directory, name))});
  }
  std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return entries;
}

Result<void> RealDisk::make_directories(const std::string& path) {
  if (path.empty() || path == "/") return {};
  if (::mkdir(path.c_str(), 0700) == 0) return {};
  if (errno == ENOENT) {
    GAVAH_TRY(make_directories(std::string(parent_path(path))));
    if (::mkdir(path.c_str(), 0700) == 0 || errno == EEXIST) return {};
  }
  if (errno == EEXIST) {
    GAVAH_ASSIGN(const EntryKind what, kind(path));
    if (what == EntryKind::directory) return {};
    return fail(ErrorCode::refused, format("{} exists and is not a directory", path));
  }
  return system_error("making", path);
}

Result<std::unique_ptr<FileWriter>> RealDisk::create(const std::string& path) {
  const int fd = open_retrying(path, O_WRONLY | O_CREAT | O_EXCL);
  if (fd < 0) return system_error("creating", path);
  return std::unique_ptr<FileWriter>(new RealWriter(fd, path));
}

Result<std::unique_ptr<RandomAccessFile>> RealDisk::open_file(const std::string& path, OpenMode mode) {
  return open_real_file(path, mode);
}

Result<void> RealDisk::rename(const std::string& from, const std::string& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) return system_error("renaming", from);
  return {};
}

Result<void> RealDisk::remove(const std::string& path) {
  if (std::remove(path.c_str()) != 0) return system_error("removing", path);
  return {};
}

Result<void> RealDisk::sync_directory(const std::string& path) {
  const Descriptor directory(open_retrying(path, O_RDONLY | O_DIRECTORY));
  if (directory.get() < 0) return system_error("opening", path);
  if (::fsync(directory.get()) != 0) return sync_error(path);
  return {};
}

Result<void> RealDisk::sync_all(const std::string& path) {
  const Descriptor directory(open_retrying(path, O_RDONLY));
  if (directory.get() < 0) return system_error("opening", path);
  if (::syncfs(directory.get()) != 0) return sync_error(path);
  return {};
}

}  // namespace gavah
