#include "link/cluster.h"

#include <algorithm>
#include <array>

namespace gavah::link {
namespace {

constexpr std::int64_t kStretchGap = 3;   // days without news before a strike counts as another one
constexpr std::int64_t kTellingGap = 14;  // the same, when the later words say that it goes on or has ended
constexpr std::int64_t kWeek = 7;
constexpr std::int32_t kDenialDays = 7;  // a denial speaks of the week before it

constexpr auto kCommonClasses =
    std::to_array<std::string_view>({"unknown", "protesters", "civilians", "rioters", "people", "crowd", ""});

template <class T>
void insert_sorted(std::vector<T>& list, const T& value) {
  const auto at = std::ranges::lower_bound(list, value);
  if (at == list.end() || *at != value) list.insert(at, value);
}

bool in_path(const Place& area, const Place& place) {
  return std::ranges::find(place.path, area.id) != place.path.end();
}

/// Two places that name different ground: neither holds the other.
bool apart(const Place* a, const Place* b) {
  return a != nullptr && b != nullptr && a->id != b->id && !in_path(*a, *b) && !in_path(*b, *a);
}

/// The gazetteer gives a facility's county, seldom its town: they can be one place when the county is the same.
bool may_stand_in(const Place& facility, const Place& town) {
  if (in_path(town, facility)) return true;
  const std::size_t depth = facility.path.size();
  return depth >= 2 && std::ranges::find(town.path, facility.path[depth - 2]) != town.path.end() && depth >= 4;
}

const Place* finest(const Place* facility, const Place* town, const Place* area) {
  return facility != nullptr ? facility : town != nullptr ? town : area;
}

std::optional<double> place_fit(const Cluster& cluster, const Statement& statement) {
  if (apart(cluster.facility, statement.facility) || apart(cluster.town, statement.town)) return std::nullopt;
  const Place* mine = finest(cluster.facility, cluster.town, cluster.area);
  const Place* theirs = finest(statement.facility, statement.town, statement.area);
  if (mine == nullptr || theirs == nullptr) return 0;
  if (cluster.facility != nullptr && statement.facility != nullptr) return 4;
  if (cluster.town != nullptr && statement.town != nullptr) return cluster.town->id == statement.town->id ? 3 : 2;
  if (cluster.facility != nullptr && statement.town != nullptr) {
    return may_stand_in(*cluster.facility, *statement.town) ? std::optional(2.5) : std::nullopt;
  }
  if (statement.facility != nullptr && cluster.town != nullptr) {
    return may_stand_in(*statement.facility, *cluster.town) ? std::optional(2.5) : std::nullopt;
  }
  if (mine->id == theirs->id) return mine->precision == PlacePrecision::country ? 0 : 1;
  if (in_path(*mine, *theirs) || in_path(*theirs, *mine)) {
    const Place& wider = in_path(*mine, *theirs) ? *mine : *theirs;
    return wider.precision == PlacePrecision::country ? 0 : 1;
  }
  return std::nullopt;
}

std::optional<double> stretch_day_fit(const Cluster& cluster, const Statement& statement) {
  const std::int64_t gap = cluster.days.gap(statement.days);
  if (gap == 0) return cluster.days.is_bounded() && statement.days.is_bounded() ? 3 : 1.5;
  const Stage stage = statement.claim->stage;
  const bool tells = stage == Stage::continuing || stage == Stage::ended;
  if (cluster.has_ended && statement.days.first > cluster.days.last) return std::nullopt;
  if (gap > (tells ? kTellingGap : kStretchGap)) return std::nullopt;
  return 2;
}

std::optional<double> day_fit(const Cluster& cluster, const Statement& statement) {
  if (statement.role == StatementRole::denial) {
    DayRange reach = statement.days;
    if (reach.first != DayRange::kOpenFirst) reach.first -= kDenialDays;
    if (!reach.overlaps(cluster.days)) return std::nullopt;
    return statement.days.overlaps(cluster.days) ? 3 : 1.5;
  }
  if (statement.rule.span == ActSpan::stretch) return stretch_day_fit(cluster, statement);
  const std::int64_t gap = cluster.days.gap(statement.days);
  if (gap == 1 && (cluster.is_day_loose || statement.is_day_loose)) return 0.5;
  if (gap > 0) return std::nullopt;
  if (cluster.days == statement.days && cluster.days.is_day()) return 3;
  const DayRange& wider = cluster.days.length() > statement.days.length() ? cluster.days : statement.days;
  return wider.is_bounded() && wider.length() <= kWeek + 1 ? 1.5 : 0.5;
}

/// Classes that say who acted, without those that fit everybody.
std::vector<std::string_view> telling_classes(const Claim& claim) {
  std::vector<std::string_view> out;
  for (const Actor& actor : claim.actors) {
    if (std::ranges::find(kCommonClasses, actor.actor_class) == kCommonClasses.end()) out.push_back(actor.actor_class);
  }
  return out;
}

bool other_people(const Claim& a, const Claim& b) {
  const auto mine = telling_classes(a);
  const auto theirs = telling_classes(b);
  if (mine.empty() || theirs.empty()) return false;
  return std::ranges::none_of(mine,
                              [&](std::string_view one) { return std::ranges::find(theirs, one) != theirs.end(); });
}

bool equal_numbers(const Claim& a, const Claim& b) {
  for (const Count& mine : a.counts) {
    for (const Count& theirs : b.counts) {
      if (mine.kind == theirs.kind && mine.low && mine.low == theirs.low && mine.high == theirs.high) return true;
    }
  }
  return false;
}

double content_fit(const ClusterContext& context, const Cluster& cluster, StatementNumber member) {
  const Statement& statement = context.statements[member];
  const Claim& founder = *context.statements[cluster.members.front()].claim;
  const bool same_act = std::ranges::any_of(cluster.members, [&](StatementNumber other) {
    return context.statements[other].claim->act == statement.claim->act;
  });
  double fit = same_act ? 1.0 : 0.5;
  const bool shares_person = std::ranges::any_of(statement.persons, [&](const std::string& person) {
    return std::ranges::binary_search(cluster.persons, person);
  });
  if (shares_person) fit += 3;
  if (std::ranges::binary_search(cluster.descents, context.descent[statement.report])) fit += 1;
  if (equal_numbers(founder, *statement.claim)) fit += 0.5;
  if (statement.rule.side == "protest" && other_people(founder, *statement.claim)) fit -= 1.5;
  return fit;
}

/// Both name victims of one act, all of them, and none is the same.
bool other_victims(const Cluster& cluster, const Statement& statement) {
  if (statement.rule.side != "state" || cluster.persons.empty() || statement.persons.empty()) return false;
  const bool counts_all = cluster.persons.size() == 1 && statement.persons.size() == 1;
  return counts_all && cluster.persons != statement.persons && statement.claim->counts.empty();
}

void narrow(Cluster& cluster, const Statement& statement) {
  const bool is_first = cluster.members.empty();
  if (is_first || (cluster.is_time_guessed && !statement.is_time_guessed)) {
    cluster.days = statement.days;
    cluster.is_time_guessed = statement.is_time_guessed;
    cluster.is_day_loose = statement.is_day_loose;
    return;
  }
  if (statement.is_time_guessed || statement.is_recycled) return;
  if (statement.rule.span == ActSpan::stretch) {
    cluster.days.first = std::min(cluster.days.first, statement.days.first);
    cluster.days.last = std::max(cluster.days.last, statement.days.last);
    return;
  }
  if (!cluster.days.overlaps(statement.days)) {
    // A stated day wins over one that was resolved from "yesterday".
    if (cluster.is_day_loose && !statement.is_day_loose) cluster.days = statement.days;
  } else {
    cluster.days.first = std::max(cluster.days.first, statement.days.first);
    cluster.days.last = std::min(cluster.days.last, statement.days.last);
  }
  cluster.is_day_loose = cluster.is_day_loose && statement.is_day_loose;
}

}  // namespace

void add_member(const ClusterContext& context, Cluster& cluster, StatementNumber member) {
  const Statement& statement = context.statements[member];
  if (statement.role != StatementRole::denial) {
    narrow(cluster, statement);
    if (cluster.facility == nullptr) cluster.facility = statement.facility;
    if (cluster.town == nullptr || (statement.town != nullptr && statement.town->precision < cluster.town->precision)) {
      cluster.town = statement.town != nullptr ? statement.town : cluster.town;
    }
    if (cluster.area == nullptr) cluster.area = statement.area;
    if (statement.claim->stage == Stage::ended) cluster.has_ended = true;
    for (const std::string& person : statement.persons) insert_sorted(cluster.persons, person);
    insert_sorted(cluster.descents, context.descent[statement.report]);
  }
  insert_sorted(cluster.reports, statement.report);
  cluster.members.push_back(member);
}

std::optional<double> fit(const ClusterContext& context, const Cluster& cluster, StatementNumber member) {
  const Statement& statement = context.statements[member];
  const auto place = place_fit(cluster, statement);
  if (!place || other_victims(cluster, statement)) return std::nullopt;
  const auto day = day_fit(cluster, statement);
  if (!day) return std::nullopt;
  return *place + *day + content_fit(context, cluster, member);
}

}  // namespace gavah::link
