#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "times/convention.h"

namespace gavah::times {

/// How a case came out.
enum class Verdict : std::uint8_t { missed, translated, right };
template <typename A, typename B>
Verdict same(const A& ours, const B& theirs) {
  return ours == theirs ? Verdict::right : Verdict::missed;
}

/// What one mention of one reading gives for a case: right as it stands, and by each convention that applies to it.
struct Answer {
  text::Tense tense = text::Tense::past;
  bool right = false;
  std::uint32_t applies = 0;   ///< bits of Convention
  std::uint32_t right_by = 0;  ///< of those, the ones that give the peer's value
  void add(Convention convention, Verdict by_it) {
    const std::uint32_t bit = 1U << static_cast<unsigned>(convention);
    applies |= bit;
    if (by_it == Verdict::right) right_by |= bit;
  }
};

/// What a set gave: right as it stands; right once one convention, whichever, is translated; and right where the tense
/// and the conventions are fixed for the whole set, chosen on every second case and counted on the others.
class Verdicts {
 public:
  Verdict add(std::vector<Answer> answers);
  void print(std::string_view name) const;

 private:
  /// A tense and the conventions that are translated in it: of those that apply to a mention the first.
  struct Choice {
    text::Tense tense = text::Tense::past;
    std::uint32_t conventions = 0;
  };
  enum class Half : std::uint8_t { even, odd };
  int right_of(Half half, const Choice& choice) const;
  Choice best_on(Half half) const;

  std::vector<std::vector<Answer>> cases_;
  int right_ = 0;
  std::array<int, static_cast<std::size_t>(Convention::count)> by_convention_{};
};

/// The two ways to read a text: towards the past and towards the future.
struct Readings {
  text::TimeOptions options;  ///< of the second
  std::vector<text::TimeMention> past;
  std::vector<text::TimeMention> future;
};
Readings read_both_ways(std::string_view text, text::TimeOptions options);

/// Prints a miss: the text, the wanted value and what was found.
void print_miss(std::string_view text, std::string_view wanted, const std::vector<text::TimeMention>& mentions);

/// Files of one peer under GAVAH_SHARED_DATA, line by line.
std::vector<std::string> lines_of(const std::string& file);

enum class Misses : std::uint8_t { shown, hidden };
void recognizers(Misses misses);
void duckling(std::string_view language, Misses misses);

}  // namespace gavah::times
