#include "capture/zip_directory.h"

#include <algorithm>

#include "base/byte_window.h"
#include "base/format.h"

namespace gavah::capture {
namespace {

constexpr std::string_view kEndMagic{"PK\x05\x06", 4};
constexpr std::string_view kLocator64Magic{"PK\x06\x07", 4};
constexpr std::string_view kEnd64Magic{"PK\x06\x06", 4};
constexpr std::string_view kEntryMagic{"PK\x01\x02", 4};
constexpr std::string_view kLocalMagic{"PK\x03\x04", 4};
constexpr std::uint64_t kEndBytes = 22;
constexpr std::uint64_t kLocator64Bytes = 20;
constexpr std::uint64_t kEnd64Bytes = 56;
constexpr std::uint64_t kEntryBytes = 46;
constexpr std::uint64_t kLocalBytes = 30;
constexpr std::uint64_t kMaxCommentBytes = 65535;

/// A little-endian number of `size` bytes; the caller knows that they are there.
std::uint64_t number(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint64_t out = 0;
  for (std::size_t i = size; i > 0; --i) out = out << 8U | static_cast<unsigned char>(bytes[at + i - 1]);
  return out;
}
std::uint16_t u16(std::string_view bytes, std::size_t at) { return static_cast<std::uint16_t>(number(bytes, at, 2)); }
std::uint32_t u32(std::string_view bytes, std::size_t at) { return static_cast<std::uint32_t>(number(bytes, at, 4)); }

std::unexpected<Error> broken(std::string_view what) {
  return fail(ErrorCode::invalid_input, format("the ZIP archive is broken: {}", what));
}

struct Directory {
  std::uint64_t entries = 0;
  std::uint64_t size_bytes = 0;
  std::uint64_t begin = 0;  // where it really is
  std::uint64_t shift = 0;  // what stands before the archive, which stated offsets do not count
};

/// Takes the 64-bit values where the classic ones say that they do not suffice; gives where the directory must end.
Result<std::uint64_t> widen(const ByteSource& archive, std::uint64_t end_at, Directory& directory,
                            std::uint64_t& stated_begin) {
  if (end_at < kLocator64Bytes + kEnd64Bytes) return end_at;
  GAVAH_ASSIGN(const std::string locator, archive.read({end_at - kLocator64Bytes, end_at}));
  if (!locator.starts_with(kLocator64Magic)) return end_at;
  const std::uint64_t end64_at = number(locator, 8, 8);
  if (end64_at > end_at - kLocator64Bytes - kEnd64Bytes) return broken("its zip64 end lies outside");
  GAVAH_ASSIGN(const std::string end64, archive.read({end64_at, end64_at + kEnd64Bytes}));
  if (!end64.starts_with(kEnd64Magic)) return broken("its zip64 end is missing");
  directory.entries = number(end64, 32, 8);
  directory.size_bytes = number(end64, 40, 8);
  stated_begin = number(end64, 48, 8);
  return end64_at;
}

Result<Directory> find_directory(const ByteSource& archive) {
  const std::uint64_t size = archive.size();
  const std::uint64_t tail_begin = size - std::min(size, kEndBytes + kMaxCommentBytes);
  GAVAH_ASSIGN(const std::string tail, archive.read({tail_begin, size}));
  std::size_t at = tail.rfind(kEndMagic);
  while (at != std::string::npos && at + kEndBytes > tail.size())
    at = at == 0 ? std::string::npos : tail.rfind(kEndMagic, at - 1);
  if (at == std::string::npos) return broken("its directory is missing; it may be cut");
  Directory out;
  out.entries = u16(tail, at + 10);
  out.size_bytes = u32(tail, at + 12);
  std::uint64_t stated_begin = u32(tail, at + 16);
  GAVAH_ASSIGN(const std::uint64_t end, widen(archive, tail_begin + at, out, stated_begin));
  if (out.size_bytes > end || stated_begin > end - out.size_bytes) return broken("its directory lies outside");
  out.begin = end - out.size_bytes;
  out.shift = out.begin - stated_begin;
  return out;
}

/// The 64-bit sizes of the zip64 extra field, for those that are all ones in the entry.
void widen_entry(std::string_view extra, ZipEntry& entry) {
  constexpr std::uint64_t kSeeExtra = 0xFFFFFFFF;
  while (extra.size() >= 4) {
    const std::size_t size = u16(extra, 2);
    if (size > extra.size() - 4) return;
    std::string_view field = extra.substr(4, size);
    if (u16(extra, 0) == 1) {
      for (std::uint64_t* value : {&entry.size_bytes, &entry.compressed_bytes, &entry.header_begin}) {
        if (*value != kSeeExtra || field.size() < 8) continue;
        *value = number(field, 0, 8);
        field.remove_prefix(8);
      }
      return;
    }
    extra.remove_prefix(4 + size);
  }
}

/// The entry at the window, which is moved past it.
Result<ZipEntry> take_entry(ByteWindow& window) {
  GAVAH_ASSIGN(bool enough, window.grow_to(kEntryBytes));
  if (!enough || !window.view().starts_with(kEntryMagic)) return broken("its directory has fewer entries than it says");
  ZipEntry entry;
  const std::size_t name_bytes = u16(window.view(), 28);
  const std::size_t extra_bytes = u16(window.view(), 30);
  const std::size_t comment_bytes = u16(window.view(), 32);
  GAVAH_ASSIGN(enough, window.grow_to(kEntryBytes + name_bytes + extra_bytes + comment_bytes));
  if (!enough) return broken("an entry of its directory is cut");
  const std::string_view view = window.view();
  entry.flags = u16(view, 8);
  entry.method = u16(view, 10);
  entry.crc32 = u32(view, 16);
  entry.compressed_bytes = u32(view, 20);
  entry.size_bytes = u32(view, 24);
  entry.header_begin = u32(view, 42);
  entry.name = view.substr(kEntryBytes, name_bytes);
  widen_entry(view.substr(kEntryBytes + name_bytes, extra_bytes), entry);
  window.consume(kEntryBytes + name_bytes + extra_bytes + comment_bytes);
  return entry;
}

/// Each entry lies between its header and the next one's, and before the directory.
Result<void> check_layout(const std::vector<ZipEntry>& entries, std::uint64_t directory_begin) {
  std::vector<const ZipEntry*> ordered;
  ordered.reserve(entries.size());
  for (const ZipEntry& entry : entries) ordered.push_back(&entry);
  std::ranges::sort(ordered, {}, &ZipEntry::header_begin);
  for (std::size_t i = 0; i < ordered.size(); ++i) {
    const std::uint64_t end = i + 1 < ordered.size() ? ordered[i + 1]->header_begin : directory_begin;
    const std::uint64_t begin = ordered[i]->header_begin;
    if (begin > end || end - begin < kLocalBytes || ordered[i]->compressed_bytes > end - begin - kLocalBytes) {
      return broken(format("entry '{}' overlaps another or lies outside", ordered[i]->name));
    }
  }
  return {};
}

}  // namespace

Result<std::vector<ZipEntry>> read_zip_directory(const ByteSource& archive, std::uint32_t max_members) {
  GAVAH_ASSIGN(const Directory directory, find_directory(archive));
  if (directory.entries > max_members) {
    return fail(ErrorCode::invalid_input,
                format("the ZIP archive has {} entries; it may have {}", directory.entries, max_members));
  }
  ByteWindow window(archive, {directory.begin, directory.begin + directory.size_bytes});
  std::vector<ZipEntry> entries;
  for (std::uint64_t i = 0; i < directory.entries; ++i) {
    GAVAH_ASSIGN(ZipEntry entry, take_entry(window));
    if (entry.header_begin > archive.size()) return broken("an entry lies outside");
    entry.header_begin += directory.shift;
    entries.push_back(std::move(entry));
  }
  GAVAH_TRY(check_layout(entries, directory.begin));
  return entries;
}

Result<ByteRange> zip_entry_data(const ByteSource& archive, const ZipEntry& entry) {
  GAVAH_ASSIGN(const std::string header, archive.read({entry.header_begin, entry.header_begin + kLocalBytes}));
  if (!header.starts_with(kLocalMagic)) return broken(format("the header of entry '{}' is missing", entry.name));
  const std::uint64_t begin = entry.header_begin + kLocalBytes + u16(header, 26) + u16(header, 28);
  if (begin > archive.size() || entry.compressed_bytes > archive.size() - begin) {
    return broken(format("entry '{}' lies outside", entry.name));
  }
  return ByteRange{begin, begin + entry.compressed_bytes};
}

}  // namespace gavah::capture
