#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/digest.h"
#include "base/shared_bytes.h"
#include "place/gazetteer.h"
#include "place/name_index.h"

namespace gavah::place {

/// What a Gazetteer holds: views of a compiled file's arrays (compiled.h), rows of fixed size over an arena of text.
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
    std::array<std::uint8_t, 3> zero{};
  };

  std::string_view text(std::uint32_t at, std::size_t size) const { return {arena.data() + at, size}; }
  std::string_view id_of(EntryNumber number) const { return text(rows[number].id, rows[number].id_size); }
  std::string_view country_of(EntryNumber number) const {
    const auto& code = rows[number].country;
    return {code.data(), code[0] == '\0' ? 0U : 2U};
  }

  std::span<const Row> rows;
  std::span<const std::uint32_t> by_id;  // open addressing by id_hash, number + 1; a power of two
  NameIndex names;
  std::span<const char> arena;
  Digest digest;      // of the file, as its header has it
  SharedBytes bytes;  // the file
};

/// kNoEntry when no entry has the id.
EntryNumber find_by_id(const Gazetteer::Tables& tables, std::string_view id);
/// The hash by which ids are found.
std::uint64_t id_hash(std::string_view id);

}  // namespace gavah::place
