#include "html/selected_content.h"

#include <algorithm>

namespace gavah::html {
namespace {

bool is_below(const Tree& tree, NodeIndex node, Tag tag) {
  for (node = tree.nodes[node].parent; node != kNoNode; node = tree.nodes[node].parent) {
    if (tree.nodes[node].kind == TreeKind::element && tree.nodes[node].tag == tag) return true;
  }
  return false;
}

class Filler {
 public:
  explicit Filler(Tree& tree) : tree_(tree) {}

  void fill(NodeIndex select) {
    if (has(select, "multiple")) return;
    for (NodeIndex i = below(select); i != kNoNode; i = after(i, select)) see(i);
    const NodeIndex chosen = selected_ != kNoNode ? selected_ : first_;
    if (content_ == kNoNode || chosen == kNoNode) return;
    while (tree_.nodes[content_].first_child != kNoNode) tree_.detach(tree_.nodes[content_].first_child);
    copy_children(chosen, content_);
  }

 private:
  void see(NodeIndex node) {
    const Tag tag = tree_.nodes[node].tag;
    if (tree_.nodes[node].kind != TreeKind::element || tree_.nodes[node].space != Namespace::html) return;
    if (tag == Tag::selectedcontent && content_ == kNoNode && !is_below(tree_, node, Tag::option)) content_ = node;
    if (tag != Tag::option) return;
    if (first_ == kNoNode && !has(node, "disabled")) first_ = node;
    if (has(node, "selected")) selected_ = node;
  }

  bool has(NodeIndex node, std::string_view name) const {
    const auto all = tree_.attributes_of(node);
    return std::any_of(all.begin(), all.end(), [name](const Attribute& attribute) { return attribute.name == name; });
  }

  NodeIndex below(NodeIndex node) const { return tree_.nodes[node].first_child; }

  /// The next node in document order within `root`.
  NodeIndex after(NodeIndex node, NodeIndex root) const {
    if (below(node) != kNoNode) return below(node);
    while (node != root && tree_.nodes[node].next == kNoNode) node = tree_.nodes[node].parent;
    return node == root ? kNoNode : tree_.nodes[node].next;
  }

  /// As deep as the tree, which the builder bounds.
  void copy_children(NodeIndex from, NodeIndex to) {
    for (NodeIndex i = below(from); i != kNoNode; i = tree_.nodes[i].next) {
      TreeNode copy = tree_.nodes[i];
      copy.parent = copy.first_child = copy.last_child = copy.previous = copy.next = kNoNode;
      const NodeIndex added = tree_.add(copy);
      tree_.append(to, added);
      copy_children(i, added);
    }
    tree_.is_in_order = false;
  }

  Tree& tree_;
  NodeIndex content_ = kNoNode;
  NodeIndex first_ = kNoNode;
  NodeIndex selected_ = kNoNode;
};

}  // namespace

void fill_selected_content(Tree& tree) {
  // Copies, and a select in a template in an option, are not filled: each option is copied once at most.
  const std::size_t count = tree.nodes.size();
  for (NodeIndex i = 0; i < count; ++i) {
    const TreeNode& node = tree.nodes[i];
    const bool is_select = node.kind == TreeKind::element && node.space == Namespace::html && node.tag == Tag::select;
    if (is_select && !is_below(tree, i, Tag::select)) Filler(tree).fill(i);
  }
}

}  // namespace gavah::html
