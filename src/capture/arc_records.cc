// ARC 1.0 records: one line "address ip date media-type length", then that many bytes.
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

/// Reads a record's line from its end, since addresses may hold spaces.
std::optional<ArcLine> parse_line(std::string_view line) {
  line = trim(line);
  std::array<std::string_view, 4> last;  // length, media type, date, ip
  for (std::string_view& field : last) {
    const std::size_t space = line.rfind(' ');
    if (space == std::string_view::npos) return std::nullopt;
    field = line.substr(space + 1);
    line = line.substr(0, space);
  }
  ArcLine out;
  if (line.find(':') == std::string_view::npos || !is_number(last[0]) || !is_number(last[2])) return std::nullopt;
  const auto parsed = std::from_chars(last[0].data(), last[0].data() + last[0].size(), out.size_bytes);
  if (parsed.ec != std::errc{}) return std::nullopt;
  out.url = line;
  out.media_type = ascii_lower(last[1]);
  out.captured = parse_stamp(last[2]);
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
    if (!line) {
      return fail(ErrorCode::invalid_input, format("the line at byte {} begins no ARC record", record_begin_));
    }
    const std::uint64_t left = window_.end() - window_.offset();
    if (line->size_bytes > left) {
      intake_.add_flaw("record", where(), format("it states {} bytes, but only {} are left", line->size_bytes, left));
      line->size_bytes = left;
    }
    if (line->size_bytes > intake_.limits().max_part_bytes) {
      intake_.add_problem(
          "record", where(),
          format("it has {} bytes; one document may have {}", line->size_bytes, intake_.limits().max_part_bytes));
    } else {
      GAVAH_TRY(window_.grow_to(line->size_bytes));
      GAVAH_TRY(take_block(*line, window_.view().substr(0, static_cast<std::size_t>(line->size_bytes))));
    }
    window_.consume(line->size_bytes);
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
