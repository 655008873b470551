#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/capture.h"
#include "model/claim.h"
#include "model/report.h"
#include "pipeline/chronicle.h"
#include "proof/proof.h"

namespace gavah::pipeline {

/// What checking one step found. `fails` and `unchecked` say why in `note`.
enum class Found { holds, none, fails, unchecked };
struct StepCheck {
  Found found = Found::none;
  std::string note;
};

/// The way from a claim down to bytes and to the log, each step checked when it was walked.
struct Evidence {
  Claim claim;
  Report report;
  Span passage;  ///< of the report's text: the sentences that the claim's anchor covers
  Capture capture;
  Part part;
  std::optional<ByteRange> bytes;  ///< of the part
  StepCheck passage_check;         ///< the map leads to bytes of the part that are these words
  StepCheck digest_check;          ///< the part's bytes, read again through its chain, have the recorded digest
  StepCheck leaf_check;            ///< the capture's leaf is in the tree under the checkpoint
};

/// Walks claims to bytes. Keeps the capture that was opened last. One thread.
class EvidenceWalker {
 public:
  explicit EvidenceWalker(Chronicle& chronicle) : chronicle_(chronicle) {}
  Result<Evidence> walk(const Claim& claim);
  /// The words that a claim rests on.
  static std::string_view words(const Evidence& evidence);
  /// The capture's leaf against the signed head.
  StepCheck check_leaf(const Capture& capture);
  /// The part's bytes; their digest was checked.
  Result<std::string> part_bytes(const Part& part);
  /// The audit path of a leaf under the head, RFC 6962.
  Result<proof::Proof> inclusion(proof::LeafIndex leaf);
  Result<proof::Checkpoint> head();

 private:
  Chronicle& chronicle_;
  std::optional<CaptureId> opened_id_;
  std::unique_ptr<ByteSource> opened_;
  std::optional<proof::Checkpoint> head_;
};

/// "dd"-like steps that anyone can walk: "bytes 0 to 812 of the capture, gunzip; bytes 310 to 2040, as they are".
std::string chain_text(const Part& part);

}  // namespace gavah::pipeline
