#include "base/xml_scanner.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/format.h"
#include "base/utf8.h"

namespace gavah {
namespace {

constexpr std::size_t kMaxTagBytes = 64 * 1024;  // tags of office documents have hundreds of bytes
constexpr std::size_t kMaxReferenceBytes = 12;   // "&#x10FFFF;"

std::string_view without_prefix(std::string_view name) {
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// Where a tag that begins at `at` ends, quoted values apart; npos when not within `bytes`.
std::size_t tag_end(std::string_view bytes, std::size_t at) {
  char quote = '\0';
  for (; at < bytes.size(); ++at) {
    const char c = bytes[at];
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '>') {
      return at;
    }
  }
  return std::string_view::npos;
}

}  // namespace

std::string XmlToken::attribute(std::string_view wanted) const {
  std::string_view rest = attributes;
  for (;;) {
    const std::size_t first = rest.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    rest.remove_prefix(first);
    const std::size_t equals = rest.find('=');
    if (equals == std::string_view::npos) return {};
    std::string_view key = rest.substr(0, equals);
    while (!key.empty() && is_space(key.back())) key.remove_suffix(1);
    rest.remove_prefix(equals + 1);
    const std::size_t quote = rest.find_first_of("\"'");
    if (quote == std::string_view::npos) return {};
    const std::size_t last = rest.find(rest[quote], quote + 1);
    if (last == std::string_view::npos) return {};
    if (key == wanted || without_prefix(key) == wanted) return xml_text(rest.substr(quote + 1, last - quote - 1));
    rest.remove_prefix(last + 1);
  }
}

bool XmlScanner::skip_remark() {
  for (const auto& [mark, closing] : {std::pair<std::string_view, std::string_view>{"<!--", "-->"}, {"<?", "?>"}}) {
    if (!bytes_.substr(at_).starts_with(mark)) continue;
    const std::size_t end = bytes_.find(closing, at_ + mark.size());
    if (end == std::string_view::npos) return false;
    at_ = end + closing.size();
    return true;
  }
  return false;
}

Result<XmlToken> XmlScanner::next() {
  while (skip_remark()) {
  }
  XmlToken token;
  token.begin = token.end = at_;
  if (at_ >= bytes_.size()) return token;
  if (bytes_[at_] == '<') return markup();
  const std::size_t end = std::min(bytes_.find('<', at_), bytes_.size());
  token.kind = XmlToken::Kind::text;
  token.text_begin = at_;
  token.text_end = token.end = end;
  at_ = end;
  return token;
}

Result<XmlToken> XmlScanner::markup() {
  constexpr std::string_view kCdata = "<![CDATA[";
  XmlToken token;
  token.begin = token.end = at_;
  const std::string_view rest = bytes_.substr(at_);
  if (rest.starts_with("<!--") || rest.starts_with("<?")) return token;  // cut inside
  if (rest.starts_with(kCdata)) {
    const std::size_t end = rest.find("]]>");
    if (end == std::string_view::npos) return token;
    token.kind = XmlToken::Kind::cdata;
    token.text_begin = at_ + kCdata.size();
    token.text_end = at_ + end;
    token.end = at_ = at_ + end + 3;
    return token;
  }
  if (rest.size() < kCdata.size() && (kCdata.starts_with(rest) || std::string_view("<!--").starts_with(rest))) {
    return token;
  }
  if (rest.starts_with("<!")) return fail(ErrorCode::invalid_input, "XML with a document type, which is not read");
  const std::size_t end = tag_end(bytes_, at_ + 1);
  if ((end == std::string_view::npos ? bytes_.size() : end) - at_ > kMaxTagBytes) {
    return fail(ErrorCode::invalid_input, format("an XML tag of more than {} bytes", kMaxTagBytes));
  }
  if (end == std::string_view::npos) return token;
  std::string_view inside = bytes_.substr(at_ + 1, end - at_ - 1);
  token.kind = XmlToken::Kind::open;
  if (inside.starts_with('/')) {
    token.kind = XmlToken::Kind::close;
    inside.remove_prefix(1);
  } else if (inside.ends_with('/')) {
    token.kind = XmlToken::Kind::empty;
    inside.remove_suffix(1);
  }
  const std::size_t name_end = std::min(inside.find_first_of(" \t\r\n"), inside.size());
  token.name = without_prefix(inside.substr(0, name_end));
  token.attributes = inside.substr(name_end);
  if (token.name.empty()) return fail(ErrorCode::invalid_input, "an XML tag without a name");
  token.end = at_ = end + 1;
  return token;
}

XmlReference xml_reference_at(std::string_view text, std::size_t at) {
  if (at >= text.size() || text[at] != '&') return {};
  const std::size_t semicolon = text.substr(at, kMaxReferenceBytes).find(';');
  if (semicolon == std::string_view::npos) return {};
  std::string_view name = text.substr(at + 1, semicolon - 1);
  constexpr std::array<std::pair<std::string_view, char>, 5> kNames{
      {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}}};
  for (const auto& [known, c] : kNames) {
    if (name == known) return {static_cast<std::uint32_t>(c), semicolon + 1};
  }
  if (!name.starts_with('#')) return {};
  name.remove_prefix(1);
  const std::uint32_t base = name.starts_with('x') ? 16 : 10;
  if (base == 16) name.remove_prefix(1);
  std::uint32_t value = 0;
  for (const char c : name) {
    const bool is_digit = c >= '0' && c <= '9';
    const char lower = static_cast<char>(c | 0x20);
    if (!is_digit && (base == 10 || lower < 'a' || lower > 'f')) return {};
    value = value * base + static_cast<std::uint32_t>(is_digit ? c - '0' : lower - 'a' + 10);
    if (value > 0x10FFFF) break;
  }
  if (name.empty()) return {};
  const bool is_character = value != 0 && value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
  return {is_character ? value : 0xFFFD, semicolon + 1};
}

std::string xml_text(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const XmlReference reference = xml_reference_at(text, at);
    if (reference.size_bytes > 0) {
      append_utf8(out, reference.value);
      at += reference.size_bytes;
      continue;
    }
    const std::size_t stop = std::min(text.find('&', at + 1), text.size());
    out.append(text.substr(at, stop - at));
    at = stop;
  }
  return out;
}

}  // namespace gavah
