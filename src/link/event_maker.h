#pragma once

#include <vector>

#include "link/cluster.h"
#include "model/event.h"
#include "model/lineage.h"

namespace gavah::link {

/// An event with the cluster that it was made from.
struct MadeEvent {
  Event event;
  std::uint32_t cluster = 0;
  bool is_umbrella = false;
};

struct EventInput {
  const ClusterContext& context;
  const Corpus& corpus;
  std::span<const LineageId> lineages;  ///< of each report
  std::span<const Cluster> clusters;
  std::span<const Cluster> umbrellas;
  const std::vector<bool>& verified;  ///< of each cluster, by a person
};

/// One event a cluster, then one an umbrella, with the narrowest umbrella that holds each: an act of its family (for
/// gatherings also riots), its place inside, its days inside.
std::vector<MadeEvent> make_events(const EventInput& input, const IdSecret& secret);

}  // namespace gavah::link
