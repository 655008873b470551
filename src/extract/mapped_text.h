#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/charset.h"
#include "model/report.h"

namespace gavah::extract {

/// A report's text while it is put together from stretches of a page (UTF-8, offsets of the page), with the map back
/// to the part's bytes. A piece whose two sides are equally long is a byte for byte copy; every other piece is one
/// character reference, escape or converted character. One thread.
class MappedText {
 public:
  /// `page` leads the page's offsets back to the part's bytes, and outlives this.
  explicit MappedText(const OffsetMap& page) : page_(&page) {}

  /// Page bytes [begin, begin + text.size()), as they stand.
  void copy(std::string_view text, std::uint32_t begin);
  /// `text` stands in the page as the bytes of `source` (a character reference, an escape).
  void decode(std::string_view text, Span source);
  /// A letter that no source byte stands for: a line break between blocks, a space for a run of white space.
  void insert(char c) { text_.push_back(c); }
  /// Appends a part of another text made from the same page.
  void append(const MappedText& other, Span span);
  /// Appends `text`, which `span` of the other text stands for as a whole (a character reference in it).
  void append_as(std::string_view text, const MappedText& other, Span span);
  /// Ends the current line, unless nothing stands on it; drops spaces before the break.
  void break_line();

  bool empty() const { return text_.empty(); }
  std::uint32_t size() const { return static_cast<std::uint32_t>(text_.size()); }
  const std::string& text() const { return text_; }
  const std::vector<MapPiece>& map() const { return map_; }
  /// Cuts everything from `size` on.
  void truncate(std::uint32_t size);
  /// Removes white space at the end.
  void trim_end();
  /// Moves text and map into `report`.
  void give(Report& report);

 private:
  void add_piece(Span text, ByteRange source);

  const OffsetMap* page_;
  std::string text_;
  std::vector<MapPiece> map_;
};

}  // namespace gavah::extract
