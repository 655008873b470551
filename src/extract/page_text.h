#pragma once

#include <optional>

#include "extract/mapped_text.h"
#include "html/html.h"

namespace gavah::extract {

/// Writes nodes of a page as a browser would show them: white space runs as one space, blocks and <br> as lines.
/// Spaces that stand in the source are mapped, others are insertions. One thread.
class PageText {
 public:
  PageText(const html::Document& page, MappedText& out) : page_(page), out_(out) {}

  /// The text nodes of [first, past) for which `takes(index)` holds; each block element and <br> in between ends a
  /// line.
  template <class Takes>
  void write(html::NodeIndex first, html::NodeIndex past, Takes takes) {
    for (html::NodeIndex i = first; i < past; ++i) {
      if (page_[i].kind == html::NodeKind::element) {
        pass(i);
      } else if (page_[i].kind == html::NodeKind::text && takes(i)) {
        write_node(i);
      }
    }
  }
  /// Ends the line.
  void end_line();

 private:
  void pass(html::NodeIndex element);
  void write_node(html::NodeIndex node);
  enum class Lines { collapse, keep };  ///< keep: as <pre> shows them
  void write_copied(std::string_view text, std::uint32_t begin, Lines lines);
  void write_space();
  bool at_line_start() const { return out_.empty() || out_.text().back() == '\n'; }

  const html::Document& page_;
  MappedText& out_;
  bool has_space_ = false;
  std::optional<std::uint32_t> space_source_;  ///< a single ' ' of the page that the waiting space is
};

}  // namespace gavah::extract
