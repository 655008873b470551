#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>

#include "base/result.h"
#include "place/gazetteer_tables.h"

namespace gavah::place {

/// kNoEntry when no entry has the id.
EntryNumber find_by_id(const Gazetteer::Tables& tables, std::string_view id);

/// Fills a gazetteer's tables from dumps.
class GazetteerReader {
 public:
  explicit GazetteerReader(Gazetteer::Tables& tables) : tables_(tables) {}

  Result<void> read(std::string_view tsv);
  /// Links entries to the areas around them and closes the index. Call once, last.
  void finish();

 private:
  static constexpr std::size_t kColumns = 19;
  using Columns = std::array<std::string_view, kColumns>;

  Result<void> read_row(const Columns& columns);
  Result<Gazetteer::Tables::Row> make_row(const Columns& columns);
  void add_names(const Columns& columns, EntryNumber number);
  void add_name(std::string_view name, EntryNumber number, NameIndex::Kind kind);
  void link();
  std::uint32_t store(std::string_view text);
  bool remember_id(EntryNumber number);

  /// Codes of an area of level 0 (country) to 4, joined; its row.
  using Areas = std::unordered_map<std::string, EntryNumber>;

  Gazetteer::Tables& tables_;
  Areas areas_;
  std::vector<std::array<std::string, 4>> codes_;  // admin1 to admin4 of each row, until linked
  std::vector<std::uint8_t> levels_;               // admin level of each row: 0 country … 4, 5 for what is no area
};

}  // namespace gavah::place
