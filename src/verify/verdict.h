#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"
#include "proof/proof.h"

namespace gavah::verify {

/// What was looked at when something turned out wrong. Names are part of the format: vectors cite them.
enum class Check {
  manifest,     ///< edition.json: form, members, signature of the release key
  file,         ///< size or SHA-256 of a file, a missing one, one too many
  checkpoint,   ///< form, origin, signature by a log key whose range holds the size
  log,          ///< leaves, bundles, tiles, root
  head,         ///< the previous edition's head or a remembered one is no prefix of this log
  register_,    ///< "register": replay of the acts on entries
  opening,      ///< a slot's opening against leaf and table
  record,       ///< a line that says what its leaf does not, a live entry without a line, a line too many
  evidence,     ///< an evidence or claim record, a passage, a part's bytes
  disposition,  ///< a part of a capture without exactly one status
  rule,         ///< a rule's file, leaf or hash
  total,        ///< a number that its members do not give
  accounting,   ///< created + split off = disclosed + withheld + merged + split + withdrawn
  duplicate,    ///< entries whose opened act, place and day overlap, and no `distinct` leaf cites them
  change,       ///< a member gained or lost without the leaf, rule or policy that caused it
  policy,       ///< something opened that the policy withholds, or about too few victims or sources at a time
  status,       ///< "verified" without a person's decision that names its method
  time          ///< a proof of time that does not hold, or is over no head of this log
};
std::string_view name_of(Check check);  ///< "register" for register_

struct Failure {
  Check check = Check::manifest;
  std::string file;  ///< path below the edition, empty when it is about the log as a whole
  std::optional<proof::LeafIndex> leaf;
  std::string message;
  /// "total: totals.json: rule events: says 12, its members give 11"
  std::string sentence() const;
};

/// The upper end of the time bracket: the first `size` leaves were there at `time`, as `by` proves.
struct NotAfter {
  std::uint64_t size = 0;
  Instant time;
  std::string by;  ///< the authority's name in the pin, or "Bitcoin block HEIGHT"
};
inline constexpr std::size_t kMaxNotAfter = 1'000;  ///< kept, those of the largest sizes

/// Numbers of things looked at, each named for people, in the order of the check.
struct Tally {
  std::string what;
  std::uint64_t count = 0;
};

/// How a witness of the pin's policy stands to an edition.
enum class WitnessState {
  counted,  ///< its cosignature counts towards the quorum
  absent,   ///< it has not signed
  old,      ///< it has signed, but longer ago than the reader asked for
  future    ///< it has signed, but at a time that has not come: that is not counted
};
std::string_view name_of(WitnessState state);

struct WitnessWord {
  std::string name;  ///< of its key
  WitnessState state = WitnessState::absent;
  std::optional<Instant> time;  ///< of its latest cosignature that counts, else of its latest; none when absent
};

/// The lower end of the time bracket: leaves from `leaf` on were not written before `time`, because that heartbeat
/// binds what the witness signed then.
struct NotBefore {
  proof::LeafIndex leaf = 0;
  Instant time;
  std::string witness;
};

/// The upper end, as far as witnesses go: all leaves were there at `time`.
struct SeenBy {
  Instant time;
  std::string witness;
};

enum class Outcome {
  witnessed,    ///< nothing failed and the pin's quorum of witnesses signed the head
  unwitnessed,  ///< nothing failed; nobody but the operator vouches that there is one history only
  failed
};
std::string_view name_of(Outcome outcome);

/// Whether the reader takes an edition that no witness has signed.
enum class Unwitnessed { refused, allowed };

inline constexpr std::size_t kMaxBrackets = 10'000;  ///< a heartbeat a day for 27 years
inline constexpr std::size_t kMaxFailures = 1'000;   ///< kept; a broken file would give one a line

/// What came of it. Everything the checks found, not the first thing only.
struct Verdict {
  Outcome outcome = Outcome::failed;
  std::vector<Failure> failures;    ///< in the order of the checks, at most kMaxFailures
  std::uint64_t failure_count = 0;  ///< all of them
  std::vector<NotAfter> not_after;  ///< ascending by size and time
  std::vector<Tally> checked;
  std::vector<Tally> withheld;         ///< steps from totals to bytes that the edition does not open
  std::vector<std::string> unchecked;  ///< what could not be checked, one sentence each
  std::vector<WitnessWord> witnesses;  ///< of the pin's policy, in its order
  std::vector<NotBefore> not_before;   ///< ascending by leaf and by time, at most kMaxBrackets
  std::optional<SeenBy> seen_by;       ///< the earliest that a known witness says
  std::vector<std::string> forks;      ///< fork files (proof/fork.h): signed heads that contradict this edition's
  std::vector<std::string> heads;      ///< signed notes of this edition that hold, for the reader to remember

  /// Exit status of the command: 0 when witnessed, or unwitnessed and allowed; otherwise 1.
  int exit_status(Unwitnessed unwitnessed) const;
};

std::string to_json(const Verdict& verdict);
/// A page for people: outcome, failures, what was checked, withheld, unchecked.
std::string to_text(const Verdict& verdict);

}  // namespace gavah::verify
