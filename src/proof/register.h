#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "proof/leaf.h"

namespace gavah::proof {

/// What became of an `event` or `victim` leaf. `disclosed` and `withheld` are alive, the others are over for good.
enum class EntryState { disclosed, withheld, merged, split, withdrawn };
std::string_view name_of(EntryState state);

/// One entry of the register: its identity is the index of the leaf that created it.
struct RegisterEntry {
  LeafIndex index = 0;
  LeafType type = LeafType::event;  ///< event or victim
  EntryState state = EntryState::disclosed;
  LeafIndex current = 0;            ///< the leaf that holds its slots: itself, or its latest `amend`
  LeafIndex last_act = 0;           ///< the latest leaf that acted on it, itself at first
  std::optional<LeafIndex> parent;  ///< the entry that it was split off from
  std::optional<LeafIndex> into;    ///< where it was merged into
  std::uint32_t children = 0;       ///< entries split off from it
  bool is_live() const { return state == EntryState::disclosed || state == EntryState::withheld; }
};

/// A `distinct` leaf.
struct DistinctAct {
  LeafIndex leaf = 0;
  std::vector<LeafIndex> entries;    ///< a whole set, or
  std::optional<LeafIndex> through;  ///< every entry up to here in the cell that the leaf's slots name
};

/// created + split_off = disclosed + withheld + merged + split + withdrawn, always: each entry has one state.
struct Accounting {
  std::uint64_t created = 0;
  std::uint64_t split_off = 0;
  std::uint64_t disclosed = 0;
  std::uint64_t withheld = 0;
  std::uint64_t merged = 0;
  std::uint64_t split = 0;
  std::uint64_t withdrawn = 0;
  bool balances() const { return created + split_off == disclosed + withheld + merged + split + withdrawn; }
  friend bool operator==(const Accounting&, const Accounting&) = default;
};

/// The state of every entry after a prefix of the log: a pure function of the leaves' public lines. One thread.
class Register {
 public:
  /// Replays the next leaf. refused for an act that the rules forbid (on a dead entry, on something that is no entry, a
  /// merge of an event into a victim, …); invalid_input for a reference that does not point back. The leaf then has no
  /// effect, but still takes its index, so that the replay can go on and find more.
  Result<void> apply(const Leaf& leaf);
  /// refused, naming it, when an entry was split and fewer than two entries cite it as parent.
  Result<void> check_splits() const;

  std::uint64_t size() const { return types_.size(); }
  LeafType type_of(LeafIndex leaf) const { return types_.at(leaf); }
  /// Ascending by index.
  const std::vector<RegisterEntry>& entries() const { return entries_; }
  /// Null when that leaf created no entry.
  const RegisterEntry* find(LeafIndex entry) const;
  const std::vector<DistinctAct>& distincts() const { return distincts_; }
  Accounting accounting(LeafType type) const;

  /// Capture leaves, ascending, each with its latest `dispose` leaf.
  struct CaptureState {
    LeafIndex capture = 0;
    std::optional<LeafIndex> dispose;
    bool redacted = false;
    std::uint32_t reductions = 0;  ///< `redact` leaves that destroyed parts of it: each one at least
  };
  const std::vector<CaptureState>& captures() const { return captures_; }
  const CaptureState* find_capture(LeafIndex capture) const;
  const std::vector<LeafIndex>& rules() const { return rules_; }        ///< `rule` leaves that nothing replaces
  const std::vector<LeafIndex>& editions() const { return editions_; }  ///< `edition` leaves
  bool is_redacted(LeafIndex leaf) const { return redacted_.at(leaf); }

 private:
  Result<void> act(const Leaf& leaf, LeafIndex index);
  Result<void> create(const Leaf& leaf, LeafIndex index);
  Result<void> amend(const Leaf& leaf, LeafIndex index);
  Result<void> merge(const Leaf& leaf, LeafIndex index);
  Result<void> split(const Leaf& leaf, LeafIndex index);
  Result<void> distinguish(const Leaf& leaf, LeafIndex index);
  Result<void> withhold(const Leaf& leaf, LeafIndex index);
  Result<void> withdraw(const Leaf& leaf, LeafIndex index);
  Result<void> redact(const Leaf& leaf, LeafIndex index);
  Result<void> dispose(const Leaf& leaf, LeafIndex index);
  Result<void> adopt_rule(const Leaf& leaf, LeafIndex index);
  Result<void> follow(const Leaf& leaf, LeafIndex index);
  Result<void> follow_edition(const Leaf& leaf, LeafIndex index);
  Result<RegisterEntry*> live_entry(LeafIndex entry, std::string_view act);
  RegisterEntry* entry_at(LeafIndex leaf);

  std::vector<LeafType> types_;
  std::vector<std::uint32_t> place_;  ///< leaf to its place in entries_ (or captures_), kNoPlace otherwise
  std::vector<bool> redacted_;
  std::vector<RegisterEntry> entries_;
  std::vector<CaptureState> captures_;
  std::vector<DistinctAct> distincts_;
  std::vector<LeafIndex> rules_;
  std::vector<LeafIndex> editions_;
  std::vector<std::pair<LeafIndex, LeafIndex>> amends_;  ///< amend leaf, entry; ascending
};

/// How many victims the leaves `leaves`, the first of which has the index `first`, enter, change, merge or disclose
/// again: what a policy's batch is compared with. To withhold or withdraw a victim never waits and is not counted.
/// `entries` is the register after them.
std::uint64_t victims_acted_on(std::span<const Leaf> leaves, LeafIndex first, const Register& entries);

}  // namespace gavah::proof
