#pragma once

// Sentences that people gave a root class of PLOVER.
#include <array>
#include <set>
#include <string>
#include <vector>

namespace gavah::code::bench {

struct Sentence {
  std::string text;
  std::set<std::string> gold;  ///< roots; empty: none
};

/// The PLOVER root of an act of ours.
std::string plover_of(const std::string& act);
/// Empty where the set is not here.
std::vector<Sentence> plover_sentences();
/// Halves a and b of the Arabic protest records, those that people were sure of.
std::array<std::vector<Sentence>, 2> arabic_halves();

}  // namespace gavah::code::bench
