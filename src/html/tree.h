#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "html/tag_traits.h"
#include "html/text_arena.h"
#include "html/token.h"

namespace gavah::html {

enum class TreeKind : std::uint8_t { document, doctype, comment, element, text };

/// A node while the tree is built: it can move. The contents of a template are its children.
struct TreeNode {
  TreeKind kind = TreeKind::element;
  Tag tag = Tag::other;
  Namespace space = Namespace::html;
  bool is_html_point = false;  ///< annotation-xml whose encoding is HTML
  std::uint32_t name = 0;      ///< element without a tag of its own: its name's number; doctype, comment: in notes
  NodeIndex parent = kNoNode;
  NodeIndex first_child = kNoNode;
  NodeIndex last_child = kNoNode;
  NodeIndex previous = kNoNode;
  NodeIndex next = kNoNode;
  Span source;              ///< start tag, comment, doctype; empty for what the page leaves out
  std::uint32_t first = 0;  ///< element: first attribute; text: first segment
  std::uint32_t count = 0;  ///< element: attributes; text: last segment
};

/// Part of a text node: bytes that came from one stretch of the page. `text` counts through the page and on through
/// Tree::store: a copied segment lies where its source lies.
struct TextSegment {
  Span text;
  Span source;
  std::uint32_t next = 0xFFFFFFFF;
};

/// What a comment or a doctype says.
struct TreeNote {
  std::string_view text;  ///< of the comment; name of the doctype
  std::string_view public_id;
  std::string_view system_id;
};

/// All nodes of a page in one block, and what they refer to. One thread.
class Tree {
 public:
  explicit Tree(std::string_view page);

  std::string_view page;
  TextArena arena;
  std::vector<Attribute> attributes;
  std::vector<TreeNode> nodes;  ///< node 0 is the document
  std::vector<TextSegment> segments;
  std::vector<TreeNote> notes;
  std::string store;          ///< decoded text
  bool is_in_order = true;    ///< nodes stand in document order
  bool is_flattened = false;  ///< a limit was met

  NodeIndex add(const TreeNode& node) {
    nodes.push_back(node);
    return static_cast<NodeIndex>(nodes.size() - 1);
  }
  void append(NodeIndex parent, NodeIndex child);
  void insert_before(NodeIndex next, NodeIndex child);
  void detach(NodeIndex child);
  void move_children(NodeIndex from, NodeIndex to);
  /// Adds characters at the end of `parent`'s children, or before its child `next`.
  void add_text(NodeIndex parent, NodeIndex next, const TextChunk& chunk);

  std::span<const Attribute> attributes_of(NodeIndex node) const {
    return {attributes.data() + nodes[node].first, nodes[node].count};
  }
  /// The number of a name without a Tag; the same name has the same number.
  std::uint32_t number_of(std::string_view name);
  std::string_view name_of(NodeIndex node) const;
  std::string_view bytes(const TextSegment& segment) const;

 private:
  void extend_text(NodeIndex node, const TextChunk& chunk);
  TextSegment segment_of(const TextChunk& chunk);

  std::unordered_map<std::string_view, std::uint32_t> numbers_;
  std::vector<std::string_view> names_;
};

}  // namespace gavah::html
