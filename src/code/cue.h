#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.h"

namespace gavah::code {

/// Words that say how the acts around them are meant. The spellings are those of lexicon/<lang>/cues.tsv.
enum class Cue : std::uint8_t {
  none,            ///< "-": hides shorter cues inside it ("not only")
  negation,        ///< what follows did not happen
  denial,          ///< somebody denies what follows (English) or what the sentence says (Persian)
  falsehood,       ///< "false", "baseless": said of what the sentence says
  doubt,           ///< before a noun ("alleged"): of that noun
  disbelief,       ///< "myth", "fantasy": said of an act or of the actor beside it
  hedge,           ///< lowers the confidence only
  speech,          ///< its subject tells what the sentence says
  according,       ///< what follows it tells
  accuse,          ///< its subject says who did it
  responsibility,  ///< its subject says that it did it
  plan,            ///< what follows is still to come
  call,            ///< somebody calls for what follows
  demand,          ///< what follows is demanded: the topic of a protest
  topic,           ///< what follows is what a text or a protest is about
  cause,           ///< what follows came before
  threat,
  attempt,
  cancel,
  end,
  begin,
  continuation,
  so_far,  ///< numbers add up to this moment
  toll,    ///< a number after it is a total of its kind
  since,
  per_day,
  correction,
  replaced,  ///< the number after it is the wrong one ("not", "instead of")
  numbered,  ///< the number after it says which ("District 5")
  retraction,
  umbrella,     ///< many acts at many places
  anniversary,  ///< what follows is remembered, not reported
  background,
  condition,
  outlet,   ///< after a place's name: the name of a newspaper or a treaty
  held_at,  ///< a place after it is where people are held
  agent,    ///< "by", «توسط»
  slogan,   ///< quoted words after it are a slogan
};

Result<Cue> cue_from(std::string_view name);
std::string_view name_of(Cue cue);

}  // namespace gavah::code
