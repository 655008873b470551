#include "link/event_maker.h"

#include <algorithm>
#include <map>
#include <set>

#include "link/tally.h"

namespace gavah::link {
namespace {

const Claim& claim_of(const ClusterContext& context, StatementNumber number) {
  return *context.statements[number].claim;
}

/// The statement that an event's id rests on: the first captured, so that what arrives later changes nothing.
StatementNumber founder(const Cluster& cluster, const ClusterContext& context, const Corpus& corpus) {
  const auto key = [&](StatementNumber number) {
    const Statement& statement = context.statements[number];
    const ReportDigest& report = *corpus.reports[statement.report];
    const bool is_denial = statement.role == StatementRole::denial;
    return std::tuple(is_denial, !report.captured, report.captured, statement.report, statement.claim->anchor, number);
  };
  return *std::ranges::min_element(cluster.members, {}, key);
}

std::string founding_words(const Claim& claim, std::string_view extent) {
  JsonWriter out;
  out.begin_object().member("act", claim.act).member("extent", extent).key("at");
  if (claim.anchor) {
    write_anchor(out, *claim.anchor);
  } else {
    out.text(claim.id.hex());
  }
  out.end_object();
  return out.take();
}

/// The name for the act that most voices use; of live fire and killing, killing when anyone says that people died.
std::string act_of(const Cluster& cluster, const std::vector<Voice>& voices, const ClusterContext& context) {
  std::map<std::string, std::uint32_t> votes;
  for (const Voice& voice : voices) {
    std::set<std::string> named;
    for (const StatementNumber number : voice.members) {
      if (context.statements[number].role != StatementRole::denial) named.insert(claim_of(context, number).act);
    }
    for (const std::string& act : named) ++votes[act];
  }
  if (votes.contains("killing")) return "killing";
  const auto most = std::ranges::max_element(votes, {}, [](const auto& vote) { return vote.second; });
  return most == votes.end() ? claim_of(context, cluster.members.front()).act : most->first;
}

TimeInterval time_of(const Cluster& cluster, const ClusterContext& context) {
  TimeInterval out;
  if (cluster.is_time_guessed) return out;
  out.precision = TimePrecision::wider;
  for (const StatementNumber number : cluster.members) {
    const Statement& statement = context.statements[number];
    if (statement.role == StatementRole::denial || statement.is_time_guessed || statement.is_recycled) continue;
    out.precision = std::min(out.precision, claim_of(context, number).time.precision);
  }
  // The event has a day, not the clock time of one of its reports.
  if (out.precision == TimePrecision::clock) out.precision = TimePrecision::day_stated;
  if (!cluster.days.is_day() && out.precision < TimePrecision::week) out.precision = TimePrecision::day_stated;
  if (cluster.days.first != DayRange::kOpenFirst) out.start = Instant::at_start_of(Day{cluster.days.first});
  if (cluster.days.last != DayRange::kOpenLast) out.end = Instant::at_start_of(Day{cluster.days.last}.plus(1));
  return out;
}

std::vector<Place> places_of(const Cluster& cluster, ActGround ground) {
  std::vector<Place> out;
  const bool is_wide = ground == ActGround::area && cluster.town != nullptr;
  for (const Place* place : {is_wide ? nullptr : cluster.facility, cluster.town, cluster.area}) {
    if (place == nullptr || (place == cluster.area && !out.empty())) continue;
    out.push_back(*place);
    out.back().role = PlaceRole::at;
    out.back().phrase.clear();
    out.back().span.reset();
  }
  return out;
}

/// What the voices alone make of it; a person's word comes on top.
EventStatus status_of(const std::vector<Voice>& voices) {
  const std::uint32_t asserting = asserting_count(voices);
  if (asserting == 0) return EventStatus::refuted;
  if (is_contested(voices)) return EventStatus::contested;
  return asserting >= 2 ? EventStatus::corroborated : EventStatus::single;
}

std::string_view side_of(std::string_view act) { return rule_of(act).side; }

Event make_event(const EventInput& input, const Cluster& cluster, Extent least) {
  const ClusterContext& context = input.context;
  const std::vector<Voice> voices = voices_on(cluster, context, input.corpus);
  Event event;
  event.act = act_of(cluster, voices, context);
  event.side = side_of(event.act);
  event.extent = least;
  const bool is_stretch = rule_of(event.act).span == ActSpan::stretch && !cluster.days.is_day();
  if (least == Extent::moment && is_stretch && !cluster.is_time_guessed) event.extent = Extent::continuing;
  event.time = time_of(cluster, context);
  event.places = places_of(cluster, rule_of(event.act).ground);
  event.counts = tally(voices, context, input.lineages);
  for (const StatementNumber number : cluster.members) event.claims.push_back(claim_of(context, number).id);
  std::ranges::sort(event.claims);
  event.lineage_count = asserting_count(voices);
  event.report_count = static_cast<std::uint32_t>(cluster.reports.size());
  event.status = status_of(voices);
  return event;
}

const Place* finest_place(const Cluster& cluster) {
  return cluster.facility != nullptr ? cluster.facility : cluster.town != nullptr ? cluster.town : cluster.area;
}

/// Whether the part's act and days lie inside the whole's; their grounds are compared by the caller.
bool is_within(const Cluster& part, const Cluster& whole, const ClusterContext& context) {
  const ActRule& mine = context.statements[part.members.front()].rule;
  const ActRule& theirs = context.statements[whole.members.front()].rule;
  const bool acts_fit = mine.family == theirs.family || (theirs.family == "assembly" && mine.family == "riot");
  return acts_fit && !part.is_time_guessed && whole.days.is_bounded() && whole.days.holds(part.days);
}

/// Umbrella events by the id of their ground.
using Grounds = std::map<std::string_view, std::vector<const MadeEvent*>>;

Grounds grounds_of(const EventInput& input, const std::vector<MadeEvent>& events) {
  Grounds out;
  for (const MadeEvent& made : events) {
    if (!made.is_umbrella) continue;
    const Place* ground = finest_place(input.umbrellas[made.cluster]);
    if (ground != nullptr) out[ground->id].push_back(&made);
  }
  return out;
}

const MadeEvent* narrowest_umbrella(const EventInput& input, const Cluster& part, const Grounds& grounds) {
  const Place* at = finest_place(part);
  if (at == nullptr) return nullptr;
  const auto length = [&](const MadeEvent& made) { return input.umbrellas[made.cluster].days.length(); };
  const MadeEvent* narrowest = nullptr;
  for (const std::string& area : at->path) {
    const auto wholes = grounds.find(area);
    if (wholes == grounds.end()) continue;
    for (const MadeEvent* whole : wholes->second) {
      if (!is_within(part, input.umbrellas[whole->cluster], input.context)) continue;
      if (narrowest == nullptr || length(*whole) <= length(*narrowest)) narrowest = whole;
    }
  }
  return narrowest;
}

void set_umbrellas(const EventInput& input, std::vector<MadeEvent>& events) {
  const Grounds grounds = grounds_of(input, events);
  for (MadeEvent& part : events) {
    if (part.is_umbrella) continue;
    const MadeEvent* umbrella = narrowest_umbrella(input, input.clusters[part.cluster], grounds);
    if (umbrella != nullptr) part.event.umbrella = umbrella->event.id;
  }
}

}  // namespace

std::vector<MadeEvent> make_events(const EventInput& input, const IdSecret& secret) {
  std::vector<MadeEvent> out;
  std::map<std::string, std::uint32_t> used;
  const auto name = [&](MadeEvent& made, const Cluster& cluster, std::string_view extent) {
    std::string words = founding_words(claim_of(input.context, founder(cluster, input.context, input.corpus)), extent);
    // Two acts told by one sentence share its anchor.
    if (const std::uint32_t earlier = used[words]++; earlier > 0) words.append("#").append(std::to_string(earlier));
    made.event.id = secret.derive<EventId>("event", words);
  };
  for (std::uint32_t i = 0; i < input.clusters.size(); ++i) {
    out.push_back({make_event(input, input.clusters[i], Extent::moment), i, false});
    if (input.verified[i]) out.back().event.status = EventStatus::verified;
    name(out.back(), input.clusters[i], "one");
  }
  for (std::uint32_t i = 0; i < input.umbrellas.size(); ++i) {
    out.push_back({make_event(input, input.umbrellas[i], Extent::umbrella), i, true});
    name(out.back(), input.umbrellas[i], "umbrella");
  }
  set_umbrellas(input, out);
  return out;
}

}  // namespace gavah::link
