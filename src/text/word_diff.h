#pragma once

#include <string_view>
#include <vector>

#include "model/span.h"

namespace gavah::text {

/// A stretch of two texts: words that both have, words that only the old one has, words that only the new one has.
enum class DiffKind { same, out, in };
struct DiffRun {
  DiffKind kind = DiffKind::same;
  Span span;  ///< from the first word to the end of the last: of the old text for `out`, else of the new one
  std::size_t words = 0;
};

/// How one text became another, in words (what stands between spaces and line breaks), as few as may be: lines first,
/// then words within lines that changed. Runs come in order, an `out` before the `in` that replaces it; put together,
/// `same` and `in` are the new text's words. Stretches that differ in more than kMostEdits words or lines are given as
/// out and in as a whole, so time and memory stay within lines + words + kMostEdits². Deterministic; any thread.
std::vector<DiffRun> diff_words(std::string_view before, std::string_view after);

inline constexpr std::size_t kMostEdits = 1000;

}  // namespace gavah::text
