#include "html/align.h"

#include "base/utf8.h"

namespace gavah::html {
namespace {

/// The longest name of a character reference in the standard is 33 bytes ("&CounterClockwiseContourIntegral;").
constexpr std::size_t kReferenceBytes = 34;

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
    if (at_text_ < decoded_.bytes.size()) {
      piece(decoded_.bytes.size() - at_text_, raw_.bytes.size() - at_raw_);
    }
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

  /// True when text may go on at `text` where the source goes on at `raw`.
  bool goes_on(std::size_t text, std::size_t raw) const {
    if (raw >= raw_.bytes.size()) return text >= decoded_.bytes.size();
    const char r = raw_.bytes[raw];
    if (r == '<' || r == '&' || r == '\r' || r == '\0') return true;
    return text < decoded_.bytes.size() && decoded_.bytes[text] == r;
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

  /// A character reference at the current place, decoded by the parser; false when the parser left it as it stood.
  bool reference() {
    const std::string_view rest = raw_.bytes.substr(at_raw_, kReferenceBytes);
    std::size_t size = 1;
    const bool is_number = rest.size() > 1 && rest[1] == '#';
    if (is_number) ++size;
    while (size < rest.size() && is_alnum(rest[size])) ++size;
    const bool is_closed = size < rest.size() && rest[size] == ';';
    const bool is_ampersand = rest.starts_with("&amp") || rest.starts_with("&AMP");
    if (decoded_.bytes[at_text_] == '&' && !is_ampersand && !is_number) return false;
    if (is_number && decoded_.bytes.substr(at_text_).starts_with(rest.substr(0, size))) return false;
    if (is_closed && take_reference(size + 1)) return true;
    // A reference without its semicolon ends where the text goes on.
    for (; size >= 3; --size) {
      if (take_reference(size)) return true;
      if (is_number) break;
    }
    return false;
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
