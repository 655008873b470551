// Tar archives (POSIX ustar and pax, long names of GNU): what Mastodon gives as an archive, mostly inside gzip.
#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "base/disk.h"
#include "base/format.h"
#include "capture/inflated_source.h"
#include "capture/intake.h"
#include "capture/pass_over.h"

namespace gavah::capture {
namespace {

constexpr std::uint64_t kBlockBytes = 512;
constexpr std::uint64_t kMaxNoteBytes = 64 * 1024;  // a long name or a list of attributes
/// Members of compressed archives that are larger than what is held: each is inflated from the start again, twice.
constexpr std::uint32_t kMaxLargeMembers = 16;

struct Header {
  std::string name;
  std::uint64_t size_bytes = 0;
  char type = '0';
};

/// Text up to the first null.
std::string_view field(std::string_view block, std::size_t at, std::size_t size) {
  const std::string_view whole = block.substr(at, size);
  return whole.substr(0, whole.find('\0'));
}

/// Octal digits between spaces; GNU writes large numbers as bytes behind 0x80.
std::optional<std::uint64_t> number(std::string_view bytes) {
  if (!bytes.empty() && static_cast<unsigned char>(bytes[0]) == 0x80U) {
    std::uint64_t value = 0;
    for (const char c : bytes.substr(1)) {
      if (value >> 56U != 0) return std::nullopt;
      value = value << 8U | static_cast<unsigned char>(c);
    }
    return value;
  }
  const std::size_t begin = std::min(bytes.find_first_not_of(' '), bytes.size());
  const std::size_t end = std::min(bytes.find_first_of(std::string_view(" \0", 2), begin), bytes.size());
  std::uint64_t value = 0;
  const auto [stop, error] = std::from_chars(bytes.data() + begin, bytes.data() + end, value, 8);
  if (error != std::errc() || stop != bytes.data() + end) return std::nullopt;
  return value;
}

/// The sum of a header's bytes, its own field counted as spaces.
bool has_right_sum(std::string_view block) {
  constexpr std::size_t kAt = 148;
  constexpr std::size_t kSize = 8;
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < block.size(); ++i) {
    const bool is_own = i >= kAt && i < kAt + kSize;
    sum += static_cast<unsigned char>(is_own ? ' ' : block[i]);
  }
  return number(block.substr(kAt, kSize)) == sum;
}

/// "27 path=a/b\n": the value of a record of a pax header.
std::optional<std::string> pax_value(std::string_view records, std::string_view key) {
  while (!records.empty()) {
    std::size_t size = 0;
    const auto [end, error] = std::from_chars(records.data(), records.data() + records.size(), size);
    const auto digits = static_cast<std::size_t>(end - records.data());
    if (error != std::errc() || size <= digits + 1 || size > records.size()) return std::nullopt;
    std::string_view record = records.substr(digits + 1, size - digits - 1);
    if (record.ends_with('\n')) record.remove_suffix(1);
    if (record.starts_with(key) && record.substr(key.size()).starts_with('=')) {
      return std::string(record.substr(key.size() + 1));
    }
    records.remove_prefix(size);
  }
  return std::nullopt;
}

class TarReader {
 public:
  TarReader(const Document& document, Intake& intake) : document_(document), intake_(intake) {}

  Result<void> read() {
    intake_.set_format(document_, "tar");
    for (std::uint32_t count = 0;; ++count) {
      GAVAH_ASSIGN(const std::optional<Header> header, next_header());
      if (!header) return {};
      if (count == intake_.limits().max_members) {
        return fail(ErrorCode::invalid_input, format("there are more than {} members", intake_.limits().max_members));
      }
      const ByteRange data{at_, at_ + header->size_bytes};
      GAVAH_TRY(take(*header, data));
      const std::uint64_t padded = (header->size_bytes + kBlockBytes - 1) / kBlockBytes * kBlockBytes;
      at_ = std::min(at_ + padded, document_.bytes.size());
    }
  }

 private:
  /// The header at at_, which then stands behind it; nothing at the end.
  Result<std::optional<Header>> next_header() {
    const std::uint64_t left = document_.bytes.size() - at_;
    if (left < kBlockBytes) {
      intake_.add_flaw("archive", document_.path, "it is cut: nothing marks its end");
      return std::optional<Header>();
    }
    GAVAH_ASSIGN(const std::string block, document_.bytes.read({at_, at_ + kBlockBytes}));
    if (block.find_first_not_of('\0') == std::string::npos) return std::optional<Header>();
    const auto size = number(std::string_view(block).substr(124, 12));
    if (!has_right_sum(block) || !size) {
      return fail(ErrorCode::invalid_input, format("there is no header of a tar archive at byte {}", at_));
    }
    at_ += kBlockBytes;
    Header out{std::string(field(block, 0, 100)), *size, block[156]};
    const std::string_view prefix = field(block, 345, 155);
    const bool is_posix = std::string_view(block).substr(257).starts_with(std::string_view("ustar\0", 6));
    if (is_posix && !prefix.empty()) out.name = format("{}/{}", prefix, out.name);
    apply_notes(out);
    if (out.size_bytes > document_.bytes.size() - at_) {
      intake_.add_flaw("member", where(out), "the archive ends within it: read up to there");
      out.size_bytes = document_.bytes.size() - at_;
    }
    return std::optional(std::move(out));
  }

  /// What the members before said of this one.
  void apply_notes(Header& header) {
    const bool is_note = header.type == 'x' || header.type == 'g' || header.type == 'L' || header.type == 'K';
    if (is_note) return;
    if (long_name_) header.name = *std::exchange(long_name_, std::nullopt);
    if (!long_size_) return;
    std::uint64_t size = 0;
    const std::string digits = *std::exchange(long_size_, std::nullopt);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), size);
    if (error == std::errc() && end == digits.data() + digits.size()) header.size_bytes = size;
  }

  Result<void> take(const Header& header, ByteRange data) {
    switch (header.type) {
      case '0':
      case '\0':
        return take_file(header, data);
      case 'x':
      case 'L':
        return take_note(header, data);
      case '5':
      case 'g':
      case 'K':
        return {};
      default:
        intake_.add_problem("member", where(header), "it is a link or a special file, which is not followed");
        return {};
    }
  }

  Result<void> take_note(const Header& header, ByteRange data) {
    if (data.size() > kMaxNoteBytes) return fail(ErrorCode::invalid_input, "a note about a member is too large");
    GAVAH_ASSIGN(const std::string note, document_.bytes.read(data));
    if (header.type == 'L') {
      long_name_ = std::string(field(note, 0, note.size()));
      return {};
    }
    if (auto name = pax_value(note, "path")) long_name_ = std::move(name);
    if (auto size = pax_value(note, "size")) long_size_ = std::move(size);
    return {};
  }

  Result<void> take_file(const Header& header, ByteRange data) {
    if (header.name.ends_with('/')) return {};
    if (data.size() == 0) {
      intake_.add_problem("member", where(header), "it is empty");
      return {};
    }
    GAVAH_ASSIGN(const bool passed, is_passed_over("member", header.name, document_, intake_));
    if (passed) return {};
    auto done = read_member(header, data);
    if (done || !intake_.owns(done.error()) || intake_.inflated_left() == 0) return done;
    intake_.add_problem("member", where(header), done.error().sentence());
    return {};
  }

  Result<void> read_member(const Header& header, ByteRange data) {
    const bool is_forward = document_.access == Access::forward;
    if (!is_forward || data.size() > InflatedSource::kHeldBytes) {
      if (is_forward && ++large_members_ > kMaxLargeMembers) {
        return fail(ErrorCode::invalid_input, format("the compressed archive has more than {} members above {} bytes",
                                                     kMaxLargeMembers, InflatedSource::kHeldBytes));
      }
      return read_from(RangeSource(document_.bytes, data), header, data, document_.access);
    }
    GAVAH_ASSIGN(std::string bytes, document_.bytes.read(data));
    return read_from(HeldSource(std::move(bytes)), header, data, Access::anywhere);
  }

  Result<void> read_from(const ByteSource& bytes, const Header& header, ByteRange data, Access access) {
    return read_document({bytes, chain_to(document_, data, "none"), where(header), std::string(base_name(header.name)),
                          document_.nesting + 1, access, document_.hints},
                         intake_);
  }

  std::string where(const Header& header) const { return inner_path(document_.path, header.name); }

  const Document& document_;
  Intake& intake_;
  std::uint64_t at_ = 0;
  std::optional<std::string> long_name_;
  std::optional<std::string> long_size_;
  std::uint32_t large_members_ = 0;
};

}  // namespace

Result<void> read_tar(const Document& document, Intake& intake) { return TarReader(document, intake).read(); }

}  // namespace gavah::capture
