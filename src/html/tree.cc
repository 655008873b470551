#include "html/tree.h"

#include "html/foreign_names.h"
#include "html/tags.h"

namespace gavah::html {

Tree::Tree(std::string_view bytes) : page(bytes) {
  constexpr std::size_t kBytesPerNode = 32;
  nodes.reserve(bytes.size() / kBytesPerNode + 16);
  segments.reserve(bytes.size() / (2 * kBytesPerNode) + 16);
  attributes.reserve(bytes.size() / (2 * kBytesPerNode) + 16);
  nodes.emplace_back().kind = TreeKind::document;
  names_.emplace_back();  // numbers begin at 1
}

void Tree::append(NodeIndex parent, NodeIndex child) {
  TreeNode& node = nodes[child];
  TreeNode& into = nodes[parent];
  if (child + 1 != nodes.size()) is_in_order = false;
  node.parent = parent;
  node.previous = into.last_child;
  node.next = kNoNode;
  if (into.last_child == kNoNode) {
    into.first_child = child;
  } else {
    nodes[into.last_child].next = child;
  }
  into.last_child = child;
}

void Tree::insert_before(NodeIndex next, NodeIndex child) {
  TreeNode& node = nodes[child];
  TreeNode& after = nodes[next];
  is_in_order = false;
  node.parent = after.parent;
  node.previous = after.previous;
  node.next = next;
  if (after.previous == kNoNode) {
    nodes[after.parent].first_child = child;
  } else {
    nodes[after.previous].next = child;
  }
  after.previous = child;
}

void Tree::detach(NodeIndex child) {
  TreeNode& node = nodes[child];
  if (node.parent == kNoNode) return;
  is_in_order = false;
  (node.previous == kNoNode ? nodes[node.parent].first_child : nodes[node.previous].next) = node.next;
  (node.next == kNoNode ? nodes[node.parent].last_child : nodes[node.next].previous) = node.previous;
  node.parent = node.previous = node.next = kNoNode;
}

void Tree::move_children(NodeIndex from, NodeIndex to) {
  is_in_order = false;
  const NodeIndex first = nodes[from].first_child;
  if (first == kNoNode) return;
  for (NodeIndex child = first; child != kNoNode; child = nodes[child].next) nodes[child].parent = to;
  if (nodes[to].last_child == kNoNode) {
    nodes[to].first_child = first;
  } else {
    nodes[nodes[to].last_child].next = first;
    nodes[first].previous = nodes[to].last_child;
  }
  nodes[to].last_child = nodes[from].last_child;
  nodes[from].first_child = nodes[from].last_child = kNoNode;
}

TextSegment Tree::segment_of(const TextChunk& chunk) {
  if (chunk.is_copied) return {chunk.source, chunk.source};
  const auto begin = static_cast<std::uint32_t>(page.size() + store.size());
  store.append(chunk.bytes());
  return {{begin, begin + chunk.size}, chunk.source};
}

void Tree::extend_text(NodeIndex node, const TextChunk& chunk) {
  TextSegment& last = segments[nodes[node].count];
  const bool is_copied = last.text.begin == last.source.begin;
  if (chunk.is_copied && is_copied && last.source.end == chunk.source.begin) {
    last.source.end = last.text.end = chunk.source.end;
  } else {
    last.next = nodes[node].count = static_cast<std::uint32_t>(segments.size());
    segments.push_back(segment_of(chunk));
  }
  nodes[node].source.end = chunk.source.end;
}

void Tree::add_text(NodeIndex parent, NodeIndex next, const TextChunk& chunk) {
  const NodeIndex before = next == kNoNode ? nodes[parent].last_child : nodes[next].previous;
  if (before != kNoNode && nodes[before].kind == TreeKind::text) return extend_text(before, chunk);
  TreeNode node;
  node.kind = TreeKind::text;
  node.source = chunk.source;
  node.first = node.count = static_cast<std::uint32_t>(segments.size());
  segments.push_back(segment_of(chunk));
  const NodeIndex added = add(node);
  if (next == kNoNode) {
    append(parent, added);
  } else {
    insert_before(next, added);
  }
}

std::uint32_t Tree::number_of(std::string_view name) {
  const auto [found, is_new] = numbers_.try_emplace(name, static_cast<std::uint32_t>(names_.size()));
  if (is_new) names_.push_back(name);
  return found->second;
}

std::string_view Tree::name_of(NodeIndex index) const {
  const TreeNode& node = nodes[index];
  const std::string_view name = node.tag == Tag::other ? names_[node.name] : html::name_of(node.tag);
  return node.space == Namespace::svg ? svg_name(name) : name;
}

std::string_view Tree::bytes(const TextSegment& segment) const {
  const std::string_view all = segment.text.begin < page.size() ? page : std::string_view(store);
  const std::size_t base = segment.text.begin < page.size() ? 0 : page.size();
  return all.substr(segment.text.begin - base, segment.text.size());
}

}  // namespace gavah::html
