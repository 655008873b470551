#pragma once

#include <array>
#include <vector>

#include "html/tag_traits.h"

namespace gavah::html {

/// An element on the stack, with what the rules ask of it at hand.
struct OpenElement {
  NodeIndex node = kNoNode;
  Tag tag = Tag::other;
  Namespace space = Namespace::html;
  std::uint32_t traits = 0;
  bool is_html(Tag wanted) const { return tag == wanted && space == Namespace::html; }
  bool has(std::uint32_t bits) const { return (traits & bits) != 0; }
};

/// The stack of open elements (section 13.2.4.2), at most as deep as the builder lets it grow. Questions about scope
/// cost its depth, and nothing when no such element is open. One thread.
class OpenElements {
 public:
  static constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

  bool empty() const { return stack_.empty(); }
  std::size_t size() const { return stack_.size(); }
  const OpenElement& top() const { return stack_.back(); }
  const OpenElement& operator[](std::size_t index) const { return stack_[index]; }

  void push(const OpenElement& element);
  void pop();
  /// Pops down to the newest HTML element of that tag, and it.
  void pop_through(Tag tag);
  void pop_through_index(std::size_t index) {
    while (stack_.size() > index) pop();
  }
  /// Pops until the top has one of the traits.
  void pop_to(std::uint32_t bits) {
    while (!top().has(bits)) pop();
  }
  void remove(std::size_t index);
  void insert(std::size_t index, const OpenElement& element);
  void replace(std::size_t index, NodeIndex node) { stack_[index].node = node; }

  bool is_open(Tag tag) const { return open_[static_cast<std::size_t>(tag)] != 0; }
  /// Where an HTML element of that tag stands above everything that ends the scope; kNowhere when there is none.
  std::size_t find_in(std::uint32_t scope, Tag tag) const;
  bool has_in(std::uint32_t scope, Tag tag) const { return find_in(scope, tag) != kNowhere; }
  /// The same for the heading elements.
  bool has_heading_in_scope() const;
  /// Where the node stands, searched from the top; kNowhere.
  std::size_t index_of(NodeIndex node) const;
  /// The newest HTML element of that tag; kNowhere.
  std::size_t last(Tag tag) const;

  /// Pops elements whose end tags are implied, but `except`.
  void imply_ends(Tag except = Tag::other);
  void imply_ends_thoroughly();

 private:
  void count(const OpenElement& element, int by) {
    if (element.space == Namespace::html)
      open_[static_cast<std::size_t>(element.tag)] += static_cast<std::uint32_t>(by);
  }

  std::vector<OpenElement> stack_;
  std::array<std::uint32_t, kTags> open_{};  ///< how many HTML elements of each tag
};

inline constexpr std::uint32_t kListItemScope = kScope | kListScope;
inline constexpr std::uint32_t kInButtonScope = kScope | kButtonScope;

}  // namespace gavah::html
