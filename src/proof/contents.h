#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/random.h"
#include "base/result.h"
#include "model/anchor.h"
#include "model/capture.h"
#include "model/claim.h"
#include "model/decision.h"
#include "model/source.h"
#include "proof/entry.h"

namespace gavah::proof {

// What the slots of capture, source and decision leaves hold, and the records of list slots: canonical JSON.

/// Everything of a capture; its id becomes the leaf's. `object` is the SHA-256 of the encrypted payload.
Entry capture_entry(const Capture& capture, std::span<const Part> parts, const Digest& object, Random& random);
/// The same without the records of its lists of parts, which the caller keeps: PartRecord and the part in full of each,
/// in order.
Entry capture_entry(const Capture& capture, const ListHead& parts, const ListHead& chains, const Digest& object);
/// The same read back, `leaf` set. corrupt when a slot that capture_entry always sets is missing or malformed.
Result<Capture> capture_from(const SealedEntry& sealed);
Result<std::vector<Part>> parts_from(const SealedEntry& sealed);

Entry source_entry(const Source& source, const std::string& actor);
Result<Source> source_from(const SealedEntry& sealed);

/// The decision's id becomes the leaf's.
Entry decision_entry(const Decision& decision);
Result<Decision> decision_from(const SealedEntry& sealed);

/// A record of `parts`: {"part","sha256","size"}. Says nothing of names and addresses; those are in `chains`, whose
/// records are the parts in full.
struct PartRecord {
  PartNumber part = 0;
  Digest sha256;
  std::uint64_t size_bytes = 0;
  friend bool operator==(const PartRecord&, const PartRecord&) = default;
};
std::string to_json(const PartRecord& record);
Result<PartRecord> part_record_from(std::string_view json);

/// A record of `statuses`: {"part","status","program"}. Status is one of kStatuses; the program (and codebook) that
/// found no act is named with "no act found" only.
struct StatusRecord {
  PartNumber part = 0;
  std::string status;
  std::optional<std::string> program;
  friend bool operator==(const StatusRecord&, const StatusRecord&) = default;
};
inline constexpr std::array<std::string_view, 6> kStatuses{"linked", "no act found", "irrelevant",
                                                           "hollow", "backlog",      "destroyed"};
std::string to_json(const StatusRecord& record);
Result<StatusRecord> status_record_from(std::string_view json);

/// A record of `evidence`: {"leaf","anchor","lineage","polarity"}: the capture's leaf, where in it the words stand,
/// which of the entry's lineages the report belongs to (from 0), and whether it asserts, denies, doubts or corrects.
/// Not anchored: leaf and anchor are null.
struct EvidenceRecord {
  std::optional<LeafIndex> leaf;
  std::optional<Anchor> anchor;
  std::uint32_t lineage = 0;
  Polarity polarity = Polarity::asserted;
  friend bool operator==(const EvidenceRecord&, const EvidenceRecord&) = default;
};
std::string to_json(const EvidenceRecord& record);
Result<EvidenceRecord> evidence_record_from(std::string_view json);

/// A record of `claims`, at the same place of its list as the evidence: {"claim":CLAIM,"text","encoding","passage"}.
/// CLAIM is a claim record without id, report, anchor and about. `passage` is the bytes that the anchor covers, as
/// UTF-8 or, when they are not, in base64; null without an anchor or beyond kMaxPassageBytes. `text` is the sentence
/// as extracted.
struct ClaimRecord {
  std::string claim;  ///< canonical JSON
  std::string text;
  std::optional<std::string> passage;  ///< bytes
  friend bool operator==(const ClaimRecord&, const ClaimRecord&) = default;
};
inline constexpr std::size_t kMaxPassageBytes = 65'536;  ///< a sentence with its markup; more is no passage
std::string to_json(const ClaimRecord& record);
Result<ClaimRecord> claim_record_from(std::string_view json);
/// What a ClaimRecord says of a claim.
std::string public_claim(const Claim& claim);
/// True when the record was made from that claim, whatever its passage.
[[nodiscard]] bool says(std::string_view claim_record, std::string_view public_claim);
/// True when the claim in it names persons, or rests on the word of someone who speaks for no institution.
[[nodiscard]] bool names_persons(const ClaimRecord& record);

}  // namespace gavah::proof
