#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/digest.h"
#include "link/link.h"

// For tests of this room: cases made by hand.
namespace gavah::link {

template <class IdType>
IdType id_of(std::string_view name) {
  return IdType::from_bytes(sha256(name).view());
}

inline Instant noon(std::string_view day) {
  return Instant{Instant::at_start_of(Day::parse(day).value()).seconds + 43200};
}

inline Place place(std::string id, std::string name, PlacePrecision precision, std::vector<std::string> path) {
  Place out;
  out.id = std::move(id);
  out.name = std::move(name);
  out.precision = precision;
  out.path = std::move(path);
  return out;
}
inline Place velmar() { return place("31", "Velmar", PlacePrecision::town, {"XV", "XV-01", "21", "31"}); }
inline Place lantern_square() {
  return place("51", "Lantern Square", PlacePrecision::facility, {"XV", "XV-01", "21", "51"});
}
inline Place kestrin() { return place("35", "Kestrin", PlacePrecision::town, {"XV", "XV-02", "24", "35"}); }
inline Place arvanik() { return place("36", "Arvanik", PlacePrecision::town, {"XV", "XV-01", "22", "36"}); }
inline Place narvania() { return place("XV", "Narvania", PlacePrecision::country, {"XV"}); }

/// A case in the making: reports with their texts, and claims in the order in which they are told.
struct Case {
  std::vector<Report> reports;
  std::vector<Claim> claims;
  std::vector<Source> sources;
  std::vector<Decision> decisions;

  Report& report(std::string_view name, std::string source, std::string_view day, std::string text,
                 std::string lang = "en") {
    Report out;
    out.id = id_of<ReportId>(name);
    out.capture = id_of<CaptureId>(name);
    out.source = std::move(source);
    out.published = TimeInterval::of_instant(noon(day));
    out.captured = noon("2024-06-01");
    out.text = std::move(text);
    out.lang = std::move(lang);
    reports.push_back(std::move(out));
    return reports.back();
  }

  Claim& claim(std::string_view report_name, std::string act, std::string_view first, std::string_view last,
               std::vector<Place> places) {
    Claim out;
    out.report = id_of<ReportId>(report_name);
    const auto number = static_cast<std::uint32_t>(claims.size() * 100);
    out.id = id_of<ClaimId>(std::string(report_name) + std::to_string(number));
    out.anchor = Anchor{id_of<CaptureId>(report_name), 0, ByteRange{number, number + 50}};
    out.trigger = {number, number + 5};
    out.act = std::move(act);
    if (!first.empty()) {
      out.time =
          TimeInterval::of_days(Day::parse(first).value(), Day::parse(last).value().plus(1), TimePrecision::day_stated);
      out.time.phrase = std::string(first);
    }
    out.places = std::move(places);
    claims.push_back(std::move(out));
    return claims.back();
  }
  Claim& claim(std::string_view report_name, std::string act, std::string_view day, std::vector<Place> places) {
    return claim(report_name, std::move(act), day, day, std::move(places));
  }

  Decision& decide(Verb verb, std::vector<Anchor> anchors) {
    Decision out;
    out.id = id_of<DecisionId>("decision" + std::to_string(decisions.size()));
    out.verb = verb;
    out.anchors = std::move(anchors);
    out.leaf = static_cast<std::int64_t>(decisions.size());
    decisions.push_back(std::move(out));
    return decisions.back();
  }

  void family(std::string source, std::string name, std::string family) {
    Source out;
    out.id = std::move(source);
    out.name = std::move(name);
    out.family = std::move(family);
    sources.push_back(std::move(out));
  }

  LinkOutput run(std::size_t threads = 1) const {
    std::vector<ReportDigest> digests;
    for (const Report& each : reports) digests.push_back(digest(each));
    return link({digests, claims, sources, decisions}, IdSecret{}, threads);
  }
};

inline Count count_of(std::string kind, std::optional<std::int64_t> low, std::optional<std::int64_t> high,
                      CountScope scope = CountScope::this_act) {
  Count out;
  out.kind = std::move(kind);
  out.low = low;
  out.high = high;
  out.scope = scope;
  return out;
}

inline std::string text_of(const LinkOutput& output) {
  std::string out;
  for (const auto& each : output.lineages) out += to_json(each) + "\n";
  for (const auto& each : output.events) out += to_json(each) + "\n";
  for (const auto& each : output.victims) out += to_json(each) + "\n";
  for (const auto& each : output.abouts) out += each.claim.hex() + each.about.hex() + "\n";
  return out;
}

inline const EventCount* chosen(const Event& event, std::string_view kind) {
  for (const EventCount& count : event.counts) {
    if (!count.lineage && count.count.kind == kind) return &count;
  }
  return nullptr;
}

inline constexpr std::string_view kBread =
    "Several hundred people gathered in Lantern Square in the capital Velmar on Friday to protest against rising bread "
    "prices, witnesses said. Police fired tear gas into the crowd after about two hours.";

inline Case two_events() {
  Case story;
  story.report("a", "compass", "2024-04-19", "One.");
  story.report("b", "interpress", "2024-04-20", "Two.");
  story.claim("a", "gathering", "2024-04-18", {kestrin()});
  story.claim("b", "gathering", "2024-04-20", {kestrin()});
  return story;
}

}  // namespace gavah::link
