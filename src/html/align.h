#pragma once

#include <string_view>
#include <vector>

#include "html/html.h"

namespace gavah::html {

/// A stretch of bytes and where it begins in what it was cut from.
struct Stretch {
  std::string_view bytes;
  std::uint32_t begin = 0;
};

/// Appends the pieces that lead `decoded` back to `raw`, the source it was decoded from: copied stretches, line ends,
/// character references, and tags inside `raw` that gave no text. What cannot be told apart ends as one wide piece.
/// Linear in the sizes.
void align_text(Stretch raw, Stretch decoded, std::vector<TextPiece>& out);

}  // namespace gavah::html
