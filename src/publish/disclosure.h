#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/decision.h"
#include "proof/proof.h"
#include "publish/policy.h"

namespace gavah::publish {

/// The evidence records of an entry, in order. corrupt when one cannot be read.
Result<std::vector<proof::EvidenceRecord>> evidence_of(const proof::SealedEntry& sealed);
std::vector<Anchor> anchors_of(const std::vector<proof::EvidenceRecord>& evidence);

/// What the policy and the decisions to withhold, taken together, let an edition open. The log must outlive it.
class Disclosing {
 public:
  /// Reads the decisions of verb `withhold` that stand out of the log. corrupt when one cannot be read.
  static Result<Disclosing> from(std::span<const proof::SealedEntry> log, const Policy& policy);

  /// What is opened of an entry of the register, or of another leaf (then entry == sealed.index).
  proof::OpenedEntry open(proof::LeafType type, proof::LeafIndex entry, const proof::SealedEntry& sealed,
                          const std::vector<Anchor>& anchors) const;
  /// The decision that withholds the whole entry with this evidence, if there is one.
  std::optional<proof::LeafIndex> withholding(const std::vector<Anchor>& anchors) const;
  /// The leaf of the latest decision that withholds a slot there, or revokes one that did.
  std::optional<proof::LeafIndex> last_slot_decision(const std::vector<Anchor>& anchors) const;
  /// True when any decision withholds something about these words.
  bool is_closed(const Anchor& anchor) const;
  /// True when any decision withholds something in that part.
  bool closes_part(CaptureId capture, PartNumber part) const { return decisions_.contains({capture, part}); }
  /// Whether the record of a claim may be opened.
  bool opens_claim(const proof::EvidenceRecord& evidence, const proof::ClaimRecord& claim) const;
  const Policy& policy() const { return *policy_; }

 private:
  std::vector<const Decision*> decisions_at(const Anchor& anchor) const;

  const Policy* policy_ = nullptr;
  std::map<std::pair<CaptureId, PartNumber>, std::vector<Decision>> decisions_;
  /// Decisions about slots, revoked ones and their revocations too.
  std::map<std::pair<CaptureId, PartNumber>, std::vector<Decision>> about_slots_;
};

}  // namespace gavah::publish
