#include "link/statement.h"

#include <algorithm>

#include "link/name_key.h"

namespace gavah::link {
namespace {

constexpr std::int32_t kUmbrellaDays =
    45;  // no single act of a moment is told with a wider time than a month and its edges

DayRange range_of(const TimeInterval& time) {
  DayRange out;
  if (time.start) out.first = time.start->day().number;
  if (time.end) out.last = std::max(Instant{time.end->seconds - 1}.day().number, out.first);
  return out;
}

bool is_plan(Stage stage) {
  return stage == Stage::planned || stage == Stage::threatened || stage == Stage::attempted ||
         stage == Stage::cancelled;
}

/// Totals over a stretch of time, or words about many acts.
bool is_umbrella(const Claim& claim, const DayRange& days, const Statement& statement) {
  const bool is_moment = statement.rule.span == ActSpan::moment;
  // One day at one facility holds no uprising, however many people and names of places the words bring together.
  if (statement.facility != nullptr && (days.is_day() || !is_moment)) return false;
  if (claim.umbrella) return true;
  // "Twelve have been on hunger strike since Monday" is no total of many strikes.
  const bool has_total =
      std::ranges::any_of(claim.counts, [](const Count& count) { return count.scope == CountScope::since; });
  if (has_total && is_moment) return true;
  return is_moment && days.is_bounded() && days.length() > kUmbrellaDays;
}

bool is_place_of_act(const Place& place) {
  return !place.id.empty() && (place.role == PlaceRole::at || place.role == PlaceRole::to);
}

void set_places(const Claim& claim, Statement& out) {
  const bool has_at = std::ranges::any_of(claim.places, is_place_of_act);
  for (const Place& place : claim.places) {
    if (place.id.empty() || (has_at && !is_place_of_act(place))) continue;
    const Place*& level = place.precision == PlacePrecision::facility   ? out.facility
                          : place.precision <= PlacePrecision::district ? out.town
                                                                        : out.area;
    if (level == nullptr || place.precision < level->precision) level = &place;
  }
  // A town beside a facility counts when they can be one place: not when the words go on to another town.
  if (out.facility != nullptr && out.town != nullptr && out.facility->path.size() >= 2 && out.town->path.size() >= 2) {
    const std::string& county = out.facility->path[out.facility->path.size() - 2];
    const bool shares = std::ranges::find(out.town->path, county) != out.town->path.end();
    if (!shares) out.town = nullptr;
  }
  if (out.facility != nullptr || out.town != nullptr) out.area = nullptr;
}

void set_days(const Claim& claim, const Corpus& corpus, Statement& out) {
  out.days = range_of(claim.time);
  if (!claim.time.is_unknown() && (claim.time.start || claim.time.end)) {
    out.is_day_loose = claim.time.precision == TimePrecision::day_resolved || claim.time.phrase.empty();
    const auto& told = corpus.days[out.report];
    const bool goes_on = out.rule.span == ActSpan::stretch && out.days.last == DayRange::kOpenLast;
    // "On strike since Monday" is known to go on until it is told, and no longer.
    if (goes_on && told) out.days.last = std::max(out.days.first, told->number);
    return;
  }
  out.is_time_guessed = true;
  const auto& published = corpus.days[out.report];
  out.days = published ? DayRange{published->number - kGuessDays, published->number} : DayRange{};
}

Statement statement_of(const Claim& claim, ReportNumber report, const Corpus& corpus) {
  Statement out;
  out.claim = &claim;
  out.report = report;
  out.rule = rule_of(claim.act);
  set_days(claim, corpus, out);
  set_places(claim, out);
  if (is_plan(claim.stage)) {
    out.role = StatementRole::plan;
  } else if (claim.polarity == Polarity::denied || claim.polarity == Polarity::doubted) {
    out.role = StatementRole::denial;
  } else if (is_umbrella(claim, out.days, out)) {
    out.role = StatementRole::umbrella;
  }
  for (const Person& person : claim.persons) {
    if (std::string key = name_key(person.name); !key.empty()) out.persons.push_back(std::move(key));
  }
  std::ranges::sort(out.persons);
  return out;
}

}  // namespace

std::int64_t DayRange::gap(const DayRange& other) const {
  if (overlaps(other)) return 0;
  return first > other.last ? static_cast<std::int64_t>(first) - other.last
                            : static_cast<std::int64_t>(other.first) - last;
}

std::string_view Statement::province() const {
  const Place* place = facility != nullptr ? facility : town != nullptr ? town : area;
  return place != nullptr && place->path.size() >= 2 ? std::string_view(place->path[1]) : std::string_view();
}

std::vector<Statement> statements_of(std::span<const Claim* const> claims, const Corpus& corpus) {
  std::vector<Statement> out;
  out.reserve(claims.size());
  for (const Claim* claim : claims) {
    const auto report = corpus.number_of.find(claim->report);
    if (report == corpus.number_of.end() || corpus.reports[report->second]->hollow) continue;
    out.push_back(statement_of(*claim, report->second, corpus));
  }
  std::ranges::sort(out, [](const Statement& a, const Statement& b) {
    return std::tuple(a.report, a.claim->trigger, a.claim->id) < std::tuple(b.report, b.claim->trigger, b.claim->id);
  });
  return out;
}

}  // namespace gavah::link
