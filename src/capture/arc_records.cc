// ARC records: one line, then as many bytes as it says. Version 1: "address ip date media-type length"; version 2:
// "address ip date media-type status checksum location offset filename length".
#include <array>
#include <charconv>

#include "base/byte_window.h"
#include "base/format.h"
#include "capture/http_message.h"
#include "capture/web_archive.h"

namespace gavah::capture {
namespace {

struct ArcLine {
  std::string url;
  std::optional<Instant> captured;
  std::string media_type;
  std::string ip;
  std::uint64_t size_bytes = 0;
};

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// "20140216050221" as an instant.
std::optional<Instant> parse_stamp(std::string_view stamp) {
  if (stamp.size() != 14 || !is_number(stamp)) return std::nullopt;
  const auto instant =
      Instant::parse(format("{}-{}-{}T{}:{}:{}Z", stamp.substr(0, 4), stamp.substr(4, 2), stamp.substr(6, 2),
                            stamp.substr(8, 2), stamp.substr(10, 2), stamp.substr(12, 2)));
  if (!instant) return std::nullopt;
  return *instant;
}

/// Takes the last `count` fields off the end of `line`, in their order; false when there are fewer. What is left is the
/// address, which may hold spaces.
template <std::size_t count>
bool take_last(std::string_view& line, std::array<std::string_view, count>& fields) {
  for (std::size_t i = count; i > 0; --i) {
    const std::size_t space = line.rfind(' ');
    if (space == std::string_view::npos) return false;
    fields[i - 1] = line.substr(space + 1);
    line = line.substr(0, space);
  }
  return true;
}

std::optional<ArcLine> line_of(std::string_view url, std::string_view date, std::string_view media_type,
                               std::string_view length) {
  ArcLine out;
  if (url.find(':') == std::string_view::npos || !is_number(length) || !is_number(date)) return std::nullopt;
  const auto parsed = std::from_chars(length.data(), length.data() + length.size(), out.size_bytes);
  if (parsed.ec != std::errc{}) return std::nullopt;
  out.url = url;
  out.media_type = ascii_lower(media_type);
  out.captured = parse_stamp(date);
  return out;
}

/// A record's line, of either version: of the second when its date and offset are numbers where that version has them.
std::optional<ArcLine> parse_line(std::string_view line) {
  line = trim(line);
  std::string_view url = line;
  std::array<std::string_view, 9> second;  // ip, date, media type, status, checksum, location, offset, file, length
  if (take_last(url, second) && second[1].size() == 14 && is_number(second[1]) && is_number(second[6])) {
    if (auto out = line_of(url, second[1], second[2], second[8])) {
      out->ip = second[0];
      return out;
    }
  }
  url = line;
  std::array<std::string_view, 4> first;  // ip, date, media type, length
  if (!take_last(url, first)) return std::nullopt;
  auto out = line_of(url, first[1], first[2], first[3]);
  if (out) out->ip = first[0];
  return out;
}

class ArcReader {
 public:
  ArcReader(const Document& document, Intake& intake) : document_(document), intake_(intake), window_(document.bytes) {}

  Result<void> read() {
    for (;;) {
      GAVAH_ASSIGN(const bool found, find_line());
      if (!found) return {};
      GAVAH_TRY(read_record());
    }
  }

 private:
  Result<bool> find_line() {
    for (;;) {
      if (window_.view().empty()) {
        GAVAH_ASSIGN(const bool more, window_.grow());
        if (!more) return false;
      }
      const std::size_t blank = std::min(window_.view().find_first_not_of("\r\n"), window_.view().size());
      window_.consume(blank);
      if (!window_.view().empty()) return true;
    }
  }

  std::string where() const { return inner_path(document_.path, format("byte {}", record_begin_)); }

  Result<void> read_record() {
    record_begin_ = window_.offset();
    GAVAH_TRY(window_.grow_to(intake_.limits().max_header_bytes));
    const std::string_view view = window_.view();
    const std::size_t line_end = std::min(view.find('\n'), view.size());
    auto line = parse_line(view.substr(0, line_end));
    window_.consume(std::min(line_end + 1, view.size()));
    if (!line) return skip_to_record();
    const std::uint64_t left = window_.end() - window_.offset();
    if (line->size_bytes > left) {
      intake_.add_flaw("record", where(), format("it states {} bytes, but only {} are left", line->size_bytes, left));
      line->size_bytes = left;
    }
    if (line->size_bytes > intake_.limits().record_bytes()) {
      intake_.add_problem(
          "record", where(),
          format("it has {} bytes; one record may have {}", line->size_bytes, intake_.limits().record_bytes()));
    } else {
      GAVAH_TRY(window_.grow_to(line->size_bytes));
      GAVAH_ASSIGN(const bool is_passed,
                   is_passed_over(document_, {record_begin_, window_.offset() + line->size_bytes}, intake_));
      const std::string_view block = window_.view().substr(0, static_cast<std::size_t>(line->size_bytes));
      if (!is_passed) GAVAH_TRY(take_block(*line, block));
    }
    window_.consume(line->size_bytes);
    return {};
  }

  /// After a line that begins no record: on to the next that does.
  Result<void> skip_to_record() {
    for (;;) {
      GAVAH_TRY(window_.grow_to(intake_.limits().max_header_bytes));
      const std::string_view view = window_.view();
      const std::size_t line_end = std::min(view.find('\n'), view.size());
      if (view.empty() || parse_line(view.substr(0, line_end))) break;
      window_.consume(std::min(line_end + 1, view.size()));
    }
    intake_.add_problem("bytes", where(), format("{} bytes are no ARC record", window_.offset() - record_begin_));
    return {};
  }

  Result<void> take_block(const ArcLine& line, std::string_view block) {
    if (line.url.starts_with("filedesc:")) {
      intake_.pass_over("file description");
      return {};
    }
    RecordMeta meta;
    meta.path = where();
    meta.url = line.url;
    meta.media_type = line.media_type == "no-type" ? "" : line.media_type;
    meta.captured = line.captured;
    if (line.ip != "0.0.0.0") meta.ip = line.ip;
    const ByteRange range{window_.offset(), window_.offset() + block.size()};
    if (block.starts_with("HTTP/")) return take_http_response(document_, range, block, meta, intake_);
    return take_resource(document_, range, block, meta, intake_);
  }

  const Document& document_;
  Intake& intake_;
  ByteWindow window_;
  std::uint64_t record_begin_ = 0;
};

}  // namespace

Result<void> read_arc_records(const Document& document, Intake& intake) { return ArcReader(document, intake).read(); }

}  // namespace gavah::capture
