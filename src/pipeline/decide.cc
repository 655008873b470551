#include <algorithm>

#include "base/format.h"
#include "link/link.h"
#include "pipeline/reading.h"
#include "pipeline/workflows.h"

namespace gavah::pipeline {
namespace {

/// Anchors of the claims of an event, or of one claim, or the whole of a report's text.
class AnchorFinder {
 public:
  AnchorFinder(Chronicle& chronicle, store::Index& index) : chronicle_(chronicle), index_(index) {}

  Result<std::vector<Anchor>> find(const std::string& item) {
    if (item.starts_with('{')) return from_json(item);
    if (item.find(':') != std::string::npos) return from_part(item);
    GAVAH_ASSIGN_AS(const std::string key, from_hex(item), format("'{}' is no id", item));
    if (key.size() != 16) return fail(ErrorCode::invalid_input, format("'{}' is no id", item));
    if (const auto claim = index_.claim(ClaimId::from_bytes(key))) {
      GAVAH_ASSIGN(named_, name_of_claim(*claim));
      return anchors_of(*claim);
    }
    if (const auto event = index_.event(EventId::from_bytes(key))) return anchors_of(*event);
    if (const auto report = index_.report(ReportId::from_bytes(key))) return anchors_of(*report);
    return fail(ErrorCode::not_found, format("there is no claim, event or report {}", item));
  }

  /// What the claim that was found last is called at its anchor ("killing", "killing 2 of 3"); empty when none was.
  const std::string& named() const { return named_; }

 private:
  Result<std::string> name_of_claim(const Claim& claim) {
    GAVAH_ASSIGN(const auto ids, index_.claims_of(claim.report));
    std::vector<Claim> all;
    for (const ClaimId& id : ids) {
      GAVAH_ASSIGN(Claim other, index_.claim(id));
      all.push_back(std::move(other));
    }
    const link::Rank rank = link::rank_of(claim, all);
    return rank.of > 1 ? format("{} {} of {}", claim.act, rank.number, rank.of) : claim.act;
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
  std::string named_;
};

/// "arrest" and "arrest 2 of 2" mean the claims as they stand when a decision is applied: where one of the passage was
/// corrected to another act, they would mean others once that is revoked. Refused until it is.
Result<void> check_act_stands(Chronicle& chronicle, const Anchor& anchor, std::string_view act) {
  GAVAH_ASSIGN(const auto all, chronicle.decisions());
  for (const Decision& decision : standing(all)) {
    const auto corrected = link::corrected_slot(decision.slot);
    const bool moves = decision.verb == Verb::correct && corrected.slot == "act" && corrected.claims.act == act;
    if (!moves || std::ranges::find(decision.anchors, anchor) == decision.anchors.end()) continue;
    return fail(
        ErrorCode::refused,
        format("decision {} made another act of a claim of {} here, so that it is not sure which are meant: revoke "
               "it, decide on this one, then correct that act again",
               decision.id.hex(), act));
  }
  return {};
}

/// Who rejects or corrects a claim means that claim, not the others of its sentence.
std::string slot_of(const DecideOptions& options, const std::string& named) {
  const bool is_one = options.items.size() == 1 && !named.empty();
  if (is_one && options.verb == Verb::reject && options.slot.empty()) return named;
  if (is_one && options.verb == Verb::correct && link::corrected_slot(options.slot).claims.act.empty())
    return format("{}/{}", named, options.slot);
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
  AnchorFinder finder(chronicle, *index);
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
  const bool means_one = options.verb == Verb::reject || options.verb == Verb::correct;
  if (const auto act = link::named_claims(finder.named()).act; means_one && !act.empty())
    GAVAH_TRY(check_act_stands(chronicle, decision.anchors.front(), act));
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
