#include "link/structural.h"

#include <algorithm>
#include <map>
#include <set>

namespace gavah::link {
namespace {

using Members = std::set<StatementNumber>;

class Structure {
 public:
  Structure(const ClusterContext& context, std::vector<Cluster>& clusters) : context_(context), clusters_(clusters) {
    for (StatementNumber i = 0; i < context.statements.size(); ++i) number_of_[context.statements[i].claim->id] = i;
    for (const Cluster& cluster : clusters) {
      for (const StatementNumber member : cluster.members) cluster_of_[member] = groups_.size();
      groups_.emplace_back(cluster.members.begin(), cluster.members.end());
    }
  }

  void apply(const StructuralRuling& ruling) {
    const std::vector<Members> passages = passages_of(ruling);
    switch (ruling.verb) {
      case Verb::merge:
        return merge(passages);
      case Verb::split:
        return split(passages);
      case Verb::distinct:
        return part(passages);
      case Verb::verify:
        for (const Members& passage : passages) verified_.insert(passage.begin(), passage.end());
        return;
      default:
        return;
    }
  }

  std::vector<bool> finish() {
    std::vector<Cluster> rebuilt;
    std::vector<bool> verified;
    for (const Members& group : groups_) {
      if (group.empty()) continue;
      rebuilt.emplace_back();
      bool is_verified = false;
      for (const StatementNumber member : group) {
        add_member(context_, rebuilt.back(), member);
        is_verified = is_verified || verified_.contains(member);
      }
      verified.push_back(is_verified);
    }
    clusters_ = std::move(rebuilt);
    return verified;
  }

 private:
  /// The statements of each passage; of several act families those that all passages share.
  std::vector<Members> passages_of(const StructuralRuling& ruling) const {
    std::map<std::string_view, std::size_t> families;
    for (const auto& group : ruling.groups) {
      std::set<std::string_view> named;
      for (const StatementNumber number : known(group)) named.insert(context_.statements[number].rule.family);
      for (const std::string_view family : named) ++families[family];
    }
    const auto shared =
        std::ranges::find(families, ruling.groups.size(), [](const auto& entry) { return entry.second; });
    std::vector<Members> out;
    for (const auto& group : ruling.groups) {
      Members passage = known(group);
      if (shared != families.end()) {
        std::erase_if(passage,
                      [&](StatementNumber number) { return context_.statements[number].rule.family != shared->first; });
      }
      out.push_back(std::move(passage));
    }
    return out;
  }

  Members known(const std::vector<ClaimId>& claims) const {
    Members out;
    for (const ClaimId& claim : claims) {
      if (const auto found = number_of_.find(claim); found != number_of_.end()) out.insert(found->second);
    }
    return out;
  }

  void move_to(StatementNumber member, std::size_t target) {
    const auto from = cluster_of_.find(member);
    if (from != cluster_of_.end()) groups_[from->second].erase(member);
    groups_[target].insert(member);
    cluster_of_[member] = target;
  }

  void merge(const std::vector<Members>& passages) {
    std::optional<std::size_t> target;
    for (const Members& passage : passages) {
      for (const StatementNumber member : passage) {
        const auto at = cluster_of_.find(member);
        if (at == cluster_of_.end()) continue;
        if (!target) target = at->second;
        const Members moving = groups_[at->second];
        if (at->second == *target) continue;
        for (const StatementNumber each : moving) move_to(each, *target);
      }
    }
  }

  void split(const std::vector<Members>& passages) {
    const std::size_t target = groups_.size();
    groups_.emplace_back();
    for (const Members& passage : passages) {
      for (const StatementNumber member : passage) move_to(member, target);
    }
  }

  void part(const std::vector<Members>& passages) {
    for (std::size_t i = 1; i < passages.size(); ++i) {
      for (const StatementNumber core : passages[i]) {
        const auto at = cluster_of_.find(core);
        if (at == cluster_of_.end() || !holds_earlier(passages, i, at->second)) continue;
        part_off(core, at->second, passages);
      }
    }
  }

  bool holds_earlier(const std::vector<Members>& passages, std::size_t before, std::size_t group) const {
    for (std::size_t i = 0; i < before; ++i) {
      for (const StatementNumber member : passages[i]) {
        if (groups_[group].contains(member)) return true;
      }
    }
    return false;
  }

  void part_off(StatementNumber core, std::size_t from, const std::vector<Members>& passages) {
    const ReportNumber root = context_.descent[context_.statements[core].report];
    const Members before = groups_[from];
    const std::size_t target = groups_.size();
    groups_.emplace_back();
    move_to(core, target);
    for (const StatementNumber member : before) {
      const bool is_named = std::ranges::any_of(passages, [&](const Members& each) { return each.contains(member); });
      if (!is_named && context_.descent[context_.statements[member].report] == root) move_to(member, target);
    }
  }

  const ClusterContext& context_;
  std::vector<Cluster>& clusters_;
  std::map<ClaimId, StatementNumber> number_of_;
  std::map<StatementNumber, std::size_t> cluster_of_;
  std::vector<Members> groups_;
  Members verified_;
};

}  // namespace

std::vector<bool> apply_structure(const ClusterContext& context, const std::vector<StructuralRuling>& rulings,
                                  std::vector<Cluster>& clusters) {
  if (rulings.empty()) return std::vector<bool>(clusters.size());
  Structure structure(context, clusters);
  for (const StructuralRuling& ruling : rulings) structure.apply(ruling);
  return structure.finish();
}

}  // namespace gavah::link
