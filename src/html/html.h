#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "html/text_arena.h"
#include "model/span.h"

namespace gavah::html {

/// Elements that rules tell apart; all others are `other`.
enum class Tag : std::uint8_t {
  other,
  html,
  head,
  body,
  title,
  meta,
  link,
  base,
  script,
  style,
  noscript,
  template_,
  iframe,
  object,
  embed,
  article,
  main,
  section,
  header,
  footer,
  nav,
  aside,
  address,
  figure,
  figcaption,
  details,
  summary,
  dialog,
  div,
  p,
  blockquote,
  pre,
  h1,
  h2,
  h3,
  h4,
  h5,
  h6,
  hr,
  br,
  ul,
  ol,
  li,
  dl,
  dt,
  dd,
  table,
  caption,
  thead,
  tbody,
  tfoot,
  tr,
  td,
  th,
  form,
  fieldset,
  legend,
  label,
  input,
  button,
  select,
  option,
  textarea,
  a,
  span,
  b,
  strong,
  i,
  em,
  u,
  s,
  small,
  sub,
  sup,
  q,
  cite,
  code,
  mark,
  font,
  center,
  time,
  abbr,
  wbr,
  bdi,
  bdo,
  ins,
  del,
  img,
  picture,
  source,
  video,
  audio,
  track,
  canvas,
  svg,
  math,
  annotation_xml,
  applet,
  area,
  basefont,
  bgsound,
  big,
  col,
  colgroup,
  desc,
  dir,
  foreign_object,
  frame,
  frameset,
  hgroup,
  image,
  keygen,
  listing,
  malignmark,
  marquee,
  menu,
  mglyph,
  mi,
  mn,
  mo,
  ms,
  mtext,
  nobr,
  noembed,
  noframes,
  optgroup,
  param,
  plaintext,
  rb,
  rp,
  rt,
  rtc,
  ruby,
  search,
  selectedcontent,
  strike,
  tt,
  var,
  xmp,
};
inline constexpr std::size_t kTags = static_cast<std::size_t>(Tag::xmp) + 1;

/// Index of a node in its document.
using NodeIndex = std::uint32_t;
inline constexpr NodeIndex kNoNode = 0xFFFFFFFF;

enum class NodeKind : std::uint8_t {
  element,
  text,
  raw,  ///< the content of script, style and the like: never words
};

/// A node; children form a list through first_child and next_sibling. Nodes stand in document order (preorder), so
/// that a subtree is the range [index, past).
struct Node {
  NodeKind kind = NodeKind::element;
  Tag tag = Tag::other;
  NodeIndex parent = kNoNode;
  NodeIndex first_child = kNoNode;
  NodeIndex next_sibling = kNoNode;
  NodeIndex past = 0;       ///< one past the last node of this subtree
  Span source;              ///< bytes of the input: the start tag, or the run of text as written
  std::uint32_t first = 0;  ///< element: first attribute; text: first piece
  std::uint32_t count = 0;  ///< how many of them
  Span text;                ///< text and raw: where the decoded text lies, in the page or (counting on) in the store
};

struct Attribute {
  std::string_view name;   ///< lower case
  std::string_view value;  ///< entities decoded
  Span source;             ///< bytes of the value as written, quotes included; empty when there is none
};

/// Decoded bytes [text) (as Node::text counts) came from input bytes [source): equal length means copied byte for byte,
/// or "\n" for a carriage return that stands alone; otherwise one decoded character reference (or one character of
/// two), line end, or U+FFFD in the place of a null.
struct TextPiece {
  Span text;
  Span source;
};

/// A parsed page. Its texts are views of the page, which outlives it, or of what it owns. Read from any thread.
class Document {
 public:
  Document() = default;
  Document(Document&&) = default;
  Document& operator=(Document&&) = default;
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

  const std::vector<Node>& nodes() const { return nodes_; }
  const Node& operator[](NodeIndex index) const { return nodes_[index]; }
  std::span<const Attribute> attributes(NodeIndex index) const;
  /// The value of the attribute, or empty.
  std::string_view attribute(NodeIndex index, std::string_view name) const;
  bool has_attribute(NodeIndex index, std::string_view name) const;
  /// The decoded text of a text or raw node.
  std::string_view text(NodeIndex index) const;
  /// What a text node's decoded text came from, in order.
  std::span<const TextPiece> pieces(NodeIndex index) const;
  /// All words below the node, white space runs as one space, ends trimmed; raw nodes left out.
  std::string words(NodeIndex index) const;
  /// The first node below (or at) `from` with that tag, in document order, or kNoNode.
  NodeIndex first(Tag tag, NodeIndex from = 0) const { return next(tag, from, nodes_[from].past); }
  /// The first element of [from, past) with that tag, or kNoNode: many times as fast as looking at each node.
  NodeIndex next(Tag tag, NodeIndex from, NodeIndex past) const {
    return next(static_cast<std::uint8_t>(tag), from, past);
  }
  bool is_element(NodeIndex index) const { return codes_[index] < kTextCode; }
  bool is_element(NodeIndex index, Tag tag) const { return codes_[index] == static_cast<std::uint8_t>(tag); }
  bool is_text(NodeIndex index) const { return codes_[index] == kTextCode; }
  /// The first raw node at or after `from`, or kNoNode.
  NodeIndex next_raw(NodeIndex from) const { return next(kRawCode, from, static_cast<NodeIndex>(codes_.size())); }
  /// True when the page met a limit (deeper than 512 levels, formatting elements reopened too often, millions
  /// of nodes): words and attributes are there, the nesting is cut.
  bool is_flattened() const { return is_flattened_; }

 private:
  friend class DocumentBuilder;
  /// What a node is, in one byte: an element's tag, or one of these.
  static constexpr std::uint8_t kTextCode = 0xFE;
  static constexpr std::uint8_t kRawCode = 0xFF;
  static_assert(kTags <= kTextCode);
  NodeIndex next(std::uint8_t code, NodeIndex from, NodeIndex past) const;

  std::vector<Node> nodes_;
  std::vector<std::uint8_t> codes_;  ///< of the nodes
  std::vector<Attribute> attributes_;
  std::vector<TextPiece> pieces_;
  std::string_view page_;
  std::string store_;  ///< decoded texts
  TextArena arena_;    ///< decoded attributes
  bool is_flattened_ = false;
};

inline std::span<const Attribute> Document::attributes(NodeIndex index) const {
  const Node& node = nodes_[index];
  if (node.kind != NodeKind::element) return {};
  return {attributes_.data() + node.first, node.count};
}

inline std::string_view Document::attribute(NodeIndex index, std::string_view name) const {
  for (const Attribute& attribute : attributes(index)) {
    if (attribute.name == name) return attribute.value;
  }
  return {};
}

inline std::string_view Document::text(NodeIndex index) const {
  const Span span = nodes_[index].text;
  if (span.begin < page_.size()) return page_.substr(span.begin, span.size());
  return std::string_view(store_).substr(span.begin - page_.size(), span.size());
}

/// What lies behind so many bytes of a page is left out: offsets into the page and its decoded texts fit 32 bits.
inline constexpr std::size_t kPageBytes = std::size_t{512} << 20U;

/// Reads a page (HTML living standard of 2026, scripting off). `page` is UTF-8 and outlives the document. Never fails:
/// any bytes give a tree, at least html, head and body (or frameset). Linear in time and memory. Any thread.
Document parse(std::string_view page);
/// A page that would not outlive its document.
template <std::same_as<std::string> Temporary>
Document parse(Temporary&& page) = delete;

/// Decodes the character references of an attribute value or other text taken from the source ("&amp;", "&#1588;");
/// what follows on letters as in "?a=1&copy=2" stays.
std::string decode_references(std::string_view text);

inline constexpr std::array<bool, kTags> kBlockTags = [] {
  using enum Tag;
  std::array<bool, kTags> out{};
  for (const Tag tag :
       {html,    head,   body,       title,   article, main,   section, header,   footer,     nav,  aside,
        address, figure, figcaption, details, summary, dialog, div,     p,        blockquote, pre,  h1,
        h2,      h3,     h4,         h5,      h6,      hr,     ul,      ol,       li,         dl,   dt,
        dd,      table,  caption,    thead,   tbody,   tfoot,  tr,      td,       th,         form, fieldset,
        legend,  center, noscript,   iframe,  video,   option, select,  textarea, button})
    out[static_cast<std::size_t>(tag)] = true;
  return out;
}();
/// True for elements that a browser starts a new line for.
[[nodiscard]] inline bool is_block(Tag tag) { return kBlockTags[static_cast<std::size_t>(tag)]; }

/// The name of a tag as written in HTML; "" for other.
std::string_view name_of(Tag tag);

}  // namespace gavah::html
