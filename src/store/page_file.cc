#include "store/page_file.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/check.h"
#include "base/format.h"

namespace gavah::store {
namespace {

constexpr std::string_view kSqliteMark("SQLite format 3\0", kFileMarkBytes);
constexpr std::size_t kHeaderBytes = 100;  ///< SQLite's, at the front of the first page
constexpr std::size_t kWalHeaderBytes = 32;
constexpr std::size_t kFrameHeaderBytes = 24;

/// SQLite's header (its file format, 1.3) as far as it says how large pages are and what is reserved; then zeros.
std::string header_of(std::size_t page_bytes) {
  std::string out(kSqliteMark);
  append_u16_be(out, page_bytes == 65536 ? 1 : static_cast<std::uint16_t>(page_bytes));
  out.append({2, 2, static_cast<char>(kSealBytes), 64, 32, 32});
  out.resize(page_bytes);
  return out;
}

}  // namespace

Result<std::size_t> TransientFile::read(std::uint64_t offset, std::span<char> out) {
  if (offset >= bytes_.size()) return 0;
  return std::string_view(bytes_).substr(offset).copy(out.data(), out.size());
}

Result<void> TransientFile::write(std::uint64_t offset, std::string_view bytes) {
  if (bytes_.size() < offset + bytes.size()) bytes_.resize(offset + bytes.size());
  bytes_.replace(offset, bytes.size(), bytes);
  return {};
}

Result<void> TransientFile::truncate(std::uint64_t size_bytes) {
  bytes_.resize(size_bytes);
  return {};
}

SealedPages::SealedPages(std::unique_ptr<RandomAccessFile> file, PageSealing sealing, std::size_t page_bytes)
    : file_(std::move(file)), sealing_(std::move(sealing)), page_bytes_(page_bytes), page_(page_bytes, '\0') {}

Result<std::uint64_t> SealedPages::size() {
  GAVAH_ASSIGN(const std::uint64_t bytes, file_->size());
  return bytes / page_bytes_ * page_bytes_;
}

Result<PageSeal*> SealedPages::seal() {
  if (seal_) return &*seal_;
  FileMark mark{};
  GAVAH_ASSIGN(const std::size_t got, file_->read(0, mark));
  if (got < mark.size()) return fail(ErrorCode::not_found, "the database is empty");
  GAVAH_ASSIGN(PageSeal opened, PageSeal::of(sealing_, mark));
  seal_.emplace(std::move(opened));
  return &*seal_;
}

Result<PageSeal*> SealedPages::seal_for_writing() {
  auto present = seal();
  if (present || present.error().code != ErrorCode::not_found) return present;
  seal_.emplace(PageSeal::fresh(sealing_));
  if (auto marked = file_->write(0, {seal_->mark().data(), kFileMarkBytes}); !marked) {
    seal_.reset();
    return fail_with(std::move(marked), "beginning a sealed database");
  }
  return &*seal_;
}

Result<bool> SealedPages::read_page(std::uint64_t number, std::span<char> to) {
  GAVAH_ASSIGN(const std::size_t got, file_->read(number * page_bytes_, to));
  if (got < page_bytes_) return false;
  GAVAH_ASSIGN(PageSeal* const seal, this->seal());
  std::array<char, kSealBytes> trailer{};
  std::copy(to.end() - kSealBytes, to.end(), trailer.begin());
  const std::size_t begin = number == 0 ? kFileMarkBytes : 0;
  if (!seal->open(BlockKind::page, number, to.subspan(begin, page_bytes_ - kSealBytes - begin), trailer)) {
    return fail(ErrorCode::corrupt, format("page {} of the {} does not open: it was changed", number, sealing_.role));
  }
  if (number == 0) std::copy(kSqliteMark.begin(), kSqliteMark.end(), to.begin());
  std::fill(to.end() - kSealBytes, to.end(), '\0');
  return true;
}

Result<std::size_t> SealedPages::read(std::uint64_t offset, std::span<char> out) {
  const std::uint64_t number = offset / page_bytes_;
  const std::size_t begin = offset % page_bytes_;
  if (begin == 0 && out.size() == page_bytes_) {
    GAVAH_ASSIGN(const bool is_there, read_page(number, out));
    return is_there ? page_bytes_ : 0;
  }
  GAVAH_CHECK(begin + out.size() <= page_bytes_);
  const auto is_there = read_page(number, page_);
  if (!is_there && is_there.error().code == ErrorCode::corrupt && offset == 0 && out.size() <= kHeaderBytes) {
    // A crash while the log was copied can tear the first page. SQLite looks at it before it looks at the log, which
    // holds the page as it should be, and wants to know the size of pages only.
    page_ = header_of(page_bytes_);
  } else {
    GAVAH_TRY(is_there);
    if (!*is_there) return 0;
  }
  return std::string_view(page_).substr(begin).copy(out.data(), out.size());
}

Result<void> SealedPages::write(std::uint64_t offset, std::string_view bytes) {
  GAVAH_CHECK(offset % page_bytes_ == 0 && bytes.size() == page_bytes_);
  GAVAH_ASSIGN(PageSeal* const seal, seal_for_writing());
  const std::uint64_t number = offset / page_bytes_;
  page_.assign(bytes);
  const std::size_t begin = number == 0 ? kFileMarkBytes : 0;
  if (number == 0) std::copy(seal->mark().begin(), seal->mark().end(), page_.begin());
  const std::span<char> page(page_);
  seal->seal(BlockKind::page, number, page.subspan(begin, page_bytes_ - kSealBytes - begin), page.last<kSealBytes>());
  return file_->write(offset, page_);
}

SealedWal::SealedWal(std::unique_ptr<RandomAccessFile> file, SealedPages& pages)
    : file_(std::move(file)), pages_(pages), block_(kFrameHeaderBytes + pages.page_bytes() + kSealBytes, '\0') {}

std::size_t SealedWal::frame_bytes() const { return kFrameHeaderBytes + pages_.page_bytes(); }

SealedWal::Place SealedWal::place_of(std::uint64_t offset) const {
  if (offset < kWalHeaderBytes) return {0, offset};
  const std::uint64_t rest = offset - kWalHeaderBytes;
  return {1 + rest / frame_bytes(), rest % frame_bytes()};
}

std::size_t SealedWal::body_bytes(std::uint64_t block) const { return block == 0 ? kWalHeaderBytes : frame_bytes(); }

std::uint64_t SealedWal::disk_offset(std::uint64_t block) const {
  return block == 0 ? 0 : kWalHeaderBytes + kSealBytes + (block - 1) * (frame_bytes() + kSealBytes);
}

Result<std::uint64_t> SealedWal::size() {
  GAVAH_TRY(flush());
  GAVAH_ASSIGN(const std::uint64_t bytes, file_->size());
  if (bytes < disk_offset(1)) return 0;
  return kWalHeaderBytes + (bytes - disk_offset(1)) / (frame_bytes() + kSealBytes) * frame_bytes();
}

Result<SealedWal::Opened> SealedWal::load(std::uint64_t block) {
  const std::size_t body = body_bytes(block);
  const std::span<char> whole = std::span(block_).first(body + kSealBytes);
  GAVAH_ASSIGN(const std::size_t got, file_->read(disk_offset(block), whole));
  if (got < whole.size()) {
    std::fill(whole.begin(), whole.end(), '\0');
    return Opened::absent;
  }
  GAVAH_ASSIGN(PageSeal* const seal, pages_.seal());
  const bool opened = seal->open(BlockKind::wal, block, whole.first(body), whole.last<kSealBytes>());
  return opened ? Opened::whole : Opened::torn;
}

Result<void> SealedWal::store(std::uint64_t block) {
  const std::size_t body = body_bytes(block);
  const std::span<char> whole = std::span(block_).first(body + kSealBytes);
  GAVAH_ASSIGN(PageSeal* const seal, pages_.seal());
  seal->seal(BlockKind::wal, block, whole.first(body), whole.last<kSealBytes>());
  GAVAH_TRY(file_->write(disk_offset(block), {whole.data(), whole.size()}));
  written_to_ = block == 0 ? 1 : std::max(written_to_, block + 1);
  return {};
}

Result<void> SealedWal::flush() {
  if (!waiting_) return {};
  const std::uint64_t block = *waiting_;
  waiting_.reset();
  GAVAH_ASSIGN(const Opened opened, load(block));
  if (opened == Opened::torn) return fail(ErrorCode::corrupt, "a frame of a write-ahead log does not open");
  waiting_header_.copy(block_.data(), kFrameHeaderBytes);
  return store(block);
}

Result<std::size_t> SealedWal::read(std::uint64_t offset, std::span<char> out) {
  GAVAH_TRY(flush());
  const Place place = place_of(offset);
  GAVAH_CHECK(place.offset + out.size() <= body_bytes(place.block));
  GAVAH_ASSIGN(const Opened opened, load(place.block));
  if (opened == Opened::absent) return 0;
  if (opened == Opened::torn && place.block > 0 && place.offset >= kFrameHeaderBytes) {
    return fail(ErrorCode::corrupt, "a frame of a write-ahead log does not open: it was changed");
  }
  return std::string_view(block_).substr(place.offset).copy(out.data(), out.size());
}

Result<void> SealedWal::write(std::uint64_t offset, std::string_view bytes) {
  const Place place = place_of(offset);
  GAVAH_CHECK(place.offset + bytes.size() <= body_bytes(place.block));
  if (place.block == 0) {
    GAVAH_TRY(flush());
    GAVAH_CHECK(bytes.size() == kWalHeaderBytes);
    bytes.copy(block_.data(), bytes.size());
    return store(0);
  }
  const bool is_page = place.offset == kFrameHeaderBytes && bytes.size() == pages_.page_bytes();
  if (is_page && waiting_ == place.block) {
    waiting_.reset();
    waiting_header_.copy(block_.data(), kFrameHeaderBytes);
    bytes.copy(block_.data() + kFrameHeaderBytes, bytes.size());
    return store(place.block);
  }
  GAVAH_TRY(flush());
  if (place.offset == 0 && bytes.size() == kFrameHeaderBytes && place.block >= written_to_) {
    // The page of a new frame follows at once: both are sealed together.
    waiting_ = place.block;
    waiting_header_ = bytes;
    return {};
  }
  GAVAH_ASSIGN(const Opened opened, load(place.block));
  if (opened == Opened::torn) return fail(ErrorCode::corrupt, "a frame of a write-ahead log does not open");
  bytes.copy(block_.data() + place.offset, bytes.size());
  return store(place.block);
}

Result<void> SealedWal::truncate(std::uint64_t size_bytes) {
  GAVAH_TRY(flush());
  if (size_bytes == 0) return file_->truncate(0);
  const Place place = place_of(size_bytes);
  const bool is_inside = place.offset != 0;
  return file_->truncate(disk_offset(place.block + (is_inside ? 1 : 0)));
}

Result<void> SealedWal::sync() {
  GAVAH_TRY(flush());
  return file_->sync();
}

}  // namespace gavah::store
