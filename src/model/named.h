#pragma once

#include <array>
#include <string>
#include <string_view>

#include "base/check.h"
#include "base/result.h"

namespace gavah {

/// One row of a closed list of values and their spellings in the formats.
template <class Enum>
struct Named {
  Enum value;
  std::string_view name;
};

template <class Enum, std::size_t N>
std::string_view name_in(const std::array<Named<Enum>, N>& table, Enum value) {
  for (const auto& row : table) {
    if (row.value == value) return row.name;
  }
  GAVAH_CHECK(false && "every value has a name");
  return {};
}

template <class Enum, std::size_t N>
Result<Enum> value_in(const std::array<Named<Enum>, N>& table, std::string_view name, std::string_view what) {
  for (const auto& row : table) {
    if (row.name == name) return row.value;
  }
  return fail(ErrorCode::invalid_input,
              std::string("unknown ").append(what).append(" '").append(name.substr(0, 40)).append("'"));
}

}  // namespace gavah
