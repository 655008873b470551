#include "pipeline/evidence.h"

#include "base/format.h"
#include "capture/capture.h"
#include "pipeline/derivation.h"

namespace gavah::pipeline {
namespace {

/// Compares the pieces that were copied byte for byte with the part's bytes; converted ones are not compared.
StepCheck check_passage(const Report& report, Span passage, std::string_view bytes) {
  std::size_t compared = 0;
  for (const MapPiece& piece : report.map) {
    if (!piece.text.overlaps(passage)) continue;
    if (piece.source.end > bytes.size()) return {Found::fails, "the map points outside of the part"};
    if (piece.text.size() != piece.source.size()) continue;
    const auto words = std::string_view(report.text).substr(piece.text.begin, piece.text.size());
    if (words != bytes.substr(piece.source.begin, piece.source.size())) {
      return {Found::fails, format("bytes {} to {} are other words", piece.source.begin, piece.source.end)};
    }
    compared += piece.text.size();
  }
  if (compared == 0) return {Found::unchecked, "every character was converted; none could be compared byte for byte"};
  return {Found::holds, format("{} bytes compared", compared)};
}

}  // namespace

std::string_view EvidenceWalker::words(const Evidence& evidence) {
  return std::string_view(evidence.report.text).substr(evidence.passage.begin, evidence.passage.size());
}

Result<proof::Checkpoint> EvidenceWalker::head() {
  if (!head_) {
    GAVAH_ASSIGN(head_, chronicle_.stored().head());
  }
  return *head_;
}

Result<proof::Proof> EvidenceWalker::inclusion(proof::LeafIndex leaf) {
  GAVAH_ASSIGN(const proof::Checkpoint checkpoint, head());
  return proof::inclusion_proof(leaf, checkpoint.size, chronicle_.stored().tiles().nodes(checkpoint.size));
}

StepCheck EvidenceWalker::check_leaf(const Capture& capture) {
  if (!capture.leaf) return {Found::none, "the capture has no leaf"};
  const auto index = static_cast<proof::LeafIndex>(*capture.leaf);
  const Result<void> checked = [&]() -> Result<void> {
    GAVAH_ASSIGN(const proof::Checkpoint checkpoint, head());
    GAVAH_ASSIGN(const std::string leaf, chronicle_.stored().ledger().leaf(index));
    GAVAH_ASSIGN(const proof::Proof proof, inclusion(index));
    return proof::verify_inclusion(index, checkpoint.size, proof::leaf_hash(leaf), proof, checkpoint.root);
  }();
  if (!checked) return {Found::fails, checked.error().sentence()};
  return {Found::holds, format("leaf {} is in the tree of {} under the signed head", index, head_->size)};
}

Result<std::string> EvidenceWalker::part_bytes(const Part& part) {
  if (opened_id_ != part.capture) {
    GAVAH_ASSIGN(opened_, chronicle_.stored().open_capture(part.capture));
    opened_id_ = part.capture;
  }
  return capture::part_bytes(*opened_, part);
}

Result<Evidence> EvidenceWalker::walk(const Claim& claim) {
  Evidence out;
  out.claim = claim;
  GAVAH_ASSIGN(store::Index * index, chronicle_.index());
  GAVAH_ASSIGN(out.report, index->report(claim.report));
  out.passage = claim.trigger;
  if (const auto* bytes = claim.anchor ? std::get_if<ByteRange>(&claim.anchor->where) : nullptr) {
    out.bytes = *bytes;
    out.passage = text_span(out.report, *bytes).value_or(claim.trigger);
  }
  GAVAH_ASSIGN(out.capture, chronicle_.stored().ledger().capture(out.report.capture));
  GAVAH_ASSIGN(out.part, chronicle_.stored().ledger().part(out.report.capture, out.report.part));
  out.leaf_check = check_leaf(out.capture);
  const auto bytes = part_bytes(out.part);
  if (!bytes) {
    out.digest_check = {Found::fails, bytes.error().sentence()};
    out.passage_check = {Found::unchecked, "the bytes could not be read"};
    return out;
  }
  out.digest_check = {Found::holds, "the bytes were read again and have the recorded digest"};
  out.passage_check = check_passage(out.report, out.passage, *bytes);
  return out;
}

std::string chain_text(const Part& part) {
  std::string out;
  for (const ChainStep& step : part.chain) {
    out += format("{}bytes {} to {}, {}", out.empty() ? "" : "; then ", step.range.begin, step.range.end,
                  step.decoder == "none" ? std::string("as they are") : "decoder " + step.decoder);
  }
  return out;
}

}  // namespace gavah::pipeline
