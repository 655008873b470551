#include "place/gazetteer.h"

#include <algorithm>
#include <charconv>

#include "base/format.h"
#include "place/gazetteer_reader.h"
#include "place/gazetteer_tables.h"
#include "place/mention.h"
#include "text/text.h"

namespace gavah::place {
namespace {

PlacePrecision precision_of(EntryClass entry_class) {
  switch (entry_class) {
    case EntryClass::country:
      return PlacePrecision::country;
    case EntryClass::province:
      return PlacePrecision::province;
    case EntryClass::county:
    case EntryClass::district:
    case EntryClass::nature:
      return PlacePrecision::district;
    case EntryClass::town:
      return PlacePrecision::town;
    case EntryClass::facility:
      return PlacePrecision::facility;
  }
  return PlacePrecision::unknown;
}

}  // namespace

Gazetteer::Gazetteer(std::unique_ptr<Tables> tables) : tables_(std::move(tables)) {}
Gazetteer::Gazetteer(Gazetteer&&) noexcept = default;
Gazetteer& Gazetteer::operator=(Gazetteer&&) noexcept = default;
Gazetteer::~Gazetteer() = default;

Result<Gazetteer> Gazetteer::load(std::string_view tsv) { return load_all(std::span(&tsv, 1)); }

Result<Gazetteer> Gazetteer::load_all(std::span<const std::string_view> tsvs) {
  auto tables = std::make_unique<Tables>();
  GazetteerReader reader(*tables);
  for (const std::string_view tsv : tsvs) GAVAH_TRY(reader.read(tsv));
  reader.finish();
  return Gazetteer(std::move(tables));
}

std::size_t Gazetteer::size() const { return tables_->rows.size(); }

Entry Gazetteer::entry(EntryNumber number) const {
  const Tables::Row& row = tables_->rows[number];
  Entry out;
  out.id = tables_->id_of(number);
  out.name = tables_->text(row.name, row.name_size);
  out.country = tables_->country_of(number);
  out.entry_class = row.entry_class;
  out.precision = precision_of(row.entry_class);
  out.coordinates = Coordinates{row.lat_e6, row.lon_e6};
  out.population = row.population;
  out.seat_rank = row.seat_rank;
  out.parent = row.parent;
  return out;
}

std::optional<EntryNumber> Gazetteer::find(std::string_view id) const {
  const EntryNumber number = find_by_id(*tables_, id);
  return number == kNoEntry ? std::nullopt : std::optional(number);
}

std::vector<EntryNumber> Gazetteer::named(std::string_view name) const {
  std::vector<EntryNumber> out;
  for (const NameIndex::Carrier& carrier : tables_->names.find(name_key(text::folded_key(name))))
    out.push_back(carrier.entry);
  return out;
}

std::vector<std::string> Gazetteer::path(EntryNumber number) const {
  const Tables::Row& row = tables_->rows[number];
  std::vector<std::string> inner;
  for (EntryNumber at = number; at != kNoEntry; at = tables_->rows[at].parent) {
    const EntryClass entry_class = tables_->rows[at].entry_class;
    if (entry_class == EntryClass::country || entry_class == EntryClass::province) break;
    inner.emplace_back(tables_->id_of(at));
  }
  std::vector<std::string> out;
  const std::string_view country = tables_->country_of(number);
  if (!country.empty()) out.emplace_back(country);
  if (row.admin1_size != 0 && row.entry_class != EntryClass::country) {
    out.push_back(format("{}-{}", country, tables_->text(row.admin1, row.admin1_size)));
  }
  out.insert(out.end(), inner.rbegin(), inner.rend());
  return out;
}

Place Gazetteer::place(EntryNumber number) const {
  const Entry found = entry(number);
  Place out;
  out.id = found.id;
  out.name = found.name;
  out.precision = found.precision;
  out.path = path(number);
  if (found.precision <= PlacePrecision::district) out.coordinates = found.coordinates;
  return out;
}

std::size_t Gazetteer::size_bytes() const {
  return tables_->arena.capacity() + tables_->rows.capacity() * sizeof(Tables::Row) + tables_->by_id.capacity() * 4 +
         tables_->names.size_bytes();
}

}  // namespace gavah::place
