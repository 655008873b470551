#pragma once

#include <vector>

#include "link/cluster.h"

namespace gavah::link {

/// All reports of one event that cannot be shown to be independent of each other: one descent or one family. All
/// reports of unknown source are one voice.
struct Voice {
  std::vector<ReportNumber> reports;     ///< sorted
  std::vector<StatementNumber> members;  ///< its assertions and denials, in order
  bool asserts = false;                  ///< it says, and has not taken back, that the act happened
  bool retracts = false;                 ///< it said so and took it back
  bool denies = false;                   ///< in its own words, without having asserted
  bool relays_denial = false;            ///< it reports that somebody else denies it
};

/// The voices on one event, in the order of their first report.
std::vector<Voice> voices_on(const Cluster& cluster, const ClusterContext& context, const Corpus& corpus);

/// Asserted by somebody, and denied by another voice or by someone whom a voice quotes.
bool is_contested(const std::vector<Voice>& voices);
std::uint32_t asserting_count(const std::vector<Voice>& voices);

}  // namespace gavah::link
