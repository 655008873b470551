#include <algorithm>
#include <array>
#include <span>

#include "base/format.h"
#include "link/link.h"
#include "pipeline/decided.h"
#include "pipeline/reading.h"
#include "pipeline/workflows.h"

namespace gavah::pipeline {
namespace {

/// What the claim that was found last is called at its anchor; empty when none was.
struct NamedClaim {
  std::string name;                 ///< "killing", "killing 2 of 3"
  std::array<std::string, 2> acts;  ///< as stored and as coded
};

/// Anchors of the claims of an event, or of one claim, or the whole of a report's text.
class AnchorFinder {
 public:
  AnchorFinder(Chronicle& chronicle, store::Index& index, std::span<const Decision> decided)
      : chronicle_(chronicle), index_(index), decided_(decided) {}

  Result<std::vector<Anchor>> find(const std::string& item) {
    if (item.starts_with('{')) return from_json(item);
    if (item.find(':') != std::string::npos) return from_part(item);
    GAVAH_ASSIGN_AS(const std::string key, from_hex(item), format("'{}' is no id", item));
    if (key.size() != 16) return fail(ErrorCode::invalid_input, format("'{}' is no id", item));
    if (const auto claim = index_.claim(ClaimId::from_bytes(key))) {
      GAVAH_TRY(name_claim(*claim));
      return anchors_of(*claim);
    }
    if (const auto event = index_.event(EventId::from_bytes(key))) return anchors_of(*event);
    if (const auto report = index_.report(ReportId::from_bytes(key))) return anchors_of(*report);
    return fail(ErrorCode::not_found, format("there is no claim, event or report {}", item));
  }

  const NamedClaim& named() const { return named_; }

 private:
  /// Its act alone names a claim that was coded with no other of it, as long as no act there is corrected: that may
  /// take effect only when all is derived, and may be revoked.
  Result<void> name_claim(const Claim& claim) {
    GAVAH_ASSIGN(const auto coded, coded_claims(index_, claim.report, decided_));
    const link::Rank rank = link::rank_of(claim, coded);
    const bool needs_rank = rank.of > 1 || (claim.anchor && corrects_act(decided_, *claim.anchor));
    named_ = {needs_rank ? format("{} {} of {}", rank.act, rank.number, rank.of) : claim.act, {claim.act, rank.act}};
    return {};
  }

  static Result<std::vector<Anchor>> from_json(const std::string& item) {
    GAVAH_ASSIGN(const Json json, Json::parse(item));
    GAVAH_ASSIGN(const Anchor anchor, anchor_from_json(json));
    return std::vector<Anchor>{anchor};
  }

  Result<std::vector<Anchor>> from_part(const std::string& item) {
    GAVAH_ASSIGN(const Part part, part_named(chronicle_, item));
    return std::vector<Anchor>{{part.capture, part.number, ByteRange{0, part.size_bytes}}};
  }

  static Result<std::vector<Anchor>> anchors_of(const Claim& claim) {
    if (!claim.anchor) return fail(ErrorCode::not_found, format("claim {} has no bytes to cite", claim.id.hex()));
    return std::vector<Anchor>{*claim.anchor};
  }

  Result<std::vector<Anchor>> anchors_of(const Event& event) {
    std::vector<Anchor> out;
    for (const ClaimId& id : event.claims) {
      GAVAH_ASSIGN(const Claim claim, index_.claim(id));
      if (claim.anchor) out.push_back(*claim.anchor);
    }
    return out;
  }

  static Result<std::vector<Anchor>> anchors_of(const Report& report) {
    const auto whole = anchor_of(report, Span{0, static_cast<std::uint32_t>(report.text.size())});
    if (!whole) return fail(ErrorCode::not_found, format("report {} has no text to cite", report.id.hex()));
    return std::vector<Anchor>{*whole};
  }

  Chronicle& chronicle_;
  store::Index& index_;
  std::span<const Decision> decided_;
  NamedClaim named_;
};

/// Who rejects or corrects a claim means that claim, not the others of its sentence; also who says its act with it.
std::string slot_of(const DecideOptions& options, const NamedClaim& named) {
  if (options.items.size() != 1 || named.name.empty()) return options.slot;
  const auto is_it = [&](const link::NamedClaims& said) {
    return said.of == 0 && (said.act.empty() || std::ranges::find(named.acts, said.act) != named.acts.end());
  };
  if (options.verb == Verb::reject && is_it(link::named_claims(options.slot))) return named.name;
  const link::CorrectedSlot corrected = link::corrected_slot(options.slot);
  if (options.verb == Verb::correct && is_it(corrected.claims)) return format("{}/{}", named.name, corrected.slot);
  return options.slot;
}

/// The decision that is to be revoked: what it was about is what its revocation is about.
Result<Decision> decision_named(Chronicle& chronicle, const std::string& id) {
  GAVAH_ASSIGN_AS(const DecisionId wanted, DecisionId::from_hex(id), format("'{}' is no id of a decision", id));
  GAVAH_ASSIGN(const auto all, chronicle.decisions());
  const auto found = std::ranges::find(all, wanted, &Decision::id);
  if (found == all.end()) {
    return fail(ErrorCode::not_found, format("there is no decision {}; gavah list CHRONICLE decisions has them", id));
  }
  const auto revoking = std::ranges::find_if(
      all, [&](const Decision& decision) { return decision.verb == Verb::revoke && decision.value == wanted.hex(); });
  if (revoking != all.end()) {
    return fail(ErrorCode::refused, format("decision {} was revoked by decision {}", id, revoking->id.hex()));
  }
  return *found;
}

Result<void> check_decision(const DecideOptions& options, const std::vector<Anchor>& anchors) {
  if (options.reason.empty()) return fail(ErrorCode::invalid_input, "a decision needs a reason");
  const bool needs_two = options.verb == Verb::merge || options.verb == Verb::distinct;
  if (needs_two && options.items.size() < 2) {
    return fail(ErrorCode::invalid_input, format("{} is about two or more items", name_of(options.verb)));
  }
  if (anchors.empty()) return fail(ErrorCode::invalid_input, "a decision needs something to act on");
  const bool needs_value = options.verb == Verb::code || options.verb == Verb::correct ||
                           options.verb == Verb::dispose || options.verb == Verb::verify;
  if (needs_value && options.value.empty())
    return fail(ErrorCode::invalid_input, format("{} needs a value", name_of(options.verb)));
  constexpr std::array<std::string_view, 3> kDisposed{"irrelevant", "hollow", "backlog"};
  if (options.verb == Verb::dispose && std::ranges::find(kDisposed, std::string_view(options.value)) == kDisposed.end())
    return fail(ErrorCode::invalid_input, "dispose says of a part that it is irrelevant, hollow or backlog");
  if (options.verb != Verb::correct) return {};
  if (options.slot.empty()) return fail(ErrorCode::invalid_input, "correct needs a slot");
  Claim tried;
  return link::correct_slot(tried, link::corrected_slot(options.slot).slot, options.value);
}

/// A claim coded by hand as it will be read back: ids are filled in later.
Result<std::string> hand_claim(const std::string& value) {
  GAVAH_ASSIGN_AS(const Json json, Json::parse(value), "reading the claim");
  JsonWriter out;
  out.begin_object().member("type", "claim").member("id", ClaimId{}.hex()).member("report", ReportId{}.hex());
  for (const auto& [name, member] : json.members()) {
    if (name != "type" && name != "id" && name != "report" && name != "anchor") out.key(name).value(member);
  }
  GAVAH_ASSIGN(const Json filled, Json::parse(out.end_object().str()));
  GAVAH_ASSIGN_AS(const Claim claim, claim_from_json(filled), "reading the claim");
  return to_json(claim);
}

}  // namespace

Result<Decision> decide(Chronicle& chronicle, const DecideOptions& options) {
  GAVAH_ASSIGN(store::Index * index, chronicle.index());
  GAVAH_ASSIGN(const auto decided, chronicle.decisions());
  AnchorFinder finder(chronicle, *index, decided);
  Decision decision;
  decision.value = options.value;
  if (options.verb == Verb::revoke) {
    if (options.items.size() != 1) return fail(ErrorCode::invalid_input, "revoke is about one decision");
    GAVAH_ASSIGN(const Decision revoked, decision_named(chronicle, options.items.front()));
    decision.anchors = revoked.anchors;
    decision.value = revoked.id.hex();
  } else {
    for (const auto& item : options.items) {
      GAVAH_ASSIGN(const auto anchors, finder.find(item));
      decision.anchors.insert(decision.anchors.end(), anchors.begin(), anchors.end());
    }
  }
  GAVAH_TRY(check_decision(options, decision.anchors));
  decision.verb = options.verb;
  decision.slot = slot_of(options, finder.named());
  if (options.verb == Verb::code) {
    GAVAH_ASSIGN(decision.value, hand_claim(options.value));
  }
  decision.reason = options.reason;
  decision.by = options.by;
  decision.day = chronicle.world().clock().now().day();
  GAVAH_ASSIGN(seal::LogWriter * writer, chronicle.writer());
  GAVAH_ASSIGN(Decision sealed, writer->append_decision(std::move(decision)));
  GAVAH_TRY(writer->seal());
  return sealed;
}

}  // namespace gavah::pipeline
