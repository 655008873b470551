#include "html/html.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "html/character_reference.h"
#include "html/document_builder.h"
#include "html/tree_builder.h"

namespace gavah::html {
namespace {

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }

}  // namespace

bool Document::has_attribute(NodeIndex index, std::string_view name) const {
  for (const Attribute& attribute : attributes(index)) {
    if (attribute.name == name) return true;
  }
  return false;
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
    for (std::string_view rest = text(i); !rest.empty();) {
      const auto* const begin = std::ranges::find_if_not(rest, is_space);
      const auto* const end = std::find_if(begin, rest.end(), is_space);
      needs_space = needs_space || begin != rest.begin();
      if (begin != end && std::exchange(needs_space, false) && !out.empty()) out.push_back(' ');
      out.append(begin, end);
      rest = {end, rest.end()};
    }
  }
  return out;
}

NodeIndex Document::next(std::uint8_t code, NodeIndex from, NodeIndex past) const {
  if (from >= past) return kNoNode;
  const void* met = std::memchr(codes_.data() + from, code, past - from);
  return met == nullptr ? kNoNode : static_cast<NodeIndex>(static_cast<const std::uint8_t*>(met) - codes_.data());
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
