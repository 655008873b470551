#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "place/gazetteer.h"
#include "place/name_index.h"

namespace gavah::place {

/// What a Gazetteer holds: rows of fixed size over an arena of text.
struct Gazetteer::Tables {
  struct Row {
    std::uint32_t id = 0;  // into arena
    std::uint32_t name = 0;
    std::uint16_t id_size = 0;
    std::uint16_t name_size = 0;
    std::int32_t lat_e6 = 0;
    std::int32_t lon_e6 = 0;
    std::uint32_t population = 0;
    EntryNumber parent = kNoEntry;
    std::uint32_t admin1 = 0;  // into arena, the province's code; size 0 where there is none
    std::uint8_t admin1_size = 0;
    EntryClass entry_class = EntryClass::town;
    std::uint8_t seat_rank = 0;
    std::array<char, 2> country{};
  };

  std::string_view text(std::uint32_t at, std::size_t size) const { return std::string_view(arena).substr(at, size); }
  std::string_view id_of(EntryNumber number) const { return text(rows[number].id, rows[number].id_size); }
  std::string_view country_of(EntryNumber number) const {
    const auto& code = rows[number].country;
    return {code.data(), code[0] == '\0' ? 0U : 2U};
  }

  std::string arena;
  std::vector<Row> rows;
  std::vector<std::uint32_t> by_id;  // open addressing, number + 1
  NameIndex names;
};

}  // namespace gavah::place
