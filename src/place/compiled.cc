#include "place/compiled.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <type_traits>

#include "base/format.h"
#include "base/utf8.h"

namespace gavah::place {
namespace {

using Tables = Gazetteer::Tables;
static_assert(std::endian::native == std::endian::little, "compiled gazetteers are used as they lie");
static_assert(sizeof(Tables::Row) == 40 && sizeof(NameIndex::Name) == 16 && sizeof(NameIndex::FirstWord) == 8 &&
              sizeof(NameIndex::Carrier) == 8);

constexpr std::size_t kAlignment = 8;
constexpr std::size_t kArrays = 11;
constexpr std::size_t kDigestAt = kCompiledMagic.size();
constexpr std::size_t kDigestedFrom = kDigestAt + sizeof(Digest);
constexpr std::size_t kVersionAt = kDigestedFrom;
constexpr std::size_t kCountsAt = kVersionAt + 4;
constexpr std::size_t kHeaderBytes = kCountsAt + kArrays * 4;
static_assert(kHeaderBytes % kAlignment == 0);
constexpr int kLevels = 6;  // country, four levels of areas, what lies in them

/// Every array in the order of the file.
template <typename Of, typename Visit>
void for_each_array(Of& tables, Visit visit) {
  visit(tables.rows);
  visit(tables.by_id);
  visit(tables.names.names);
  visit(tables.names.slots);
  visit(tables.names.first_words);
  visit(tables.names.first_slots);
  visit(tables.names.filter);
  visit(tables.names.first_filter);
  visit(tables.names.carriers);
  visit(tables.arena);
  visit(tables.names.arena);
}

constexpr std::size_t aligned(std::size_t size) { return (size + kAlignment - 1) / kAlignment * kAlignment; }

std::uint32_t u32_at(std::string_view bytes, std::size_t at) {
  std::uint32_t out = 0;
  std::memcpy(&out, bytes.data() + at, sizeof(out));
  return out;
}

std::unexpected<Error> broken(std::string_view what) {
  return fail(ErrorCode::invalid_input, format("the compiled gazetteer is broken: {}", what));
}

template <typename T>
bool has_range(std::span<const T> array, std::uint64_t first, std::uint64_t count) {
  return first <= array.size() && count <= array.size() - first;
}

/// A table of open addressing over `count` things: what it names is there, and a search in it ends.
bool is_table(std::span<const std::uint32_t> slots, std::size_t count) {
  if (!std::has_single_bit(slots.size())) return false;
  const auto is_there = [&](std::uint32_t slot) { return slot <= count; };
  return std::ranges::all_of(slots, is_there) && std::ranges::find(slots, 0U) != slots.end();
}

bool is_filter(std::span<const std::uint8_t> filter) {
  return std::has_single_bit(filter.size()) && filter.size() >= 8 && filter.size() <= (std::size_t{1} << 29U);
}

/// From any row the way to the outermost area ends.
bool leads_out(const Tables& tables, EntryNumber number) {
  for (int i = 0; i < kLevels; ++i) {
    number = tables.rows[number].parent;
    if (number == kNoEntry) return true;
    if (number >= tables.rows.size()) return false;
  }
  return false;
}

bool is_on_earth(const Tables::Row& row) {
  constexpr std::int32_t kPoleE6 = 90'000'000;
  constexpr std::int32_t kDateLineE6 = 180'000'000;
  return row.lat_e6 >= -kPoleE6 && row.lat_e6 <= kPoleE6 && row.lon_e6 >= -kDateLineE6 && row.lon_e6 <= kDateLineE6;
}

/// A piece of an arena that is UTF-8 as a whole, and that cuts no character at either end.
bool is_piece(std::span<const char> arena, std::uint64_t first, std::uint64_t count) {
  const auto begins_character = [&](std::uint64_t at) {
    return at == arena.size() || (static_cast<unsigned char>(arena[at]) & 0xC0U) != 0x80;
  };
  return has_range(arena, first, count) && begins_character(first) && begins_character(first + count);
}

bool is_row(const Tables& tables, const Tables::Row& row) {
  const bool fits = is_piece(tables.arena, row.id, row.id_size) && is_piece(tables.arena, row.name, row.name_size) &&
                    is_piece(tables.arena, row.admin1, row.admin1_size);
  return fits && row.entry_class <= EntryClass::nature && is_on_earth(row) &&
         is_utf8({row.country.data(), row.country.size()});
}

Result<void> check_rows(const Tables& tables) {
  if (tables.rows.size() > kGazetteerLimitRows) return broken("more rows than a gazetteer has");
  if (!is_utf8({tables.arena.data(), tables.arena.size()})) return broken("its texts are not UTF-8");
  for (const Tables::Row& row : tables.rows) {
    if (!is_row(tables, row)) return broken("a row");
  }
  for (EntryNumber i = 0; i < tables.rows.size(); ++i) {
    if (!leads_out(tables, i)) return broken("an area within itself");
  }
  return is_table(tables.by_id, tables.rows.size()) ? Result<void>{} : broken("the table of ids");
}

Result<void> check_names(const NameIndex& names, std::size_t rows) {
  for (const NameIndex::Name& name : names.names) {
    if (!has_range(names.arena, name.text, name.size_bytes) ||
        !has_range(names.carriers, name.first_carrier, name.carriers))
      return broken("a name");
  }
  for (const NameIndex::FirstWord& word : names.first_words) {
    if (!has_range(names.arena, word.text, word.size_bytes) || word.longest_words > kNameWordsLimit)
      return broken("a first word");
  }
  for (const NameIndex::Carrier& carrier : names.carriers) {
    if (carrier.entry >= rows || carrier.kind > NameIndex::Kind::bare) return broken("a place with a name");
  }
  if (!is_table(names.slots, names.names.size()) || !is_table(names.first_slots, names.first_words.size()))
    return broken("a table of names");
  return is_filter(names.filter) && is_filter(names.first_filter) ? Result<void>{} : broken("a filter");
}

/// Points every array at its place in the file; false when they do not fill it to its end.
bool point_arrays(Tables& tables) {
  const std::string_view file = tables.bytes.bytes;
  std::size_t at = kHeaderBytes;
  std::size_t count_at = kCountsAt;
  bool fits = true;
  for_each_array(tables, [&]<typename T>(std::span<const T>& array) {
    const std::size_t count = u32_at(file, count_at);
    count_at += 4;
    fits = fits && at <= file.size() && count <= (file.size() - at) / sizeof(T);
    if (!fits) return;
    array = std::span(reinterpret_cast<const T*>(file.data() + at), count);
    at += aligned(count * sizeof(T));
  });
  return fits && at == file.size();
}

}  // namespace

std::string write_compiled(const Tables& tables) {
  std::string out(kHeaderBytes, '\0');
  out.replace(0, kCompiledMagic.size(), kCompiledMagic);
  const auto put = [&](std::size_t at, std::uint32_t value) { std::memcpy(out.data() + at, &value, sizeof(value)); };
  put(kVersionAt, kCompiledVersion);
  std::size_t count_at = kCountsAt;
  for_each_array(tables, [&]<typename T>(std::span<const T> array) {
    put(count_at, static_cast<std::uint32_t>(array.size()));
    count_at += 4;
    if (!array.empty()) out.append(reinterpret_cast<const char*>(array.data()), array.size_bytes());
    out.resize(aligned(out.size()), '\0');
  });
  const Digest digest = sha256(std::string_view(out).substr(kDigestedFrom));
  out.replace(kDigestAt, sizeof(Digest), digest.view());
  return out;
}

Result<Tables> read_compiled(SharedBytes file) {
  const std::string_view bytes = file.bytes;
  if (!bytes.starts_with(kCompiledMagic) || bytes.size() < kHeaderBytes) {
    return fail(ErrorCode::invalid_input, "this is no compiled gazetteer");
  }
  if (const std::uint32_t version = u32_at(bytes, kVersionAt); version != kCompiledVersion) {
    return fail(ErrorCode::invalid_input,
                format("the gazetteer was compiled for another program (version {}, not {}): compile it again", version,
                       kCompiledVersion));
  }
  if (reinterpret_cast<std::uintptr_t>(bytes.data()) % kAlignment != 0) {
    return fail(ErrorCode::invalid_input, "the bytes of a compiled gazetteer lie askew in memory");
  }
  Tables out;
  out.bytes = std::move(file);
  out.digest = Digest::from_bytes(bytes.substr(kDigestAt, sizeof(Digest)));
  if (sha256(bytes.substr(kDigestedFrom)) != out.digest) return broken("its digest is not of its bytes");
  if (!point_arrays(out)) return broken("its size");
  GAVAH_TRY(check_rows(out));
  GAVAH_TRY(check_names(out.names, out.rows.size()));
  return out;
}

}  // namespace gavah::place
