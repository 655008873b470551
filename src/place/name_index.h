#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gavah::place {

/// Longest name that is looked for, in words: "Kohgiluyeh and Boyer-Ahmad Province" has five.
inline constexpr std::uint32_t kNameWordsLimit = 8;

/// Folded names and the entries that carry them. Two open-addressing tables, of whole names and of first words, over
/// one arena: a text is searched by looking at each word whether a name starts with it, and how long such names are.
/// For gazetteers this is a fifth of the memory of a trie and builds in a tenth of the time.
class NameIndex {
 public:
  /// How a place carries a name, best first: as the name it is known by in a script; as another spelling; by dropping
  /// "Province" or the like from what is written.
  enum class Kind : std::uint8_t { name, variant, bare };
  struct Carrier {
    std::uint32_t entry = 0;
    Kind kind = Kind::name;
    friend auto operator<=>(const Carrier&, const Carrier&) = default;
  };

  /// Names are given folded; call finish() once after the last.
  void add(std::string_view folded_name, Carrier carrier);
  void finish();

  /// Entries of a folded name, by entry number; empty when there is none.
  std::span<const Carrier> find(std::string_view folded_name) const;
  /// Words of the longest name that starts with this folded word, whose text::word_hash is `hash`; 0 when none does.
  std::uint32_t longest_from(std::string_view folded_word, std::uint32_t hash) const;
  std::size_t size_bytes() const;

 private:
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
  std::string_view text_of(const Name& name) const {
    return std::string_view(arena_).substr(name.text, name.size_bytes);
  }
  static constexpr std::uint32_t kFilterShift = 16;
  static void set_bit(std::vector<std::uint8_t>& filter, std::uint32_t hash) {
    filter[hash >> kFilterShift] |= static_cast<std::uint8_t>(1U << ((hash >> (kFilterShift - 3)) & 7U));
  }
  static bool has_bit(const std::vector<std::uint8_t>& filter, std::uint32_t hash) {
    return ((filter[hash >> kFilterShift] >> ((hash >> (kFilterShift - 3)) & 7U)) & 1U) != 0;
  }
  /// The slot that holds the name, or the free one where it belongs.
  std::size_t slot_of(std::string_view folded_name) const;
  void grow();
  void index_first_words();

  std::string arena_;
  std::vector<Name> names_;
  std::vector<std::uint32_t> slots_;  // index + 1 into names_
  std::vector<FirstWord> first_words_;
  std::vector<std::uint32_t> first_slots_;
  // A bit for each 19-bit start of a hash: most words and names of a text are told apart here.
  std::vector<std::uint8_t> first_filter_;
  std::vector<std::uint8_t> filter_;
  std::vector<Carrier> carriers_;
  std::vector<std::pair<std::uint32_t, Carrier>> pending_;  // name index, carrier
};

}  // namespace gavah::place
