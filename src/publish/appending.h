#pragma once

#include <deque>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/decision.h"
#include "proof/proof.h"

namespace gavah::publish {

/// The log as it will be once the planned entries are sealed: each is replayed as it is added, so that a plan that the
/// register would refuse is refused here. The log must outlive it.
class Appending {
 public:
  /// Replays the log; fatal when its own leaves are refused.
  static Result<Appending> from(std::span<const proof::SealedEntry> log);

  Result<proof::LeafIndex> append(proof::Entry entry);
  proof::LeafIndex next() const { return log_.size() + entries_.size(); }
  const proof::Register& entries() const { return register_; }
  /// What will stand at that index.
  const proof::SealedEntry& at(proof::LeafIndex index) const;
  std::vector<proof::Entry> take() { return std::move(entries_); }

 private:
  std::span<const proof::SealedEntry> log_;
  std::deque<proof::SealedEntry> added_;  // at() gives references that appending must not end
  std::vector<proof::Entry> entries_;
  proof::Register register_;
};

/// An act on one entry, with who did it and why.
proof::Entry act_on(proof::LeafType type, std::string_view role, std::vector<proof::LeafIndex> entries,
                    std::string_view reason);

/// Says that a person's decision is behind the act.
void cite_decision(proof::Entry& act, const Decision& decision);

}  // namespace gavah::publish
