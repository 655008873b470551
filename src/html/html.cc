#include "html/html.h"

#include "html/align.h"
#include "html/document_builder.h"
#include "html/nesting.h"

namespace gavah::html {

std::span<const Attribute> Document::attributes(NodeIndex index) const {
  const Node& node = nodes_[index];
  if (node.kind != NodeKind::element) return {};
  return {attributes_.data() + node.first, node.count};
}

std::string_view Document::attribute(NodeIndex index, std::string_view name) const {
  for (const Attribute& attribute : attributes(index)) {
    if (attribute.name == name) return attribute.value;
  }
  return {};
}

bool Document::has_attribute(NodeIndex index, std::string_view name) const {
  for (const Attribute& attribute : attributes(index)) {
    if (attribute.name == name) return true;
  }
  return false;
}

std::string_view Document::text(NodeIndex index) const {
  const Span span = nodes_[index].text;
  return std::string_view(store_).substr(span.begin, span.size());
}

std::span<const TextPiece> Document::pieces(NodeIndex index) const {
  const Node& node = nodes_[index];
  if (node.kind != NodeKind::text) return {};
  return {pieces_.data() + node.first, node.count};
}

std::string Document::words(NodeIndex index) const {
  std::string out;
  bool needs_space = false;
  for (NodeIndex i = index; i < nodes_[index].past; ++i) {
    if (nodes_[i].kind != NodeKind::text) {
      needs_space = needs_space || nodes_[i].tag == Tag::br || is_block(nodes_[i].tag);
      continue;
    }
    for (const char c : text(i)) {
      if (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f') {
        needs_space = true;
        continue;
      }
      if (needs_space && !out.empty()) out.push_back(' ');
      needs_space = false;
      out.push_back(c);
    }
  }
  return out;
}

NodeIndex Document::first(Tag tag, NodeIndex from) const {
  for (NodeIndex i = from; i < nodes_[from].past; ++i) {
    if (nodes_[i].kind == NodeKind::element && nodes_[i].tag == tag) return i;
  }
  return kNoNode;
}

DocumentBuilder::DocumentBuilder(std::size_t page_size) {
  document_.nodes_.reserve(page_size / 24 + 16);
  document_.store_.reserve(page_size / 2 + 64);  // never a short string: moving it keeps the views
}

NodeIndex DocumentBuilder::add_node(Node node) {
  const auto index = static_cast<NodeIndex>(document_.nodes_.size());
  node.past = index + 1;
  if (!open_.empty()) {
    Open& parent = open_.back();
    node.parent = parent.node;
    if (parent.last_child == kNoNode) {
      document_.nodes_[parent.node].first_child = index;
    } else {
      document_.nodes_[parent.last_child].next_sibling = index;
    }
    parent.last_child = index;
  }
  document_.nodes_.push_back(node);
  return index;
}

Span DocumentBuilder::store(std::string_view text) {
  const auto begin = static_cast<std::uint32_t>(document_.store_.size());
  document_.store_.append(text);
  return {begin, static_cast<std::uint32_t>(document_.store_.size())};
}

void DocumentBuilder::open(Tag tag, Span source) {
  Node node;
  node.kind = NodeKind::element;
  node.tag = tag;
  node.source = source;
  node.first = static_cast<std::uint32_t>(document_.attributes_.size());
  open_.push_back({add_node(node), kNoNode});
}

void DocumentBuilder::add_attribute(std::string_view name, std::string_view value, Span source) {
  const Span name_span = store(name);
  attribute_spans_.emplace_back(name_span, store(value));
  document_.attributes_.push_back({{}, {}, source});
  ++document_.nodes_[open_.back().node].count;
}

void DocumentBuilder::close() {
  document_.nodes_[open_.back().node].past = static_cast<NodeIndex>(document_.nodes_.size());
  open_.pop_back();
}

void DocumentBuilder::add_text(std::string_view raw, std::uint32_t raw_begin, std::string_view decoded) {
  Node node;
  node.kind = NodeKind::text;
  node.source = {raw_begin, raw_begin + static_cast<std::uint32_t>(raw.size())};
  node.text = store(decoded);
  node.first = static_cast<std::uint32_t>(document_.pieces_.size());
  align_text({raw, raw_begin}, {decoded, node.text.begin}, document_.pieces_);
  node.count = static_cast<std::uint32_t>(document_.pieces_.size()) - node.first;
  add_node(node);
}

void DocumentBuilder::add_raw(std::string_view content, std::uint32_t begin) {
  Node node;
  node.kind = NodeKind::raw;
  node.source = {begin, begin + static_cast<std::uint32_t>(content.size())};
  node.text = store(content);
  add_node(node);
}

Document DocumentBuilder::finish() {
  while (!open_.empty()) close();
  const std::string_view store = document_.store_;
  for (std::size_t i = 0; i < attribute_spans_.size(); ++i) {
    const auto& [name, value] = attribute_spans_[i];
    document_.attributes_[i].name = store.substr(name.begin, name.size());
    document_.attributes_[i].value = store.substr(value.begin, value.size());
  }
  return std::move(document_);
}

Document parse(std::string_view page) {
  const Condensed condensed(page);
  return is_gentle(condensed.text()) ? gumbo_tree(page, condensed) : flat_tree(page);
}

}  // namespace gavah::html
