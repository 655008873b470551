#include "proof/commitment.h"

#include "base/bytes.h"
#include "base/check.h"
#include "base/format.h"

namespace gavah::proof {
namespace {

constexpr std::string_view kFieldLabel = "gavah/field/0";
constexpr std::string_view kCommitLabel = "gavah/commit/0";

constexpr std::string_view kOtherTable = "the leaf has not as many slots as its type";
constexpr std::string_view kOtherPath = "the path is not that of the slot";
constexpr std::string_view kOtherCommitment = "it does not give the commitment in the leaf";

std::unexpected<Error> rejected(LeafIndex leaf, std::uint32_t slot, std::string_view why) {
  return fail(ErrorCode::invalid_input, format("opening of leaf {} slot {}: {}", leaf, slot, why));
}

}  // namespace

Digest slot_key(const EntryKey& entry_key, std::string_view path) {
  return hkdf_sha256(entry_key.view(), std::string(kFieldLabel).append(path));
}

Committer::Committer(std::string_view origin, const EntryId& id) {
  message_.append(kCommitLabel).push_back('\0');
  append_length_prefixed(message_, origin);
  append_length_prefixed(message_, id.view());
  shared_bytes_ = message_.size();
}

Digest Committer::commit(const Digest& slot_key, std::string_view path, std::string_view kind, std::string_view value) {
  message_.resize(shared_bytes_);
  append_length_prefixed(message_, path);
  append_length_prefixed(message_, kind);
  append_length_prefixed(message_, value);
  return hmac_sha256(slot_key.view(), message_);
}

Digest commit(const Digest& slot_key, std::string_view origin, const EntryId& id, std::string_view path,
              const SlotValue& value) {
  return Committer(origin, id).commit(slot_key, path, value.kind, value.value);
}

Result<std::vector<Digest>> commit_slots(const EntryKey& entry_key, std::string_view origin, const EntryId& id,
                                         std::span<const SlotSpec> specs,
                                         const std::map<std::string, SlotValue>& values) {
  std::vector<Digest> out;
  out.reserve(specs.size());
  Committer committer(origin, id);
  std::size_t used = 0;
  for (const SlotSpec& spec : specs) {
    const auto found = values.find(std::string(spec.path));
    const SlotValue value = found == values.end() ? SlotValue{} : found->second;
    if (found != values.end()) ++used;
    if (value.is_absent() ? !value.value.empty() : value.kind != spec.kind) {
      return fail(ErrorCode::invalid_input, format("slot {} holds {}, not {}", spec.path, spec.kind, value.kind));
    }
    out.push_back(committer.commit(slot_key(entry_key, spec.path), spec.path, value.kind, value.value));
  }
  if (used != values.size())
    return fail(ErrorCode::invalid_input, "a value is for a slot that this type does not have");
  return out;
}

Opening open_slot(const EntryKey& entry_key, LeafIndex leaf, std::uint32_t slot, std::span<const SlotSpec> specs,
                  const SlotValue& value) {
  GAVAH_CHECK(slot < specs.size());
  const SlotSpec& spec = specs[slot];
  return {leaf, slot, std::string(spec.path), value, slot_key(entry_key, spec.path)};
}

Result<void> check_opening(const Opening& opening, const Leaf& leaf, std::string_view origin,
                           std::span<const SlotSpec> specs) {
  const auto reject = [&](std::string_view why) { return rejected(opening.leaf, opening.slot, why); };
  if (leaf.slots.size() != specs.size()) return reject(kOtherTable);
  if (opening.slot >= specs.size()) return reject("there is no such slot");
  const SlotSpec& spec = specs[opening.slot];
  if (opening.path != spec.path) return reject(kOtherPath);
  const SlotValue& value = opening.value;
  if (value.is_absent() ? !value.value.empty() : value.kind != spec.kind) return reject("the kind is not the slot's");
  const Digest commitment = commit(opening.key, origin, leaf.id, opening.path, value);
  if (commitment != leaf.slots[opening.slot]) return reject(kOtherCommitment);
  return {};
}

Result<void> check_opening(const LineOpening& opening, LeafIndex index, const Leaf& leaf,
                           std::span<const SlotSpec> specs, Committer& committer) {
  const auto reject = [&](std::string_view why) { return rejected(index, opening.slot, why); };
  GAVAH_CHECK(opening.slot < specs.size());
  if (leaf.slots.size() != specs.size()) return reject(kOtherTable);
  if (opening.other_path) return reject(kOtherPath);
  const SlotSpec& spec = specs[opening.slot];
  const std::string_view kind = opening.value ? spec.kind : kAbsent;
  const Digest commitment = committer.commit(opening.key, spec.path, kind, opening.value ? *opening.value : "");
  if (commitment != leaf.slots[opening.slot]) return reject(kOtherCommitment);
  return {};
}

}  // namespace gavah::proof
