#include "coding/gold_claim.h"

#include <array>
#include <map>
#include <sstream>

#include "base/check.h"
#include "base/format.h"
#include "coding/coding.h"

namespace gavah::code::bench {
namespace {

std::optional<Day> day_of(const Json* value) {
  if (value == nullptr || value->string() == nullptr) return std::nullopt;
  return Day::parse(*value->string()).value();
}

std::optional<std::int64_t> number_of(const Json& object, std::string_view key) {
  const Json* value = object.find(key);
  return value == nullptr ? std::nullopt : value->integer();
}

const Json::Array& items_of(const Json& object, std::string_view key) {
  static const Json::Array kNone;
  const Json* value = object.find(key);
  return value == nullptr ? kNone : value->items();
}

std::vector<SlotWords> slots_of(const Json& claim, std::string_view key, std::string_view label) {
  std::vector<SlotWords> out;
  for (const Json& item : items_of(claim, key))
    out.push_back(
        {std::string(item.text_of("words")), std::string(item.text_of(label)), std::string(item.text_of("precision"))});
  return out;
}

GoldClaim claim_of(const Json& json, const std::string& text) {
  GoldClaim claim{.act = std::string(json.text_of("act")),
                  .stage = std::string(json.text_of("stage")),
                  .polarity = std::string(json.text_of("polarity")),
                  .attribution = std::string(json.text_of("attribution")),
                  .speaker = std::string(json.text_of("speaker")),
                  .words = std::string(json.text_of("trigger"))};
  const auto at = text.find(claim.words);
  GAVAH_CHECK(at != std::string::npos);
  claim.trigger = {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + claim.words.size())};
  const Json* umbrella = json.find("umbrella");
  claim.umbrella = umbrella != nullptr && umbrella->boolean().value_or(false);
  if (const auto about = number_of(json, "about")) claim.about = static_cast<std::size_t>(*about);
  if (const Json* time = json.find("time")) {
    claim.first = day_of(time->find("first"));
    claim.past = day_of(time->find("past"));
  }
  claim.places = slots_of(json, "places", "role");
  claim.actors = slots_of(json, "actors", "class");
  claim.targets = slots_of(json, "targets", "class");
  for (const Json& person : items_of(json, "persons"))
    claim.persons.push_back(
        {std::string(person.text_of("name")), std::string(person.text_of("condition")), number_of(person, "age")});
  for (const Json& count : items_of(json, "counts"))
    claim.counts.push_back({std::string(count.text_of("kind")), number_of(count, "low"), number_of(count, "high")});
  return claim;
}

std::vector<GoldClaim> claims_of(const Json& json, std::string_view key, const std::string& text) {
  std::vector<GoldClaim> out;
  for (const Json& claim : items_of(json, key)) out.push_back(claim_of(claim, text));
  return out;
}

std::vector<SlotWords> actors_of(const std::vector<Actor>& actors) {
  std::vector<SlotWords> out;
  for (const Actor& actor : actors) out.push_back({actor.name, actor.actor_class});
  return out;
}

/// A count as the gold writes it (bench/gold/README.md): claims keep the interval of the words, a convention is applied
/// where somebody exports (code/convention.h).
CountRow under_gold(const Count& count) {
  CountRow row{count.kind, count.low, count.high};
  if (count.qualifier == "about" && count.low && count.low == count.high) {
    row.low = *count.low * 8 / 10;
    row.high = *count.low * 12 / 10;
  } else if (count.qualifier == "nearly" && count.low && count.low == count.high) {
    row.low = *count.low * 9 / 10;
    row.high = *count.low - 1;
  } else if (count.qualifier == "up to") {
    row.low = 0;
  } else if (count.low && count.high && *count.high >= 9 && (*count.high + 1) % 10 == 0 && *count.low < *count.high) {
    const std::int64_t unit = (*count.high + 1) / 10;
    if (unit == 10) row.low = 24;  // dozens, tens
    if (unit > 10 && (*count.low == unit || *count.low == unit * 11 / 10)) row.low = 2 * unit;
    row.high.reset();
    if (unit > 10 && *count.low == 2 * unit) row.high = 5 * unit;  // a few hundred
  }
  return row;
}

GoldClaim coded_claim(const Claim& claim, const Report& report) {
  GoldClaim out{.act = claim.act,
                .stage = std::string(name_of(claim.stage)),
                .polarity = std::string(name_of(claim.polarity)),
                .attribution = std::string(name_of(claim.attribution)),
                .speaker = claim.speaker ? claim.speaker->name : std::string(),
                .words = report.text.substr(claim.trigger.begin, claim.trigger.size()),
                .trigger = claim.trigger,
                .umbrella = claim.umbrella};
  if (claim.time.span && claim.time.start) out.first = claim.time.start->day();
  if (claim.time.span && claim.time.end) out.past = Instant{claim.time.end->seconds - 1}.day().plus(1);
  for (const Place& place : claim.places)
    out.places.push_back(
        {place.phrase, place.role == PlaceRole::at ? std::string() : std::string(name_of(place.role))});
  out.actors = actors_of(claim.actors);
  out.targets = actors_of(claim.targets);
  for (const Person& person : claim.persons) out.persons.push_back({person.name, person.condition, person.age});
  for (const Count& count : claim.counts) out.counts.push_back(under_gold(count));
  return out;
}

/// The name without the noun that says what the place is.
std::string_view bare_name(std::string_view words) {
  constexpr std::array<std::string_view, 8> kHeads{"استان ", "روستای ", "شهر ", "قرية ",
                                                   "مدينة ", "كشور ",   "the ", "ولاية "};
  for (const auto head : kHeads) {
    if (words.starts_with(head)) words.remove_prefix(head.size());
  }
  return words;
}

/// Common nouns that stand where a name could: "the capital".
bool is_name(std::string_view words, std::string_view lang) {
  constexpr std::array<std::string_view, 6> kNouns{"پایتخت", "شهر", "این استان", "البلاد", "العاصمة", "المدينة"};
  for (const auto noun : kNouns) {
    if (words == noun) return false;
  }
  return lang != "en" || (!words.empty() && words.front() >= 'A' && words.front() <= 'Z');
}

}  // namespace

std::vector<GoldReport> gold_reports(const std::string& path) {
  std::vector<GoldReport> out;
  std::istringstream in(file_text(path));
  for (std::string line; std::getline(in, line);) {
    const Json json = Json::parse(line).value();
    const std::string text(json.text_of("text"));
    GoldReport report{std::string(json.text_of("id")), std::string(json.text_of("lang")),
                      report_of(text, Day::parse(json.text_of("published")).value()), claims_of(json, "claims", text),
                      claims_of(json, "second", text)};
    report.report.lang = report.lang;
    report.report.kind = json.text_of("kind") == "post" ? ReportKind::post : ReportKind::article;
    out.push_back(std::move(report));
  }
  return out;
}

std::vector<GoldClaim> coded_claims(const std::vector<Claim>& claims, const Report& report) {
  std::vector<GoldClaim> out;
  for (const Claim& claim : claims) out.push_back(coded_claim(claim, report));
  for (std::size_t i = 0; i < claims.size(); ++i) {
    for (std::size_t j = 0; j < claims.size(); ++j) {
      if (claims[i].about && claims[j].id == *claims[i].about) out[i].about = j;
    }
  }
  return out;
}

std::string places_of_gold(const std::vector<GoldReport>& reports, std::string known) {
  static const std::map<std::string, std::string> kFeatures{{"G1", "P\tPPL"}, {"G3", "A\tADM1"}, {"G4", "A\tPCLI"}};
  int number = 0;
  for (const GoldReport& report : reports) {
    for (const GoldClaim& claim : report.first) {
      for (const SlotWords& place : claim.places) {
        const auto feature = kFeatures.find(place.precision);
        const std::string name(bare_name(place.words));
        if (feature == kFeatures.end() || !is_name(name, report.lang)) continue;
        if (!place::Gazetteer::load(known).value().named(name).empty()) continue;
        ++number;
        const auto country = place.precision == "G4" ? format("X{:c}", 'A' + number % 26) : "ZZ";
        const auto province = place.precision == "G3" ? format("9{}", number) : "00";
        known +=
            format("99{:05}\t{}\t{}\t{}\t{:.2f}\t{:.2f}\t{}\t{}\t\t{}\t\t\t\t1000\t\t\tEtc/UTC\t2026-11-23\n", number,
                   name, name, name, 40.0 + 0.01 * number, 51.0 + 0.01 * number, feature->second, country, province);
      }
    }
  }
  return known;
}

}  // namespace gavah::code::bench
