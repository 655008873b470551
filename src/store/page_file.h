#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/random_access_file.h"
#include "base/result.h"
#include "store/page_seal.h"

namespace gavah::store {

/// A file as SQLite reads and writes it, whatever it looks like on disk. One thread at a time.
class PageFile {
 public:
  virtual ~PageFile() = default;
  virtual Result<std::uint64_t> size() = 0;
  /// As much of `out` as there is; gives how many bytes.
  virtual Result<std::size_t> read(std::uint64_t offset, std::span<char> out) = 0;
  virtual Result<void> write(std::uint64_t offset, std::string_view bytes) = 0;
  virtual Result<void> truncate(std::uint64_t size_bytes) = 0;
  virtual Result<void> sync() = 0;
};

/// What SQLite keeps to itself: journals of statements, sorters.
class TransientFile final : public PageFile {
 public:
  Result<std::uint64_t> size() override { return bytes_.size(); }
  Result<std::size_t> read(std::uint64_t offset, std::span<char> out) override;
  Result<void> write(std::uint64_t offset, std::string_view bytes) override;
  Result<void> truncate(std::uint64_t size_bytes) override;
  Result<void> sync() override { return {}; }

 private:
  std::string bytes_;
};

/// The bytes as they lie there: a database whose pages are open.
class OpenFile final : public PageFile {
 public:
  explicit OpenFile(std::unique_ptr<RandomAccessFile> file) : file_(std::move(file)) {}
  Result<std::uint64_t> size() override { return file_->size(); }
  Result<std::size_t> read(std::uint64_t offset, std::span<char> out) override { return file_->read(offset, out); }
  Result<void> write(std::uint64_t offset, std::string_view bytes) override { return file_->write(offset, bytes); }
  Result<void> truncate(std::uint64_t size_bytes) override { return file_->truncate(size_bytes); }
  Result<void> sync() override { return file_->sync(); }

 private:
  std::unique_ptr<RandomAccessFile> file_;
};

/// The database file. A page lies at its own place, ciphertext in place of all but its last 40 bytes, which SQLite
/// keeps free (reserved) and which hold its seal; the first 16 bytes of the file are its mark (PageSeal) in place of
/// SQLite's. Pages are written whole. corrupt when a page does not open; but SQLite's first look at the
/// header of a first page that does not gets the size of pages, since the log may hold that page whole.
class SealedPages final : public PageFile {
 public:
  SealedPages(std::unique_ptr<RandomAccessFile> file, PageSealing sealing, std::size_t page_bytes);

  Result<std::uint64_t> size() override;
  Result<std::size_t> read(std::uint64_t offset, std::span<char> out) override;
  Result<void> write(std::uint64_t offset, std::string_view bytes) override;
  Result<void> truncate(std::uint64_t size_bytes) override { return file_->truncate(size_bytes); }
  Result<void> sync() override { return file_->sync(); }

  std::size_t page_bytes() const { return page_bytes_; }
  /// The seal of this file; not_found while it is empty.
  Result<PageSeal*> seal();

 private:
  /// seal(), which begins the file when it is empty.
  Result<PageSeal*> seal_for_writing();
  /// Page `number` (from 0) into page_; false when the file ends before.
  Result<bool> read_page(std::uint64_t number, std::span<char> to);

  std::unique_ptr<RandomAccessFile> file_;
  PageSealing sealing_;
  std::size_t page_bytes_;
  std::optional<PageSeal> seal_;
  std::string page_;  ///< one page, being sealed or opened
};

/// The write-ahead log of a sealed database. SQLite sees a header of 32 bytes and frames of 24 bytes and a page; each
/// of them is a block of its own on disk with its seal behind it, so that a block that was torn costs nothing but
/// itself. A block that does not open reads as zeros when it is read whole, which ends the log there for SQLite as a
/// torn frame does; corrupt when only its page is wanted, which must be there.
class SealedWal final : public PageFile {
 public:
  /// `pages` is the database this log belongs to; it must outlive it.
  SealedWal(std::unique_ptr<RandomAccessFile> file, SealedPages& pages);

  Result<std::uint64_t> size() override;
  Result<std::size_t> read(std::uint64_t offset, std::span<char> out) override;
  Result<void> write(std::uint64_t offset, std::string_view bytes) override;
  Result<void> truncate(std::uint64_t size_bytes) override;
  Result<void> sync() override;

 private:
  /// A block and where in it something stands: block 0 is the header, block n the n-th frame.
  struct Place {
    std::uint64_t block;
    std::size_t offset;
  };
  std::size_t frame_bytes() const;
  Place place_of(std::uint64_t offset) const;
  std::size_t body_bytes(std::uint64_t block) const;
  std::uint64_t disk_offset(std::uint64_t block) const;

  enum class Opened { whole, torn, absent };
  /// Block into block_; zeros unless it was whole.
  Result<Opened> load(std::uint64_t block);
  Result<void> store(std::uint64_t block);
  /// Writes the frame header that waits for its page.
  Result<void> flush();

  std::unique_ptr<RandomAccessFile> file_;
  SealedPages& pages_;
  std::string block_;                     ///< body and seal of one block
  std::optional<std::uint64_t> waiting_;  ///< the frame whose header was written and its page not yet
  std::string waiting_header_;
  std::uint64_t written_to_ = 0;  ///< frames below were written by this object since the log began anew
};

}  // namespace gavah::store
