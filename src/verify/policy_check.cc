#include <array>

#include "base/format.h"
#include "proof/proof.h"
#include "verify/edition_state.h"

namespace gavah::verify {
namespace {

using proof::LeafIndex;
using proof::LeafType;
using proof::OpenedEntry;

const std::string kPolicy = "policy.json";
const std::string kRecords = "records.jsonl";
constexpr std::size_t kTypes = static_cast<std::size_t>(LeafType::edition) + 1;

/// By number of slot: whether the policy lets it be opened.
using Openable = std::vector<bool>;

/// What may be opened of each type; of `amend` by the type of what it restates.
class OpenableSlots {
 public:
  explicit OpenableSlots(const proof::Policy& policy) {
    for (std::size_t i = 0; i < kTypes; ++i) {
      const auto type = static_cast<LeafType>(i);
      own_[i] = openable(policy, type, type);
    }
    amended_event_ = openable(policy, LeafType::event, LeafType::amend);
    amended_victim_ = openable(policy, LeafType::victim, LeafType::amend);
  }

  const Openable& of(const OpenedEntry& entry) const {
    if (entry.table != LeafType::amend) return own_[static_cast<std::size_t>(entry.type)];
    return entry.type == LeafType::victim ? amended_victim_ : amended_event_;
  }

 private:
  static Openable openable(const proof::Policy& policy, LeafType type, LeafType table) {
    Openable out(proof::slots_of(table).size(), false);
    for (const std::string& path : policy.openable(type)) {
      if (const auto slot = proof::slot_at(table, path)) out[*slot] = true;
    }
    // What an event rests on, and what carries bytes that the policy opens.
    if (type == LeafType::decision) out[*proof::slot_at(table, "verb")] = true;
    if (type == LeafType::capture && policy.evidence != proof::Evidence::none)
      out[*proof::slot_at(table, "parts")] = true;
    return out;
  }

  std::array<Openable, kTypes> own_;
  Openable amended_event_;
  Openable amended_victim_;
};

void check_slots(const EditionState& edition, Findings& findings) {
  const OpenableSlots openable(*edition.policy);
  std::uint64_t closed = 0;
  for (const auto* kept : {&edition.events, &edition.others}) {
    for (const OpenedEntry& entry : *kept) {
      const Openable& may = openable.of(entry);
      entry.slots.each([&](const proof::OpenedSlot& slot) {
        if (may[slot.slot]) return;
        findings.add(Check::policy, kRecords, entry.leaf,
                     format("opens {}, which the policy withholds", proof::slots_of(entry.table)[slot.slot].path));
      });
      if (entry.type != LeafType::event) continue;
      const auto open = static_cast<std::uint64_t>(std::ranges::count(may, true));
      closed += open - std::min<std::uint64_t>(open, entry.slots.size());
    }
  }
  findings.withheld("slots of events that the policy would open and a decision withholds", closed);
}

/// Attributes of victims that came since the edition before are shared by enough, and those that are closed among them
/// are enough too, or what is left would tell who they are; of older ones the edition that first opened them was to be
/// judged.
void check_cells(const EditionState& edition, Findings& findings) {
  const auto& previous = edition.manifest.previous;
  const bool same_policy = previous && previous->policy == edition.manifest.policy;
  const LeafIndex fresh_from = same_policy ? previous->size : 0;
  const auto cells = proof::attribute_cells(edition.victims);
  std::uint64_t closed = 0;
  std::uint64_t fresh_closed = 0;
  std::uint64_t fresh_open = 0;
  for (const OpenedEntry& victim : edition.victims) {
    const std::string key = proof::attributes_of(victim);
    if (key.empty()) ++closed;
    if (victim.leaf >= fresh_from) ++(key.empty() ? fresh_closed : fresh_open);
    if (key.empty() || victim.leaf < fresh_from || cells.at(key) >= edition.policy->min_cell) continue;
    findings.add(Check::policy, kRecords, victim.leaf,
                 format("its attributes are those of {} victims, and the policy opens none of fewer than {}",
                        cells.at(key), edition.policy->min_cell));
  }
  if (fresh_open > 0 && fresh_closed > 0 && fresh_closed < edition.policy->min_cell) {
    findings.add(
        Check::policy, kRecords,
        format("{} victims are closed beside others that are opened, and the policy closes none of fewer than {}",
               fresh_closed, edition.policy->min_cell));
  }
  if (!edition.policy->victim_slots.empty()) findings.withheld("victims of whom no attribute is opened", closed);
}

void check_batch(const EditionState& edition, Findings& findings) {
  const std::uint64_t from = edition.manifest.previous ? edition.manifest.previous->size : 0;
  if (from > edition.leaves.size()) return;
  const std::uint64_t acts = proof::victims_acted_on(std::span(edition.leaves).subspan(from), from, edition.entries);
  if (acts > 0 && acts < edition.policy->batch) {
    findings.add(Check::policy, "",
                 format("{} victims entered or changed since the edition before, and the policy's batch is {}", acts,
                        edition.policy->batch));
  }
  if (edition.policy->batch > 1) {
    findings.unchecked(
        format("Victims enter {} at a time: up to {} may be waiting, and totals of victims hold them in "
               "their upper ends.",
               edition.policy->batch, edition.policy->batch - 1));
  }
}

}  // namespace

void read_policy(EditionState& edition, Findings& findings) {
  const std::string_view bytes = edition.file(kPolicy);
  if (sha256(bytes) != edition.manifest.policy) {
    findings.add(Check::manifest, kPolicy, "is not the policy that the manifest names");
  }
  auto policy = bytes.ends_with('\n') ? proof::Policy::parse(bytes.substr(0, bytes.size() - 1))
                                      : Result<proof::Policy>(fail(ErrorCode::invalid_input, "its line is cut"));
  if (findings.expect(policy, Check::policy, kPolicy)) edition.policy = *std::move(policy);
}

void check_policy(const EditionState& edition, Findings& findings) {
  if (!edition.policy) return;
  check_slots(edition, findings);
  check_cells(edition, findings);
  check_batch(edition, findings);
  if (edition.policy->victims == proof::Disclosure::withheld && !edition.victims.empty()) {
    findings.add(Check::policy, kRecords, edition.victims.front().entry,
                 "a victim is disclosed, and the policy withholds all");
  }
}

}  // namespace gavah::verify
