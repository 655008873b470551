#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "code/scan.h"
#include "model/claim.h"

namespace gavah::code {

/// A time slot with what it rests on; `own` when it stands in the mention's sentence.
struct MentionTime {
  TimeInterval time;
  bool own = false;
};

/// An act found in a sentence, on its way to a claim.
struct Mention {
  std::uint16_t act = kNoAct;  ///< index into the codebook
  Hit trigger;
  std::uint32_t sentence = 0;
  Stage stage = Stage::occurred;
  Polarity polarity = Polarity::asserted;
  Attribution attribution = Attribution::unattributed;
  std::optional<Actor> speaker;
  MentionTime time;
  std::vector<Place> places;
  bool own_place = false;
  std::vector<std::string> within;  ///< ids of areas named around the places ("Lale Square in Nilvan")
  std::vector<Actor> actors;
  std::vector<Actor> targets;
  std::vector<Person> persons;
  std::vector<Count> counts;
  std::vector<std::string> slogans;
  bool umbrella = false;
  bool plural = false;
  bool apart = false;  ///< another telling of an act, never merged with the first
  int confidence = 700;
  std::optional<std::size_t> about;  ///< index of the mention that this one denies, doubts or corrects
  std::uint32_t trail = 0;           ///< its notes in the trace; 0 when nobody traces
};

}  // namespace gavah::code
