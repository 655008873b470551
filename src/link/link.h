#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/json.h"
#include "link/address.h"
#include "model/claim.h"
#include "model/decision.h"
#include "model/event.h"
#include "model/lineage.h"
#include "model/report.h"
#include "model/source.h"

namespace gavah::link {

/// What linking needs to know of one report, about 500 bytes whatever the length of its text. Pure: made once a
/// report, kept beside it, never published.
struct ReportDigest {
  ReportId id;
  CaptureId capture;
  PartNumber part = 0;
  ReportKind kind = ReportKind::article;
  std::string source;
  std::string url;  ///< scheme, "www.", fragment, tracking parameters and a last slash removed
  std::string lang;
  std::optional<Instant> published_from;
  std::optional<Instant> published_to;
  std::optional<Instant> captured;
  bool hollow = false;
  std::uint32_t words = 0;               ///< of the folded text; URLs and mentions are not words
  std::uint64_t text_hash = 0;           ///< of the folded words in their order; 0 when there are none
  std::vector<std::uint32_t> shingles;   ///< sorted hashes of word triples; only of texts of at most kShortWords words
  std::vector<std::uint32_t> signature;  ///< one-permutation MinHash of the triples, where these are not kept
  std::vector<std::uint32_t> numbers;    ///< sorted values of the numbers in the text, at most kNumberLimit
  std::vector<Relation> relations;      ///< as the report states them, addresses normalised as `url`, spans in its text
  std::vector<std::string> links;       ///< normalised as `url`
  std::vector<std::string> cited;       ///< folded words that follow "according to", «به گزارش», …: who is cited
  std::vector<std::uint64_t> captions;  ///< hashes of folded picture captions of at least kCaptionWords words
};

inline constexpr std::uint32_t kShortWords = 80;    ///< words; up to here texts are compared exactly
inline constexpr std::size_t kSignatureSlots = 64;  ///< values; standard error of a similarity of 0.6 is 0.06
inline constexpr std::size_t kNumberLimit = 32;     ///< numbers kept of one report
inline constexpr std::uint32_t kCaptionWords = 5;   ///< words; shorter captions ("File photo") say nothing
inline constexpr std::size_t kCitationLimit = 8;    ///< citations kept of one report

/// Linear in the text. Any thread.
ReportDigest digest(const Report& report);

/// {"type":"report digest",…}: what the index keeps. Reading gives back the same digest.
std::string to_json(const ReportDigest& digest);
Result<ReportDigest> report_digest_from_json(const Json& json);

/// All of a case at once. Order does not matter; ids of reports and of claims are unique.
struct LinkInput {
  std::span<const ReportDigest> reports;
  std::span<const Claim> claims;  ///< those that people coded by hand (verb `code`) are among them
  std::span<const Source> sources;
  std::span<const Decision> decisions;
};

/// A claim that denies, doubts, corrects or retracts another, in the same report or elsewhere.
struct ClaimAbout {
  ClaimId claim;
  ClaimId about;
  friend bool operator==(const ClaimAbout&, const ClaimAbout&) = default;
};

/// A decision one of whose anchors meets no claim, so that it has no effect here; a person must settle it.
struct OrphanDecision {
  DecisionId decision;
  std::string why;
};

/// Which claims at its anchor a `correct` or `reject` means: "killing" those of the act as earlier decisions left it,
/// "killing 2 of 3" the second of the three that were coded, whatever decisions made of their acts, "" all. A codebook
/// that finds another number of them there leaves such a decision an orphan: nobody can say which of them was meant.
struct NamedClaims {
  std::string_view act;
  std::uint32_t number = 0;  ///< 0: all of the act
  std::uint32_t of = 0;
};
NamedClaims named_claims(std::string_view words);

/// Where a claim stands among those of its act and anchor as coded, in the order of their triggers: killing, 2 of 3.
struct Rank {
  std::string act;
  std::uint32_t number = 1;
  std::uint32_t of = 1;
};
/// `coded`: the claims of its report before any correction, it among them. Linear.
Rank rank_of(const Claim& claim, std::span<const Claim> coded);
bool means(const NamedClaims& named, const Claim& claim, const Rank& rank);

/// What the slot of a `correct` names: "killing/count:killed" the count of the claims of killing at its anchor alone,
/// "killing 2 of 3/count:killed" of one of them, "count:killed" that of every claim there.
struct CorrectedSlot {
  NamedClaims claims;
  std::string_view slot;
};
CorrectedSlot corrected_slot(std::string_view slot);

/// Sets one slot: "act", "stage", "polarity" (names as in the formats), "attribution" (its name, or
/// {"attribution","speaker":ACTOR}), "time" ("2024-04-12", "2024-04-06/2024-04-15" with the last day included, or a
/// TIME object), "place" (a PLACE object or a list of them), "actor", "target" (ACTOR or a list), "person" (PERSON or a
/// list), "count:KIND" ("5", "4-6", "4-" for at least), "umbrella" ("true", "false"). Anything else is invalid input.
/// Who the claim named already keeps its span; spans that a value gives are passed over.
Result<void> correct_slot(Claim& claim, std::string_view slot, std::string_view value);

struct LinkOutput {
  std::vector<Lineage> lineages;        ///< a partition of the reports, sorted by id
  std::vector<Event> events;            ///< sorted by start of time, then by id
  std::vector<Victim> victims;          ///< sorted by id
  std::vector<ClaimAbout> abouts;       ///< for claims whose `about` was empty, sorted by claim
  std::vector<Claim> corrected;         ///< claims as a person's `correct` left them, sorted by id
  std::vector<ClaimId> rejected;        ///< by a person's `reject`; in no event; sorted
  std::vector<OrphanDecision> orphans;  ///< sorted by decision
};

/// Lineages, then events, then victims; decisions applied on the way. Pure and deterministic: the order of the input
/// and `threads` (0: all cores) change nothing. Events rest on claims about occurred, continuing or ended acts; plans
/// and threats make no event and join none. A person's `merge` joins whatever the rules say, `distinct` and `split`
/// part. `verify` alone makes an event verified.
/// Event ids derive from the founding claim's anchor and act (first captured, then first published), so that later
/// reports do not change them.
/// About 100,000 reports with 150,000 claims in a few seconds on two cores.
LinkOutput link(const LinkInput& input, const IdSecret& secret, std::size_t threads = 0);

}  // namespace gavah::link
