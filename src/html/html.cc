#include "html/html.h"

#include "html/character_reference.h"
#include "html/document_builder.h"
#include "html/tree_builder.h"

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
  if (span.begin < page_.size()) return page_.substr(span.begin, span.size());
  return std::string_view(store_).substr(span.begin - page_.size(), span.size());
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

Document parse(std::string_view page) {
  TreeBuilder builder(page.substr(0, kPageBytes), {});
  Tree tree = builder.build();
  tree.is_flattened = tree.is_flattened || page.size() > kPageBytes;
  return DocumentBuilder(std::move(tree)).build();
}

std::string decode_references(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const CharacterReference found =
        text[at] == '&' ? read_reference(text.substr(at), ReferencePlace::attribute) : CharacterReference();
    if (found.source_size > 0) {
      out.append(found.view());
      at += found.source_size;
    } else {
      out.push_back(text[at++]);
    }
  }
  return out;
}

}  // namespace gavah::html
