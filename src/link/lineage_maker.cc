#include "link/lineage_maker.h"

#include <algorithm>
#include <map>

#include "base/format.h"

namespace gavah::link {
namespace {

constexpr std::int32_t kCitedLaterDays = 1;  // an updated original may carry a later date than what cites it

/// Which kind names a lineage that ties of several kinds hold together: the one that tells a reader most.
int weight_of(LineageKind kind) {
  switch (kind) {
    case LineageKind::translation:
      return 4;
    case LineageKind::syndication:
      return 3;
    case LineageKind::same_media:
      return 2;
    case LineageKind::copy:
      return 1;
    case LineageKind::same_family:
      return 0;
  }
  return 0;
}

bool may_be_origin(const Corpus& corpus, ReportNumber origin, ReportNumber citing) {
  const auto& from = corpus.days[origin];
  const auto& to = corpus.days[citing];
  return !from || !to || from->number <= to->number + kCitedLaterDays;
}

Tie citation_tie(const Corpus& corpus, ReportNumber origin, ReportNumber citing, const std::string& family) {
  const bool translates = corpus.reports[origin]->lang != corpus.reports[citing]->lang;
  return {std::min(origin, citing), std::max(origin, citing),
          translates ? LineageKind::translation : LineageKind::syndication, TieGround::stated,
          format("{}: names {} as its source and tells the same event as {}", corpus.describe(citing), family,
                 corpus.describe(origin))};
}

void cluster_citations(const Cluster& cluster, const Corpus& corpus, const CitedFamilies& cited,
                       std::vector<Tie>& out) {
  std::map<FamilyNumber, ReportNumber> first_citing;
  for (const ReportNumber citing : cluster.reports) {
    for (const FamilyNumber family : cited.cited_by(citing)) {
      const auto origin = std::ranges::find_if(cluster.reports, [&](ReportNumber report) {
        return corpus.family_of[report] == family && may_be_origin(corpus, report, citing);
      });
      if (origin != cluster.reports.end()) {
        out.push_back(citation_tie(corpus, *origin, citing, cited.name(family)));
        continue;
      }
      const auto [first, is_first] = first_citing.emplace(family, citing);
      if (!is_first) out.push_back(citation_tie(corpus, first->second, citing, cited.name(family)));
    }
  }
}

std::vector<std::uint32_t> events_told(const Corpus& corpus, const std::vector<Cluster>& clusters) {
  std::vector<std::uint32_t> out(corpus.reports.size());
  for (const Cluster& cluster : clusters) {
    for (const ReportNumber report : cluster.reports) ++out[report];
  }
  return out;
}

Lineage lineage_of(const Corpus& corpus, const std::vector<ReportNumber>& reports, const IdSecret& secret) {
  Lineage out;
  for (const ReportNumber report : reports) out.reports.push_back(corpus.reports[report]->id);
  out.origin = out.reports.front();
  std::ranges::sort(out.reports);
  out.id = secret.derive<LineageId>("lineage", out.origin.view());
  return out;
}

}  // namespace

std::vector<Tie> citation_ties(const ClusterContext& context, const Corpus& corpus, const CitedFamilies& cited,
                               const std::vector<Cluster>& clusters) {
  std::vector<Tie> out;
  for (const Cluster& cluster : clusters) {
    const bool has_citation = std::ranges::any_of(
        cluster.reports, [&](ReportNumber report) { return !corpus.reports[report]->cited.empty(); });
    const bool is_one = std::ranges::all_of(cluster.reports, [&](ReportNumber report) {
      return context.descent[report] == context.descent[cluster.reports.front()];
    });
    if (has_citation && !is_one) cluster_citations(cluster, corpus, cited, out);
  }
  return out;
}

std::vector<Tie> family_ties(const Corpus& corpus, const std::vector<Cluster>& clusters) {
  const std::vector<std::uint32_t> told = events_told(corpus, clusters);
  std::vector<Tie> out;
  for (const Cluster& cluster : clusters) {
    std::map<FamilyNumber, ReportNumber> first_of;
    for (const ReportNumber report : cluster.reports) {
      const FamilyNumber family = corpus.family_of[report];
      if (told[report] != 1 || corpus.families[family].empty()) continue;
      const auto [first, is_first] = first_of.emplace(family, report);
      if (is_first) continue;
      out.push_back({first->second, report, LineageKind::same_family, TieGround::stated,
                     format("{}: belongs to the same family ({}) as {}", corpus.describe(report),
                            corpus.families[family], corpus.describe(first->second))});
    }
  }
  return out;
}

std::vector<Lineage> make_lineages(const Corpus& corpus, std::vector<Tie> ties, const IdSecret& secret,
                                   std::vector<LineageId>& of_report) {
  std::ranges::sort(ties);
  Forest forest(corpus.reports.size());
  for (const Tie& tie : ties) forest.join(tie.earlier, tie.later);
  std::map<ReportNumber, std::vector<ReportNumber>> sets;
  for (ReportNumber report = 0; report < corpus.reports.size(); ++report) sets[forest.root(report)].push_back(report);
  std::map<ReportNumber, Lineage> by_root;
  for (const auto& [root, reports] : sets) by_root.emplace(root, lineage_of(corpus, reports, secret));
  std::map<ReportNumber, int> weights;
  for (const Tie& tie : ties) {
    Lineage& lineage = by_root.at(forest.root(tie.earlier));
    lineage.why.push_back(tie.why);
    const auto [weight, is_first] = weights.emplace(forest.root(tie.earlier), -1);
    if (weight_of(tie.kind) <= weight->second) continue;
    weight->second = weight_of(tie.kind);
    lineage.kind = tie.kind;
  }
  of_report.clear();
  for (ReportNumber report = 0; report < corpus.reports.size(); ++report) {
    of_report.push_back(by_root.at(forest.root(report)).id);
  }
  std::vector<Lineage> out;
  for (auto& [root, lineage] : by_root) {
    const auto [first, last] = std::ranges::unique(lineage.why);
    lineage.why.erase(first, last);
    out.push_back(std::move(lineage));
  }
  std::ranges::sort(out, {}, &Lineage::id);
  return out;
}

}  // namespace gavah::link
