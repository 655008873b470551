#include "base/charset.h"

#include <unicode/ucnv.h>

#include <algorithm>
#include <array>
#include <memory>

#include "base/check.h"
#include "base/utf8.h"

namespace gavah {
namespace {

/// How far into the bytes a declaration is looked for; browsers stop at 1024, pages in the wild do not.
constexpr std::size_t kDeclarationBytes = 4096;
/// How much of the bytes the letter test reads.
constexpr std::size_t kSampleBytes = 65536;

unsigned byte_of(char c) { return static_cast<unsigned char>(c); }
bool is_high(char c) { return byte_of(c) >= 0x80; }

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

struct ByteOrderMark {
  std::string_view bytes;
  std::string_view charset;
};
constexpr std::array<ByteOrderMark, 3> kMarks{
    {{"\xEF\xBB\xBF", "utf-8"}, {"\xFF\xFE", "utf-16le"}, {"\xFE\xFF", "utf-16be"}}};

const ByteOrderMark* mark_of(std::string_view bytes) {
  for (const auto& mark : kMarks) {
    if (bytes.starts_with(mark.bytes)) return &mark;
  }
  return nullptr;
}

/// The names that WHATWG reads as windows-1252 and its relatives.
std::string canonical_name(std::string_view name) {
  std::string out;
  for (const char c : lower_ascii(name)) {
    if (c != ' ' && c != '"' && c != '\'' && c != ';' && c != '\t' && c != '\r' && c != '\n') out.push_back(c);
  }
  if (out == "utf8" || out == "unicode-1-1-utf-8") return "utf-8";
  if (out == "latin1" || out == "iso-8859-1" || out == "iso8859-1" || out == "us-ascii" || out == "ascii" ||
      out == "cp1252" || out == "l1") {
    return "windows-1252";
  }
  if (out == "cp1256" || out == "arabic-windows") return "windows-1256";
  if (out == "iso-8859-9" || out == "latin5") return "windows-1254";
  if (out == "utf-16") return "utf-16le";
  return out;
}

class RunBuilder {
 public:
  void add(std::size_t text_begin, std::size_t source_begin, std::size_t text_unit, std::size_t source_unit) {
    const auto unit_t = static_cast<std::uint8_t>(text_unit);
    const auto unit_s = static_cast<std::uint8_t>(source_unit);
    if (!runs_.empty()) {
      const auto& last = runs_.back();
      const std::size_t units = (text_begin - last.text_begin) / last.text_unit;
      const bool goes_on = last.text_unit == unit_t && last.source_unit == unit_s &&
                           last.source_begin + units * last.source_unit == source_begin;
      if (goes_on) return;
    }
    runs_.push_back({static_cast<std::uint32_t>(text_begin), static_cast<std::uint32_t>(source_begin), unit_t, unit_s});
  }
  OffsetMap take() {
    if (runs_.empty()) return OffsetMap::identity();
    return OffsetMap(std::move(runs_));
  }

 private:
  std::vector<OffsetMap::Run> runs_;
};

Transcoded copied_utf8(std::string_view bytes, std::size_t skip) {
  return {std::string(bytes.substr(skip)), OffsetMap::identity(static_cast<std::uint32_t>(skip)), "utf-8"};
}

Transcoded from_utf8(std::string_view bytes, std::size_t skip) {
  if (is_utf8(bytes.substr(skip))) return copied_utf8(bytes, skip);
  Transcoded out;
  out.charset = "utf-8";
  RunBuilder runs;
  out.text.reserve(bytes.size());
  for (std::size_t at = skip; at < bytes.size();) {
    const CodePoint point = decode_utf8(bytes, at);
    const bool is_bad = point.size_bytes == 1 && is_high(bytes[at]);
    if (is_bad) {
      runs.add(out.text.size(), at, 3, 1);
      append_utf8(out.text, 0xFFFD);
    } else {
      for (std::size_t i = 0; i < point.size_bytes; ++i) runs.add(out.text.size() + i, at + i, 1, 1);
      out.text.append(bytes.substr(at, point.size_bytes));
    }
    at += point.size_bytes;
  }
  out.map = runs.take();
  return out;
}

struct ConverterCloser {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, ConverterCloser>;

/// UTF-16 with, for each unit, the offset of the byte it came from.
struct Units {
  std::u16string text;
  std::vector<std::int32_t> offsets;
};

Units decode_units(UConverter* converter, std::string_view bytes) {
  Units out;
  // One byte gives at most two units in every charset that ICU carries, and more only by growing below.
  out.text.resize(bytes.size() * 2 + 16);
  out.offsets.resize(out.text.size());
  UChar* target = out.text.data();
  const char* source = bytes.data();
  UErrorCode status = U_ZERO_ERROR;
  ucnv_toUnicode(converter, &target, out.text.data() + out.text.size(), &source, bytes.data() + bytes.size(),
                 out.offsets.data(), 1, &status);
  out.text.resize(static_cast<std::size_t>(target - out.text.data()));
  out.offsets.resize(out.text.size());
  return out;
}

char32_t code_point_at(const std::u16string& text, std::size_t at) {
  const char32_t unit = text[at];
  if (unit >= 0xD800 && unit < 0xDC00 && at + 1 < text.size()) {
    const char32_t low = text[at + 1];
    if (low >= 0xDC00 && low < 0xE000) return 0x10000 + ((unit - 0xD800) << 10U) + (low - 0xDC00);
  }
  return unit >= 0xD800 && unit < 0xE000 ? 0xFFFD : unit;
}

Transcoded from_units(const Units& units, std::size_t skip, std::size_t source_size) {
  Transcoded out;
  RunBuilder runs;
  out.text.reserve(units.text.size() * 2);
  for (std::size_t at = 0; at < units.text.size();) {
    const char32_t value = code_point_at(units.text, at);
    const std::size_t next = at + (value > 0xFFFF ? 2 : 1);
    const auto begin = static_cast<std::size_t>(std::max(units.offsets[at], 0));
    std::size_t past =
        next < units.text.size() ? static_cast<std::size_t>(std::max(units.offsets[next], 0)) : source_size - skip;
    // Several characters out of one byte sequence all rest on that sequence.
    if (past <= begin) past = begin + 1;
    const std::size_t text_begin = out.text.size();
    append_utf8(out.text, value);
    runs.add(text_begin, skip + begin, out.text.size() - text_begin, std::min<std::size_t>(past - begin, 255));
    at = next;
  }
  out.map = runs.take();
  return out;
}

/// The value after `name` in `head` (`charset=utf-8`, `encoding="x"`), or empty.
std::string_view declared_value(std::string_view head, std::string_view name) {
  for (std::size_t at = head.find(name); at != std::string_view::npos; at = head.find(name, at + 1)) {
    std::size_t begin = at + name.size();
    while (begin < head.size() &&
           (head[begin] == ' ' || head[begin] == '=' || head[begin] == '"' || head[begin] == '\''))
      ++begin;
    if (begin == at + name.size()) continue;
    std::size_t end = begin;
    while (end < head.size() && std::string_view(" \t\r\n\"'>;?/").find(head[end]) == std::string_view::npos) ++end;
    if (end > begin) return head.substr(begin, end - begin);
  }
  return {};
}

std::string declared_inside(std::string_view bytes) {
  const std::string head = lower_ascii(bytes.substr(0, kDeclarationBytes));
  for (std::size_t at = head.find("<meta"); at != std::string::npos; at = head.find("<meta", at + 1)) {
    const std::string_view tag = std::string_view(head).substr(at, head.find('>', at) - at);
    if (const auto value = declared_value(tag, "charset"); !value.empty()) return canonical_name(value);
  }
  if (head.starts_with("<?xml")) return canonical_name(declared_value(head.substr(0, head.find('>')), "encoding"));
  return {};
}

bool is_known(const std::string& charset) {
  if (charset == "utf-8") return true;
  UErrorCode status = U_ZERO_ERROR;
  const Converter converter(ucnv_open(charset.c_str(), &status));
  return U_SUCCESS(status) && converter != nullptr;
}

enum class Utf8Evidence { ascii, valid, mostly, none };

Utf8Evidence utf8_evidence(std::string_view bytes) {
  std::size_t good = 0;
  std::size_t bad = 0;
  for (std::size_t at = past_ascii(bytes, 0); at < bytes.size();) {
    if (!is_high(bytes[at])) {
      at = past_ascii(bytes, at);
      continue;
    }
    const CodePoint point = decode_utf8(bytes, at);
    (point.size_bytes > 1 ? good : bad) += 1;
    at += point.size_bytes;
  }
  if (bad == 0) return good == 0 ? Utf8Evidence::ascii : Utf8Evidence::valid;
  return good > bad ? Utf8Evidence::mostly : Utf8Evidence::none;
}

/// Arabic-script text in windows-1256 stands in runs of high bytes, two fifths of them these eight letters
/// (alef, lam, yeh, noon, meem, reh, heh, waw); Western text has single high bytes between ASCII letters.
bool reads_as_windows_1256(std::string_view bytes) {
  constexpr std::string_view kCommon = "\xC7\xE1\xED\xE4\xE3\xD1\xE5\xE6";
  std::size_t high = 0;
  std::size_t in_runs = 0;
  std::size_t common = 0;
  for (std::size_t i = 0; i < std::min(bytes.size(), kSampleBytes); ++i) {
    if (!is_high(bytes[i])) continue;
    ++high;
    const bool in_run = (i > 0 && is_high(bytes[i - 1])) || (i + 1 < bytes.size() && is_high(bytes[i + 1]));
    if (in_run) ++in_runs;
    if (kCommon.find(bytes[i]) != std::string_view::npos) ++common;
  }
  return high >= 2 && in_runs * 10 >= high * 7 && common * 10 >= high * 4;
}

}  // namespace

OffsetMap OffsetMap::identity(std::uint32_t source_begin) { return OffsetMap({Run{0, source_begin, 1, 1}}); }

std::size_t OffsetMap::run_at(std::uint32_t text_offset) const {
  const auto after = std::upper_bound(runs_.begin(), runs_.end(), text_offset,
                                      [](std::uint32_t offset, const Run& run) { return offset < run.text_begin; });
  GAVAH_CHECK(after != runs_.begin());
  return static_cast<std::size_t>(after - runs_.begin()) - 1;
}

ByteRange OffsetMap::source_of(std::uint32_t begin, std::uint32_t end) const {
  const auto unit_at = [&](std::uint32_t offset) {
    const Run& run = runs_[run_at(offset)];
    const std::uint64_t source =
        run.source_begin + static_cast<std::uint64_t>((offset - run.text_begin) / run.text_unit) * run.source_unit;
    return ByteRange{source, source + run.source_unit};
  };
  return {unit_at(begin).begin, unit_at(end - 1).end};
}

Result<Transcoded> transcode(std::string_view bytes, std::string_view charset) {
  const ByteOrderMark* mark = mark_of(bytes);
  const std::string name = mark != nullptr ? std::string(mark->charset) : canonical_name(charset);
  const std::size_t skip = mark != nullptr ? mark->bytes.size() : 0;
  if (name == "utf-8") return from_utf8(bytes, skip);
  UErrorCode status = U_ZERO_ERROR;
  const Converter converter(ucnv_open(name.c_str(), &status));
  if (U_FAILURE(status) || converter == nullptr || name.empty()) {
    return fail(ErrorCode::invalid_input, "unknown charset '" + name.substr(0, 40) + "'");
  }
  Transcoded out = from_units(decode_units(converter.get(), bytes.substr(skip)), skip, bytes.size());
  out.charset = name;
  return out;
}

namespace {

std::string charset_by(Utf8Evidence evidence, std::string_view bytes, std::string_view declared) {
  if (evidence == Utf8Evidence::valid) return "utf-8";
  for (const std::string& name : {canonical_name(declared), declared_inside(bytes)}) {
    // A <meta> that was read as ASCII cannot itself stand in UTF-16.
    if (name.empty() || name.starts_with("utf-16") || !is_known(name)) continue;
    if (name == "utf-8" && evidence == Utf8Evidence::none) continue;
    return name;
  }
  if (evidence != Utf8Evidence::none) return "utf-8";
  return reads_as_windows_1256(bytes) ? "windows-1256" : "windows-1252";
}

}  // namespace

std::string detect_charset(std::string_view bytes, std::string_view declared) {
  if (const auto* mark = mark_of(bytes)) return std::string(mark->charset);
  return charset_by(utf8_evidence(bytes), bytes, declared);
}

std::optional<Transcoded> to_other_utf8(std::string_view bytes, std::string_view declared) {
  const ByteOrderMark* mark = mark_of(bytes);
  const Utf8Evidence evidence = mark == nullptr ? utf8_evidence(bytes) : Utf8Evidence::none;
  const std::string charset = mark == nullptr ? charset_by(evidence, bytes, declared) : std::string(mark->charset);
  // Looked at once: most pages are UTF-8 throughout.
  const bool is_well_formed = evidence == Utf8Evidence::valid || evidence == Utf8Evidence::ascii;
  if (is_well_formed && charset == "utf-8") return std::nullopt;
  auto out = transcode(bytes, charset);
  // detect_charset names only charsets that open; should ICU's data be missing, repaired UTF-8 keeps the ASCII.
  return out ? *std::move(out) : from_utf8(bytes, 0);
}

Transcoded to_utf8(std::string_view bytes, std::string_view declared) {
  auto other = to_other_utf8(bytes, declared);
  return other ? *std::move(other) : copied_utf8(bytes, 0);
}

}  // namespace gavah
