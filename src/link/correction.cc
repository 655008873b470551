#include <algorithm>
#include <charconv>
#include <tuple>

#include "base/format.h"
#include "link/link.h"

namespace gavah::link {
namespace {

constexpr std::string_view kCountPrefix = "count:";

Result<Json> wrapped(std::string_view key, std::string_view value) {
  return Json::parse(format("{{\"{}\":{}}}", key, value));
}

Result<TimeInterval> time_from(std::string_view value) {
  if (value.starts_with('{')) {
    GAVAH_ASSIGN_AS(const Json json, wrapped("time", value), "reading a corrected time");
    ObjectReader in(json);
    TimeInterval time = read_time(in, "time");
    GAVAH_TRY(in.finish());
    return time;
  }
  const std::size_t slash = std::min(value.find('/'), value.size());
  GAVAH_ASSIGN(const Day first, Day::parse(value.substr(0, slash)));
  Day last = first;
  if (slash < value.size()) {
    GAVAH_ASSIGN(last, Day::parse(value.substr(slash + 1)));
  }
  if (last < first) return fail(ErrorCode::invalid_input, "a time ends before it starts");
  return TimeInterval::of_days(first, last.plus(1), first == last ? TimePrecision::day_stated : TimePrecision::wider);
}

/// One object, or a list of them.
std::string listed(std::string_view value) {
  return value.starts_with('[') ? std::string(value) : format("[{}]", value);
}

Result<std::vector<Place>> places_from(std::string_view value) {
  GAVAH_ASSIGN_AS(const Json json, wrapped("places", listed(value)), "reading a corrected place");
  ObjectReader in(json);
  std::vector<Place> places = read_places(in, "places");
  GAVAH_TRY(in.finish());
  return places;
}

/// The words of the one that a claim has already; nothing where it has none, or several and no name tells them apart.
template <class One, class Same>
std::optional<Span> words_of(const std::vector<One>& all, std::string_view name, Same same) {
  std::optional<Span> out;
  for (const One& one : all) {
    if (one.name != name || (name.empty() && !same(one))) continue;
    if (!out) out = one.span;
    if (name.empty() && one.span != out) return std::nullopt;
  }
  return out;
}

/// Who the claim names already keeps its words; others rest on none, whatever a decision says of them: it outlives the
/// text that its spans were of. One without a name is known by the class.
void keep_words(Actor& actor, const Claim& claim) {
  std::vector<Actor> all = claim.actors;
  all.insert(all.end(), claim.targets.begin(), claim.targets.end());
  if (claim.speaker) all.push_back(*claim.speaker);
  actor.span = words_of(all, actor.name, [&](const Actor& other) { return other.actor_class == actor.actor_class; });
}

Result<std::vector<Actor>> actors_from(const Claim& claim, std::string_view value) {
  GAVAH_ASSIGN_AS(const Json json, wrapped("actors", listed(value)), "reading corrected actors");
  ObjectReader in(json);
  std::vector<Actor> actors = read_actors(in, "actors");
  GAVAH_TRY(in.finish());
  for (Actor& actor : actors) keep_words(actor, claim);
  return actors;
}

Result<std::vector<Person>> persons_from(const Claim& claim, std::string_view value) {
  GAVAH_ASSIGN_AS(const Json json, wrapped("persons", listed(value)), "reading corrected persons");
  ObjectReader in(json);
  std::vector<Person> persons = read_persons(in, "persons");
  GAVAH_TRY(in.finish());
  for (Person& person : persons) {
    person.span = words_of(claim.persons, person.name,
                           [&](const Person& other) { return person.age && other.age == person.age; });
  }
  return persons;
}

/// "authority", or {"attribution":"authority","speaker":ACTOR}. Alone it leaves the speaker; where nobody vouches,
/// there is none.
Result<void> correct_attribution(Claim& claim, std::string_view value) {
  if (!value.starts_with('{')) {
    GAVAH_ASSIGN(claim.attribution, attribution_from(value));
    if (claim.attribution == Attribution::unattributed) claim.speaker.reset();
    return {};
  }
  GAVAH_ASSIGN_AS(const Json json, Json::parse(value), "reading a corrected attribution");
  ObjectReader in(json);
  const Attribution attribution = in.parsed("attribution", attribution_from);
  std::optional<Actor> speaker = read_actor(in, "speaker");
  GAVAH_TRY(in.finish());
  if (speaker) keep_words(*speaker, claim);
  claim.attribution = attribution;
  claim.speaker = attribution == Attribution::unattributed ? std::nullopt : std::move(speaker);
  return {};
}

Result<std::optional<std::int64_t>> bound_from(std::string_view text) {
  if (text.empty()) return std::optional<std::int64_t>();
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 0) {
    return fail(ErrorCode::invalid_input, format("'{}' is no count", text.substr(0, 40)));
  }
  return std::optional(number);
}

Result<void> correct_count(Claim& claim, std::string_view kind, std::string_view value) {
  const std::size_t dash = std::min(value.find('-'), value.size());
  GAVAH_ASSIGN(const auto low, bound_from(value.substr(0, dash)));
  auto high = low;
  if (dash < value.size()) {
    GAVAH_ASSIGN(high, bound_from(value.substr(dash + 1)));
  }
  if (kind.empty() || (!low && !high) || (low && high && *high < *low)) {
    return fail(ErrorCode::invalid_input, format("'{}' is no count", value.substr(0, 40)));
  }
  std::erase_if(claim.counts, [&](const Count& count) { return count.kind == kind; });
  Count count;
  count.kind = std::string(kind);
  count.low = low;
  count.high = high;
  claim.counts.push_back(std::move(count));
  return {};
}

/// 0 for what is no number.
std::uint32_t number_from(std::string_view text) {
  std::uint32_t out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size() ? out : 0;
}

}  // namespace

NamedClaims named_claims(std::string_view words) {
  constexpr std::string_view kOf = " of ";
  const auto of = words.rfind(kOf);
  const auto cut = of == std::string_view::npos ? of : words.rfind(' ', of - 1);
  if (of == std::string_view::npos || of == 0 || cut == std::string_view::npos) return {.act = words};
  const auto number = number_from(words.substr(cut + 1, of - cut - 1));
  const auto all = number_from(words.substr(of + kOf.size()));
  if (number == 0 || number > all) return {.act = words};
  return {.act = words.substr(0, cut), .number = number, .of = all};
}

Rank rank_of(const Claim& claim, std::span<const Claim> coded) {
  const auto self = std::ranges::find(coded, claim.id, &Claim::id);
  Rank out{.act = self != coded.end() ? self->act : claim.act, .number = 1, .of = 0};
  const auto place = [](const Claim& one) { return std::tuple(one.trigger.begin, one.trigger.end, one.id); };
  for (const Claim& other : coded) {
    if (other.act != out.act || other.anchor != claim.anchor) continue;
    ++out.of;
    if (place(other) < place(claim)) ++out.number;
  }
  return out;
}

bool means(const NamedClaims& named, const Claim& claim, const Rank& rank) {
  if (named.of == 0) return named.act.empty() || named.act == claim.act;
  return named.act == rank.act && named.number == rank.number && named.of == rank.of;
}

CorrectedSlot corrected_slot(std::string_view slot) {
  const auto slash = slot.find('/');
  if (slash == std::string_view::npos) return {{}, slot};
  return {named_claims(slot.substr(0, slash)), slot.substr(slash + 1)};
}

Result<void> correct_slot(Claim& claim, std::string_view slot, std::string_view value) {
  if (slot == "act" && !value.empty()) {
    claim.act = std::string(value);
  } else if (slot == "stage") {
    GAVAH_ASSIGN(claim.stage, stage_from(value));
  } else if (slot == "polarity") {
    GAVAH_ASSIGN(claim.polarity, polarity_from(value));
  } else if (slot == "time") {
    GAVAH_ASSIGN(claim.time, time_from(value));
  } else if (slot == "place") {
    GAVAH_ASSIGN(claim.places, places_from(value));
  } else if (slot == "attribution") {
    GAVAH_TRY(correct_attribution(claim, value));
  } else if (slot == "actor") {
    GAVAH_ASSIGN(claim.actors, actors_from(claim, value));
  } else if (slot == "target") {
    GAVAH_ASSIGN(claim.targets, actors_from(claim, value));
  } else if (slot == "person") {
    GAVAH_ASSIGN(claim.persons, persons_from(claim, value));
  } else if (slot.starts_with(kCountPrefix)) {
    GAVAH_TRY(correct_count(claim, slot.substr(kCountPrefix.size()), value));
  } else if (slot == "umbrella" && (value == "true" || value == "false")) {
    claim.umbrella = value == "true";
  } else {
    return fail(ErrorCode::invalid_input,
                format("no slot '{}' that takes '{}'", slot.substr(0, 40), value.substr(0, 40)));
  }
  return {};
}

}  // namespace gavah::link
