#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/result.h"
#include "base/shared_bytes.h"
#include "model/place.h"

namespace gavah::place {

/// Rows that one gazetteer may have: GeoNames holds 13 million; a dump of one country is far smaller.
inline constexpr std::size_t kGazetteerLimitRows = 2'000'000;
/// Bytes of its dumps together: what is made from them is addressed by 32 bits.
inline constexpr std::uint64_t kGazetteerLimitBytes = 1ULL << 30U;

/// Index of an entry in its gazetteer.
using EntryNumber = std::uint32_t;
inline constexpr EntryNumber kNoEntry = 0xffffffffU;

enum class EntryClass : std::uint8_t { country, province, county, town, district, facility, nature };

/// One place of a gazetteer. Text members live as long as the gazetteer.
struct Entry {
  std::string_view id;    ///< country code ("IR"), country and admin1 code ("IR-07") for a province, else the row's id
  std::string_view name;  ///< as the gazetteer writes it first
  std::string_view country;  ///< ISO 3166-1 alpha-2
  EntryClass entry_class = EntryClass::town;
  PlacePrecision precision = PlacePrecision::town;
  Coordinates coordinates;
  std::uint32_t population = 0;   ///< 0 where the gazetteer says nothing
  std::uint8_t seat_rank = 0;     ///< 3 capital of a country, 2 seat of a province, 1 seat of a county, 0 none
  EntryNumber parent = kNoEntry;  ///< the smallest area of this gazetteer that holds it by its codes
};

/// What is wrong with a line of a dump.
struct GazetteerMistake {
  std::uint64_t line = 0;  ///< from 1
  std::string what;
};
/// Mistakes that are listed of one dump.
inline constexpr std::size_t kMistakesLimit = 100;

/// A list of places: rows of the GeoNames "geoname" tab-separated dump (19 columns without header:
/// geonameid, name, asciiname, alternatenames, latitude, longitude, feature class, feature code, country code, cc2,
/// admin1 code … admin4 code, population, elevation, dem, timezone, modification date;
/// download.geonames.org/export/dump/readme.txt). Immutable; share it between threads.
/// Used compiled (compiled.h): made so from dumps, or opened so, without building anything.
class Gazetteer {
 public:
  /// A row of other than 19 columns, a coordinate off the globe, or an empty id or name is invalid input and named by
  /// its line; lines that are empty or start with '#' are skipped. Rows after kGazetteerLimitRows are refused.
  static Result<Gazetteer> load(std::string_view tsv);
  /// Several dumps as one list; a row whose id was seen before is dropped (the first one wins).
  static Result<Gazetteer> load_all(std::span<const std::string_view> tsvs);
  /// The same as the bytes of a compiled file: same dumps, same bytes.
  static Result<std::string> compile(std::span<const std::string_view> tsvs);
  /// What is wrong with a dump: lines that load() refuses, and rows that it drops. At most kMistakesLimit.
  static std::vector<GazetteerMistake> check(std::string_view tsv);
  /// Of a compiled file, of which it keeps a share. invalid_input for any other bytes, and for one that another version
  /// of the format made. Every byte is looked at once; who changes a mapped file later may end the program.
  static Result<Gazetteer> open(SharedBytes compiled);
  /// Whether bytes begin as a compiled file does.
  static bool is_compiled(std::string_view bytes);

  Gazetteer(Gazetteer&&) noexcept;
  Gazetteer& operator=(Gazetteer&&) noexcept;
  ~Gazetteer();

  std::size_t size() const;
  Entry entry(EntryNumber number) const;
  /// By the id that entry() gives.
  std::optional<EntryNumber> find(std::string_view id) const;
  /// Entries of a name in any spelling that folds alike, in the order of the rows.
  std::vector<EntryNumber> named(std::string_view name) const;
  /// Country first, the entry itself last.
  std::vector<std::string> path(EntryNumber number) const;
  /// The place with name, id, precision, path and, at G0 to G2, coordinates.
  Place place(EntryNumber number) const;
  std::size_t size_bytes() const;
  /// SHA-256 of the compiled form: equal for those who have the same places from the same dumps, compiled or not.
  const Digest& digest() const;

  /// The inside of a gazetteer, for this room only (gazetteer_tables.h).
  struct Tables;
  const Tables& tables() const { return *tables_; }

 private:
  explicit Gazetteer(std::unique_ptr<Tables> tables);
  std::unique_ptr<Tables> tables_;
};

}  // namespace gavah::place
