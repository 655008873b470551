#include "html/align.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"

namespace gavah::html {
namespace {

/// The longest name of a character reference in the standard is 33 bytes ("&CounterClockwiseContourIntegral;").
constexpr std::size_t kReferenceBytes = 34;

/// The names that end without a semicolon (HTML living standard, section 13.5); all stand for one character.
constexpr auto kOpenNames = std::to_array<std::string_view>(
    {"AElig",  "AMP",    "Aacute", "Acirc",  "Agrave", "Aring",  "Atilde", "Auml",   "COPY",   "Ccedil", "ETH",
     "Eacute", "Ecirc",  "Egrave", "Euml",   "GT",     "Iacute", "Icirc",  "Igrave", "Iuml",   "LT",     "Ntilde",
     "Oacute", "Ocirc",  "Ograve", "Oslash", "Otilde", "Ouml",   "QUOT",   "REG",    "THORN",  "Uacute", "Ucirc",
     "Ugrave", "Uuml",   "Yacute", "aacute", "acirc",  "acute",  "aelig",  "agrave", "amp",    "aring",  "atilde",
     "auml",   "brvbar", "ccedil", "cedil",  "cent",   "copy",   "curren", "deg",    "divide", "eacute", "ecirc",
     "egrave", "eth",    "euml",   "frac12", "frac14", "frac34", "gt",     "iacute", "icirc",  "iexcl",  "igrave",
     "iquest", "iuml",   "laquo",  "lt",     "macr",   "micro",  "middot", "nbsp",   "not",    "ntilde", "oacute",
     "ocirc",  "ograve", "ordf",   "ordm",   "oslash", "otilde", "ouml",   "para",   "plusmn", "pound",  "quot",
     "raquo",  "reg",    "sect",   "shy",    "sup1",   "sup2",   "sup3",   "szlig",  "thorn",  "times",  "uacute",
     "ucirc",  "ugrave", "uml",    "uuml",   "yacute", "yen",    "yuml"});

/// How many bytes of `rest` (which starts with '&') the longest such name takes, or 0.
std::size_t open_name_size(std::string_view rest) {
  std::size_t best = 0;
  for (const std::string_view name : kOpenNames) {
    if (name.size() > best && rest.substr(1).starts_with(name)) best = name.size();
  }
  return best == 0 ? 0 : best + 1;
}

bool is_alnum(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

class Aligner {
 public:
  Aligner(Stretch raw, Stretch decoded, std::vector<TextPiece>& out) : raw_(raw), decoded_(decoded), out_(out) {}

  void run() {
    while (at_text_ < decoded_.bytes.size() && at_raw_ < raw_.bytes.size()) {
      const char r = raw_.bytes[at_raw_];
      const char d = decoded_.bytes[at_text_];
      if (r == '&' && reference()) continue;
      if (r == '\r' && d == '\n') {
        const bool is_pair = at_raw_ + 1 < raw_.bytes.size() && raw_.bytes[at_raw_ + 1] == '\n';
        piece(1, is_pair ? 2 : 1);
      } else if (r == d) {
        copy();
      } else if (r == '<') {
        skip_tag();
      } else if (r == '\0' && decoded_.bytes.substr(at_text_).starts_with("\xEF\xBF\xBD")) {
        piece(3, 1);
      } else if (r == '\0' || r == '\r' || r == '\n') {
        ++at_raw_;  // dropped by the parser: a null, or the first line end of <pre>
      } else {
        break;
      }
    }
    if (at_text_ < decoded_.bytes.size()) rest();
  }

 private:
  void piece(std::size_t text_size, std::size_t raw_size) {
    const auto text = decoded_.begin + static_cast<std::uint32_t>(at_text_);
    const auto raw = raw_.begin + static_cast<std::uint32_t>(at_raw_);
    out_.push_back(
        {{text, text + static_cast<std::uint32_t>(text_size)}, {raw, raw + static_cast<std::uint32_t>(raw_size)}});
    at_text_ += text_size;
    at_raw_ += raw_size;
  }

  /// What could not be told apart. Equal sizes would say "copied", so one character takes all but the last byte then.
  void rest() {
    const std::size_t text_size = decoded_.bytes.size() - at_text_;
    const std::size_t raw_size = raw_.bytes.size() - at_raw_;
    if (text_size == raw_size && text_size > 2 && decoded_.bytes.substr(at_text_) != raw_.bytes.substr(at_raw_)) {
      piece(decode_utf8(decoded_.bytes, at_text_).size_bytes, raw_size - 1);
    }
    if (at_text_ < decoded_.bytes.size()) piece(decoded_.bytes.size() - at_text_, raw_.bytes.size() - at_raw_);
  }

  void copy() {
    const std::size_t begin_text = at_text_;
    const std::size_t begin_raw = at_raw_;
    std::size_t size = 1;
    while (begin_text + size < decoded_.bytes.size() && begin_raw + size < raw_.bytes.size()) {
      const char r = raw_.bytes[begin_raw + size];
      if (r != decoded_.bytes[begin_text + size] || r == '&' || r == '\r') break;
      ++size;
    }
    piece(size, size);
  }

  void skip_tag() {
    const std::size_t close = raw_.bytes.find('>', at_raw_);
    at_raw_ = close == std::string_view::npos ? raw_.bytes.size() : close + 1;
  }

  /// True when text may go on at `text` where the source goes on at `raw`: some bytes agree, as far as they are plain.
  bool goes_on(std::size_t text, std::size_t raw) const {
    constexpr std::size_t kAgreeBytes = 12;
    for (std::size_t i = 0; i < kAgreeBytes; ++i) {
      if (raw + i >= raw_.bytes.size()) return text + i >= decoded_.bytes.size();
      const char r = raw_.bytes[raw + i];
      if (r == '<' || r == '&' || r == '\r' || r == '\0') return true;
      if (text + i >= decoded_.bytes.size() || decoded_.bytes[text + i] != r) return false;
    }
    return true;
  }

  bool take_reference(std::size_t raw_size) {
    const std::size_t one = decode_utf8(decoded_.bytes, at_text_).size_bytes;
    if (goes_on(at_text_ + one, at_raw_ + raw_size)) {
      piece(one, raw_size);
      return true;
    }
    if (at_text_ + one >= decoded_.bytes.size()) return false;
    const std::size_t two = one + decode_utf8(decoded_.bytes, at_text_ + one).size_bytes;
    if (!goes_on(at_text_ + two, at_raw_ + raw_size)) return false;
    piece(two, raw_size);
    return true;
  }

  /// "&#1588;", "&#x634": the semicolon may be missing.
  bool number(std::string_view rest) {
    const bool is_hex = rest.size() > 2 && (rest[2] == 'x' || rest[2] == 'X');
    std::size_t size = is_hex ? 3 : 2;
    const std::size_t digits = size;
    const auto is_digit = [&](char c) {
      const char low = static_cast<char>(c | 0x20);
      return (c >= '0' && c <= '9') || (is_hex && low >= 'a' && low <= 'f');
    };
    while (size < rest.size() && is_digit(rest[size])) ++size;
    if (size == digits) return false;
    if (size < rest.size() && rest[size] == ';') ++size;
    piece(decode_utf8(decoded_.bytes, at_text_).size_bytes, size);
    return true;
  }

  /// A character reference at the current place, decoded by the parser; false when the parser left it as it stood.
  bool reference() {
    const std::string_view rest = raw_.bytes.substr(at_raw_);
    if (rest.starts_with("&#")) return number(rest);
    std::size_t size = 1;
    while (size < std::min(rest.size(), kReferenceBytes) && is_alnum(rest[size])) ++size;
    const bool is_closed = size > 1 && size < rest.size() && rest[size] == ';';
    const std::size_t open_size = open_name_size(rest);
    const bool stands = open_size == 0 && decoded_.bytes.substr(at_text_).starts_with(rest.substr(0, size));
    if (stands || (!is_closed && open_size == 0)) return false;
    // "&notin;" is one name, "&notit;" is "&not" and three letters: the text tells which.
    if (is_closed && take_reference(size + 1)) return true;
    if (open_size == 0) return false;
    piece(decode_utf8(decoded_.bytes, at_text_).size_bytes, open_size);
    return true;
  }

  Stretch raw_;
  Stretch decoded_;
  std::vector<TextPiece>& out_;
  std::size_t at_raw_ = 0;
  std::size_t at_text_ = 0;
};

}  // namespace

void align_text(Stretch raw, Stretch decoded, std::vector<TextPiece>& out) {
  if (decoded.bytes.empty()) return;
  Aligner(raw, decoded, out).run();
}

}  // namespace gavah::html
