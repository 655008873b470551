#include "place/gazetteer_reader.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>

#include "base/format.h"
#include "base/utf8.h"
#include "place/mention.h"
#include "text/text.h"

namespace gavah::place {
namespace {

enum Column {
  kId,
  kName,
  kAscii,
  kAlternates,
  kLat,
  kLon,
  kClass,
  kCode,
  kCountry,
  kCc2,
  kAdmin1,
  kAdmin2,
  kAdmin3,
  kAdmin4,
  kPopulation
};

constexpr std::size_t kTextLimitBytes = 0xFFFF;
constexpr std::uint8_t kNoArea = 5;

struct Kind {
  EntryClass entry_class = EntryClass::town;
  std::uint8_t level = kNoArea;
  std::uint8_t seat_rank = 0;
};

/// Feature classes and codes of GeoNames (geonames.org/export/codes.html).
Kind kind_of(std::string_view feature_class, std::string_view code) {
  if (feature_class == "A") {
    if (code.starts_with("PCL") || code == "TERR") return {EntryClass::country, 0, 0};
    if (code == "ADM1") return {EntryClass::province, 1, 0};
    if (code == "ADM2") return {EntryClass::county, 2, 0};
    if (code == "ADM3") return {EntryClass::district, 3, 0};
    if (code == "ADM4") return {EntryClass::district, 4, 0};
    return {EntryClass::district, kNoArea, 0};
  }
  if (feature_class == "P") {
    if (code == "PPLX") return {EntryClass::district, kNoArea, 0};
    const std::uint8_t rank = code == "PPLC" ? 3 : code == "PPLA" ? 2 : code == "PPLA2" ? 1 : 0;
    return {EntryClass::town, kNoArea, rank};
  }
  if (feature_class == "S" || feature_class == "R") return {EntryClass::facility, kNoArea, 0};
  if (feature_class == "L" && (code == "INDS" || code == "MILB" || code == "PRK" || code == "OILF")) {
    return {EntryClass::facility, kNoArea, 0};
  }
  return {EntryClass::nature, kNoArea, 0};
}

bool is_code(std::string_view code) { return !code.empty() && code != "00" && code != "0"; }

Result<std::int32_t> degrees_e6(std::string_view text, double limit_degrees) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !(std::abs(value) <= limit_degrees)) {
    return fail(ErrorCode::invalid_input, format("'{}' is no coordinate", text.substr(0, 40)));
  }
  return static_cast<std::int32_t>(std::lround(value * 1e6));
}

/// Words that name the kind of an area, at either end of its name, folded.
constexpr std::string_view kAreaWordsAfter[] = {" province",    " county", " district",
                                                " governorate", " region", " ostan"};
constexpr std::string_view kAreaWordsBefore[] = {"province of ", "county of ", "ostan e ", "shahrestan e ", "استان ",
                                                 "شهرستان ",     "بخش ",       "محافظه ",  "کشور ",         "ولایت "};

/// U+0600 to U+06FF begin with the bytes D8 to DB.
bool is_arabic_script(std::string_view name) {
  const auto first = static_cast<unsigned char>(name[0]);
  return first >= 0xD8 && first <= 0xDB;
}

/// The folded name without the word for its kind; empty when there is none.
std::string_view bare_name(std::string_view name) {
  for (const std::string_view word : kAreaWordsAfter) {
    if (name.ends_with(word)) return name.substr(0, name.size() - word.size());
  }
  for (const std::string_view word : kAreaWordsBefore) {
    if (name.starts_with(word)) return name.substr(word.size());
  }
  return {};
}

}  // namespace

/// The id that entry() gives: codes for countries and provinces, else the row's own.
std::string id_of(const Kind& kind, std::string_view row_id, std::string_view country, std::string_view admin1) {
  if (kind.level == 0 && country.size() == 2) return std::string(country);
  if (kind.level == 1 && country.size() == 2 && is_code(admin1)) return format("{}-{}", country, admin1);
  return std::string(row_id);
}

std::uint32_t GazetteerReader::store(std::string_view text) {
  const auto at = static_cast<std::uint32_t>(arena_.size());
  arena_.append(text);
  return at;
}

Result<void> GazetteerReader::read_line(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (line.empty() || line.starts_with('#')) return {};
  if (!is_utf8(line)) return fail(ErrorCode::invalid_input, "it is not UTF-8");
  Columns columns;
  std::size_t count = 0;
  for (;;) {
    const std::size_t tab = std::min(line.find('\t'), line.size());
    if (count < kColumns) columns[count] = line.substr(0, tab);
    ++count;
    if (tab == line.size()) break;
    line.remove_prefix(tab + 1);
  }
  if (count != kColumns) return fail(ErrorCode::invalid_input, format("it has {} columns, not {}", count, kColumns));
  return read_row(columns);
}

Result<void> GazetteerReader::read(std::string_view tsv) {
  read_bytes_ += tsv.size();
  if (read_bytes_ > kGazetteerLimitBytes) {
    return fail(ErrorCode::invalid_input, format("a gazetteer is made from at most {} bytes", kGazetteerLimitBytes));
  }
  if (tsv.starts_with("\xEF\xBB\xBF")) tsv.remove_prefix(3);
  for (std::uint64_t number = 1; !tsv.empty(); ++number) {
    const std::size_t end = std::min(tsv.find('\n'), tsv.size());
    const auto done = read_line(tsv.substr(0, end));
    if (!done && mistakes_ == nullptr) return fail_with(Result<void>(done), format("line {} of the gazetteer", number));
    if (!done) mistakes_->push_back({number, done.error().sentence()});
    if (mistakes_ != nullptr && mistakes_->size() >= kMistakesLimit) return {};
    tsv.remove_prefix(std::min(end + 1, tsv.size()));
  }
  return {};
}

Result<Gazetteer::Tables::Row> GazetteerReader::make_row(const Columns& columns, const std::string& id) {
  const Kind kind = kind_of(columns[kClass], columns[kCode]);
  Row row;
  GAVAH_ASSIGN(row.lat_e6, degrees_e6(columns[kLat], 90));
  GAVAH_ASSIGN(row.lon_e6, degrees_e6(columns[kLon], 180));
  std::uint64_t population = 0;
  const std::string_view said = columns[kPopulation];
  if (!said.empty()) {
    const auto [end, error] = std::from_chars(said.data(), said.data() + said.size(), population);
    if (error != std::errc{} || end != said.data() + said.size())
      return fail(ErrorCode::invalid_input, "the population is no number");
  }
  row.population = static_cast<std::uint32_t>(std::min<std::uint64_t>(population, 0xffffffffU));
  row.entry_class = kind.entry_class;
  row.seat_rank = kind.seat_rank;
  const std::string_view country = columns[kCountry];
  if (country.size() == 2) row.country = {country[0], country[1]};
  row.id_size = static_cast<std::uint16_t>(id.size());
  row.id = store(id);
  row.name_size = static_cast<std::uint16_t>(columns[kName].size());
  row.name = store(columns[kName]);
  if (is_code(columns[kAdmin1]) && columns[kAdmin1].size() < 256) {
    row.admin1_size = static_cast<std::uint8_t>(columns[kAdmin1].size());
    row.admin1 = store(columns[kAdmin1]);
  }
  return row;
}

Result<void> GazetteerReader::read_row(const Columns& columns) {
  if (columns[kId].empty() || columns[kName].empty())
    return fail(ErrorCode::invalid_input, "the id or the name is empty");
  if (columns[kId].size() > kTextLimitBytes / 2 || columns[kName].size() > kTextLimitBytes) {
    return fail(ErrorCode::invalid_input, "the id or the name is longer than 64 kB");
  }
  const Kind kind = kind_of(columns[kClass], columns[kCode]);
  std::string id = id_of(kind, columns[kId], columns[kCountry], columns[kAdmin1]);
  if (ids_.contains(id)) {
    if (mistakes_ == nullptr) return {};
    return fail(ErrorCode::invalid_input, format("the place {} stands above already: this row would not count", id));
  }
  if (rows_.size() >= kGazetteerLimitRows) {
    return fail(ErrorCode::invalid_input, format("a gazetteer has at most {} rows", kGazetteerLimitRows));
  }
  GAVAH_ASSIGN(const Row row, make_row(columns, id));
  const auto number = static_cast<EntryNumber>(rows_.size());
  rows_.push_back(row);
  ids_.insert(std::move(id));
  const std::uint8_t level = kind.level;
  levels_.push_back(level);
  auto& codes = codes_.emplace_back();
  std::string key(columns[kCountry]);
  if (level == 0) areas_.emplace(key, number);
  for (std::size_t i = 0; i < 4; ++i) {
    codes[i] = columns[kAdmin1 + i];
    key += '\t';
    key += codes[i];
    if (level == i + 1 && is_code(codes[i])) areas_.emplace(key, number);
  }
  add_names(columns, number);
  return {};
}

void GazetteerReader::add_names(const Columns& columns, EntryNumber number) {
  add_name(columns[kName], number, NameIndex::Kind::name);
  if (columns[kAscii] != columns[kName]) add_name(columns[kAscii], number, NameIndex::Kind::name);
  std::string_view rest = columns[kAlternates];
  while (!rest.empty()) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    // In another script than the name's it is no other spelling but the name in that script.
    const std::string_view name = rest.substr(0, comma);
    const bool same_script = name.empty() || is_arabic_script(name) == is_arabic_script(columns[kName]);
    add_name(name, number, same_script ? NameIndex::Kind::variant : NameIndex::Kind::name);
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
}

void GazetteerReader::add_name(std::string_view name, EntryNumber number, NameIndex::Kind kind) {
  if (name.size() > kTextLimitBytes) return;
  const std::string key = name_key(text::folded_key(name));
  if (key.size() < 2) return;
  names_.add(key, {number, kind});
  if (levels_[number] > 4) return;
  if (const std::string_view bare = bare_name(key); bare.size() >= 2) names_.add(bare, {number, NameIndex::Kind::bare});
}

void GazetteerReader::link() {
  for (EntryNumber number = 0; number < rows_.size(); ++number) {
    Row& row = rows_[number];
    const std::uint8_t level = levels_[number];
    std::string key(row.country[0] == '\0' ? 0 : row.country.size(), '\0');
    std::ranges::copy_n(row.country.begin(), static_cast<std::ptrdiff_t>(key.size()), key.begin());
    const auto consider = [&](const std::string& area) {
      const auto found = areas_.find(area);
      if (found != areas_.end() && found->second != number) row.parent = found->second;
    };
    if (level == 0) continue;
    consider(key);
    for (std::size_t i = 0; i < 4 && i + 1 < level; ++i) {
      key += '\t';
      key += codes_[number][i];
      if (is_code(codes_[number][i])) consider(key);
    }
  }
}

void GazetteerReader::index_ids() {
  by_id_.assign(std::bit_ceil(rows_.size() * 2 + 2), 0);
  const std::size_t mask = by_id_.size() - 1;
  for (EntryNumber i = 0; i < rows_.size(); ++i) {
    const auto id = std::string_view(arena_).substr(rows_[i].id, rows_[i].id_size);
    std::size_t at = static_cast<std::size_t>(id_hash(id)) & mask;
    while (by_id_[at] != 0) at = (at + 1) & mask;
    by_id_[at] = i + 1;
  }
}

Gazetteer::Tables GazetteerReader::finish() {
  link();
  index_ids();
  names_.finish();
  Gazetteer::Tables out;
  out.rows = rows_;
  out.by_id = by_id_;
  out.names = names_.view();
  out.arena = arena_;
  return out;
}

}  // namespace gavah::place
