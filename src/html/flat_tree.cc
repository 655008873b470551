#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "html/document_builder.h"
#include "html/tag_scan.h"
#include "html/tags.h"

namespace gavah::html {
namespace {

struct NamedCharacter {
  std::string_view name;
  std::string_view text;
};
/// The references that running text uses; others stay as written.
constexpr auto kCharacters = std::to_array<NamedCharacter>(
    {{"amp", "&"},       {"lt", "<"},       {"gt", ">"},       {"quot", "\""},    {"apos", "'"},  {"nbsp", "\u00A0"},
     {"zwnj", "\u200C"}, {"zwj", "\u200D"}, {"rlm", "\u200F"}, {"lrm", "\u200E"}, {"laquo", "«"}, {"raquo", "»"},
     {"ldquo", "“"},     {"rdquo", "”"},    {"lsquo", "‘"},    {"rsquo", "’"},    {"mdash", "—"}, {"ndash", "–"},
     {"hellip", "…"},    {"bull", "•"},     {"middot", "·"},   {"copy", "©"},     {"reg", "®"},   {"trade", "™"},
     {"eacute", "é"},    {"egrave", "è"},   {"uuml", "ü"},     {"ouml", "ö"},     {"auml", "ä"},  {"szlig", "ß"},
     {"Uuml", "Ü"},      {"Ouml", "Ö"},     {"Auml", "Ä"},     {"ccedil", "ç"},   {"pound", "£"}, {"euro", "€"}});
constexpr std::size_t kReferenceBytes = 34;

/// The character reference at the start of `text` (which starts with '&'): its size, and its text appended to `out`.
/// 0 when it is none.
std::size_t decode_reference(std::string_view text, std::string& out) {
  const std::size_t end = text.substr(0, kReferenceBytes).find(';');
  if (end == std::string_view::npos || end < 2) return 0;
  const std::string_view name = text.substr(1, end - 1);
  if (name[0] != '#') {
    const auto* found =
        std::find_if(kCharacters.begin(), kCharacters.end(), [&](const auto& c) { return c.name == name; });
    if (found == kCharacters.end()) return 0;
    out.append(found->text);
    return end + 1;
  }
  const bool is_hex = name.size() > 2 && (name[1] == 'x' || name[1] == 'X');
  char32_t value = 0;
  const std::string_view digits = name.substr(is_hex ? 2 : 1);
  if (digits.empty() || digits.size() > 8) return 0;
  for (const char c : digits) {
    const char low = static_cast<char>(c | 0x20);
    const bool is_digit = c >= '0' && c <= '9';
    if (!is_digit && !(is_hex && low >= 'a' && low <= 'f')) return 0;
    value = value * (is_hex ? 16 : 10) + static_cast<char32_t>(is_digit ? c - '0' : low - 'a' + 10);
  }
  const bool is_bad = value == 0 || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000);
  append_utf8(out, is_bad ? 0xFFFD : value);
  return end + 1;
}

class FlatReader {
 public:
  explicit FlatReader(std::string_view page) : page_(page), builder_(page.size()) {
    builder_.mark_flattened();
    builder_.open(Tag::html, {});
    builder_.open(Tag::body, {});
  }

  Document read() {
    TagScan scan(page_);
    std::uint32_t at = 0;
    while (const auto tag = scan.next()) {
      content(at, tag->source.begin);
      at = tag->source.end;
      in_raw_ = !tag->is_end && (tag->name == "script" || tag->name == "style" || tag->name == "iframe");
      take(*tag);
    }
    content(at, static_cast<std::uint32_t>(page_.size()));
    return builder_.finish();
  }

 private:
  void content(std::uint32_t begin, std::uint32_t end) {
    if (begin >= end) return;
    if (in_raw_) {
      builder_.add_raw(page_.substr(begin, end - begin), begin);
    } else {
      add_text(begin, end);
    }
  }

  /// Comments and declarations are left out; what stands between them is text.
  void add_text(std::uint32_t begin, std::uint32_t end) {
    while (begin < end) {
      const std::string_view rest = page_.substr(begin, end - begin);
      const std::size_t open = std::min(rest.find("<!"), rest.size());
      if (open > 0) {
        const std::string_view raw = rest.substr(0, open);
        builder_.add_text(raw, begin, decode_references(raw));
      }
      if (open == rest.size()) return;
      const bool is_comment = rest.substr(open).starts_with("<!--");
      const std::size_t close = is_comment ? rest.find("-->", open + 2) : rest.find('>', open);
      if (close == std::string_view::npos) return;
      begin += static_cast<std::uint32_t>(close) + (is_comment ? 3 : 1);
    }
  }

  void take(const ScannedTag& tag) {
    if (tag.name == "html" || tag.name == "body" || tag.name == "head") return;
    const Tag kind = tag_from(tag.name);
    if (tag.is_end) {
      close_to(kind);
      return;
    }
    const bool is_leaf = is_void(tag.name) || builder_.depth() >= kFlatDepth;
    // One p or li closes the one before it.
    if (!is_leaf && has_optional_end(tag.name) && builder_.depth() > 2 &&
        builder_.open_tag(builder_.depth() - 1) == kind) {
      builder_.close();
    }
    builder_.open(kind, tag.source);
    add_attributes(tag);
    if (is_leaf) builder_.close();
  }

  void close_to(Tag kind) {
    if (kind == Tag::other) return;
    for (std::size_t level = builder_.depth(); level-- > 2;) {
      if (builder_.open_tag(level) != kind) continue;
      while (builder_.depth() > level) builder_.close();
      return;
    }
  }

  void add_attributes(const ScannedTag& tag) {
    constexpr std::size_t kAttributes = 64;
    std::string_view rest = tag.attributes;
    const auto skip = [&](std::string_view set) {
      rest.remove_prefix(std::min(rest.find_first_not_of(set), rest.size()));
    };
    for (std::size_t i = 0; i < kAttributes; ++i) {
      skip(" \t\r\n\f/");
      const std::size_t past = std::min(rest.find_first_of(" \t\r\n\f/="), rest.size());
      if (past == 0) return;
      std::string name(rest.substr(0, past));
      for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
      rest.remove_prefix(past);
      skip(" \t\r\n\f");
      std::string_view value;
      if (rest.starts_with('=')) {
        rest.remove_prefix(1);
        skip(" \t\r\n\f");
        const bool is_quoted = !rest.empty() && (rest[0] == '"' || rest[0] == '\'');
        const std::size_t end = is_quoted ? rest.find(rest[0], 1) : rest.find_first_of(" \t\r\n\f");
        value = is_quoted ? rest.substr(1, std::min(end, rest.size()) - 1) : rest.substr(0, end);
        rest.remove_prefix(
            std::min(end == std::string_view::npos ? rest.size() : end + (is_quoted ? 1 : 0), rest.size()));
      }
      builder_.add_attribute(name, decode_references(value), {});
    }
  }

  std::string_view page_;
  DocumentBuilder builder_;
  bool in_raw_ = false;  ///< inside of a script, style or frame
};

}  // namespace

std::string decode_references(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t size = text[at] == '&' ? decode_reference(text.substr(at), out) : 0;
    if (size > 0) {
      at += size;
    } else {
      out.push_back(text[at++]);
    }
  }
  return out;
}

Document flat_tree(std::string_view page) { return FlatReader(page).read(); }

}  // namespace gavah::html
