#pragma once

#include <vector>

#include "link/cluster.h"

namespace gavah::link {

/// Assertions joined to clusters, denials added to the cluster that each most likely denies; plans, umbrellas and
/// denials of nothing told stay out, and so do recycled statements that fit no cluster. Deterministic: within a block
/// (act family, province) the most specific statement comes first (for stretches: the earliest), each joins the best
/// cluster of at least kJoinFit or founds one; a coarse statement that fits several equally well founds one.
/// Members sorted; clusters in the order of their first member.
std::vector<Cluster> group(const ClusterContext& context, std::size_t threads);

/// Umbrella statements of one act family about the same ground and the same time.
std::vector<Cluster> group_umbrellas(const ClusterContext& context);

}  // namespace gavah::link
