#pragma once

#include <optional>
#include <vector>

#include "html/html.h"

namespace gavah::html {

/// An element to be opened again in the blocks that follow, or a marker.
struct FormattingElement {
  NodeIndex node = kNoNode;  ///< kNoNode: a marker
  Tag tag = Tag::other;
  std::optional<std::uint64_t> attributes;  ///< set_hash() of them, where it was asked
  bool is_marker() const { return node == kNoNode; }
};

/// The list of active formatting elements (section 13.2.4.3). One thread.
class FormattingList {
 public:
  static constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);
  /// At most so many elements between markers, and so many entries: the oldest goes, so that what a block opens again
  /// and every search through the list stay bounded. Pages people write stay below ten.
  static constexpr std::size_t kElements = 64;
  static constexpr std::size_t kEntries = 1024;

  bool empty() const { return entries_.empty(); }
  std::size_t size() const { return entries_.size(); }
  const FormattingElement& operator[](std::size_t index) const { return entries_[index]; }

  /// The oldest of three equal ones since the last marker goes (the standard's Noah's Ark clause): of the same tag, and
  /// `hash_of(node)` is set_hash() of its attributes, asked once and only where three share the tag.
  template <class HashOf>
  void push(FormattingElement element, HashOf hash_of);
  void push_marker() { add({}); }
  void clear_to_marker();
  /// The newest of that tag since the last marker.
  std::size_t find(Tag tag) const;
  std::size_t index_of(NodeIndex node) const;
  void remove(std::size_t index) { entries_.erase(entries_.begin() + static_cast<std::ptrdiff_t>(index)); }
  void insert(std::size_t index, const FormattingElement& element) {
    entries_.insert(entries_.begin() + static_cast<std::ptrdiff_t>(index), element);
  }
  void replace(std::size_t index, NodeIndex node) { entries_[index].node = node; }

 private:
  void add(const FormattingElement& element);
  std::vector<FormattingElement> entries_;
};

template <class HashOf>
void FormattingList::push(FormattingElement element, HashOf hash_of) {
  constexpr std::size_t kArk = 3;
  std::size_t begin = entries_.size();
  std::size_t same_tag = 0;
  for (; begin > 0 && !entries_[begin - 1].is_marker(); --begin)
    same_tag += entries_[begin - 1].tag == element.tag ? 1U : 0U;
  std::size_t equal = 0;
  std::size_t oldest_equal = kNowhere;
  if (same_tag >= kArk) element.attributes = hash_of(element.node);
  for (std::size_t at = entries_.size(); same_tag >= kArk && at > begin; --at) {
    FormattingElement& other = entries_[at - 1];
    if (other.tag != element.tag) continue;
    if (!other.attributes) other.attributes = hash_of(other.node);
    if (other.attributes != element.attributes) continue;
    ++equal;
    oldest_equal = at - 1;
  }
  if (equal >= kArk) {
    remove(oldest_equal);
  } else if (entries_.size() - begin >= kElements) {
    remove(begin);
  }
  add(element);
}

/// A number that is the same for the same set of attributes in any order.
std::uint64_t set_hash(std::span<const Attribute> attributes);

}  // namespace gavah::html
