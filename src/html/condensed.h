#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/span.h"

namespace gavah::html {

/// A page without the content of its scripts and styles, which the full parser would read letter by letter: half of
/// the bytes of the web's pages, for no words. Knows the way back.
class Condensed {
 public:
  /// Cuts the content of script and style elements of at least 64 bytes that are closed and hold no "<!--" (which
  /// changes where they end). Linear.
  explicit Condensed(std::string_view page);

  std::string_view text() const { return text_; }
  /// Where a byte of the condensed text stands in the page; at a cut, the byte after it.
  std::uint32_t page_offset(std::uint32_t offset) const;
  /// The content that was cut out at `offset` of the condensed text, as bytes of the page; empty when none was.
  Span cut_at(std::uint32_t offset) const;

 private:
  struct Cut {
    std::uint32_t at = 0;  ///< in the condensed text
    Span content;          ///< in the page
  };
  std::string text_;
  std::vector<Cut> cuts_;
};

}  // namespace gavah::html
