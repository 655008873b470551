#include "proof/log_proof.h"

#include "base/bytes.h"
#include "base/format.h"
#include "proof/hash_lines.h"

namespace gavah::proof {
namespace {

constexpr std::string_view kFirstLine = "c2sp.org/tlog-proof@v1";

}  // namespace

std::string LogProof::text() const {
  std::string out = format("{}\n", kFirstLine);
  if (extra) out += format("extra {}\n", to_base64(*extra));
  return out + format("index {}\n{}\n{}", index, hash_lines(proof), note);
}

Result<LogProof> LogProof::parse(std::string_view text) {
  if (text.size() > kMaxLogProofBytes) return fail(ErrorCode::invalid_input, "a proof is too large");
  GAVAH_ASSIGN(const std::string_view first, take_line(text));
  if (first != kFirstLine) return fail(ErrorCode::invalid_input, "this is no tlog-proof");
  LogProof out;
  if (text.starts_with("extra ")) {
    GAVAH_ASSIGN(const std::string_view extra, take_line_of(text, "extra"));
    GAVAH_ASSIGN(out.extra, from_base64(extra));
    if (out.extra->size() > kMaxExtraBytes) return fail(ErrorCode::invalid_input, "a proof's extra data is too large");
  }
  GAVAH_ASSIGN(const std::string_view index, take_line_of(text, "index"));
  GAVAH_ASSIGN(out.index, parse_tree_size(index));
  GAVAH_ASSIGN(out.proof, take_hash_lines(text));
  out.note = text;
  return out;
}

Result<CosignedHead> open_log_proof(const LogProof& proof, std::string_view entry, std::span<const Verifier> log_keys,
                                    std::span<const WitnessKey> witnesses) {
  GAVAH_ASSIGN(CosignedHead head, open_cosigned(proof.note, log_keys, witnesses));
  GAVAH_TRY(verify_inclusion(proof.index, head.checkpoint.size, leaf_hash(entry), proof.proof, head.checkpoint.root));
  return head;
}

}  // namespace gavah::proof
