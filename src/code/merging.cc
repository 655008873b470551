#include "code/merging.h"

#include <algorithm>
#include <tuple>

namespace gavah::code {
namespace {

bool holds(const Place& outer, const Place& inner) {
  return !outer.id.empty() && std::ranges::find(inner.path, outer.id) != inner.path.end();
}

bool is_within(const Mention& mention, const Place& place) {
  return !place.id.empty() && std::ranges::find(mention.within, place.id) != mention.within.end();
}

bool places_agree(const Mention& a, const Mention& b) {
  if (a.places.empty() || b.places.empty()) return true;
  if (std::ranges::any_of(a.places, [&](const Place& place) { return is_within(b, place); })) return true;
  if (std::ranges::any_of(b.places, [&](const Place& place) { return is_within(a, place); })) return true;
  return std::ranges::any_of(a.places, [&](const Place& x) {
    return std::ranges::any_of(b.places, [&](const Place& y) {
      return x.id.empty() || y.id.empty() ? x.name == y.name : holds(x, y) || holds(y, x);
    });
  });
}

bool times_meet(const TimeInterval& a, const TimeInterval& b) {
  if (a.is_unknown() || b.is_unknown()) return true;
  const bool a_before = a.end && b.start && *a.end <= *b.start;
  const bool b_before = b.end && a.start && *b.end <= *a.start;
  return !a_before && !b_before;
}

bool is_done(Stage stage) { return stage == Stage::occurred || stage == Stage::continuing || stage == Stage::ended; }

bool counts_differ(const Mention& a, const Mention& b) {
  for (const Count& x : a.counts) {
    for (const Count& y : b.counts) {
      if (x.kind != y.kind || x.scope != y.scope) continue;
      const bool apart = (x.high && y.low && *x.high < *y.low) || (y.high && x.low && *y.high < *x.low);
      if (apart) return true;
    }
  }
  return false;
}

/// Both name persons, and none in common.
bool persons_differ(const Mention& a, const Mention& b) {
  const auto named = [](const Person& person) { return !person.name.empty(); };
  if (std::ranges::none_of(a.persons, named) || std::ranges::none_of(b.persons, named)) return false;
  return std::ranges::none_of(a.persons, [&](const Person& one) {
    return std::ranges::any_of(b.persons, [&](const Person& other) {
      return one.name.find(other.name) != std::string::npos || other.name.find(one.name) != std::string::npos;
    });
  });
}

bool can_merge(const Mention& a, const Mention& b) {
  if (a.apart || b.apart || persons_differ(a, b)) return false;
  if (a.act != b.act || a.polarity != b.polarity || a.umbrella != b.umbrella) return false;
  if (a.stage != b.stage && !(is_done(a.stage) && is_done(b.stage))) return false;
  if (!places_agree(a, b)) return false;
  if (a.time.own && b.time.own && !times_meet(a.time.time, b.time.time)) return false;
  const bool tellers_differ = a.speaker && b.speaker && a.speaker->name != b.speaker->name;
  if (a.polarity != Polarity::asserted && tellers_differ) return false;
  return !(tellers_differ && counts_differ(a, b));
}

int foundation(const Mention& mention) {
  return 2 * static_cast<int>(mention.time.own) + 2 * static_cast<int>(mention.own_place) +
         static_cast<int>(!mention.counts.empty()) + static_cast<int>(!mention.actors.empty());
}

bool is_more_exact(const Count& a, const Count& b) {
  const auto width = [](const Count& count) {
    return count.low && count.high ? *count.high - *count.low : std::int64_t{1} << 60;
  };
  return width(a) < width(b);
}

void join_counts(std::vector<Count>& into, const std::vector<Count>& from) {
  for (const Count& count : from) {
    const bool said = std::ranges::any_of(into, [&](const Count& other) {
      return other.kind == count.kind && other.low == count.low && other.high == count.high;
    });
    if (said) continue;
    const auto same = std::ranges::find_if(
        into, [&](const Count& other) { return other.kind == count.kind && other.scope == count.scope; });
    if (same == into.end()) {
      into.push_back(count);
    } else if (is_more_exact(count, *same)) {
      const bool within = (!same->low || (count.low && *count.low >= *same->low)) &&
                          (!same->high || (count.high && *count.high <= *same->high));
      if (within) *same = count;
    }
  }
}

template <class Item, class Key>
void join(std::vector<Item>& into, const std::vector<Item>& from, Key key) {
  for (const Item& item : from) {
    if (std::ranges::find(into, std::invoke(key, item), key) == into.end()) into.push_back(item);
  }
}

bool is_finer_place(const Mention& a, const Mention& b) {
  return !a.places.empty() && !b.places.empty() && a.places.front().precision < b.places.front().precision;
}

/// Joins `later` into `earlier`; the better founded one gives trigger, stage and teller.
Mention joined(const Mention& earlier, const Mention& later) {
  const bool later_leads = foundation(later) > foundation(earlier);
  const Mention& lead = later_leads ? later : earlier;
  const Mention& other = later_leads ? earlier : later;
  Mention out = lead;
  if (other.time.own && (!lead.time.own || other.time.time.precision < lead.time.time.precision)) out.time = other.time;
  if (lead.places.empty() || (other.own_place && !lead.own_place) || (other.own_place && is_finer_place(other, lead))) {
    out.places = other.places.empty() ? lead.places : other.places;
    out.within = other.within;
    out.own_place = lead.own_place || other.own_place;
  }
  if (!out.speaker) {
    out.speaker = other.speaker;
    if (other.speaker) out.attribution = other.attribution;
  }
  if (lead.stage == Stage::occurred && other.stage != Stage::occurred) out.stage = other.stage;
  if (out.polarity == Polarity::corrected) {
    // The words that replace come after the words replaced.
    out.counts = later.counts;
    join_counts(out.counts, earlier.counts);
  } else {
    join_counts(out.counts, other.counts);
  }
  if (out.actors.empty()) out.actors = other.actors;
  if (out.targets.empty()) out.targets = other.targets;
  join(out.persons, other.persons, &Person::span);
  join(out.slogans, other.slogans, std::identity{});
  out.confidence = std::max(lead.confidence, other.confidence);
  return out;
}

/// How well a later mention suits an earlier one; -1 when they are two acts.
int suits(const Mention& earlier, const Mention& later) {
  if (!can_merge(earlier, later)) return -1;
  return 2 * static_cast<int>(times_meet(earlier.time.time, later.time.time)) +
         static_cast<int>(!earlier.places.empty() && !later.places.empty());
}

}  // namespace

namespace {

/// Which words of two mentions of one act the claim keeps; gives the trail of both.
std::uint32_t note_merge(Trace& trace, const Mention& earlier, const Mention& later, const Mention& kept) {
  const std::uint32_t both = trace.grow(earlier.trail, later.trail);
  const bool later_leads = kept.trigger.span == later.trigger.span;
  const Mention& other = later_leads ? earlier : later;
  trace.take(both, Slot::act, "", {"the same act is told again: place, time and tellers agree"}, &other.trigger);
  return both;
}

}  // namespace

std::vector<Mention> merge_mentions(std::vector<Mention> mentions, Trace* trace) {
  std::vector<Mention> out;
  for (Mention& mention : mentions) {
    int best = -1;
    std::size_t at = 0;
    for (std::size_t i = out.size(); i-- > 0;) {
      const bool same_trigger = out[i].trigger.first == mention.trigger.first && out[i].sentence == mention.sentence;
      const int score = same_trigger ? -1 : suits(out[i], mention);
      if (score > best) {
        best = score;
        at = i;
      }
    }
    if (best < 0) {
      out.push_back(std::move(mention));
    } else {
      Mention whole = joined(out[at], mention);
      if (trace != nullptr) whole.trail = note_merge(*trace, out[at], mention, whole);
      out[at] = std::move(whole);
    }
  }
  std::ranges::sort(out, {}, [](const Mention& mention) {
    const Span place = mention.places.empty() ? Span{} : mention.places.front().span.value_or(Span{});
    return std::tuple(mention.trigger.span, mention.act, mention.time.time.start, place);
  });
  return out;
}

void fill_forward(std::vector<Mention>& mentions, Trace* trace) {
  const Mention* placed = nullptr;
  const Mention* timed = nullptr;
  bool one_place = true;
  bool one_time = true;
  for (const Mention& mention : mentions) {
    if (mention.own_place && !mention.places.empty()) {
      one_place = one_place && (placed == nullptr || places_agree(*placed, mention));
      if (placed == nullptr || is_finer_place(mention, *placed)) placed = &mention;
    }
    if (mention.time.own && mention.time.time.precision <= TimePrecision::week && is_done(mention.stage)) {
      one_time = one_time && (timed == nullptr || timed->time.time.start == mention.time.time.start);
      timed = &mention;
    }
  }
  for (Mention& mention : mentions) {
    if (mention.places.empty() && placed != nullptr && one_place && !mention.umbrella) {
      mention.places = placed->places;
      if (trace != nullptr) {
        trace->take(mention.trail, Slot::place, trace_value(placed->places.front()),
                    {"it is the only place that the report gives an act"}, placed->places.front().span);
      }
    }
    const bool open = !mention.time.own && !mention.time.time.span;
    if (open && timed != nullptr && one_time && is_done(mention.stage) && !mention.umbrella) {
      mention.time.time = timed->time.time;
      if (trace != nullptr) {
        trace->take(mention.trail, Slot::time, trace_value(mention.time.time),
                    {"it is the only day that the report gives an act"}, mention.time.time.span);
      }
    }
  }
}

void relate_disputes(std::vector<Mention>& mentions, Trace* trace) {
  for (std::size_t i = 0; i < mentions.size(); ++i) {
    Mention& dispute = mentions[i];
    if (dispute.polarity == Polarity::asserted || dispute.about) continue;
    for (std::size_t j = 0; j < mentions.size(); ++j) {
      const Mention& other = mentions[j];
      if (other.polarity != Polarity::asserted || other.act != dispute.act || !places_agree(other, dispute)) continue;
      dispute.about = j;
      if (j > i) break;
    }
    if (trace != nullptr && dispute.about) {
      const Mention& other = mentions[*dispute.about];
      trace->take(dispute.trail, Slot::about, "", {"it disputes the same act at the same place"}, &other.trigger);
    }
  }
}

}  // namespace gavah::code
