#include "proof/register.h"

#include <set>

#include "base/format.h"
#include "proof/slot_table.h"

namespace gavah::proof {
namespace {

constexpr std::uint32_t kNoPlace = UINT32_MAX;

bool creates_entry(LeafType type) { return type == LeafType::event || type == LeafType::victim; }

void end_entry(RegisterEntry& entry, EntryState state, LeafIndex act) {
  entry.state = state;
  entry.last_act = act;
}

}  // namespace

std::string_view name_of(EntryState state) {
  switch (state) {
    case EntryState::disclosed:
      return "disclosed";
    case EntryState::withheld:
      return "withheld";
    case EntryState::merged:
      return "merged";
    case EntryState::split:
      return "split";
    case EntryState::withdrawn:
      return "withdrawn";
  }
  return {};
}

Result<void> Register::apply(const Leaf& leaf) {
  const LeafIndex index = types_.size();
  Result<void> allowed = check_refs_before(leaf, index);
  if (allowed) allowed = check_shape(leaf);
  if (allowed) allowed = act(leaf, index);
  types_.push_back(leaf.type);
  redacted_.push_back(false);
  if (place_.size() < types_.size()) place_.push_back(kNoPlace);
  if (!allowed) return fail_with(std::move(allowed), format("replaying leaf {}, {}", index, name_of(leaf.type)));
  return {};
}

Result<void> Register::act(const Leaf& leaf, LeafIndex index) {
  switch (leaf.type) {
    case LeafType::event:
    case LeafType::victim:
      return create(leaf, index);
    case LeafType::amend:
      return amend(leaf, index);
    case LeafType::merge:
      return merge(leaf, index);
    case LeafType::split:
      return split(leaf, index);
    case LeafType::distinct:
      return distinguish(leaf, index);
    case LeafType::withhold:
      return withhold(leaf, index);
    case LeafType::withdraw:
      return withdraw(leaf, index);
    case LeafType::redact:
      return redact(leaf, index);
    case LeafType::dispose:
      return dispose(leaf, index);
    case LeafType::rule:
      return adopt_rule(leaf, index);
    case LeafType::key:
    case LeafType::edition:
      return follow(leaf, index);
    case LeafType::capture:
      place_.push_back(static_cast<std::uint32_t>(captures_.size()));
      captures_.push_back({index, std::nullopt, false, 0});
      return {};
    case LeafType::source:
    case LeafType::decision:
    case LeafType::heartbeat:
      return {};
  }
  return {};
}

RegisterEntry* Register::entry_at(LeafIndex leaf) {
  if (leaf >= types_.size() || !creates_entry(types_[leaf]) || place_[leaf] == kNoPlace) return nullptr;
  return &entries_[place_[leaf]];
}

const RegisterEntry* Register::find(LeafIndex entry) const {
  if (entry >= types_.size() || !creates_entry(types_[entry]) || place_[entry] == kNoPlace) return nullptr;
  return &entries_[place_[entry]];
}

const Register::CaptureState* Register::find_capture(LeafIndex capture) const {
  if (capture >= types_.size() || types_[capture] != LeafType::capture || place_[capture] == kNoPlace) return nullptr;
  return &captures_[place_[capture]];
}

Result<RegisterEntry*> Register::live_entry(LeafIndex entry, std::string_view act) {
  RegisterEntry* found = entry_at(entry);
  if (found == nullptr) return fail(ErrorCode::refused, format("{} of leaf {}, which is no entry", act, entry));
  if (!found->is_live()) {
    return fail(ErrorCode::refused, format("{} of entry {}, which is {}", act, entry, name_of(found->state)));
  }
  return found;
}

Result<void> Register::create(const Leaf& leaf, LeafIndex index) {
  RegisterEntry entry;
  entry.index = index;
  entry.type = leaf.type;
  entry.current = index;
  entry.last_act = index;
  for (const LeafIndex parent : leaf.refs_as("parent")) {
    RegisterEntry* found = entry_at(parent);
    if (found == nullptr || found->state != EntryState::split) {
      return fail(ErrorCode::refused, format("leaf {} is cited as parent, but was not split", parent));
    }
    ++found->children;
    entry.parent = parent;
  }
  place_.push_back(static_cast<std::uint32_t>(entries_.size()));
  entries_.push_back(entry);
  return {};
}

Result<void> Register::amend(const Leaf& leaf, LeafIndex index) {
  const LeafIndex target = leaf.refs_as("entry").front();
  GAVAH_ASSIGN(RegisterEntry * entry, live_entry(target, "amendment"));
  entry->current = index;
  entry->last_act = index;
  amends_.emplace_back(index, target);
  return {};
}

Result<void> Register::merge(const Leaf& leaf, LeafIndex index) {
  const LeafIndex target = leaf.refs_as("into").front();
  GAVAH_ASSIGN(RegisterEntry * into, live_entry(target, "merge"));
  const auto& sources = leaf.refs_as("from");
  for (const LeafIndex source : sources) {
    GAVAH_ASSIGN(const RegisterEntry* from, live_entry(source, "merge"));
    if (source == target) return fail(ErrorCode::refused, format("entry {} is merged into itself", target));
    if (from->type != into->type) {
      return fail(ErrorCode::refused, format("entries {} and {} are not of one type", source, target));
    }
  }
  for (const LeafIndex source : sources) {
    RegisterEntry& from = *entry_at(source);
    end_entry(from, EntryState::merged, index);
    from.into = target;
  }
  into->last_act = index;
  return {};
}

Result<void> Register::split(const Leaf& leaf, LeafIndex index) {
  GAVAH_ASSIGN(RegisterEntry * entry, live_entry(leaf.refs_as("entry").front(), "split"));
  if (entry->type != LeafType::event) return fail(ErrorCode::refused, "only events are split");
  end_entry(*entry, EntryState::split, index);
  return {};
}

Result<void> Register::distinguish(const Leaf& leaf, LeafIndex index) {
  DistinctAct act;
  act.leaf = index;
  act.entries = leaf.refs_as("entry");
  if (!leaf.refs_as("through").empty()) act.through = leaf.refs_as("through").front();
  if (act.through && !act.entries.empty()) {
    return fail(ErrorCode::refused, "a distinct leaf cites a set or a cell, not both");
  }
  if (!act.through && act.entries.size() < 2) return fail(ErrorCode::refused, "one entry is distinct from nothing");
  for (const LeafIndex entry : act.entries) {
    GAVAH_ASSIGN(const RegisterEntry* found, live_entry(entry, "distinction"));
    if (found->type != LeafType::event) return fail(ErrorCode::refused, "a distinct leaf cites an entry of no event");
  }
  distincts_.push_back(std::move(act));
  return {};
}

Result<void> Register::withhold(const Leaf& leaf, LeafIndex index) {
  const auto check = [&](std::string_view role, EntryState wanted) -> Result<void> {
    for (const LeafIndex entry : leaf.refs_as(role)) {
      GAVAH_ASSIGN(const RegisterEntry* found, live_entry(entry, "withholding"));
      if (found->state != wanted) {
        return fail(ErrorCode::refused, format("entry {} is {} already", entry, name_of(found->state)));
      }
    }
    return {};
  };
  GAVAH_TRY(check("entry", EntryState::disclosed));
  GAVAH_TRY(check("lift", EntryState::withheld));
  for (const LeafIndex entry : leaf.refs_as("entry")) end_entry(*entry_at(entry), EntryState::withheld, index);
  for (const LeafIndex entry : leaf.refs_as("lift")) end_entry(*entry_at(entry), EntryState::disclosed, index);
  return {};
}

Result<void> Register::withdraw(const Leaf& leaf, LeafIndex index) {
  for (const LeafIndex entry : leaf.refs_as("entry")) GAVAH_TRY(live_entry(entry, "withdrawal"));
  for (const LeafIndex entry : leaf.refs_as("entry")) end_entry(*entry_at(entry), EntryState::withdrawn, index);
  return {};
}

Result<void> Register::redact(const Leaf& leaf, LeafIndex index) {
  for (const LeafIndex target : leaf.refs_as("target")) {
    const LeafType type = types_[target];
    if (type == LeafType::rule || type == LeafType::key || type == LeafType::heartbeat || type == LeafType::edition) {
      return fail(ErrorCode::refused, format("leaf {} is public and cannot be redacted", target));
    }
  }
  for (const LeafIndex within : leaf.refs_as("within")) {
    const CaptureState* capture = find_capture(within);
    if (capture == nullptr) return fail(ErrorCode::refused, format("leaf {} is no capture", within));
    if (capture->redacted || std::ranges::binary_search(leaf.refs_as("target"), within)) {
      return fail(ErrorCode::refused, format("the capture at leaf {} is redacted as a whole", within));
    }
    ++captures_[place_[within]].reductions;
  }
  for (const LeafIndex target : leaf.refs_as("target")) {
    redacted_[target] = true;
    const bool is_capture = types_[target] == LeafType::capture && place_[target] != kNoPlace;  // else it was refused
    if (is_capture) captures_[place_[target]].redacted = true;
    RegisterEntry* entry = entry_at(target);
    const auto amended = std::ranges::lower_bound(amends_, target, {}, &std::pair<LeafIndex, LeafIndex>::first);
    if (amended != amends_.end() && amended->first == target) entry = entry_at(amended->second);
    if (entry != nullptr && entry->is_live()) end_entry(*entry, EntryState::withdrawn, index);
  }
  return {};
}

Result<void> Register::dispose(const Leaf& leaf, LeafIndex index) {
  const LeafIndex capture = leaf.refs_as("capture").front();
  if (types_[capture] != LeafType::capture || place_[capture] == kNoPlace) {
    return fail(ErrorCode::refused, format("disposition of leaf {}, which is no capture", capture));
  }
  captures_[place_[capture]].dispose = index;
  return {};
}

Result<void> Register::adopt_rule(const Leaf& leaf, LeafIndex index) {
  for (const LeafIndex old : leaf.refs_as("replaces")) {
    if (std::erase(rules_, old) == 0) return fail(ErrorCode::refused, format("leaf {} is no rule in force", old));
  }
  rules_.push_back(index);
  return {};
}

Result<void> Register::follow(const Leaf& leaf, LeafIndex index) {
  for (const LeafIndex previous : leaf.refs_as("previous")) {
    if (types_[previous] != leaf.type) {
      return fail(ErrorCode::refused, format("leaf {} is no {}", previous, name_of(leaf.type)));
    }
  }
  return leaf.type == LeafType::edition ? follow_edition(leaf, index) : Result<void>();
}

/// Editions are one chain: a second first one, or two that follow the same one, would be two stories told of one log.
Result<void> Register::follow_edition(const Leaf& leaf, LeafIndex index) {
  const auto& previous = leaf.refs_as("previous");
  const bool follows = editions_.empty() ? previous.empty() : !previous.empty() && previous.front() == editions_.back();
  if (!follows) return fail(ErrorCode::refused, "it does not follow the latest edition");
  editions_.push_back(index);
  return {};
}

Result<void> Register::check_splits() const {
  for (const RegisterEntry& entry : entries_) {
    if (entry.state == EntryState::split && entry.children < 2) {
      return fail(ErrorCode::refused,
                  format("entry {} was split, but {} entries cite it", entry.index, entry.children));
    }
  }
  return {};
}

Accounting Register::accounting(LeafType type) const {
  Accounting out;
  for (const RegisterEntry& entry : entries_) {
    if (entry.type != type) continue;
    ++(entry.parent ? out.split_off : out.created);
    switch (entry.state) {
      case EntryState::disclosed:
        ++out.disclosed;
        break;
      case EntryState::withheld:
        ++out.withheld;
        break;
      case EntryState::merged:
        ++out.merged;
        break;
      case EntryState::split:
        ++out.split;
        break;
      case EntryState::withdrawn:
        ++out.withdrawn;
        break;
    }
  }
  return out;
}

std::uint64_t victims_acted_on(std::span<const Leaf> leaves, LeafIndex first, const Register& entries) {
  std::set<LeafIndex> victims;
  const auto note = [&](LeafIndex entry) {
    const RegisterEntry* found = entries.find(entry);
    if (found != nullptr && found->type == LeafType::victim) victims.insert(entry);
  };
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    const Leaf& leaf = leaves[i];
    if (leaf.type == LeafType::victim) note(first + i);
    if (leaf.type != LeafType::amend && leaf.type != LeafType::merge && leaf.type != LeafType::withhold) continue;
    for (const LeafRef& ref : leaf.refs) {
      if (leaf.type == LeafType::withhold && ref.role != "lift") continue;
      for (const LeafIndex entry : ref.indices) note(entry);
    }
  }
  return victims.size();
}

}  // namespace gavah::proof
