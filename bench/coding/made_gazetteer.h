#pragma once

#include <cstdint>
#include <string>

namespace gavah::code::bench {

/// A GeoNames dump of so many towns of an invented country in 40 provinces and 800 counties, each with a name in two
/// scripts. One in five shares its name with another, as villages do. Same count, same bytes.
std::string made_gazetteer(std::uint32_t towns);

}  // namespace gavah::code::bench
