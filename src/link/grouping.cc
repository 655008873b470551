#include "link/grouping.h"

#include <algorithm>
#include <map>

#include "base/parallel.h"
#include "link/day_index.h"

namespace gavah::link {
namespace {

// Two clusters that fit a coarse statement this nearly alike leave it open which is meant.
constexpr double kTieMargin = 0.25;
// Same act, overlapping days, same lineage (1 + 1.5 + 1): enough where no place speaks against it.
constexpr double kOwnLineageFit = 3.5;
constexpr std::int32_t kReachDays = 14;  // the longest gap that day_fit() forgives

using BlockKey = std::pair<std::string_view, std::string_view>;  // act family, province

DayRange reach_of(const DayRange& days) {
  DayRange out = days;
  if (out.first != DayRange::kOpenFirst) out.first -= kReachDays;
  if (out.last != DayRange::kOpenLast) out.last += kReachDays;
  return out;
}

struct Best {
  std::optional<std::uint32_t> cluster;
  double fit = 0;
  bool is_tied = false;
};

Best best_of(const ClusterContext& context, const std::vector<Cluster>& clusters,
             const std::vector<std::uint32_t>& candidates, StatementNumber member) {
  Best best;
  for (const std::uint32_t candidate : candidates) {
    const auto found = fit(context, clusters[candidate], member);
    if (!found) continue;
    if (!best.cluster || *found > best.fit + kTieMargin) {
      best = {candidate, *found, false};
    } else if (*found > best.fit - kTieMargin) {
      best.is_tied = true;
      if (*found > best.fit) best = {candidate, *found, true};
    }
  }
  return best;
}

bool is_coarse(const Statement& statement) {
  return (statement.facility == nullptr && statement.town == nullptr) || statement.is_time_guessed ||
         !statement.days.is_bounded() || (statement.rule.span == ActSpan::moment && !statement.days.is_day());
}

/// Most specific first; for stretches the earliest first, so that each day meets what came before it.
void order_block(const ClusterContext& context, std::vector<StatementNumber>& block) {
  const auto key = [&](StatementNumber number) {
    const Statement& statement = context.statements[number];
    const bool is_stretch = statement.rule.span == ActSpan::stretch;
    const int place = statement.facility != nullptr ? 0 : statement.town != nullptr ? 1 : 2;
    const bool is_wide = !statement.days.is_bounded() || statement.days.length() > DayIndex::kWideDays;
    return std::tuple(statement.is_recycled, is_stretch ? is_wide : !statement.days.is_day(),
                      is_stretch ? statement.is_time_guessed : statement.is_day_loose,
                      is_stretch ? statement.days.first : place, number);
  };
  std::ranges::sort(block, {}, key);
}

/// The clusters of one block while it is worked through.
class Block {
 public:
  explicit Block(const ClusterContext& context) : context_(context) {}

  void take(StatementNumber number) {
    const Statement& statement = context_.statements[number];
    const Best best = best_of(context_, clusters_, index_.near(reach_of(statement.days)), number);
    const bool joins = best.cluster && best.fit >= kJoinFit && !(best.is_tied && is_coarse(statement));
    if (!joins && statement.is_recycled) return;
    const auto target = joins ? *best.cluster : static_cast<std::uint32_t>(clusters_.size());
    if (!joins) clusters_.emplace_back();
    const DayRange before = clusters_[target].days;
    add_member(context_, clusters_[target], number);
    const DayRange& now = clusters_[target].days;
    if (!joins || !before.holds(now)) index_.add(target, now);
  }

  std::vector<Cluster> release() { return std::move(clusters_); }

 private:
  const ClusterContext& context_;
  std::vector<Cluster> clusters_;
  DayIndex index_;
};

std::vector<std::vector<StatementNumber>> blocks_of(const ClusterContext& context,
                                                    std::vector<StatementNumber>& loose) {
  std::map<BlockKey, std::vector<StatementNumber>> blocks;
  for (StatementNumber i = 0; i < context.statements.size(); ++i) {
    const Statement& statement = context.statements[i];
    if (statement.role != StatementRole::assertion) continue;
    const std::string_view province = statement.province();
    if (province.empty()) {
      loose.push_back(i);
    } else {
      blocks[{statement.rule.family, province}].push_back(i);
    }
  }
  std::vector<std::vector<StatementNumber>> out;
  for (auto& [key, block] : blocks) out.push_back(std::move(block));
  return out;
}

/// Statements without a place: joined to a cluster of their own lineage, else a cluster of their own.
void group_loose(const ClusterContext& context, const std::vector<StatementNumber>& loose,
                 std::vector<Cluster>& clusters) {
  std::map<std::pair<std::string_view, ReportNumber>, std::vector<std::uint32_t>> by_descent;
  const auto enter = [&](std::uint32_t number) {
    const std::string_view family = context.statements[clusters[number].members.front()].rule.family;
    for (const ReportNumber root : clusters[number].descents) by_descent[{family, root}].push_back(number);
  };
  for (std::uint32_t i = 0; i < clusters.size(); ++i) enter(i);
  for (const StatementNumber number : loose) {
    const Statement& statement = context.statements[number];
    const auto found = by_descent.find({statement.rule.family, context.descent[statement.report]});
    Best best;
    if (found != by_descent.end()) best = best_of(context, clusters, found->second, number);
    const bool joins = best.cluster && best.fit >= kOwnLineageFit && !best.is_tied;
    if (!joins && statement.is_recycled) continue;
    if (joins) {
      add_member(context, clusters[*best.cluster], number);
      continue;
    }
    clusters.emplace_back();
    add_member(context, clusters.back(), number);
    enter(static_cast<std::uint32_t>(clusters.size() - 1));
  }
}

void attach_denials(const ClusterContext& context, std::vector<Cluster>& clusters) {
  std::map<std::string_view, DayIndex> by_family;
  for (std::uint32_t i = 0; i < clusters.size(); ++i) {
    by_family[context.statements[clusters[i].members.front()].rule.family].add(i, clusters[i].days);
  }
  for (StatementNumber i = 0; i < context.statements.size(); ++i) {
    const Statement& statement = context.statements[i];
    if (statement.role != StatementRole::denial) continue;
    const auto index = by_family.find(statement.rule.family);
    if (index == by_family.end()) continue;
    const Best best = best_of(context, clusters, index->second.near(reach_of(statement.days)), i);
    const bool is_open = best.is_tied && is_coarse(statement);
    if (best.cluster && best.fit >= kDenialFit && !is_open) add_member(context, clusters[*best.cluster], i);
  }
}

/// "After ten days" tells the start to a day only: a day that another report states as the first one is better.
void settle_start(const ClusterContext& context, Cluster& cluster) {
  if (context.statements[cluster.members.front()].rule.span != ActSpan::stretch || cluster.days.is_day()) return;
  std::int32_t stated = DayRange::kOpenLast;
  for (const StatementNumber number : cluster.members) {
    const Statement& statement = context.statements[number];
    const bool is_assertion = statement.role == StatementRole::assertion && !statement.is_time_guessed;
    if (is_assertion && statement.claim->stage != Stage::ended) stated = std::min(stated, statement.days.first);
  }
  if (stated - cluster.days.first == 1) cluster.days.first = stated;
}

void sort_clusters(std::vector<Cluster>& clusters) {
  for (Cluster& cluster : clusters) std::ranges::sort(cluster.members);
  std::ranges::sort(clusters, {}, [](const Cluster& cluster) { return cluster.members.front(); });
}

}  // namespace

std::vector<Cluster> group(const ClusterContext& context, std::size_t threads) {
  std::vector<StatementNumber> loose;
  std::vector<std::vector<StatementNumber>> blocks = blocks_of(context, loose);
  std::vector<std::vector<Cluster>> found(blocks.size());
  parallel_for(blocks.size(), threads, [&](std::size_t i) {
    order_block(context, blocks[i]);
    Block block(context);
    for (const StatementNumber number : blocks[i]) block.take(number);
    found[i] = block.release();
  });
  std::vector<Cluster> out;
  for (auto& clusters : found) std::ranges::move(clusters, std::back_inserter(out));
  group_loose(context, loose, out);
  for (Cluster& cluster : out) settle_start(context, cluster);
  attach_denials(context, out);
  sort_clusters(out);
  return out;
}

std::vector<Cluster> group_umbrellas(const ClusterContext& context) {
  std::map<std::pair<std::string_view, std::string_view>, std::vector<std::uint32_t>> by_ground;
  std::vector<Cluster> out;
  for (StatementNumber i = 0; i < context.statements.size(); ++i) {
    const Statement& statement = context.statements[i];
    if (statement.role != StatementRole::umbrella) continue;
    const Place* place = statement.facility != nullptr ? statement.facility
                         : statement.town != nullptr   ? statement.town
                                                       : statement.area;
    auto& known =
        by_ground[{statement.rule.family, place != nullptr ? std::string_view(place->id) : std::string_view()}];
    const auto same = std::ranges::find_if(known, [&](std::uint32_t number) {
      // Running totals with one start are one umbrella, however far each has come.
      return out[number].days == statement.days ||
             (statement.days.first != DayRange::kOpenFirst && out[number].days.first == statement.days.first &&
              !statement.days.is_day() && !out[number].days.is_day());
    });
    if (same == known.end()) {
      known.push_back(static_cast<std::uint32_t>(out.size()));
      out.emplace_back();
      add_member(context, out.back(), i);
    } else {
      const DayRange hull{std::min(out[*same].days.first, statement.days.first),
                          std::max(out[*same].days.last, statement.days.last)};
      add_member(context, out[*same], i);
      out[*same].days = hull;
    }
  }
  return out;
}

}  // namespace gavah::link
