#pragma once

#include <vector>

#include "link/cluster.h"
#include "link/ruling.h"

namespace gavah::link {

/// Carries out people's merges, splits and distinctions on the clusters, in their order, and gives for each cluster
/// whether a person verified it. Merge joins whole clusters, of one act family where the passages allow; split takes
/// the passages' claims out into a cluster of their own; distinct parts clusters that hold several of the passages,
/// other members staying with the passage of their lineage, else with the first.
std::vector<bool> apply_structure(const ClusterContext& context, const std::vector<StructuralRuling>& rulings,
                                  std::vector<Cluster>& clusters);

}  // namespace gavah::link
