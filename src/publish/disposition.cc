#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "base/format.h"
#include "proof/proof.h"
#include "publish/planning.h"

// What became of each part of each capture.
namespace gavah::publish {
namespace {

using proof::LeafIndex;
using PartKey = std::pair<CaptureId, PartNumber>;
using Statuses = std::map<PartKey, std::string>;

/// Of several reports in one part the strongest status counts: linked, then no act found, then hollow.
Statuses derived_statuses(const PlanInput& input) {
  std::unordered_set<ReportId> linked;
  std::unordered_map<ClaimId, ReportId> report_of;
  for (const Claim& claim : input.claims) report_of[claim.id] = claim.report;
  const auto link = [&](const std::vector<ClaimId>& claims) {
    for (const ClaimId& claim : claims) linked.insert(report_of[claim]);
  };
  for (const Event& event : input.events) link(event.claims);
  for (const Victim& victim : input.victims) link(victim.claims);
  Statuses out;
  for (const ReportNote& report : input.reports) {
    std::string& status = out[{report.capture, report.part}];
    if (linked.contains(report.id)) {
      status = "linked";
    } else if (status != "linked" && report.hollow.empty()) {
      status = "no act found";
    } else if (status.empty()) {
      status = "hollow";
    }
  }
  return out;
}

/// Also what only the register rests on: an entry may wait for its batch, or for a person.
Result<void> add_registered(Planning& planning, Statuses& statuses) {
  for (const proof::RegisterEntry& entry : planning.appending.entries().entries()) {
    if (!entry.is_live()) continue;
    GAVAH_ASSIGN(const auto* anchors, planning.anchors_at(entry.index));
    for (const Anchor& anchor : *anchors) statuses[{anchor.capture, anchor.part}] = "linked";
  }
  return {};
}

/// What people decided on parts; the latest decision on a part counts. A part that an event rests on is linked whatever
/// was decided, or an edition would say of its own evidence that it is irrelevant: the disagreement is told.
void apply_decisions(const PlanInput& input, Statuses& statuses, std::vector<std::string>& disagreements) {
  for (const Decision& decision : input.decisions) {
    if (decision.verb != Verb::dispose) continue;
    for (const Anchor& anchor : decision.anchors) {
      std::string& status = statuses[{anchor.capture, anchor.part}];
      if (status != "linked") {
        status = decision.value;
        continue;
      }
      disagreements.push_back(
          format("decision {} calls {}:{} {}, yet an event rests on it: reject its claims, or "
                 "revoke the decision",
                 decision.id.hex(), anchor.capture.hex(), anchor.part, decision.value));
    }
  }
}

Result<void> dispose_capture(Planning& planning, const Capture& capture, std::vector<std::string> records) {
  Appending& appending = planning.appending;
  const LeafIndex leaf = static_cast<LeafIndex>(capture.leaf.value_or(-1));
  const auto* state = appending.entries().find_capture(leaf);
  if (state == nullptr) return fail(ErrorCode::not_found, format("capture {} has no leaf", capture.id.hex()));
  const bool is_stated = state->dispose && std::ranges::equal(appending.at(*state->dispose).list("statuses"), records,
                                                              {}, &proof::ListRecord::bytes);
  if (is_stated) return {};
  proof::Entry entry;
  entry.type = proof::LeafType::dispose;
  entry.refs = {{"capture", {leaf}}};
  entry.set_list("statuses", std::move(records), planning.random);
  GAVAH_TRY(appending.append(std::move(entry)));
  ++planning.plan.disposed;
  return {};
}

}  // namespace

Result<void> dispose_parts(Planning& planning) {
  Statuses statuses = derived_statuses(planning.input);
  GAVAH_TRY(add_registered(planning, statuses));
  apply_decisions(planning.input, statuses, planning.plan.disagreements);
  for (const CaptureParts& capture : planning.input.captures) {
    std::vector<std::string> records;
    for (PartNumber part = 0; part < capture.capture.part_count; ++part) {
      const auto known = statuses.find({capture.capture.id, part});
      proof::StatusRecord record{part, known == statuses.end() ? "backlog" : known->second, std::nullopt};
      if (record.status == "no act found") record.program = planning.input.program;
      if (std::ranges::binary_search(capture.capture.destroyed, part)) record = {part, "destroyed", std::nullopt};
      records.push_back(proof::to_json(record));
    }
    GAVAH_TRY(dispose_capture(planning, capture.capture, std::move(records)));
  }
  return {};
}

}  // namespace gavah::publish
