#include "publish/preview.h"

#include <algorithm>

#include "base/format.h"
#include "publish/appending.h"
#include "publish/disclosure.h"
#include "publish/release.h"

namespace gavah::publish {
namespace {

using proof::LeafIndex;
using proof::LeafType;
using proof::OpenedEntry;

/// Makes one preview. Lives for one call.
class Previewer {
 public:
  Previewer(const PlanInput& input, const Appending& appending, const Disclosing& disclosing)
      : input_(input), appending_(appending), disclosing_(disclosing) {}

  Result<Preview> run() {
    GAVAH_TRY(open_entries());
    out_.events = slots_of(events_, LeafType::event);
    out_.victims = slots_of(victims_, LeafType::victim);
    out_.event = events_.empty() ? 0 : events_.front().entry;
    GAVAH_TRY(count_claims());
    GAVAH_TRY(count_totals());
    return std::move(out_);
  }

 private:
  Result<void> open_entries();
  std::vector<SlotPreview> slots_of(const std::vector<OpenedEntry>& opened, LeafType type) const;
  Result<void> count_claims();
  Result<void> count_totals();

  const PlanInput& input_;
  const Appending& appending_;
  const Disclosing& disclosing_;
  std::vector<OpenedEntry> events_;
  std::vector<OpenedEntry> victims_;
  Preview out_;
};

Result<void> Previewer::open_entries() {
  std::vector<OpenedEntry> opened;
  for (const proof::RegisterEntry& entry : appending_.entries().entries()) {
    if (entry.state != proof::EntryState::disclosed) continue;
    const proof::SealedEntry& sealed = appending_.at(entry.current);
    GAVAH_ASSIGN(const auto evidence, evidence_of(sealed));
    opened.push_back(disclosing_.open(entry.type, entry.index, sealed, anchors_of(evidence)));
  }
  Release(input_.policy, sha256(to_json(input_.policy) + "\n"), nullptr).close_what_stands_out(opened);
  for (OpenedEntry& entry : opened) (entry.type == LeafType::event ? events_ : victims_).push_back(std::move(entry));
  const auto events = appending_.entries().accounting(LeafType::event);
  const auto victims = appending_.entries().accounting(LeafType::victim);
  out_.disclosed = events.disclosed;
  out_.withheld = events.withheld;
  out_.victims_counted = victims.disclosed;
  out_.victims_withheld = victims.withheld;
  return {};
}

std::vector<SlotPreview> Previewer::slots_of(const std::vector<OpenedEntry>& opened, LeafType type) const {
  std::vector<SlotPreview> out;
  for (const proof::SlotSpec& spec : proof::slots_of(type)) {
    SlotPreview slot;
    slot.path = spec.path;
    for (const OpenedEntry& entry : opened) {
      const std::string* value = appending_.at(entry.leaf).find(spec.path);
      if (&entry == &opened.front() && value != nullptr) slot.example = *value;
      if (value != nullptr) ++slot.known;
      if (value != nullptr && entry.find(spec.path)) ++slot.opened;
    }
    out.push_back(std::move(slot));
  }
  return out;
}

Result<void> Previewer::count_claims() {
  for (const OpenedEntry& event : events_) {
    const proof::SealedEntry& sealed = appending_.at(event.leaf);
    const auto& claims = sealed.list("claims");
    out_.claims += claims.size();
    if (!event.value("evidence") || !event.value("claims")) continue;
    GAVAH_ASSIGN(const auto evidence, evidence_of(sealed));
    for (std::size_t i = 0; i < claims.size() && i < evidence.size(); ++i) {
      GAVAH_ASSIGN(const proof::ClaimRecord claim, proof::claim_record_from(claims[i].bytes));
      if (disclosing_.opens_claim(evidence[i], claim)) ++out_.claims_opened;
    }
  }
  return {};
}

Result<void> Previewer::count_totals() {
  const proof::Population population{events_, victims_, out_.withheld, out_.victims_withheld + input_.policy.batch - 1};
  for (const LeafIndex leaf : appending_.entries().rules()) {
    const std::string* text = appending_.at(leaf).find("text");
    if (text == nullptr) return fail(ErrorCode::corrupt, format("the rule at leaf {} has no text", leaf));
    GAVAH_ASSIGN_AS(const proof::Rule rule, proof::Rule::parse(*text + "\n"),
                    format("reading the rule at leaf {}", leaf));
    out_.totals.push_back(proof::recount(rule, leaf, population));
  }
  std::ranges::sort(out_.totals, {}, &proof::Total::rule);
  return {};
}

}  // namespace

Result<Preview> preview(const PlanInput& input, const Plan& plan) {
  GAVAH_ASSIGN(Appending appending, Appending::from(input.log));
  for (const proof::Entry& entry : plan.entries) GAVAH_TRY(appending.append(entry));
  GAVAH_ASSIGN(const Disclosing disclosing, Disclosing::from(input.log, input.policy));
  return Previewer(input, appending, disclosing).run();
}

}  // namespace gavah::publish
