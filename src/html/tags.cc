#include "html/tags.h"

#include <algorithm>
#include <array>

namespace gavah::html {
namespace {

/// In the order of Tag.
constexpr auto kNames = std::to_array<std::string_view>({
    "",
    "html",
    "head",
    "body",
    "title",
    "meta",
    "link",
    "base",
    "script",
    "style",
    "noscript",
    "template",
    "iframe",
    "object",
    "embed",
    "article",
    "main",
    "section",
    "header",
    "footer",
    "nav",
    "aside",
    "address",
    "figure",
    "figcaption",
    "details",
    "summary",
    "dialog",
    "div",
    "p",
    "blockquote",
    "pre",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "br",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "table",
    "caption",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "td",
    "th",
    "form",
    "fieldset",
    "legend",
    "label",
    "input",
    "button",
    "select",
    "option",
    "textarea",
    "a",
    "span",
    "b",
    "strong",
    "i",
    "em",
    "u",
    "s",
    "small",
    "sub",
    "sup",
    "q",
    "cite",
    "code",
    "mark",
    "font",
    "center",
    "time",
    "abbr",
    "wbr",
    "bdi",
    "bdo",
    "ins",
    "del",
    "img",
    "picture",
    "source",
    "video",
    "audio",
    "track",
    "canvas",
    "svg",
    "math",
    "annotation-xml",
    "applet",
    "area",
    "basefont",
    "bgsound",
    "big",
    "col",
    "colgroup",
    "desc",
    "dir",
    "foreignobject",
    "frame",
    "frameset",
    "hgroup",
    "image",
    "keygen",
    "listing",
    "malignmark",
    "marquee",
    "menu",
    "mglyph",
    "mi",
    "mn",
    "mo",
    "ms",
    "mtext",
    "nobr",
    "noembed",
    "noframes",
    "optgroup",
    "param",
    "plaintext",
    "rb",
    "rp",
    "rt",
    "rtc",
    "ruby",
    "search",
    "selectedcontent",
    "strike",
    "tt",
    "var",
    "xmp",
});
static_assert(kNames.size() == kTags);

constexpr std::uint32_t hash_of(std::string_view name) {
  std::uint32_t out = static_cast<std::uint32_t>(name.size());
  for (const char c : name) out = (out ^ static_cast<unsigned char>(c)) * 0x01000193U;
  return out ^ (out >> 15U);
}

/// Names in open addressing, a third full; 0 (other) where there is none.
constexpr std::size_t kSlots = 512;
constexpr auto kSlotTags = [] {
  std::array<std::uint8_t, kSlots> out{};
  for (std::size_t i = 1; i < kNames.size(); ++i) {
    std::size_t slot = hash_of(kNames[i]) % kSlots;
    while (out[slot] != 0) slot = (slot + 1) % kSlots;
    out[slot] = static_cast<std::uint8_t>(i);
  }
  return out;
}();
constexpr std::size_t kLongestName = 15;
static_assert(std::max_element(kNames.begin(), kNames.end(), [](auto a, auto b) {
                return a.size() < b.size();
              })->size() == kLongestName);

}  // namespace

std::string_view name_of(Tag tag) { return kNames[static_cast<std::size_t>(tag)]; }

Tag tag_from(std::string_view name) {
  if (name.size() > kLongestName) return Tag::other;
  std::size_t slot = hash_of(name) % kSlots;
  for (; kSlotTags[slot] != 0; slot = (slot + 1) % kSlots) {
    if (kNames[kSlotTags[slot]] == name) return static_cast<Tag>(kSlotTags[slot]);
  }
  return Tag::other;
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

}  // namespace gavah::html
