#include "pipeline/shredding.h"

#include <algorithm>
#include <set>

#include "base/bytes.h"
#include "base/format.h"
#include "capture/capture.h"

namespace gavah::pipeline {
namespace {

std::vector<std::string> copies_elsewhere(Chronicle& chronicle, const seal::ShredPlan& plan) {
  std::vector<std::string> out = {
      "the files it was added from, and whoever else has them",
      "editions and exports that were written before: what they opened stays open",
      "backups made before: run gavah backup again, and destroy the older ones",
      "snapshots of the file system, swap, and blocks of flash that the disk has not used again",
      "what was set aside unread: gavah list CHRONICLE quarantine has it",
  };
  if (!plan.is_whole()) {
    out.emplace_back("other parts, in this capture or elsewhere, that say the same in other bytes");
    out.emplace_back("the capture's name, address and notes, which stay with its other parts");
  }
  for (const CaptureId& same : plan.same_bytes) {
    out.push_back(format("capture {} holds the very same bytes: shred it as well", same.hex()));
  }
  for (const auto& [capture, number] : plan.same_parts) {
    out.push_back(format("part {}:{} has the very same bytes: shred it as well", capture.hex(), number));
  }
  if (plan.same_part_count > plan.same_parts.size()) {
    out.push_back(format("{} more parts have the very same bytes", plan.same_part_count - plan.same_parts.size()));
  }
  const auto places = chronicle.world().disk().read(chronicle.stored().path("last-edition"));
  if (places) out.push_back(format("the edition at {}", places->substr(0, places->find('\n'))));
  return out;
}

Result<std::vector<PartNumber>> numbers_from(std::string_view list, const std::string& attempted) {
  constexpr std::size_t kMaxDigits = 9;
  std::set<PartNumber> out;
  while (true) {
    const std::string_view digits = list.substr(0, list.find(','));
    const bool is_number = !digits.empty() && digits.size() <= kMaxDigits &&
                           digits.find_first_not_of("0123456789") == std::string_view::npos;
    if (!is_number) return fail(ErrorCode::invalid_input, attempted);
    out.insert(static_cast<PartNumber>(std::stoul(std::string(digits))));
    if (digits.size() == list.size()) return std::vector<PartNumber>(out.begin(), out.end());
    list.remove_prefix(digits.size() + 1);
  }
}

/// The parts with the bytes of one that is asked for: as long as they are there, so are the bytes.
std::vector<PartNumber> with_same_bytes(const std::vector<Part>& parts, const std::vector<PartNumber>& asked) {
  std::set<Digest> digests;
  for (const Part& part : parts) {
    if (std::ranges::binary_search(asked, part.number)) digests.insert(part.digest);
  }
  std::vector<PartNumber> out;
  for (const Part& part : parts) {
    if (digests.contains(part.digest)) out.push_back(part.number);
  }
  return out;
}

/// What was read from the parts and has no anchor to them; as far as the index knows.
Result<std::vector<std::string>> unanchored_claims(Chronicle& chronicle, const CaptureId& capture,
                                                   const std::vector<PartNumber>& parts) {
  std::vector<std::string> out;
  GAVAH_ASSIGN(store::Index * index, chronicle.index());
  for (const PartNumber number : parts) {
    GAVAH_ASSIGN(const auto reports, index->reports_of(capture, number));
    for (const ReportId& report : reports) {
      GAVAH_ASSIGN(const auto claims, index->claims_of(report));
      for (const ClaimId& id : claims) {
        GAVAH_ASSIGN(const Claim claim, index->claim(id));
        if (!claim.anchor) out.push_back(proof::public_claim(claim));
      }
    }
  }
  return out;
}

Result<void> shred_some(Chronicle& chronicle, seal::LogWriter& writer, const seal::ShredPlan& plan,
                        const ShredOptions& options) {
  GAVAH_ASSIGN(const auto parts, chronicle.stored().ledger().parts(plan.capture));
  GAVAH_ASSIGN(const auto bytes, chronicle.stored().open_capture(plan.capture));
  GAVAH_ASSIGN(const auto remainder, capture::Remainder::of(*bytes, parts, plan.parts));
  const auto check = [&](const ByteSource& written) -> Result<void> {
    capture::PartReader reader(written);
    for (const Part& part : remainder.parts()) {
      GAVAH_TRY_AS(reader.bytes(part), format("reading part {} again, which stays", part.number));
    }
    return {};
  };
  return seal::shred_parts(chronicle.stored(), writer, plan, {remainder, remainder.parts(), check}, options.reason,
                           options.by, chronicle.world().random());
}

}  // namespace

std::string ShredProposal::item() const {
  std::string out = plan.capture.hex();
  if (plan.is_whole()) return out;
  for (const PartNumber number : plan.parts) out += format("{}{}", number == plan.parts.front() ? ":" : ",", number);
  return out;
}

std::vector<PartNumber> ShredProposal::together() const {
  std::vector<PartNumber> out;
  if (!asked.empty()) std::ranges::set_difference(plan.parts, asked, std::back_inserter(out));
  return out;
}

Result<ShredProposal> shred_plan(Chronicle& chronicle, const std::string& item) {
  const std::string attempted = format("'{}' is no capture and no part of one", item);
  const std::size_t colon = item.find(':');
  GAVAH_ASSIGN_AS(const std::string key, from_hex(item.substr(0, colon)), attempted);
  if (key.size() != 16) return fail(ErrorCode::invalid_input, attempted);
  const auto capture = CaptureId::from_bytes(key);
  ShredProposal out;
  if (colon == std::string::npos) {
    GAVAH_ASSIGN(const auto parts, chronicle.stored().ledger().parts(capture));
    std::vector<PartNumber> all;
    for (const Part& part : parts) all.push_back(part.number);
    GAVAH_ASSIGN(const auto claims, unanchored_claims(chronicle, capture, all));
    GAVAH_ASSIGN(out.plan, seal::plan_shred(chronicle.stored(), capture, claims));
    return out;
  }
  GAVAH_ASSIGN(out.asked, numbers_from(std::string_view(item).substr(colon + 1), attempted));
  store::Ledger& ledger = chronicle.stored().ledger();
  for (const PartNumber number : out.asked) GAVAH_TRY(ledger.part(capture, number));
  GAVAH_ASSIGN(const auto parts, ledger.parts(capture));
  const auto together = capture::parts_together(parts, with_same_bytes(parts, out.asked));
  GAVAH_ASSIGN(const auto claims, unanchored_claims(chronicle, capture, together));
  GAVAH_ASSIGN(out.plan, seal::plan_shred_parts(chronicle.stored(), capture, together, claims));
  return out;
}

Result<ShredSummary> shred(Chronicle& chronicle, const ShredOptions& options) {
  if (options.reason.empty()) return fail(ErrorCode::refused, "shredding needs a reason");
  // Opened first: what an earlier run left is finished before anything is planned.
  GAVAH_ASSIGN(seal::LogWriter * writer, chronicle.writer());
  ShredSummary out;
  GAVAH_ASSIGN(out.proposal, shred_plan(chronicle, options.item));
  const seal::ShredPlan& plan = out.proposal.plan;
  chronicle.close_index();
  if (plan.is_whole()) {
    GAVAH_TRY(seal::shred(chronicle.stored(), *writer, plan, options.reason, options.by, chronicle.world().random()));
  } else {
    GAVAH_TRY(shred_some(chronicle, *writer, plan, options));
  }
  out.not_reached = copies_elsewhere(chronicle, plan);
  return out;
}

}  // namespace gavah::pipeline
