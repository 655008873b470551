#include "seal/shred.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/check.h"
#include "base/format.h"

namespace gavah::seal {
namespace {

/// What redactions name and is still there.
struct Pending {
  std::vector<proof::LeafIndex> leaves;
  std::vector<proof::EntryId> ids;
  std::vector<Digest> objects;
  /// Captures that are still to be reduced, each with the redaction that says to what.
  std::map<proof::LeafIndex, proof::LeafIndex> reductions;

  bool is_empty() const { return leaves.empty() && reductions.empty(); }
};

/// True when anything of an entry is left that opens or says something.
Result<bool> is_left(store::Chronicle& chronicle, const proof::SealedEntry& entry) {
  if (!entry.values.empty() || !entry.lists.empty()) return true;
  if (entry.leaf.object && chronicle.disk().exists(chronicle.objects().path_of(*entry.leaf.object))) return true;
  const auto secret = chronicle.keyring().find(entry.leaf.id);
  if (!secret && secret.error().code != ErrorCode::not_found) return std::unexpected(secret.error());
  return secret.has_value();
}

Result<void> find_target(store::Chronicle& chronicle, proof::LeafIndex target, Pending& out) {
  GAVAH_ASSIGN(const proof::SealedEntry entry, chronicle.ledger().entry(target));
  GAVAH_ASSIGN(const bool is_there, is_left(chronicle, entry));
  if (!is_there) return {};
  out.leaves.push_back(target);
  out.ids.push_back(entry.leaf.id);
  if (entry.leaf.object) out.objects.push_back(*entry.leaf.object);
  GAVAH_ASSIGN(const std::optional<Digest> remaining, proof::remaining_object(entry));
  if (remaining) out.objects.push_back(*remaining);
  return {};
}

/// True when the capture is as the redaction says already. The row of the ledger changes last, and all at once.
Result<bool> is_reduced(store::Chronicle& chronicle, proof::LeafIndex capture, const proof::SealedEntry& redaction) {
  GAVAH_ASSIGN(const std::string bytes, chronicle.ledger().leaf(capture));
  GAVAH_ASSIGN(const proof::Leaf leaf, proof::parse_leaf(bytes));
  GAVAH_ASSIGN(const std::optional<Digest> object, proof::remaining_object(redaction));
  const std::string* list = redaction.find("remains/parts");
  if (!object || list == nullptr) {
    return fail(ErrorCode::corrupt, format("leaf {} does not say what stays of a capture", redaction.index));
  }
  GAVAH_ASSIGN(const proof::ListHead head, proof::ListHead::parse(*list));
  GAVAH_ASSIGN(const store::EntrySecret secret, chronicle.keyring().find(leaf.id));
  if (!secret.reduced || secret.reduced->object != *object) return false;
  if (chronicle.disk().exists(chronicle.objects().path_of(*leaf.object))) return false;
  GAVAH_ASSIGN(const Capture row, chronicle.ledger().capture(CaptureId::from_bytes(leaf.id.view())));
  return row.part_count - row.destroyed.size() == head.count;
}

/// Leaves of all redactions, ascending.
Result<std::vector<proof::SealedEntry>> redactions(store::Chronicle& chronicle) {
  std::vector<proof::LeafIndex> indices;
  GAVAH_TRY(chronicle.ledger().for_each_of(proof::LeafType::redact, [&](proof::LeafIndex index) -> Result<void> {
    indices.push_back(index);
    return {};
  }));
  std::vector<proof::SealedEntry> out;
  for (const proof::LeafIndex index : indices) {
    GAVAH_ASSIGN(proof::SealedEntry entry, chronicle.ledger().entry(index));
    out.push_back(std::move(entry));
  }
  return out;
}

Result<Pending> find_pending(store::Chronicle& chronicle) {
  Pending out;
  GAVAH_ASSIGN(const std::vector<proof::SealedEntry> all, redactions(chronicle));
  std::set<proof::LeafIndex> targets;
  for (const proof::SealedEntry& redaction : all) {
    for (const proof::LeafIndex target : redaction.leaf.refs_as("target")) targets.insert(target);
  }
  for (const proof::LeafIndex target : targets) GAVAH_TRY(find_target(chronicle, target, out));
  for (const proof::SealedEntry& redaction : all) {
    // Of a capture that has lost parts twice the latest counts; it redacts the one before.
    if (targets.contains(redaction.index)) continue;
    for (const proof::LeafIndex capture : redaction.leaf.refs_as("within")) {
      if (targets.contains(capture)) continue;
      GAVAH_ASSIGN(const bool is_done, is_reduced(chronicle, capture, redaction));
      if (!is_done) out.reductions[capture] = redaction.index;
    }
  }
  return out;
}

/// A capture's entry as it will be.
struct Reduction {
  proof::LeafIndex leaf = 0;
  Digest old_object;
  store::EntrySecret secret;
  store::LedgerEntry row;
};

Result<Reduction> reduction_of(store::Chronicle& chronicle, proof::LeafIndex capture, proof::LeafIndex redaction) {
  GAVAH_ASSIGN(const proof::SealedEntry said, chronicle.ledger().entry(redaction));
  GAVAH_ASSIGN(const proof::Remains remains, proof::remains_from(said));
  // Nothing goes before what stays is seen to be there.
  GAVAH_TRY_AS(chronicle.objects().check(remains.object), format("what stays of the capture at leaf {}", capture));
  GAVAH_ASSIGN(const store::EntrySecret opening, chronicle.keyring().find(said.leaf.id));
  GAVAH_ASSIGN(proof::SealedEntry entry, chronicle.ledger().entry(capture));
  GAVAH_ASSIGN(const store::EntrySecret secret, chronicle.keyring().find(entry.leaf.id));
  entry.key = secret.key;
  if (secret.reduced) entry.slot_keys = secret.reduced->slots;
  proof::reduce(entry, remains);

  Reduction out;
  out.leaf = capture;
  out.old_object = *entry.leaf.object;
  out.secret = {entry.leaf.id, {}, opening.age_header, store::ReducedKey{remains.object, std::move(entry.slot_keys)}};
  GAVAH_ASSIGN(Capture before, chronicle.ledger().capture(CaptureId::from_bytes(entry.leaf.id.view())));
  out.row.values = std::move(entry.values);
  out.row.lists = std::move(entry.lists);
  out.row.json = to_json(proof::reduced(std::move(before), remains));
  out.row.parts = remains.parts;
  return out;
}

proof::Entry redaction_for(const ShredPlan& plan, const std::string& reason, const std::string& by) {
  proof::Entry out;
  out.type = proof::LeafType::redact;
  if (!plan.targets.empty()) out.refs.push_back({"target", plan.targets});
  if (!plan.is_whole()) out.refs.push_back({"within", {plan.leaf}});
  out.set("made-by", std::string("person"));
  out.set("reason", reason);
  if (!by.empty()) out.set("actor", by);
  return out;
}

Result<void> seal_redaction(LogWriter& writer, NewEntry redaction) {
  std::vector<NewEntry> entries;
  entries.push_back(std::move(redaction));
  GAVAH_TRY_AS(writer.append(std::move(entries)), "sealing the redaction");
  GAVAH_TRY_AS(writer.seal(), "sealing the redaction");
  return {};
}

}  // namespace

Result<void> shred(store::Chronicle& chronicle, LogWriter& writer, const ShredPlan& plan, const std::string& reason,
                   const std::string& by, Random& random) {
  GAVAH_CHECK(plan.is_whole());
  GAVAH_TRY(seal_redaction(writer, {redaction_for(plan, reason, by), {}}));
  return finish_shreds(chronicle, random);
}

Result<void> shred_parts(store::Chronicle& chronicle, LogWriter& writer, const ShredPlan& plan, const Staying& staying,
                         const std::string& reason, const std::string& by, Random& random) {
  GAVAH_CHECK(!plan.is_whole() && staying.parts.size() == plan.staying);
  const std::vector<age::Recipient> recipients = {chronicle.config().recipient};
  GAVAH_ASSIGN_AS(const age::Sealed object, chronicle.objects().put(staying.bytes, recipients, random),
                  "sealing what stays");
  const auto checked = [&]() -> Result<void> {
    GAVAH_TRY_AS(chronicle.objects().sync(), "sealing what stays");
    GAVAH_ASSIGN(const auto written,
                 chronicle.objects().open(object.payload_digest, object.header, chronicle.keys().identity));
    return staying.check(*written);
  }();
  if (!checked) {
    GAVAH_TRY(chronicle.objects().remove(object.payload_digest));
    return checked;
  }
  NewEntry redaction{redaction_for(plan, reason, by), {}, object.header};
  proof::set_remains(redaction.entry,
                     {object.payload_digest, object.plain_digest, object.plain_size_bytes, staying.parts}, random);
  GAVAH_TRY(seal_redaction(writer, std::move(redaction)));
  return finish_shreds(chronicle, random);
}

Result<void> finish_shreds(store::Chronicle& chronicle, Random& random) {
  GAVAH_ASSIGN_AS(const Pending pending, find_pending(chronicle), "looking for what was redacted");
  if (!pending.is_empty()) {
    std::vector<Reduction> reductions;
    for (const auto& [capture, redaction] : pending.reductions) {
      GAVAH_ASSIGN(Reduction reduction, reduction_of(chronicle, capture, redaction));
      reductions.push_back(std::move(reduction));
    }
    // Begun before anything goes, so that an interruption is finished to its end.
    GAVAH_TRY(chronicle.begin_epoch(random));
    GAVAH_TRY_AS(chronicle.keyring().shred(pending.ids), "destroying keys");
    for (const Reduction& each : reductions) GAVAH_TRY_AS(chronicle.keyring().replace(each.secret), "destroying keys");
    for (const Digest& object : pending.objects) GAVAH_TRY_AS(chronicle.objects().remove(object), "removing an object");
    for (const Reduction& each : reductions) {
      GAVAH_TRY_AS(chronicle.objects().remove(each.old_object), "removing an object");
    }
    // The ledger is last: by it an interruption is seen.
    GAVAH_TRY(chronicle.remove_index());
    for (const Reduction& each : reductions) {
      GAVAH_TRY_AS(chronicle.ledger().reduce(each.leaf, each.row), "destroying values");
    }
    GAVAH_TRY_AS(chronicle.ledger().shred(pending.leaves), "destroying values");
  }
  return chronicle.finish_epoch(random);
}

}  // namespace gavah::seal
