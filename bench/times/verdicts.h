#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "times/convention.h"

namespace gavah::times {

/// What the mentions of one reading give for one case of a peer.
enum class Found : std::uint8_t { missed, unknown, wrong, right };

/// What a set gave: right as it stands, and right once one named convention is translated.
struct Verdicts {
  int wanted = 0;
  int right = 0;
  std::array<int, static_cast<std::size_t>(Convention::count)> by_convention{};

  void print(std::string_view name) const;
};

/// The two ways to read a text: towards the past and towards the future.
struct Readings {
  text::TimeOptions options;  ///< of the second
  std::vector<text::TimeMention> past;
  std::vector<text::TimeMention> future;
};
Readings read_both_ways(std::string_view text, text::TimeOptions options);

/// Prints a miss: the text, the wanted value and what was found.
void print_miss(Found found, std::string_view text, std::string_view wanted,
                const std::vector<text::TimeMention>& mentions);

/// Files of one peer under GAVAH_SHARED_DATA, line by line.
std::vector<std::string> lines_of(const std::string& file);

enum class Misses : std::uint8_t { shown, hidden };
void recognizers(Misses misses);
void duckling(std::string_view language, Misses misses);

}  // namespace gavah::times
