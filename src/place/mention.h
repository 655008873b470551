#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "place/gazetteer.h"
#include "text/text.h"

namespace gavah::place {

/// A name in a text and the entries that carry it.
struct Mention {
  std::uint32_t first_token = 0;
  std::uint32_t past_token = 0;
  Span span;
  std::vector<EntryNumber> candidates;
  bool near = false;           ///< "near X": its surroundings
  bool leads_to_area = false;  ///< words like "in the province of" alone stand between it and the next mention
  bool facility = false;       ///< "the university of X": a place in it
  bool site = false;           ///< a facility that no gazetteer has: it has no candidates, a town near it may hold it
};

/// The names of `gazetteer` that the words of a text support as places, in order, not overlapping, each with the
/// candidates that the words beside it leave; and sites of other names («میدان نارون») where a town is named near.
/// Towns of `home_country` count without a cue when a thousand people live there, others when they are large or a seat;
/// with no home country all count as home.
std::vector<Mention> find_mentions(const Gazetteer& gazetteer, const text::Reading& reading,
                                   std::string_view home_country);

/// Mentions at given spans of the text, one each: the candidates of the name that the span is, without asking for cues.
std::vector<Mention> mentions_at(const Gazetteer& gazetteer, const text::Reading& reading, std::span<const Span> spans);

/// A name as the index has it: folded, hyphens as spaces, apostrophes and full stops dropped.
std::string name_key(std::string_view folded_name);

}  // namespace gavah::place
