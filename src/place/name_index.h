#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gavah::place {

/// Longest name that is looked for, in words: "Kohgiluyeh and Boyer-Ahmad Province" has five.
inline constexpr std::uint32_t kNameWordsLimit = 8;

/// Folded names and the entries that carry them, as arrays that need no building: two open-addressing tables, of whole
/// names and of first words, over one arena. A text is searched by looking at each word whether a name starts with it,
/// and how long such names are. For gazetteers this is a fifth of the memory of a trie. A view: who made the arrays
/// (NameIndexBuilder, a compiled file) keeps and has checked them.
struct NameIndex {
  /// How a place carries a name, best first: as the name it is known by in a script; as another spelling; by dropping
  /// "Province" or the like from what is written.
  enum class Kind : std::uint8_t { name, variant, bare };
  struct Carrier {
    std::uint32_t entry = 0;
    Kind kind = Kind::name;
    std::array<std::uint8_t, 3> zero{};
    friend auto operator<=>(const Carrier&, const Carrier&) = default;
  };
  struct Name {
    std::uint32_t text = 0;
    std::uint16_t size_bytes = 0;
    std::uint16_t words = 0;
    std::uint32_t first_carrier = 0;
    std::uint32_t carriers = 0;
  };
  struct FirstWord {
    std::uint32_t text = 0;
    std::uint16_t size_bytes = 0;
    std::uint16_t longest_words = 0;
  };

  std::span<const char> arena;
  std::span<const Name> names;
  std::span<const std::uint32_t> slots;  // index + 1 into names, by word_hash; a power of two
  std::span<const FirstWord> first_words;
  std::span<const std::uint32_t> first_slots;
  // A bit for each start of a hash, a power of two of bytes: most words and names of a text are told apart here.
  std::span<const std::uint8_t> filter;
  std::span<const std::uint8_t> first_filter;
  std::span<const Carrier> carriers;

  /// Entries of a folded name, by entry number; empty when there is none.
  std::span<const Carrier> find(std::string_view folded_name) const;
  /// Words of the longest name that starts with this folded word, whose text::word_hash is `hash`; 0 when none does.
  std::uint32_t longest_from(std::string_view folded_word, std::uint32_t hash) const;
  /// Whether a name may start with a word of that hash: of most words that start none, no.
  bool may_start(std::uint32_t hash) const {
    if (first_words.empty()) return false;
    const Bit bit = bit_of(first_filter.size(), hash);
    return (first_filter[bit.byte] & bit.mask) != 0;
  }

  std::string_view text_at(std::uint32_t at, std::size_t size) const { return {arena.data() + at, size}; }
  /// The bit of a hash in a filter of so many bytes.
  struct Bit {
    std::uint32_t byte = 0;
    std::uint8_t mask = 0;
  };
  static Bit bit_of(std::size_t filter_bytes, std::uint32_t hash) {
    const auto shift = static_cast<unsigned>(32 - std::countr_zero(filter_bytes));
    return {hash >> shift, static_cast<std::uint8_t>(1U << ((hash >> (shift - 3)) & 7U))};
  }
};

/// Makes the arrays of a NameIndex.
class NameIndexBuilder {
 public:
  using Kind = NameIndex::Kind;
  /// Names are given folded; call finish() once after the last.
  void add(std::string_view folded_name, NameIndex::Carrier carrier);
  void finish();
  /// Of what finish() made; lives as long as this.
  NameIndex view() const;

 private:
  std::string_view text_of(const NameIndex::Name& name) const {
    return std::string_view(arena_).substr(name.text, name.size_bytes);
  }
  /// The slot that holds the name, or the free one where it belongs.
  std::size_t slot_of(std::string_view folded_name) const;
  void grow();
  void index_first_words();

  std::string arena_;
  std::vector<NameIndex::Name> names_;
  std::vector<std::uint32_t> slots_;
  std::vector<NameIndex::FirstWord> first_words_;
  std::vector<std::uint32_t> first_slots_;
  std::vector<std::uint8_t> filter_;
  std::vector<std::uint8_t> first_filter_;
  std::vector<NameIndex::Carrier> carriers_;
  std::vector<std::pair<std::uint32_t, NameIndex::Carrier>> pending_;  // name index, carrier
};

}  // namespace gavah::place
