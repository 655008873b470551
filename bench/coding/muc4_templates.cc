// Templates of the task are made of claims by the rules of its own document.
#include <algorithm>
#include <array>
#include <map>
#include <ranges>
#include <set>

#include "base/format.h"
#include "coding/coding.h"
#include "coding/muc4.h"
#include "text/text.h"

namespace gavah::code::bench {
namespace {

bool has_any(const std::string& text, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return text.find(word) != std::string::npos; });
}

std::string upper(std::string_view text) {
  std::string out;
  for (const char c : text) out.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c);
  return out;
}

/// A claim of a kind that the task asks for.
struct Part {
  const Claim* claim = nullptr;
  std::string type;
  std::string stage;
  std::string date;
  bool dated = false;  ///< in its own words
  std::vector<std::string> chain;
  bool unhurt = false;  ///< a later claim says that nobody was killed
};

/// The incident type of an act; empty for acts that the task does not ask for.
std::string type_of(const Claim& claim, const std::string& trigger) {
  if (claim.act == "abduction") return "KIDNAPPING";
  const bool violent = claim.act == "killing" || claim.act == "live fire" || claim.act == "group clash" ||
                       claim.act == "property attack" || claim.act == "armed attack" || claim.act == "bombing";
  if (!violent) return {};
  if (has_any(trigger, {"BOMB", "EXPLO", "DYNAMIT", "DETONAT", "GRENADE", "BLEW", "BLOW"})) return "BOMBING";
  if (claim.act == "property attack" && has_any(trigger, {"BURN", "FIRE", "ARSON", "TORCH", "ABLAZE"})) return "ARSON";
  return "ATTACK";
}

std::string stage_of(Stage stage) {
  if (stage == Stage::planned || stage == Stage::threatened) return "THREATENED";
  return stage == Stage::attempted || stage == Stage::cancelled ? "ATTEMPTED" : "ACCOMPLISHED";
}

std::string date_of(const Claim& claim, const Document& document) {
  const std::string header = document.dated ? "- " + muc_day(*document.dated) : "";
  if (!claim.time.span || !claim.time.start || !claim.time.end) return header;
  const std::string phrase = upper(claim.time.phrase);
  // Days of the week stand for "on or before the day of the report" (note 1 of the slot's rules).
  if (has_any(phrase, {"DAY", "WEEK"}) && !has_any(phrase, {"YESTERDAY", "TODAY", "DAYS AGO"}) &&
      !std::ranges::any_of(phrase, [](char c) { return c >= '0' && c <= '9'; }))
    return header;
  const Day first = claim.time.start->day();
  const Day last = Instant{claim.time.end->seconds - 1}.day();
  return first == last ? muc_day(first) : muc_day(first) + " - " + muc_day(last);
}

std::string confidence_of(const Claim& claim, const std::set<ClaimId>& hedged) {
  static const std::array<std::string_view, 9> kAuthorities{"police",     "military",  "security forces",
                                                            "government", "judiciary", "intelligence",
                                                            "prison",     "foreign",   "unknown"};
  const bool authority =
      claim.speaker && std::ranges::find(kAuthorities, claim.speaker->actor_class) != kAuthorities.end();
  if (claim.polarity == Polarity::doubted) return "POSSIBLE";
  if (claim.attribution == Attribution::claimed_by_actor) return "CLAIMED OR ADMITTED";
  if (claim.attribution == Attribution::accused || hedged.contains(claim.id))
    return authority ? "SUSPECTED OR ACCUSED BY AUTHORITIES" : "SUSPECTED OR ACCUSED";
  return "REPORTED AS FACT";
}

/// The slot is of organisations: an actor whose words only say what kind of people they are is none.
bool is_organisation(const Actor& actor) {
  const std::string name = upper(actor.name);
  if (actor.actor_class == "military") return has_any(name, {"ARMY", "ARMED FORCES", "AIR FORCE", "MILITARY"});
  if (actor.actor_class != "armed group") return false;
  return has_any(name, {"FRONT", "ARMY", "MOVEMENT", "CARTEL", "MAFIA", "PATH", "SENDERO", "FMLN", "MRTA", "FARC",
                        "ELN", "M-19", "FORCES", "EXTRADITABLES", "SQUAD", "ORGANIZATION", "FPMR", "FPM", "COMMAND"}) &&
         !name.ends_with("COMMANDOS");
}

std::string number_of(const Count& count) {
  if (count.low && count.low == count.high) return std::to_string(*count.low);
  return "PLURAL";
}

/// The nine countries of the task: what lies elsewhere says nothing of where its incidents were.
bool is_asked(std::string_view country) {
  static const std::array<std::string_view, 9> kAsked{"EL SALVADOR", "GUATEMALA", "HONDURAS", "ARGENTINA", "BOLIVIA",
                                                      "CHILE",       "COLOMBIA",  "ECUADOR",  "PERU"};
  return std::ranges::find(kAsked, country) != kAsked.end();
}

std::vector<std::string> chain_of(const Place& place, const place::Gazetteer& places) {
  std::vector<std::string> out;
  for (const std::string& id : place.path) {
    if (const auto found = places.find(id)) out.push_back(upper(places.entry(*found).name));
  }
  return out;
}

bool leads(const std::vector<std::string>& outer, const std::vector<std::string>& inner) {
  return outer.size() <= inner.size() && std::equal(outer.begin(), outer.end(), inner.begin());
}

bool places_agree(const Part& a, const Part& b) { return leads(a.chain, b.chain) || leads(b.chain, a.chain); }

bool dates_agree(const Part& a, const Part& b) {
  if (!a.dated || !b.dated || a.date.starts_with('-') || b.date.starts_with('-')) return true;
  return a.claim->time.start < b.claim->time.end && b.claim->time.start < a.claim->time.end;
}

/// Bytes between what tells of one incident in two ways ("A bomb went off ... Three people were killed").
constexpr std::uint32_t kNearBytes = 400;

bool is_result(const Part& part) {
  return part.type == "ATTACK" && (part.claim->act == "killing" || part.claim->act == "live fire");
}

bool types_agree(const Part& a, const Part& b) {
  if (a.type == b.type) return true;
  if (a.type == "KIDNAPPING" || b.type == "KIDNAPPING") return false;
  const auto [first, last] = std::minmax(a.claim->trigger.begin, b.claim->trigger.begin);
  return (is_result(a) || is_result(b)) && last - first <= kNearBytes;
}

bool agree(const Part& a, const Part& b) {
  return a.stage == b.stage && types_agree(a, b) && places_agree(a, b) && dates_agree(a, b);
}

bool is_plural(const std::string& name) {
  constexpr std::array<std::string_view, 4> kPlurals{"PEOPLE", "MEN", "WOMEN", "CHILDREN"};
  const std::string last = name.substr(name.rfind(' ') == std::string::npos ? 0 : name.rfind(' ') + 1);
  return std::ranges::find(kPlurals, last) != kPlurals.end() || (last.ends_with('S') && !last.ends_with("SS"));
}

/// How many people a noun is: the number in the words right before it, else one or several.
std::string number_before(const Actor& actor, const text::Reading& reading) {
  constexpr std::uint32_t kNumberReach = 3;
  const std::string several = is_plural(upper(actor.name)) ? "PLURAL" : "1";
  if (!actor.span) return several;
  const std::uint32_t first = reading.token_at(actor.span->begin);
  const text::Number* nearest = nullptr;
  for (const auto& number : reading.numbers()) {
    if (number.form == text::NumberForm::ordinal || number.past_token > first) continue;
    if (first - number.past_token >= kNumberReach || !number.low || number.low != number.high) continue;
    nearest = &number;
  }
  if (nearest != nullptr && several == "PLURAL") return std::to_string(*nearest->low);
  return several;
}

/// Soldiers and guerrillas who fall in fighting are no targets of terrorists (the task's note on military targets).
bool is_of_fighters(const Count& count) {
  return has_any(upper(count.phrase), {"SOLDIER", "TROOP", "REBEL", "GUERRILLA", "INSURGENT", "COMBATANT"});
}

/// Whether the first `before` people, whom other claims told of, can be those: as many, or some number of them.
bool is_told(const Template& to, std::size_t before, const std::string& number, const std::string& effect) {
  for (std::size_t i = 0; i < before; ++i) {
    const std::string& other = to.numbers[i].front();
    if (to.effects[i].front() == effect && other != "1" && (other == number || number == "PLURAL")) return true;
  }
  return false;
}

/// Those hurt, and what became of them.
void add_people(Template& to, const Claim& claim, const text::Reading& reading, std::vector<std::string>& seen) {
  const auto add = [&](std::string number, std::string effect) {
    for (std::size_t i = 0; i < to.numbers.size(); ++i) {
      if (to.numbers[i].front() == number && to.effects[i].front() == effect) return;
    }
    to.numbers.push_back({std::move(number)});
    to.effects.push_back({std::move(effect)});
  };
  const bool kidnapped = to.types.front() == "KIDNAPPING";
  const std::size_t before = to.numbers.size();
  std::vector<Span> counted;
  for (const Count& count : claim.counts) {
    const bool taken = kidnapped && count.kind == "abducted";
    const std::string effect = count.kind == "killed" ? "DEATH" : count.kind == "injured" ? "INJURY" : "";
    if ((effect.empty() && !taken) || is_of_fighters(count)) continue;
    add(number_of(count), effect);
    if (count.span) counted.push_back(*count.span);
  }
  const std::string effect = claim.act == "killing" ? "DEATH" : "";
  for (const Actor& target : claim.targets) {
    if (target.actor_class == "armed group" || target.actor_class == "military") continue;
    const bool is_counted = target.span && std::ranges::any_of(counted, [&](const Span& span) {
                              return span.begin < target.span->end && target.span->begin < span.end;
                            });
    const std::string name = upper(target.name);
    const bool again = std::ranges::find(seen, name) != seen.end();
    if (!again) seen.push_back(name);
    if (is_counted || again || (claim.act == "property attack" && effect.empty())) continue;
    const std::string number = number_before(target, reading);
    if (number != "1" && is_told(to, before, number, effect)) continue;
    to.numbers.push_back({number});
    to.effects.push_back({effect});
  }
  if (!to.numbers.empty()) return;
  if (claim.act == "killing" || kidnapped) add("1", effect);
}

/// What is admitted or doubted says more than what is told as fact.
void note_confidence(Template& to, const std::string& value) {
  if (to.confidences.empty() || to.confidences.front().front() == "REPORTED AS FACT") to.confidences = {{value}};
}

/// Whether any claim of the text names an armed organisation.
enum class Named : std::uint8_t { nobody, organisation };

Template fill(const std::vector<Part>& parts, const text::Reading& reading, Named named_in_text,
              const std::set<ClaimId>& hedged) {
  Template out;
  const auto has = [&](std::string_view type) { return std::ranges::find(parts, type, &Part::type) != parts.end(); };
  out.types = {has("BOMBING") ? "BOMBING" : has("ARSON") ? "ARSON" : parts.front().type};
  out.stages = {parts.front().stage};
  out.dates = {parts.front().date};
  out.locations = {parts.front().chain};
  std::vector<std::string> seen;
  for (const Part& part : parts) {
    if (out.dates.front().starts_with('-') && part.dated) out.dates = {part.date};
    if (part.chain.size() > out.locations.front().size()) out.locations = {part.chain};
    const Claim& claim = *part.claim;
    const bool named =
        std::ranges::any_of(claim.actors, is_organisation) ||
        (claim.attribution == Attribution::claimed_by_actor && claim.speaker && is_organisation(*claim.speaker));
    if (named) note_confidence(out, confidence_of(claim, hedged));
    add_people(out, *part.claim, reading, seen);
  }
  // What no claim says who did is taken for the organisation that the text names.
  if (out.confidences.empty() && named_in_text == Named::organisation) {
    for (const Part& part : parts) note_confidence(out, confidence_of(*part.claim, hedged));
  }
  if (parts.front().unhurt && out.effects.empty()) out.effects = {{"NO INJURY OR DEATH"}};
  return out;
}

/// The country that a text names most often, by its own name or by that of its people; the slot may never be empty.
std::string country_of(const std::string& text) {
  static const std::array<std::pair<std::string_view, std::string_view>, 20> kNames{
      {{"SALVADOR", "EL SALVADOR"}, {"FMLN", "EL SALVADOR"},    {"COLOMBIA", "COLOMBIA"}, {"BOGOTA", "COLOMBIA"},
       {"MEDELLIN", "COLOMBIA"},    {"PERU", "PERU"},           {"LIMA", "PERU"},         {"SHINING PATH", "PERU"},
       {"GUATEMALA", "GUATEMALA"},  {"HONDURA", "HONDURAS"},    {"CHILE", "CHILE"},       {"SANTIAGO", "CHILE"},
       {"BOLIVIA", "BOLIVIA"},      {"ECUADOR", "ECUADOR"},     {"QUITO", "ECUADOR"},     {"ARGENTIN", "ARGENTINA"},
       {"PANAMA", "PANAMA"},        {"NICARAGUA", "NICARAGUA"}, {"BRAZIL", "BRAZIL"},     {"VENEZUELA", "VENEZUELA"}}};
  std::map<std::string_view, int> counts;
  for (const auto& [word, country] : kNames) {
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++counts[country];
  }
  const auto most = std::ranges::max_element(counts, {}, &std::pair<const std::string_view, int>::second);
  return most == counts.end() ? std::string() : std::string(most->first);
}

std::string bucket(std::size_t value) { return value < 4 ? std::to_string(value) : value < 8 ? "4-7" : "8-"; }

std::string age_of(const Part& part, const Document& document) {
  if (!part.dated || !document.dated || !part.claim->time.start) return "none";
  const auto days = (Instant::at_start_of(*document.dated).seconds - part.claim->time.start->seconds) / 86400;
  if (days < 0) return "ahead";
  return days <= 1 ? "a day" : days <= 7 ? "a week" : days <= 31 ? "a month" : days <= 62 ? "two months" : "old";
}

Features features_of(const std::vector<Part>& parts, const Report& report, const Document& document,
                     std::size_t ordinal, std::size_t of) {
  constexpr double kTextWeight = 0.25;
  constexpr double kSentenceWeight = 0.5;
  Features out;
  for (const Part& part : parts) {
    add_claim(out, report, *part.claim);
    out.add("age", age_of(part, document));
    if (part.claim->anchor) {
      const auto& trigger = part.claim->trigger;
      const std::size_t from = report.text.rfind('.', trigger.begin);
      const std::size_t begin = from == std::string::npos ? 0 : from;
      const std::size_t end = std::min(report.text.find('.', trigger.end), report.text.size());
      out.add_words("sentence", std::string_view(report.text).substr(begin, end - begin), kSentenceWeight);
    }
  }
  Features whole;
  whole.add_words("text", report.text, kTextWeight);
  out.add_all(whole);
  const Part& first = parts.front();
  out.add("type", first.type, 2);
  out.add("stage", first.stage, 2);
  out.add("claims", bucket(parts.size()), 2);
  out.add("ordinal", bucket(ordinal), 2);
  out.add("incidents", bucket(of), 2);
  out.add("place", std::to_string(first.chain.size()), 2);
  out.add("country", first.chain.empty() ? "none" : first.chain.front(), 2);
  out.add("position", std::to_string(8 * first.claim->trigger.begin / std::max<std::size_t>(1, report.text.size())), 2);
  out.finish();
  return out;
}

}  // namespace

std::vector<Incident> incidents_of(const Document& document, const Report& report, const std::vector<Claim>& claims,
                                   const std::set<ClaimId>& hedged, const place::Gazetteer& places) {
  std::vector<std::vector<Part>> groups;
  const std::string country = country_of(upper(report.text));
  const text::Reading reading(report.text);
  for (const Claim& claim : claims) {
    const std::string trigger = upper(report.text.substr(claim.trigger.begin, claim.trigger.size()));
    Part part{&claim,
              type_of(claim, trigger),
              stage_of(claim.stage),
              date_of(claim, document),
              claim.time.span.has_value(),
              {},
              false};
    for (const Place& place : claim.places) {
      const auto chain = chain_of(place, places);
      if (!part.chain.empty() || chain.empty() || !is_asked(chain.front())) continue;
      part.chain = chain;
      // Only the dateline names the town: it says where the report was sent from (note 4 of the slot's rules).
      const bool sent = place.span && place.span->end <= report.text.find("--");
      if (sent && claim.trigger.begin > place.span->end + kNearBytes) part.chain.resize(1);
    }
    if (claim.act == "killing" && claim.polarity == Polarity::denied && !groups.empty())
      groups.back().front().unhurt = true;
    if (part.type.empty() || claim.umbrella || claim.polarity == Polarity::denied) continue;
    const auto same = std::ranges::find_if(groups, [&](const auto& group) {
      return std::ranges::all_of(group, [&](const Part& other) { return agree(other, part); });
    });
    if (same == groups.end()) {
      groups.push_back({std::move(part)});
    } else {
      same->push_back(std::move(part));
    }
  }
  const bool organised = std::ranges::any_of(claims, [](const Claim& claim) {
    return std::ranges::any_of(
               claim.actors,
               [](const Actor& actor) { return actor.actor_class == "armed group" && is_organisation(actor); }) ||
           (claim.speaker && claim.speaker->actor_class == "armed group" && is_organisation(*claim.speaker));
  });
  std::vector<Incident> out;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    Template filled = fill(groups[i], reading, organised ? Named::organisation : Named::nobody, hedged);
    if (filled.locations.front().empty() && !country.empty()) filled.locations = {{country}};
    out.push_back({std::move(filled), features_of(groups[i], report, document, i, groups.size()), {}});
    for (const Part& part : groups[i])
      out.back().words += "[" + report.text.substr(part.claim->trigger.begin, part.claim->trigger.size()) + "]";
  }
  return out;
}

}  // namespace gavah::code::bench
