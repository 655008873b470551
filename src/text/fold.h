#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "model/span.h"

namespace gavah::text {

/// The largest text that can be folded: offsets are 32 bits wide, with room to spare.
inline constexpr std::size_t kFoldLimitBytes = std::size_t{1} << 30;

/// A text's side buffer for matching, with a map back to the bytes of the text. The text itself is never changed
/// and must outlive the Folded. Movable, immutable, safe to read from many threads.
///
/// Folding (compatible forms and marks after Unicode 15 NFKD, simple case folding):
///  * letters lose case and marks: "Zāhedān" gives "zahedan"; Arabic and Persian vowel signs and tatweel go;
///  * ي ى ئ give ی; ك gives ک; ة ۀ ھ ە give ه; آ أ إ ٱ give ا; ؤ gives و; presentation forms give their letters;
///  * Persian and Arabic digits give ASCII digits; ٫ gives '.', ٬ and ، give ',', ؛ gives ';', ؟ gives '?';
///  * quotation marks give '"' or '\'', dashes give '-';
///  * ZWNJ gives a space, so that «می‌روند» and «می روند» fold alike; ZWJ, bidi marks, BOM and soft
///  hyphen go;
///  * a run of white space gives one ' ', or one '\n' when it holds two or more line breaks (a new block);
///  * an ill-formed byte gives U+001A, one for one.
/// The folded text is well-formed UTF-8. It may be longer than the text where one letter stands for several.
class Folded {
 public:
  std::string_view text() const { return {bytes_.get(), size_}; }
  std::string_view original() const { return original_; }

  /// The first byte of the original character that folded byte `at` came from; original().size() at the end.
  std::uint32_t original_offset(std::uint32_t at) const { return map_[at]; }
  /// The original bytes of folded bytes [span): whole characters with their marks, without invisible marks at the end.
  Span original_span(Span folded) const;
  /// The folded offset of the first folded byte at or after `original` bytes into the text. O(log n).
  std::uint32_t folded_offset(std::uint32_t original) const;

 private:
  friend Folded fold(std::string_view text);
  Folded() = default;

  std::string_view original_;
  std::unique_ptr<char[]> bytes_;
  std::unique_ptr<std::uint32_t[]> map_;  // size_ + 1 entries, never decreasing
  std::uint32_t size_ = 0;
};

/// Folds `text` (at most kFoldLimitBytes; checked).
Folded fold(std::string_view text);

/// Only the folded bytes, for patterns and keys, without white space at either end.
std::string folded_key(std::string_view text);

}  // namespace gavah::text
