#include "html/document_builder.h"

#include "base/utf8.h"

namespace gavah::html {
namespace {

/// Elements whose text is no words.
bool holds_raw(Tag tag) {
  return tag == Tag::script || tag == Tag::style || tag == Tag::iframe || tag == Tag::noembed || tag == Tag::noframes;
}

bool is_left_out(const TreeNode& node) {
  return node.kind == TreeKind::comment || node.kind == TreeKind::doctype || node.kind == TreeKind::document;
}

}  // namespace

DocumentBuilder::DocumentBuilder(Tree tree) : tree_(std::move(tree)) {}

Document DocumentBuilder::build() {
  document_.nodes_.reserve(tree_.nodes.size());
  document_.codes_.reserve(tree_.nodes.size());
  document_.pieces_.reserve(tree_.segments.size());
  if (tree_.is_in_order) {
    for (NodeIndex i = 1; i < tree_.nodes.size(); ++i) add(i);
  } else {
    for (const NodeIndex i : order()) add(i);
  }
  find_ends();
  document_.page_ = tree_.page;
  document_.store_ = std::move(tree_.store);
  document_.attributes_ = std::move(tree_.attributes);
  document_.arena_ = std::move(tree_.arena);
  document_.is_flattened_ = tree_.is_flattened;
  return std::move(document_);
}

/// All nodes that hang on the document, parents first.
std::vector<NodeIndex> DocumentBuilder::order() const {
  std::vector<NodeIndex> out;
  out.reserve(tree_.nodes.size());
  NodeIndex at = tree_.nodes[0].first_child;
  while (at != kNoNode && at != 0) {
    out.push_back(at);
    if (tree_.nodes[at].first_child != kNoNode) {
      at = tree_.nodes[at].first_child;
      continue;
    }
    while (at != 0 && tree_.nodes[at].next == kNoNode) at = tree_.nodes[at].parent;
    if (at != 0) at = tree_.nodes[at].next;
  }
  return out;
}

/// Parents come before their children, so the links of a node that was added are free to hold, in `previous`, its
/// new number, and in `last_child`, that of the child added last.
void DocumentBuilder::add(NodeIndex index) {
  TreeNode& from = tree_.nodes[index];
  if (is_left_out(from)) return;
  const auto number = static_cast<NodeIndex>(document_.nodes_.size());
  from.previous = number;
  from.last_child = kNoNode;
  Node& node = document_.nodes_.emplace_back();
  node.tag = from.tag;
  node.past = number + 1;
  node.source = from.source;
  node.first = from.first;
  node.count = from.count;
  if (from.parent != 0) {
    TreeNode& parent = tree_.nodes[from.parent];
    node.parent = parent.previous;
    (parent.last_child == kNoNode ? document_.nodes_[node.parent].first_child
                                  : document_.nodes_[parent.last_child].next_sibling) = number;
    parent.last_child = number;
  }
  document_.codes_.push_back(static_cast<std::uint8_t>(from.tag));
  if (from.kind == TreeKind::text) add_text(from, node);
}

void DocumentBuilder::add_text(const TreeNode& from, Node& node) {
  const bool is_raw = holds_raw(document_.nodes_[node.parent].tag);
  node.kind = is_raw ? NodeKind::raw : NodeKind::text;
  document_.codes_.back() = is_raw ? Document::kRawCode : Document::kTextCode;
  node.first = static_cast<std::uint32_t>(document_.pieces_.size());
  node.text = tree_.segments[from.first].text;
  std::uint32_t at = node.text.begin;
  if (from.first != from.count) {
    at = static_cast<std::uint32_t>(tree_.page.size() + tree_.store.size());
    node.text.begin = at;
  }
  for (std::uint32_t i = from.first; i != kNoNode; i = tree_.segments[i].next) {
    const TextSegment& segment = tree_.segments[i];
    if (from.first != from.count) tree_.store.append(tree_.bytes(segment));
    if (!is_raw) add_piece(segment, at);
    at += segment.text.size();
  }
  node.text.end = at;
  node.count = is_raw ? 0 : static_cast<std::uint32_t>(document_.pieces_.size()) - node.first;
}

/// Equal sizes say "copied". A reference as long as its two characters ("&nang;") is shared out: the first has all
/// of it but the semicolon.
void DocumentBuilder::add_piece(const TextSegment& segment, std::uint32_t text_begin) {
  const std::uint32_t size = segment.text.size();
  const bool is_copied = segment.text.begin == segment.source.begin;
  if (is_copied || size != segment.source.size() || size == 1) {
    document_.pieces_.push_back({{text_begin, text_begin + size}, segment.source});
    return;
  }
  const std::uint32_t cut = text_begin + decode_utf8(tree_.bytes(segment), 0).size_bytes;
  const std::uint32_t last = segment.source.end - 1;
  document_.pieces_.push_back({{text_begin, cut}, {segment.source.begin, last}});
  document_.pieces_.push_back({{cut, text_begin + size}, {last, segment.source.end}});
}

/// Children come after their parents: from the end, each node's end is known before its parent's.
void DocumentBuilder::find_ends() {
  auto& nodes = document_.nodes_;
  for (auto i = static_cast<NodeIndex>(nodes.size()); i-- > 1;) {
    Node& parent = nodes[nodes[i].parent];
    parent.past = std::max(parent.past, nodes[i].past);
  }
}

}  // namespace gavah::html
