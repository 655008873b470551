#include "seal/cosigning.h"

#include "base/format.h"

namespace gavah::seal {
namespace {

Result<proof::Checkpoint> head_in(std::string_view note) {
  GAVAH_ASSIGN(const proof::Note parsed, proof::parse_note(note));
  return proof::Checkpoint::parse(parsed.text);
}

/// Both sizes are at most that of the log's checkpoint.
Result<proof::Proof> proof_between(store::Chronicle& chronicle, std::uint64_t old_size, std::uint64_t new_size) {
  GAVAH_ASSIGN(const proof::Checkpoint head, chronicle.head());
  return proof::consistency_proof(old_size, new_size, chronicle.tiles().nodes(head.size));
}

}  // namespace

Result<std::optional<std::string>> cosigned_head(store::Chronicle& chronicle) {
  auto note = chronicle.disk().read(chronicle.path(kCosignedHeadFile));
  if (!note && note.error().code == ErrorCode::not_found) return std::optional<std::string>();
  if (!note) return fail_with(std::move(note), "reading the cosigned head");
  const auto head = head_in(*note);
  if (!head || head->origin != chronicle.config().origin) {
    return fail(ErrorCode::corrupt, format("{} is no head of this log", kCosignedHeadFile));
  }
  return std::optional<std::string>(*std::move(note));
}

Result<proof::AddCheckpoint> ask_witness(store::Chronicle& chronicle, std::uint64_t old_size) {
  proof::AddCheckpoint out;
  GAVAH_ASSIGN(out.note, chronicle.checkpoint_note());
  GAVAH_ASSIGN(const proof::Checkpoint head, chronicle.head());
  if (old_size > head.size) {
    return fail(
        ErrorCode::refused,
        format("a witness has seen {} leaves of this log, which has {}: is this an old copy?", old_size, head.size));
  }
  out.old_size = old_size;
  GAVAH_ASSIGN(out.proof, proof_between(chronicle, old_size, head.size));
  return out;
}

Result<proof::AddCheckpoint> way_to_cosigned_head(store::Chronicle& chronicle, std::uint64_t edition_size) {
  GAVAH_ASSIGN(const std::optional<std::string> note, cosigned_head(chronicle));
  if (!note) return fail(ErrorCode::not_found, "no witness has signed a head of this log yet");
  GAVAH_ASSIGN(const proof::Checkpoint head, head_in(*note));
  if (head.size < edition_size) {
    return fail(ErrorCode::not_found, format("the edition has {} leaves; the largest head that a witness signed has {}",
                                             edition_size, head.size));
  }
  proof::AddCheckpoint out{edition_size, {}, *note};
  GAVAH_ASSIGN(out.proof, proof_between(chronicle, edition_size, head.size));
  return out;
}

}  // namespace gavah::seal
