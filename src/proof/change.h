#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/result.h"
#include "proof/leaf.h"
#include "proof/opened_entry.h"
#include "proof/register.h"
#include "proof/rule.h"

namespace gavah::proof {

/// Why an entry's share in a total differs from the edition before: an act in the log since then, a rule that was
/// replaced since then, or another disclosure policy.
enum class CauseKind { leaf, rule, policy };

/// A line of changes.jsonl:
///   {"type":"change","rule":NAME,"entry":N,"from":TEXT,"to":TEXT,"cause":"leaf"|"rule"|"policy","leaf":N|null}
/// with the texts of total.h's text_of(Contribution). `leaf` is the act, or the rule's leaf.
struct Change {
  std::string rule;
  LeafIndex entry = 0;
  std::string from;
  std::string to;
  CauseKind cause = CauseKind::leaf;
  std::optional<LeafIndex> leaf;
  friend bool operator==(const Change&, const Change&) = default;
};
std::string to_json(const Change& change);
Result<Change> change_from(std::string_view line);
/// What a contribution's text adds to the two ends of a total.
std::int64_t low_of(std::string_view contribution);
std::optional<std::int64_t> high_of(std::string_view contribution);  ///< nothing: unbounded

/// One edition, as far as totals depend on it.
struct EditionState {
  std::span<const OpenedEntry> events;  ///< disclosed, ascending by entry
  std::span<const RuleInForce> rules;
  std::uint64_t size = 0;  ///< leaves
  Digest policy;
  std::span<const OpenedEntry> victims = {};  ///< disclosed, ascending by entry

  std::span<const OpenedEntry> entries(Unit unit) const { return unit == Unit::victims ? victims : events; }
};

struct ChangeList {
  std::vector<Change> changes;                                 ///< by rule in the order of `now`, then by entry
  std::vector<std::pair<std::string, LeafIndex>> unexplained;  ///< rule and entry that changed without a cause
};
/// Every difference between the two, with its cause. A rule that the edition before did not have under that name has no
/// changes. `entries` is the register at `now`.
ChangeList changes_between(const EditionState& before, const EditionState& now, const Register& entries);

/// The cause that the rules give for a change of `entry` under `rule`, if there is one.
struct Cause {
  CauseKind kind = CauseKind::leaf;
  std::optional<LeafIndex> leaf;
};
std::optional<Cause> cause_of(LeafIndex entry, LeafIndex rule_leaf, const EditionState& before, const Digest& policy,
                              const Register& entries);

}  // namespace gavah::proof
