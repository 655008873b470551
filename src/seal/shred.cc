#include "seal/shred.h"

#include <algorithm>

#include "base/format.h"

namespace gavah::seal {
namespace {

/// Whether some of the evidence of a register entry stands in the capture.
Result<bool> cites(const proof::SealedEntry& entry, proof::LeafIndex capture) {
  const auto list = entry.lists.find("evidence");
  if (list == entry.lists.end()) return false;
  for (const proof::ListRecord& record : list->second) {
    GAVAH_ASSIGN(const proof::EvidenceRecord evidence, proof::evidence_record_from(record.bytes));
    if (evidence.leaf == capture) return true;
  }
  return false;
}

Result<void> find_decisions(store::Chronicle& chronicle, ShredPlan& plan) {
  return chronicle.ledger().for_each_json(
      proof::LeafType::decision, 0, [&](proof::LeafIndex index, std::string_view line) -> Result<void> {
        GAVAH_ASSIGN(const Json json, Json::parse(line));
        GAVAH_ASSIGN(const Decision decision, decision_from_json(json));
        const auto is_of_it = [&](const Anchor& anchor) { return anchor.capture == plan.capture; };
        if (std::ranges::none_of(decision.anchors, is_of_it)) return {};
        plan.targets.push_back(index);
        ++plan.decisions;
        return {};
      });
}

Result<void> find_entries(store::Chronicle& chronicle, proof::LeafIndex capture, ShredPlan& plan) {
  return chronicle.ledger().for_each_entry(capture, [&](const proof::SealedEntry& entry) -> Result<void> {
    GAVAH_ASSIGN(const bool is_of_it, cites(entry, capture));
    if (!is_of_it) return {};
    plan.targets.push_back(entry.index);
    ++plan.entries;
    return {};
  });
}

/// What a target still holds.
struct Remains {
  std::vector<proof::LeafIndex> leaves;
  std::vector<proof::EntryId> ids;
  std::vector<Digest> objects;
};

/// True when anything of an entry is left that opens or says something.
Result<bool> is_left(store::Chronicle& chronicle, const proof::SealedEntry& entry) {
  if (!entry.values.empty() || !entry.lists.empty()) return true;
  if (entry.leaf.object && chronicle.disk().exists(chronicle.objects().path_of(*entry.leaf.object))) return true;
  const auto secret = chronicle.keyring().find(entry.leaf.id);
  if (!secret && secret.error().code != ErrorCode::not_found) return std::unexpected(secret.error());
  return secret.has_value();
}

Result<Remains> find_remains(store::Chronicle& chronicle) {
  std::vector<proof::LeafIndex> redactions;
  GAVAH_TRY(chronicle.ledger().for_each_of(proof::LeafType::redact, [&](proof::LeafIndex index) -> Result<void> {
    redactions.push_back(index);
    return {};
  }));
  Remains out;
  for (const proof::LeafIndex redaction : redactions) {
    GAVAH_ASSIGN(const std::string bytes, chronicle.ledger().leaf(redaction));
    GAVAH_ASSIGN(const proof::Leaf leaf, proof::parse_leaf(bytes));
    for (const proof::LeafIndex target : leaf.refs_as("target")) {
      GAVAH_ASSIGN(const proof::SealedEntry entry, chronicle.ledger().entry(target));
      GAVAH_ASSIGN(const bool is_there, is_left(chronicle, entry));
      if (!is_there) continue;
      out.leaves.push_back(target);
      out.ids.push_back(entry.leaf.id);
      if (entry.leaf.object) out.objects.push_back(*entry.leaf.object);
    }
  }
  return out;
}

}  // namespace

Result<ShredPlan> plan_shred(store::Chronicle& chronicle, const CaptureId& capture) {
  ShredPlan out;
  out.capture = capture;
  GAVAH_ASSIGN(const Capture found, chronicle.ledger().capture(capture));
  GAVAH_ASSIGN(const proof::LeafIndex leaf, chronicle.ledger().index_of(proof::EntryId::from_bytes(capture.view())));
  out.targets.push_back(leaf);
  out.parts = found.part_count;
  GAVAH_TRY(find_decisions(chronicle, out));
  GAVAH_TRY(find_entries(chronicle, leaf, out));
  std::sort(out.targets.begin() + 1, out.targets.end());
  const Digest mark = store::mark_of(chronicle.keys(), found.digest);
  GAVAH_ASSIGN(out.same_bytes, chronicle.ledger().captures_marked(mark, kMaxSameBytes + 1));
  std::erase(out.same_bytes, capture);
  return out;
}

Result<void> shred(store::Chronicle& chronicle, LogWriter& writer, const ShredPlan& plan, const std::string& reason,
                   const std::string& by, Random& random) {
  std::vector<NewEntry> entries(1);
  proof::Entry& entry = entries.front().entry;
  entry.type = proof::LeafType::redact;
  entry.refs = {{"target", plan.targets}};
  std::ranges::sort(entry.refs.front().indices);
  entry.set("made-by", std::string("person"));
  entry.set("reason", reason);
  if (!by.empty()) entry.set("actor", by);
  GAVAH_TRY_AS(writer.append(std::move(entries)), "sealing the redaction");
  GAVAH_TRY_AS(writer.seal(), "sealing the redaction");
  return finish_shreds(chronicle, random);
}

Result<void> finish_shreds(store::Chronicle& chronicle, Random& random) {
  GAVAH_ASSIGN_AS(const Remains remains, find_remains(chronicle), "looking for what was redacted");
  if (!remains.leaves.empty()) {
    // Begun before anything goes, so that an interruption is finished to its end.
    GAVAH_TRY(chronicle.begin_epoch(random));
    GAVAH_TRY_AS(chronicle.keyring().shred(remains.ids), "destroying keys");
    for (const Digest& object : remains.objects) GAVAH_TRY_AS(chronicle.objects().remove(object), "removing an object");
    GAVAH_TRY_AS(chronicle.ledger().shred(remains.leaves), "destroying values");
    GAVAH_TRY(chronicle.remove_index());
  }
  return chronicle.finish_epoch(random);
}

}  // namespace gavah::seal
