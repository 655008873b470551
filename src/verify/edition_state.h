#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
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
  std::vector<std::pair<proof::LeafIndex, PartNumber>> linked;  ///< parts that are called so, ascending
  std::vector<proof::RuleInForce> rules;                        ///< those whose file and leaf hold

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
/// Files that key and heartbeat leaves bind: changes of key, and heads that heartbeats embed.
void check_bound(const Pin& pin, const EditionState& edition, Findings& findings);
/// Reads policy.json and compares it with the manifest.
void read_policy(EditionState& edition, Findings& findings);
/// Nothing is opened beyond the policy; victims enter, and attributes are opened, of enough at a time.
void check_policy(const EditionState& edition, Findings& findings);
void check_records(const EditionFolder& folder, const std::string& origin, std::size_t threads, EditionState& edition,
                   Findings& findings);
void check_evidence(const EditionFolder& folder, std::size_t threads, const EditionState& edition, Findings& findings);
void check_dispositions(const EditionFolder& folder, std::size_t threads, EditionState& edition, Findings& findings);
void check_totals(std::size_t threads, EditionState& edition, Findings& findings);
/// `previous` is empty when the reader does not have it.
void check_changes(Disk& disk, const std::optional<std::string>& previous, const Pin& pin, const EditionState& edition,
                   Findings& findings);

/// Proofs of time over heads of this log (spec/time.md). After check_log(), whose tree it uses.
void check_time(const Pin& pin, const EditionState& edition, Findings& findings);

}  // namespace gavah::verify
