#include "publish/disclosure.h"

#include <algorithm>

#include "base/format.h"
#include "base/json.h"

namespace gavah::publish {
namespace {

/// "time" closes time/year, …; "count:killed" closes count/killed/low, …; a full path closes itself.
bool covers(std::string_view slot, std::string_view path) {
  std::string prefix(slot);
  std::ranges::replace(prefix, ':', '/');
  return path == prefix || path.starts_with(prefix + "/");
}

}  // namespace

Result<std::vector<proof::EvidenceRecord>> evidence_of(const proof::SealedEntry& sealed) {
  std::vector<proof::EvidenceRecord> out;
  for (const proof::ListRecord& record : sealed.list("evidence")) {
    auto read = proof::evidence_record_from(record.bytes);
    if (!read) return fail(ErrorCode::corrupt, format("leaf {}: {}", sealed.index, read.error().message));
    out.push_back(*std::move(read));
  }
  return out;
}

std::vector<Anchor> anchors_of(const std::vector<proof::EvidenceRecord>& evidence) {
  std::vector<Anchor> out;
  for (const proof::EvidenceRecord& record : evidence) {
    if (record.anchor) out.push_back(*record.anchor);
  }
  return out;
}

namespace {

Result<std::vector<Decision>> decisions_in(std::span<const proof::SealedEntry> log) {
  std::vector<Decision> out;
  for (const proof::SealedEntry& sealed : log) {
    if (sealed.leaf.type != proof::LeafType::decision) continue;
    const std::string* verb = sealed.find("verb");
    if (verb == nullptr || (*verb != name_of(Verb::withhold) && *verb != name_of(Verb::revoke))) continue;
    GAVAH_ASSIGN_AS(Decision decision, proof::decision_from(sealed),
                    format("reading the decision at leaf {}", sealed.index));
    out.push_back(std::move(decision));
  }
  return out;
}

}  // namespace

Result<Disclosing> Disclosing::from(std::span<const proof::SealedEntry> log, const Policy& policy) {
  Disclosing out;
  out.policy_ = &policy;
  GAVAH_ASSIGN(std::vector<Decision> all, decisions_in(log));
  for (const Decision& decision : all) {
    if (decision.verb == Verb::withhold && decision.slot.empty()) continue;
    for (const Anchor& anchor : decision.anchors) out.about_slots_[{anchor.capture, anchor.part}].push_back(decision);
  }
  for (const Decision& decision : standing(std::move(all))) {
    for (const Anchor& anchor : decision.anchors) out.decisions_[{anchor.capture, anchor.part}].push_back(decision);
  }
  return out;
}

std::optional<proof::LeafIndex> Disclosing::last_slot_decision(const std::vector<Anchor>& anchors) const {
  std::optional<proof::LeafIndex> last;
  for (const Anchor& anchor : anchors) {
    const auto there = about_slots_.find({anchor.capture, anchor.part});
    if (there == about_slots_.end()) continue;
    for (const Decision& decision : there->second) {
      const bool met = std::ranges::any_of(decision.anchors, [&](const Anchor& other) { return meets(anchor, other); });
      if (met) last = std::max(last.value_or(0), static_cast<proof::LeafIndex>(decision.leaf.value_or(0)));
    }
  }
  return last;
}

std::vector<const Decision*> Disclosing::decisions_at(const Anchor& anchor) const {
  std::vector<const Decision*> out;
  const auto there = decisions_.find({anchor.capture, anchor.part});
  if (there == decisions_.end()) return out;
  for (const Decision& decision : there->second) {
    const bool met = std::ranges::any_of(decision.anchors, [&](const Anchor& other) { return meets(anchor, other); });
    if (met) out.push_back(&decision);
  }
  return out;
}

proof::OpenedEntry Disclosing::open(proof::LeafType type, proof::LeafIndex entry, const proof::SealedEntry& sealed,
                                    const std::vector<Anchor>& anchors) const {
  std::vector<std::string> paths = policy_->openable(type);
  for (const Anchor& anchor : anchors) {
    for (const Decision* decision : decisions_at(anchor)) {
      std::erase_if(paths, [&](const std::string& path) { return covers(decision->slot, path); });
    }
  }
  return proof::open_entry(type, entry, sealed, paths);
}

std::optional<proof::LeafIndex> Disclosing::withholding(const std::vector<Anchor>& anchors) const {
  for (const Anchor& anchor : anchors) {
    for (const Decision* decision : decisions_at(anchor)) {
      if (decision->slot.empty()) return static_cast<proof::LeafIndex>(decision->leaf.value_or(0));
    }
  }
  return std::nullopt;
}

bool Disclosing::is_closed(const Anchor& anchor) const { return !decisions_at(anchor).empty(); }

bool Disclosing::opens_claim(const proof::EvidenceRecord& evidence, const proof::ClaimRecord& claim) const {
  if (policy_->passages == Passages::none) return false;
  if (evidence.anchor && is_closed(*evidence.anchor)) return false;
  return policy_->passages == Passages::all || !proof::names_persons(claim);
}

}  // namespace gavah::publish
