#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "proof/proof.h"
#include "verify/edition_folder.h"
#include "verify/findings.h"
#include "verify/pin.h"
#include "verify/verdict.h"
#include "verify/verify.h"

namespace gavah::verify {

/// What an edition opens of sources: leaves of the registry, and records of `origins` by leaf and place.
struct Released {
  std::set<proof::LeafIndex> sources;
  std::set<std::pair<proof::LeafIndex, std::uint64_t>> origins;
};

/// An edition as it is read, check after check; what a failed check leaves empty, later checks pass over.
struct EditionState {
  proof::Manifest manifest;
  std::map<std::string, proof::FileStamp> stamps;  ///< every file that the manifest vouches for, by path
  std::map<std::string, std::string> files;        ///< bytes by path, of the small ones that checks look at whole
  std::vector<proof::Leaf> leaves;
  proof::HashTree tree;
  std::string cosigned;  ///< the file of that name, which no manifest lists; empty when there is none
  proof::Register entries;
  // Lines of records.jsonl that hold, ascending: those of events, which totals count, and all others.
  std::vector<proof::OpenedEntry> events;
  std::vector<proof::OpenedEntry> others;
  std::unordered_map<proof::LeafIndex, std::size_t> event_at;  ///< by leaf, into the two
  std::unordered_map<proof::LeafIndex, std::size_t> other_at;
  std::vector<proof::OpenedEntry> victims;  ///< those of `others`, again
  std::optional<proof::Policy> policy;      ///< when it can be read
  proof::Accounting events_before;          ///< at the size of the edition before
  proof::Accounting victims_before;
  std::set<std::pair<proof::LeafIndex, std::uint64_t>> origins;  ///< records of that list that are open: leaf and place
  std::vector<std::pair<proof::LeafIndex, PartNumber>> linked;   ///< parts that are called so, ascending
  std::vector<std::pair<proof::LeafIndex, PartNumber>> destroyed;
  std::vector<proof::RuleInForce> rules;  ///< those whose file and leaf hold

  /// A kept file's bytes, empty when it is not there.
  std::string_view file(const std::string& path) const;
  /// Null when nothing is opened of that leaf.
  const proof::OpenedEntry* opened_leaf(proof::LeafIndex leaf) const;
  /// What its rules count.
  proof::Population population() const;
};

// The checks, in the order in which verify_edition() makes them. Each compares the files that it reads with the
// manifest; what needs no more than that is done by check_files().
enum class ReadLater { not_now, also_now };  ///< whether check_files() compares what other checks will read anyway
bool check_files(const EditionFolder& folder, const Pin& pin, ReadLater later, std::size_t threads,
                 EditionState& edition, Findings& findings);
void check_log(const EditionFolder& folder, std::size_t threads, EditionState& edition, Findings& findings);
/// Heads, witnesses, what the reader remembers, heartbeats and changes of key. True when a quorum of the pin's
/// witnesses vouches for this edition. After check_log(), whose tree it uses.
bool check_trust(const VerifyOptions& options, const EditionState& edition, Findings& findings);
/// A signed head that the reader is shown or brings, and what to say when a retired key alone signed it.
struct ShownHead {
  std::string note;
  Check check = Check::checkpoint;
  std::string file;
};
/// Files that key and heartbeat leaves bind: changes of key, and heads that heartbeats embed. No head of `shown`, and
/// none embedded, is signed by keys alone that the log had retired before that size.
void check_bound(const Pin& pin, const EditionState& edition, std::vector<ShownHead> shown, Findings& findings);
/// Reads policy.json and compares it with the manifest.
void read_policy(EditionState& edition, Findings& findings);
/// Nothing is opened beyond the policy; victims enter, and attributes are opened, of enough at a time.
void check_policy(const EditionState& edition, Findings& findings);
void check_records(const EditionFolder& folder, const std::string& origin, std::size_t threads, EditionState& edition,
                   Findings& findings);
void check_evidence(const EditionFolder& folder, std::size_t threads, EditionState& edition, Findings& findings);
void check_dispositions(const EditionFolder& folder, std::size_t threads, EditionState& edition, Findings& findings);
void check_totals(std::size_t threads, EditionState& edition, Findings& findings);
/// Sources and origins that the edition before did not open are opened enough at a time. After check_evidence().
void check_release(const EditionState& edition, const Released& before, Findings& findings);
/// Reads what an edition opened of sources, from its files.
void read_released(const EditionFolder& folder, const EditionState& copy, Released& out, Findings& findings);
/// `previous` is empty when the reader does not have it.
void check_changes(Disk& disk, const std::optional<std::string>& previous, const Pin& pin, const EditionState& edition,
                   Findings& findings);

/// Proofs of time over heads of this log (spec/time.md). After check_log(), whose tree it uses.
void check_time(const Pin& pin, const EditionState& edition, Findings& findings);

}  // namespace gavah::verify
