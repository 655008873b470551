#pragma once

#include <array>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/result.h"
#include "place/gazetteer_tables.h"

namespace gavah::place {

/// Makes a gazetteer's tables from dumps.
class GazetteerReader {
 public:
  GazetteerReader() = default;
  /// Goes on after a mistake, and notes it; so are rows that would be dropped.
  explicit GazetteerReader(std::vector<GazetteerMistake>& mistakes) : mistakes_(&mistakes) {}

  Result<void> read(std::string_view tsv);
  /// Links entries to the areas around them and closes the index. Call once, last; the tables are views of this.
  Gazetteer::Tables finish();

 private:
  using Row = Gazetteer::Tables::Row;
  static constexpr std::size_t kColumns = 19;
  using Columns = std::array<std::string_view, kColumns>;

  Result<void> read_line(std::string_view line);
  Result<void> read_row(const Columns& columns);
  Result<Row> make_row(const Columns& columns, const std::string& id);
  void add_names(const Columns& columns, EntryNumber number);
  void add_name(std::string_view name, EntryNumber number, NameIndex::Kind kind);
  void link();
  void index_ids();
  std::uint32_t store(std::string_view text);

  /// Codes of an area of level 0 (country) to 4, joined; its row.
  using Areas = std::unordered_map<std::string, EntryNumber>;

  std::vector<GazetteerMistake>* mistakes_ = nullptr;
  std::uint64_t read_bytes_ = 0;
  std::string arena_;
  std::vector<Row> rows_;
  std::vector<std::uint32_t> by_id_;
  NameIndexBuilder names_;
  std::unordered_set<std::string> ids_;
  Areas areas_;
  std::vector<std::array<std::string, 4>> codes_;  // admin1 to admin4 of each row, until linked
  std::vector<std::uint8_t> levels_;               // admin level of each row: 0 country … 4, 5 for what is no area
};

}  // namespace gavah::place
