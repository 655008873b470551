#include <algorithm>
#include <set>

#include "base/format.h"
#include "seal/shred.h"

namespace gavah::seal {
namespace {

bool holds(const std::vector<PartNumber>& ascending, PartNumber number) {
  return std::ranges::binary_search(ascending, number);
}

/// Whether some of the evidence of a register entry stands in what goes.
Result<bool> cites(const proof::SealedEntry& entry, const ShredPlan& plan, const std::vector<std::string>& unanchored) {
  const auto& records = entry.list("evidence");
  const auto& claims = entry.list("claims");
  for (std::size_t i = 0; i < records.size(); ++i) {
    GAVAH_ASSIGN(const proof::EvidenceRecord evidence, proof::evidence_record_from(records[i].bytes));
    if (evidence.leaf == plan.leaf && holds(plan.parts, evidence.anchor->part)) return true;
    if (evidence.leaf || i >= claims.size()) continue;
    const auto is_said = [&](const std::string& claim) { return proof::says(claims[i].bytes, claim); };
    if (std::ranges::any_of(unanchored, is_said)) return true;
  }
  return false;
}

Result<void> find_decisions(store::Chronicle& chronicle, ShredPlan& plan) {
  return chronicle.ledger().for_each_json(proof::LeafType::decision, 0,
                                          [&](proof::LeafIndex index, std::string_view line) -> Result<void> {
                                            GAVAH_ASSIGN(const Json json, Json::parse(line));
                                            GAVAH_ASSIGN(const Decision decision, decision_from_json(json));
                                            const auto is_of_it = [&](const Anchor& anchor) {
                                              return anchor.capture == plan.capture && holds(plan.parts, anchor.part);
                                            };
                                            if (std::ranges::none_of(decision.anchors, is_of_it)) return {};
                                            plan.targets.push_back(index);
                                            ++plan.decisions;
                                            return {};
                                          });
}

/// Register entries that rest on it, and what earlier shreds said stays of the capture: that is not so any more.
Result<void> find_entries(store::Chronicle& chronicle, const std::vector<std::string>& unanchored, ShredPlan& plan) {
  return chronicle.ledger().for_each_entry(plan.leaf, [&](const proof::SealedEntry& entry) -> Result<void> {
    const auto& within = entry.leaf.refs_as("within");
    const bool is_earlier = std::ranges::find(within, plan.leaf) != within.end() && !entry.values.empty();
    GAVAH_ASSIGN(const bool is_of_it, cites(entry, plan, unanchored));
    if (!is_of_it && !is_earlier) return {};
    plan.targets.push_back(entry.index);
    if (is_of_it) ++plan.entries;
    return {};
  });
}

Result<void> find_same_parts(store::Chronicle& chronicle, const std::vector<Part>& parts, ShredPlan& plan) {
  std::set<Digest> digests;
  for (const Part& part : parts) {
    if (holds(plan.parts, part.number)) digests.insert(part.digest);
  }
  return chronicle.ledger().for_each_part_digest(
      [&](const CaptureId& capture, PartNumber number, const Digest& digest) {
        if (!digests.contains(digest) || (capture == plan.capture && holds(plan.parts, number))) return;
        ++plan.same_part_count;
        if (plan.same_parts.size() < kMaxSameParts) plan.same_parts.emplace_back(capture, number);
      });
}

Result<ShredPlan> planned(store::Chronicle& chronicle, ShredPlan plan, const std::vector<Part>& parts,
                          const std::vector<std::string>& unanchored) {
  GAVAH_TRY(find_decisions(chronicle, plan));
  GAVAH_TRY(find_entries(chronicle, unanchored, plan));
  GAVAH_TRY(find_same_parts(chronicle, parts, plan));
  std::ranges::sort(plan.targets);
  return plan;
}

Result<ShredPlan> begun(store::Chronicle& chronicle, const CaptureId& capture) {
  ShredPlan out;
  out.capture = capture;
  GAVAH_TRY(chronicle.ledger().capture(capture));
  GAVAH_ASSIGN(out.leaf, chronicle.ledger().index_of(proof::EntryId::from_bytes(capture.view())));
  return out;
}

}  // namespace

Result<ShredPlan> plan_shred(store::Chronicle& chronicle, const CaptureId& capture,
                             const std::vector<std::string>& unanchored) {
  GAVAH_ASSIGN(ShredPlan out, begun(chronicle, capture));
  GAVAH_ASSIGN(const Capture found, chronicle.ledger().capture(capture));
  GAVAH_ASSIGN(const auto parts, chronicle.ledger().parts(capture));
  for (const Part& part : parts) out.parts.push_back(part.number);
  out.targets.push_back(out.leaf);
  const Digest mark = store::mark_of(chronicle.keys(), found.digest);
  GAVAH_ASSIGN(out.same_bytes, chronicle.ledger().captures_marked(mark, kMaxSameBytes + 1));
  std::erase(out.same_bytes, capture);
  return planned(chronicle, std::move(out), parts, unanchored);
}

Result<ShredPlan> plan_shred_parts(store::Chronicle& chronicle, const CaptureId& capture,
                                   const std::vector<PartNumber>& parts, const std::vector<std::string>& unanchored) {
  GAVAH_ASSIGN(ShredPlan out, begun(chronicle, capture));
  GAVAH_ASSIGN(const auto all, chronicle.ledger().parts(capture));
  for (const Part& part : all) {
    if (std::ranges::find(parts, part.number) != parts.end()) out.parts.push_back(part.number);
  }
  if (out.parts.empty())
    return fail(ErrorCode::not_found, format("no such part of capture {} is there", capture.hex()));
  if (out.parts.size() == all.size()) return plan_shred(chronicle, capture, unanchored);
  out.staying = all.size() - out.parts.size();
  return planned(chronicle, std::move(out), all, unanchored);
}

}  // namespace gavah::seal
