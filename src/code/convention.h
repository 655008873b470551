#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "model/count.h"

namespace gavah::code {

/// How a published data set writes numbers that words leave open. Claims keep the interval of the words; a convention
/// is applied only where somebody exports.
enum class Convention : std::uint8_t {
  ccc,  ///< Crowd Counting Consortium: hundreds 200, thousands 2000, tens of thousands 20000 (its data dictionary)
};

/// Two whole numbers of a table: the lowest and the highest that are said.
struct Stated {
  std::int64_t low = 0;
  std::int64_t high = 0;
  friend bool operator==(const Stated&, const Stated&) = default;
};

/// A count under a convention. CCC writes the number itself for "about n", "more than n", "at least n", "up to n",
/// "fewer than n"; a plural unit alone is two of it (dozens 24, scores 40); a few and several are three of it (several
/// hundred 300), a couple two, a handful five. Nothing for a count without numbers.
std::optional<Stated> stated_under(Convention convention, const Count& count);

/// The same for a phrase that says one size or, parted by semicolons, several: the lowest and the highest of them.
/// Nothing when the phrase says no number.
std::optional<Stated> stated_under(Convention convention, std::string_view phrase);

}  // namespace gavah::code
