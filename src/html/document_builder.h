#pragma once

#include "html/html.h"
#include "html/tree.h"

namespace gavah::html {

/// Makes a Document of a whole page's tree: comments and document types are left out, nodes come in document order.
class DocumentBuilder {
 public:
  explicit DocumentBuilder(Tree tree);
  Document build();

 private:
  std::vector<NodeIndex> order() const;
  void add(NodeIndex from);
  void add_text(const TreeNode& from, Node& node);
  void add_piece(const TextSegment& segment, std::uint32_t text_begin);
  void find_ends();

  Tree tree_;
  Document document_;
};

}  // namespace gavah::html
