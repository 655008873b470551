#pragma once

#include <cstddef>
#include <string_view>

namespace gavah::html {

/// What the full parser may be given. Its time and memory grow with the product of page size and open elements, so
/// each limit cuts one product; the worst page within them takes about a second.
struct NestingLimits {
  std::size_t page_bytes = std::size_t{16} << 20U;
  std::size_t depth = 512;               ///< open elements; browsers stop at 512 too
  std::size_t open_formatting = 64;      ///< unclosed b, i, font, …: reopened in each block that follows
  std::size_t reopened = 500'000;        ///< formatting elements reopened over the page, about 150 bytes each
  std::size_t attributes_per_tag = 512;  ///< each is compared with all before it
  std::size_t root_tags = 64;            ///< repeated html and body tags merge their attributes
};

/// True when `page` stays within the limits. Linear.
[[nodiscard]] bool is_gentle(std::string_view page, const NestingLimits& limits = {});

}  // namespace gavah::html
