#include "html/character_reference.h"

#include <algorithm>
#include <cstring>
#include <vector>

#include "base/utf8.h"
#include "html/letters.h"

namespace gavah::html {
namespace {

/// "CounterClockwiseContourIntegral;" without its semicolon.
constexpr std::size_t kLongestName = 31;
/// The longest and shortest names that need no semicolon ("brvbar", "gt").
constexpr std::size_t kLongestOpenName = 6;
constexpr std::size_t kShortestName = 2;

/// What numbers 0x80 to 0x9F stand for: windows-1252 (section 13.2.5.80); 0 where it has nothing.
constexpr std::array<char16_t, 32> kWindows1252{0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                                0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

/// The table's names in open addressing, a quarter full.
class NameIndex {
 public:
  /// The hash of a name whose beginning has the hash `of_head` and that goes on with `letter` (FNV-1a).
  static std::uint32_t hash(std::uint32_t of_head, char letter) {
    return (of_head ^ static_cast<unsigned char>(letter)) * 0x01000193U;
  }
  static constexpr std::uint32_t kNoLetters = 0x811C9DC5U;

  NameIndex() : rows_(kSlots, 0) {
    for (std::size_t row = 0; row < kReferenceTable.size(); ++row) {
      std::uint32_t hashed = kNoLetters;
      for (const char letter : kReferenceTable[row].name) hashed = hash(hashed, letter);
      std::size_t slot = slot_of(hashed);
      while (rows_[slot] != 0) slot = (slot + 1) % kSlots;
      rows_[slot] = static_cast<std::uint16_t>(row + 1);
    }
  }

  const NamedReference* find(std::string_view name, std::uint32_t hashed) const {
    for (std::size_t slot = slot_of(hashed); rows_[slot] != 0; slot = (slot + 1) % kSlots) {
      const NamedReference& row = kReferenceTable[rows_[slot] - 1U];
      if (row.name == name) return &row;
    }
    return nullptr;
  }

 private:
  static constexpr std::size_t kSlots = 8192;
  static std::size_t slot_of(std::uint32_t hashed) { return (hashed ^ hashed >> 15U) % kSlots; }
  std::vector<std::uint16_t> rows_;  ///< counted from one
};

const NameIndex& name_index() {
  static const NameIndex index;
  return index;
}

const NamedReference* find_name(std::string_view name) {
  std::uint32_t hashed = NameIndex::kNoLetters;
  for (const char letter : name) hashed = NameIndex::hash(hashed, letter);
  return name_index().find(name, hashed);
}

CharacterReference made(std::string_view text, std::size_t source_size) {
  CharacterReference out;
  out.source_size = static_cast<std::uint32_t>(source_size);
  out.text_size = static_cast<std::uint8_t>(text.size());
  std::copy(text.begin(), text.end(), out.text.begin());
  return out;
}

char32_t meant_by(char32_t number) {
  if (number == 0 || number > 0x10FFFF || (number >= 0xD800 && number < 0xE000)) return 0xFFFD;
  if (number >= 0x80 && number < 0xA0 && kWindows1252[number - 0x80] != 0) return kWindows1252[number - 0x80];
  return number;
}

/// "&#1588;", "&#x634;": the semicolon may be missing.
CharacterReference read_number(std::string_view source) {
  const bool is_hex = source.size() > 2 && (source[2] == 'x' || source[2] == 'X');
  std::size_t at = is_hex ? 3 : 2;
  const std::size_t first = at;
  char32_t value = 0;
  for (; at < source.size(); ++at) {
    const char c = source[at];
    const char small = static_cast<char>(c | 0x20);
    if (!is_digit(c) && !(is_hex && small >= 'a' && small <= 'f')) break;
    const auto digit = static_cast<char32_t>(is_digit(c) ? c - '0' : small - 'a' + 10);
    if (value <= 0x10FFFF) value = value * (is_hex ? 16 : 10) + digit;
  }
  if (at == first) return {};
  if (at < source.size() && source[at] == ';') ++at;
  std::string text;
  append_utf8(text, meant_by(value));
  return made(text, at);
}

/// The longest name without a semicolon that `run` begins with.
const NamedReference* find_open_name(std::string_view run) {
  std::array<std::uint32_t, kLongestOpenName + 1> hashes{NameIndex::kNoLetters};  // of its beginnings, by size
  const std::size_t most = std::min(run.size(), kLongestOpenName);
  for (std::size_t size = 1; size <= most; ++size) hashes[size] = NameIndex::hash(hashes[size - 1], run[size - 1]);
  for (std::size_t size = most; size >= kShortestName; --size) {
    if (const auto* found = name_index().find(run.substr(0, size), hashes[size]); found != nullptr) return found;
  }
  return nullptr;
}

}  // namespace

CharacterReference read_reference(std::string_view source, ReferencePlace place) {
  if (source.size() > 1 && source[1] == '#') return read_number(source);
  std::size_t size = 1;
  while (size <= kLongestName && size < source.size() && is_alnum(source[size])) ++size;
  if (size <= kShortestName) return {};
  if (size < source.size() && source[size] == ';') {
    if (const auto* found = find_name(source.substr(1, size)); found != nullptr) return made(found->text, size + 1);
  }
  const auto* found = find_open_name(source.substr(1, size - 1));
  if (found == nullptr) return {};
  const std::size_t past = found->name.size() + 1;
  const bool goes_on = past < source.size() && (source[past] == '=' || is_alnum(source[past]));
  if (place == ReferencePlace::attribute && goes_on) return {};
  return made(found->text, past);
}

}  // namespace gavah::html
