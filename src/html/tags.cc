#include "html/tags.h"

#include <algorithm>
#include <array>

namespace gavah::html {
namespace {

/// In the order of Tag.
constexpr auto kNames = std::to_array<std::string_view>({
    "",           "html",     "head",     "body",   "title",      "meta",     "link",    "base",    "script",  "style",
    "noscript",   "template", "iframe",   "object", "embed",      "article",  "main",    "section", "header",  "footer",
    "nav",        "aside",    "address",  "figure", "figcaption", "details",  "summary", "dialog",  "div",     "p",
    "blockquote", "pre",      "h1",       "h2",     "h3",         "h4",       "h5",      "h6",      "hr",      "br",
    "ul",         "ol",       "li",       "dl",     "dt",         "dd",       "table",   "caption", "thead",   "tbody",
    "tfoot",      "tr",       "td",       "th",     "form",       "fieldset", "legend",  "label",   "input",   "button",
    "select",     "option",   "textarea", "a",      "span",       "b",        "strong",  "i",       "em",      "u",
    "s",          "small",    "sub",      "sup",    "q",          "cite",     "code",    "mark",    "font",    "center",
    "time",       "abbr",     "wbr",      "bdi",    "bdo",        "ins",      "del",     "img",     "picture", "source",
    "video",      "audio",    "track",    "canvas", "svg",        "math",
});
static_assert(kNames.size() == static_cast<std::size_t>(Tag::math) + 1);

template <std::size_t N>
bool is_in(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

std::string_view name_of(Tag tag) { return kNames[static_cast<std::size_t>(tag)]; }

Tag tag_from(std::string_view name) {
  const auto found = std::find(kNames.begin() + 1, kNames.end(), name);
  return found == kNames.end() ? Tag::other : static_cast<Tag>(found - kNames.begin());
}

bool is_block(Tag tag) {
  switch (tag) {
    case Tag::html:
    case Tag::head:
    case Tag::body:
    case Tag::title:
    case Tag::article:
    case Tag::main:
    case Tag::section:
    case Tag::header:
    case Tag::footer:
    case Tag::nav:
    case Tag::aside:
    case Tag::address:
    case Tag::figure:
    case Tag::figcaption:
    case Tag::details:
    case Tag::summary:
    case Tag::dialog:
    case Tag::div:
    case Tag::p:
    case Tag::blockquote:
    case Tag::pre:
    case Tag::h1:
    case Tag::h2:
    case Tag::h3:
    case Tag::h4:
    case Tag::h5:
    case Tag::h6:
    case Tag::hr:
    case Tag::ul:
    case Tag::ol:
    case Tag::li:
    case Tag::dl:
    case Tag::dt:
    case Tag::dd:
    case Tag::table:
    case Tag::caption:
    case Tag::thead:
    case Tag::tbody:
    case Tag::tfoot:
    case Tag::tr:
    case Tag::td:
    case Tag::th:
    case Tag::form:
    case Tag::fieldset:
    case Tag::legend:
    case Tag::center:
    case Tag::noscript:
    case Tag::iframe:
    case Tag::video:
    case Tag::option:
    case Tag::select:
    case Tag::textarea:
    case Tag::button:
      return true;
    default:
      return false;
  }
}

bool is_void(std::string_view name) {
  static constexpr auto kVoid =
      std::to_array<std::string_view>({"area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr",
                                       "img", "input", "keygen", "link", "meta", "param", "source", "track", "wbr"});
  return is_in(kVoid, name);
}

bool has_optional_end(std::string_view name) {
  static constexpr auto kOptional =
      std::to_array<std::string_view>({"p", "li", "dd", "dt", "tr", "td", "th", "tbody", "thead", "tfoot", "option",
                                       "optgroup", "colgroup", "rp", "rt", "html", "head", "body"});
  return is_in(kOptional, name);
}

bool is_raw_text(std::string_view name) {
  static constexpr auto kRaw =
      std::to_array<std::string_view>({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"});
  return is_in(kRaw, name);
}

}  // namespace gavah::html
