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

/// A name's bytes as two numbers, which tell it: no name holds a null, none is longer.
struct Key {
  std::uint64_t head = 0;
  std::uint64_t tail = 0;
  constexpr bool operator==(const Key&) const = default;
};
constexpr Key key_of(std::string_view name) {
  Key out;
  for (std::size_t i = 0; i < name.size() && i < 8; ++i)
    out.head = out.head << 8U | static_cast<unsigned char>(name[i]);
  for (std::size_t i = 8; i < name.size(); ++i) out.tail = out.tail << 8U | static_cast<unsigned char>(name[i]);
  return out;
}
/// Names in open addressing, a third full; 0 (other) where there is none.
constexpr unsigned kSlotBits = 9;
constexpr std::size_t kSlots = std::size_t{1} << kSlotBits;
constexpr std::size_t slot_of(const Key& key) {
  return ((key.head ^ key.tail) * 0x9E3779B97F4A7C15U) >> (64U - kSlotBits);  // 2^64 over the golden ratio (Knuth, 6.4)
}

constexpr auto kSlotTags = [] {
  std::array<std::uint8_t, kSlots> out{};
  for (std::size_t i = 1; i < kNames.size(); ++i) {
    std::size_t slot = slot_of(key_of(kNames[i]));
    while (out[slot] != 0) slot = (slot + 1) % kSlots;
    out[slot] = static_cast<std::uint8_t>(i);
  }
  return out;
}();
constexpr auto kKeys = [] {
  std::array<Key, kTags> out{};
  for (std::size_t i = 0; i < kNames.size(); ++i) out[i] = key_of(kNames[i]);
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
  const Key key = key_of(name);
  for (std::size_t slot = slot_of(key); kSlotTags[slot] != 0; slot = (slot + 1) % kSlots) {
    if (kKeys[kSlotTags[slot]] == key) return static_cast<Tag>(kSlotTags[slot]);
  }
  return Tag::other;
}

}  // namespace gavah::html
