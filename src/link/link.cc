#include "link/link.h"

#include <algorithm>

#include "link/event_maker.h"
#include "link/grouping.h"
#include "link/lineage_maker.h"
#include "link/recycled.h"
#include "link/ruling.h"
#include "link/structural.h"
#include "link/victims.h"

namespace gavah::link {
namespace {

DescentRoots roots_of(const Corpus& corpus, const std::vector<Tie>& ties) {
  Forest forest(corpus.reports.size());
  for (const Tie& tie : ties) forest.join(tie.earlier, tie.later);
  DescentRoots out(corpus.reports.size());
  for (ReportNumber report = 0; report < corpus.reports.size(); ++report) out[report] = forest.root(report);
  return out;
}

/// The claim that a denial, doubt or correction of this cluster is about: the last one told before it in its own
/// report, else the first one told at all.
const Claim* object_of(const ClusterContext& context, const Cluster& cluster, const Statement& statement) {
  const Claim* first = nullptr;
  const Claim* own = nullptr;
  for (const StatementNumber number : cluster.members) {
    const Statement& other = context.statements[number];
    if (other.role != StatementRole::assertion || other.claim == statement.claim) continue;
    if (other.claim->polarity != Polarity::asserted) continue;
    if (first == nullptr) first = other.claim;
    if (other.report == statement.report) own = other.claim;
  }
  return own != nullptr ? own : first;
}

std::vector<ClaimAbout> abouts_of(const ClusterContext& context, const std::vector<Cluster>& clusters) {
  std::vector<ClaimAbout> out;
  for (const Cluster& cluster : clusters) {
    for (const StatementNumber number : cluster.members) {
      const Statement& statement = context.statements[number];
      if (statement.claim->about || statement.claim->polarity == Polarity::asserted) continue;
      if (const Claim* object = object_of(context, cluster, statement))
        out.push_back({statement.claim->id, object->id});
    }
  }
  std::ranges::sort(out, {}, &ClaimAbout::claim);
  return out;
}

std::vector<Event> sorted_events(std::vector<MadeEvent>& made) {
  std::vector<Event> out;
  for (MadeEvent& each : made) out.push_back(std::move(each.event));
  std::ranges::sort(out, [](const Event& a, const Event& b) {
    return std::tuple(!a.time.start, a.time.start, a.id) < std::tuple(!b.time.start, b.time.start, b.id);
  });
  return out;
}

}  // namespace

LinkOutput link(const LinkInput& input, const IdSecret& secret, std::size_t threads) {
  const Corpus corpus = corpus_of(input.reports, input.sources);
  std::vector<Tie> ties = text_ties(corpus, threads);
  std::ranges::move(stated_ties(corpus), std::back_inserter(ties));
  Rulings rulings = rule_on(input.claims, input.decisions);
  std::vector<Statement> statements = statements_of(rulings.claims, corpus);
  redate_recycled(statements, corpus, ties);

  DescentRoots descent = roots_of(corpus, ties);
  const ClusterContext context{statements, descent};
  std::vector<Cluster> clusters = group(context, threads);
  // Who cites whom shows only where both tell one event; once known, it places what the citing report leaves open.
  const CitedFamilies cited(corpus, input.sources);
  if (std::vector<Tie> found = citation_ties(context, corpus, cited, clusters); !found.empty()) {
    std::ranges::move(found, std::back_inserter(ties));
    descent = roots_of(corpus, ties);
    clusters = group(context, threads);
  }
  const std::vector<Cluster> umbrellas = group_umbrellas(context);
  const std::vector<bool> verified = apply_structure(context, rulings.structural, clusters);
  std::ranges::move(family_ties(corpus, clusters), std::back_inserter(ties));

  LinkOutput out;
  std::vector<LineageId> lineage_of_report;
  out.lineages = make_lineages(corpus, std::move(ties), secret, lineage_of_report);
  std::vector<MadeEvent> events =
      make_events({context, corpus, lineage_of_report, clusters, umbrellas, verified}, secret);
  out.victims = make_victims(context, clusters, events, secret);
  out.events = sorted_events(events);
  out.abouts = abouts_of(context, clusters);
  out.corrected.assign(rulings.corrected.begin(), rulings.corrected.end());
  out.rejected = std::move(rulings.rejected);
  out.orphans = std::move(rulings.orphans);
  return out;
}

}  // namespace gavah::link
