#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace gavah::html {

/// A name of the standard's table (HTML living standard, section 13.5), with its semicolon where it has one, and the
/// one or two characters it stands for.
struct NamedReference {
  std::string_view name;
  std::string_view text;
};
inline constexpr std::size_t kNamedReferences = 2231;
/// Sorted by name; made from data/html/character_references.tsv when the program is built.
extern const std::array<NamedReference, kNamedReferences> kReferenceTable;

/// A decoded character reference.
struct CharacterReference {
  std::uint32_t source_size = 0;  ///< bytes from '&' on; 0 when there is no reference
  std::uint8_t text_size = 0;
  std::array<char, 8> text{};  ///< at most two characters
  std::string_view view() const { return {text.data(), text_size}; }
};

/// In an attribute "&copy=" and "&copyx" stay as written, in text they do not (section 13.2.5.73).
enum class ReferencePlace : std::uint8_t { text, attribute };

/// Reads the reference at the start of `source`, which starts with '&'. Linear in the bytes it takes.
CharacterReference read_reference(std::string_view source, ReferencePlace place);

}  // namespace gavah::html
