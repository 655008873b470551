#pragma once

#include "html/condensed.h"
#include "html/html.h"

namespace gavah::html {

/// Fills a Document in document order; close() ends the newest open element. One thread.
class DocumentBuilder {
 public:
  explicit DocumentBuilder(std::size_t page_size);
  void open(Tag tag, Span source);
  /// Adds to the element opened last, before it gets children. Name in lower case.
  void add_attribute(std::string_view name, std::string_view value, Span source);
  void close();
  /// A text node whose words are `decoded`, read from `raw`, which stands at `raw_begin` of the input.
  void add_text(std::string_view raw, std::uint32_t raw_begin, std::string_view decoded);
  void add_raw(std::string_view content, std::uint32_t begin);
  std::size_t depth() const { return open_.size(); }
  Tag open_tag(std::size_t level) const { return document_.nodes_[open_[level].node].tag; }
  void mark_flattened() { document_.is_flattened_ = true; }
  /// Ends all open elements and gives the document.
  Document finish();

 private:
  struct Open {
    NodeIndex node;
    NodeIndex last_child;
  };
  NodeIndex add_node(Node node);
  Span store(std::string_view text);

  Document document_;
  std::vector<Open> open_;
  /// Attribute names and values lie in the store, which moves while it grows: they are set as views at the end.
  std::vector<std::pair<Span, Span>> attribute_spans_;
};

/// The tree as gumbo builds it from `condensed`, with sources in `page`. Only for pages that is_gentle() lets through.
Document gumbo_tree(std::string_view page, const Condensed& condensed);
/// A tree cut at kFlatDepth levels, built by a linear scan that follows no rule but "a closing tag closes its element".
Document flat_tree(std::string_view page);

inline constexpr std::size_t kFlatDepth = 128;

}  // namespace gavah::html
