#pragma once

#include <vector>

#include "link/cluster.h"
#include "link/tie.h"

namespace gavah::link {

/// Who cites whom, seen through one event: a report that names a source is tied to that source's report of the same
/// event, published no more than a day later; reports that name one absent source are tied to each other.
std::vector<Tie> citation_ties(const ClusterContext& context, const Corpus& corpus, const CitedFamilies& cited,
                               const std::vector<Cluster>& clusters);

/// Reports of one family on one event. Reports that tell several events are left as they are, for they would chain
/// together what has nothing in common; voices_on() counts by family in any case.
std::vector<Tie> family_ties(const Corpus& corpus, const std::vector<Cluster>& clusters);

/// The lineages as the sets that `ties` join, sorted by id; `of_report` gets the id of each report's lineage.
std::vector<Lineage> make_lineages(const Corpus& corpus, std::vector<Tie> ties, const IdSecret& secret,
                                   std::vector<LineageId>& of_report);

}  // namespace gavah::link
