#include "base/byte_pairs.h"

namespace gavah {

BytePairs::BytePairs(std::string_view text) {
  for (std::size_t i = 1; i < text.size(); ++i) {
    const std::size_t place = place_of(text[i - 1], text[i]);
    places_[place / 64] |= std::uint64_t{1} << (place % 64);
  }
}

}  // namespace gavah
