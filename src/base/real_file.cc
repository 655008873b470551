#include "base/real_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/format.h"

namespace gavah {
namespace {

std::unexpected<Error> system_error(std::string_view attempted, const std::string& path) {
  const int number = errno;
  const ErrorCode code = number == ENOENT ? ErrorCode::not_found : ErrorCode::unavailable;
  return fail(code, format("{} {}: {}", attempted, path, std::strerror(number)));
}

class RealFile final : public RandomAccessFile {
 public:
  RealFile(int fd, std::string path, OpenMode mode) : fd_(fd), path_(std::move(path)), mode_(mode) {}
  RealFile(const RealFile&) = delete;
  RealFile& operator=(const RealFile&) = delete;
  ~RealFile() override {
    for (const std::span<char> region : regions_) ::munmap(region.data(), region.size());
    ::close(fd_);
  }

  Result<std::uint64_t> size() override {
    struct stat info{};
    if (::fstat(fd_, &info) != 0) return system_error("looking at", path_);
    return static_cast<std::uint64_t>(info.st_size);
  }

  Result<std::size_t> read(std::uint64_t offset, std::span<char> out) override {
    std::size_t done = 0;
    while (done < out.size()) {
      const ssize_t got = ::pread(fd_, out.data() + done, out.size() - done, static_cast<off_t>(offset + done));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return system_error("reading", path_);
      if (got == 0) break;
      done += static_cast<std::size_t>(got);
    }
    return done;
  }

  Result<void> write(std::uint64_t offset, std::string_view bytes) override {
    while (!bytes.empty()) {
      const ssize_t put = ::pwrite(fd_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
      if (put < 0 && errno == EINTR) continue;
      if (put < 0) return system_error("writing", path_);
      bytes.remove_prefix(static_cast<std::size_t>(put));
      offset += static_cast<std::uint64_t>(put);
    }
    return {};
  }

  Result<void> truncate(std::uint64_t size_bytes) override {
    if (::ftruncate(fd_, static_cast<off_t>(size_bytes)) != 0) return system_error("cutting", path_);
    return {};
  }

  Result<void> sync() override {
    if (::fdatasync(fd_) == 0) return {};
    return fail(ErrorCode::fatal, format("syncing {}: {}", path_, std::strerror(errno)));
  }

  Result<bool> lock(ByteRange range, FileLock kind) override {
    struct flock request{};
    request.l_type = kind == FileLock::none ? F_UNLCK : kind == FileLock::shared ? F_RDLCK : F_WRLCK;
    request.l_whence = SEEK_SET;
    request.l_start = static_cast<off_t>(range.begin);
    request.l_len = static_cast<off_t>(range.size());
    int done = 0;
    do done = ::fcntl(fd_, F_OFD_SETLK, &request);
    while (done != 0 && errno == EINTR);
    if (done == 0) return true;
    if (errno == EAGAIN || errno == EACCES) return false;
    return system_error("locking", path_);
  }

  Result<std::span<char>> map(ByteRange range) override {
    GAVAH_ASSIGN(const std::uint64_t present, size());
    // Written, not only lengthened: a hole that a full disk cannot fill would kill the process when it is touched.
    if (present < range.end) GAVAH_TRY(write(present, std::string(range.end - present, '\0')));
    const int protection = mode_ == OpenMode::read ? PROT_READ : PROT_READ | PROT_WRITE;
    void* const at = ::mmap(nullptr, range.size(), protection, MAP_SHARED, fd_, static_cast<off_t>(range.begin));
    if (at == MAP_FAILED) return system_error("mapping", path_);
    regions_.emplace_back(static_cast<char*>(at), range.size());
    return regions_.back();
  }

 private:
  int fd_;
  std::string path_;
  OpenMode mode_;
  std::vector<std::span<char>> regions_;
};

}  // namespace

Result<std::unique_ptr<RandomAccessFile>> open_real_file(const std::string& path, OpenMode mode) {
  const int flags = mode == OpenMode::read ? O_RDONLY : mode == OpenMode::write ? O_RDWR : O_RDWR | O_CREAT;
  int fd = -1;
  do fd = ::open(path.c_str(), flags | O_CLOEXEC, 0600);
  while (fd < 0 && errno == EINTR);
  if (fd < 0) return system_error("opening", path);
  struct stat info{};
  if (::fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) {
    ::close(fd);
    return fail(ErrorCode::invalid_input, format("{} is not a regular file", path));
  }
  return std::unique_ptr<RandomAccessFile>(new RealFile(fd, path, mode));
}

}  // namespace gavah
