#include "capture/csv_rows.h"

#include <algorithm>

#include "base/charset.h"
#include "base/format.h"
#include "base/utf8.h"
#include "capture/capture.h"
#include "capture/csv_row.h"
#include "capture/http_message.h"

namespace gavah::capture {
namespace {

constexpr std::uint64_t kMaxRowBytes = 16 * kMebibyte;  // an unclosed quote must not swallow the file
constexpr std::size_t kSampleBytes = 256 * 1024;        // enough words to tell an older charset by

/// UTF-16 as one byte a code unit, 'x' for what is not ASCII: rows are told by ASCII alone.
void append_narrowed(std::string_view wide, UnitOrder order, std::string& narrow) {
  const bool low_first = order == UnitOrder::low_first;
  for (std::size_t at = 0; at + 1 < wide.size(); at += 2) {
    const char low = wide[low_first ? at : at + 1];
    const char high = wide[low_first ? at + 1 : at];
    narrow.push_back(high == '\0' && static_cast<unsigned char>(low) < 0x80 ? low : 'x');
  }
}

}  // namespace

std::string CsvRow::text() const {
  if (charset.empty()) return bytes;
  auto text = transcode(bytes, charset);
  return text ? std::move(text->text) : bytes;
}

Result<void> CsvRows::begin() {
  if (has_begun_) return {};
  has_begun_ = true;
  GAVAH_TRY(window_.grow());
  const std::string_view view = window_.view();
  if (view.starts_with("\xEF\xBB\xBF")) {
    window_.consume(3);
  } else if (view.starts_with("\xFF\xFE") || view.starts_with("\xFE\xFF")) {
    unit_ = 2;
    order_ = view.starts_with('\xFF') ? UnitOrder::low_first : UnitOrder::high_first;
    charset_ = order_ == UnitOrder::low_first ? "utf-16le" : "utf-16be";
    window_.consume(2);
  }
  // Blank lines before the header, which Uwazi's exports have.
  if (unit_ == 1) {
    const std::size_t first = window_.view().find_first_not_of("\r\n");
    window_.consume(std::min(first, window_.view().size()));
  }
  return {};
}

Result<std::string> CsvRows::peek_line() {
  GAVAH_TRY(begin());
  std::string narrow;
  if (unit_ == 2) append_narrowed(window_.view(), order_, narrow);
  const std::string_view view = unit_ == 2 ? std::string_view(narrow) : window_.view();
  CsvRow line;
  line.bytes = window_.view().substr(0, std::min(view.find('\n'), view.size()) * unit_);
  tell_charset(line);
  std::string text = line.text();
  if (text.ends_with('\r')) text.pop_back();
  return text;
}

Result<void> CsvRows::skip_line() {
  CsvRow dropped;
  const char delimiter = delimiter_;
  delimiter_ = '\0';  // no cell is quoted in it but as a whole
  auto done = next(dropped);
  delimiter_ = delimiter;
  if (!done) return std::unexpected(done.error());
  return {};
}

Result<bool> CsvRows::next(CsvRow& row) {
  GAVAH_TRY(begin());
  std::string narrow;
  for (;;) {
    if (window_.view().size() < unit_ && window_.is_last()) return false;
    CsvRowEnd row_end(delimiter_);
    narrow.clear();
    const auto find_end = [&] {
      if (unit_ == 2) append_narrowed(window_.view().substr(narrow.size() * 2), order_, narrow);
      return row_end.find(unit_ == 2 ? std::string_view(narrow) : window_.view());
    };
    auto end = find_end();
    while (!end && !window_.is_last() && window_.view().size() <= kMaxRowBytes) {
      GAVAH_TRY(window_.grow());
      end = find_end();
    }
    if (!end && window_.view().size() > kMaxRowBytes) {
      return fail(ErrorCode::invalid_input, format("the row at byte {} has more than {} bytes: a quote may be unclosed",
                                                   window_.offset(), kMaxRowBytes));
    }
    row.is_cut = !end && row_end.in_quotes();
    const std::size_t size = end ? *end * unit_ : window_.view().size();
    GAVAH_TRY(take(size, end ? unit_ : 0, row));
    if (!trim(row.charset.empty() ? row.bytes : row.text()).empty()) return true;
  }
}

Result<void> CsvRows::take(std::size_t size, std::size_t end_size, CsvRow& row) {
  row.bytes = window_.view().substr(0, size);
  const std::string_view in_utf16 =
      order_ == UnitOrder::low_first ? std::string_view("\r\0", 2) : std::string_view("\0\r", 2);
  const std::string_view carriage_return = unit_ == 1 ? std::string_view("\r") : in_utf16;
  if (row.bytes.ends_with(carriage_return)) row.bytes.resize(row.bytes.size() - unit_);
  row.range = {window_.offset(), window_.offset() + row.bytes.size()};
  tell_charset(row);
  window_.consume(size + end_size);
  return {};
}

/// The window still begins with the row.
void CsvRows::tell_charset(CsvRow& row) {
  row.charset.clear();
  if (unit_ == 2) {
    row.charset = charset_;
  } else if (!is_utf8(row.bytes)) {
    if (charset_.empty()) charset_ = detect_charset(window_.view().substr(0, kSampleBytes), {});
    // One damaged row does not make another charset of a file; its bad bytes are told by the reader.
    if (charset_ == "utf-8") charset_ = detect_charset(row.bytes, {});
    row.charset = charset_;
  }
}

}  // namespace gavah::capture
