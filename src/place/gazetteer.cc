#include "place/gazetteer.h"

#include <algorithm>
#include <charconv>

#include "base/format.h"
#include "place/compiled.h"
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

std::uint64_t id_hash(std::string_view id) {
  std::uint64_t hash = 1469598103934665603U;  // FNV-1a
  for (const char c : id) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  return hash ^ (hash >> 29U);
}

EntryNumber find_by_id(const Gazetteer::Tables& tables, std::string_view id) {
  const std::size_t mask = tables.by_id.size() - 1;
  for (std::size_t at = static_cast<std::size_t>(id_hash(id)) & mask; tables.by_id[at] != 0; at = (at + 1) & mask) {
    if (tables.id_of(tables.by_id[at] - 1) == id) return tables.by_id[at] - 1;
  }
  return kNoEntry;
}

Gazetteer::Gazetteer(std::unique_ptr<Tables> tables) : tables_(std::move(tables)) {}
Gazetteer::Gazetteer(Gazetteer&&) noexcept = default;
Gazetteer& Gazetteer::operator=(Gazetteer&&) noexcept = default;
Gazetteer::~Gazetteer() = default;

Result<Gazetteer> Gazetteer::load(std::string_view tsv) { return load_all(std::span(&tsv, 1)); }

Result<Gazetteer> Gazetteer::load_all(std::span<const std::string_view> tsvs) {
  GAVAH_ASSIGN(std::string compiled, compile(tsvs));
  return open(SharedBytes::of(std::move(compiled)));
}

Result<std::string> Gazetteer::compile(std::span<const std::string_view> tsvs) {
  GazetteerReader reader;
  for (const std::string_view tsv : tsvs) GAVAH_TRY(reader.read(tsv));
  return write_compiled(reader.finish());
}

std::vector<GazetteerMistake> Gazetteer::check(std::string_view tsv) {
  std::vector<GazetteerMistake> out;
  GazetteerReader reader(out);
  const auto read = reader.read(tsv);
  if (!read) out.push_back({0, read.error().sentence()});
  return out;
}

Result<Gazetteer> Gazetteer::open(SharedBytes compiled) {
  GAVAH_ASSIGN(Tables tables, read_compiled(std::move(compiled)));
  return Gazetteer(std::make_unique<Tables>(std::move(tables)));
}

bool Gazetteer::is_compiled(std::string_view bytes) { return bytes.starts_with(kCompiledMagic); }

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

std::size_t Gazetteer::size_bytes() const { return tables_->bytes.bytes.size(); }

const Digest& Gazetteer::digest() const { return tables_->digest; }

}  // namespace gavah::place
