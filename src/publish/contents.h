#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "proof/proof.h"
#include "publish/plan.h"

namespace gavah::publish {

/// One claim of an entry, in the order of its lists.
struct Support {
  const Claim* claim = nullptr;
  proof::EvidenceRecord evidence;
  std::string public_claim;
  std::string origin;  ///< record of `origins`
};

/// Finds claims, reports, captures and sources by id, and makes of them what entries hold. The input must outlive it.
class Contents {
 public:
  explicit Contents(const PlanInput& input);

  /// The claims of an event or victim, each once, ordered by capture leaf and anchor; lineages numbered as they first
  /// appear.
  Result<std::vector<Support>> supports(const std::vector<ClaimId>& claims) const;
  /// Number of different lineages and reports among them.
  static std::uint64_t count_lineages(const std::vector<Support>& supports);
  std::uint64_t count_reports(const std::vector<Support>& supports) const;

  /// Values of an event's slots, lists left out. `umbrella` is the umbrella's entry; `status` as checked against
  /// decisions.
  void set_event(proof::Entry& entry, const Event& event, const std::vector<Support>& supports,
                 std::optional<proof::LeafIndex> umbrella) const;
  /// `events` are the entries of the victim's events; act, time and place come from the events themselves.
  void set_victim(proof::Entry& entry, const Victim& victim, const std::vector<Support>& supports,
                  const std::vector<proof::LeafIndex>& events) const;
  /// Fills evidence, claims and origins; asks for reports and part bytes.
  Result<void> set_lists(proof::Entry& entry, const std::vector<Support>& supports, Random& random);

  /// Decisions of a verb that meet one of the anchors, in the order of the log.
  std::vector<const Decision*> decisions_on(Verb verb, const std::vector<Anchor>& anchors) const;
  /// The leaf of a capture.
  Result<proof::LeafIndex> leaf_of(CaptureId capture) const;

 private:
  std::string origin_record(const Claim& claim) const;
  void number_lineages(std::vector<Support>& supports) const;
  void join_same_bytes(std::vector<Support>& supports) const;
  std::optional<Digest> digest_of(const Anchor& anchor) const;
  Result<proof::ClaimRecord> claim_record(const Support& support);
  Result<std::string_view> bytes_of(const Anchor& anchor);
  void set_levels(proof::Entry& entry, const Event& event) const;
  void set_common_levels(proof::Entry& entry, const Victim& victim) const;
  void set_status(proof::Entry& entry, const Event& event, const std::vector<Support>& supports) const;

  const PlanInput& input_;
  std::unordered_map<ClaimId, const Claim*> claims_;
  std::unordered_map<ReportId, const ReportNote*> reports_;
  std::unordered_map<ReportId, const Lineage*> lineages_;
  std::unordered_map<EventId, const Event*> events_;
  std::unordered_map<CaptureId, const CaptureParts*> captures_;
  std::map<std::string, const Source*> sources_;
  std::map<std::pair<CaptureId, PartNumber>, std::vector<const Decision*>> decisions_;
  // The part read last: claims come in the order of captures.
  std::optional<std::pair<CaptureId, PartNumber>> open_part_;
  std::string open_bytes_;
  std::optional<ReportId> open_report_id_;
  Report open_report_;
};

/// Anchors of the claims that have one.
std::vector<Anchor> anchors_of(const std::vector<Support>& supports);

}  // namespace gavah::publish
