#include "cli/chronicle_pages.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/format.h"
#include "base/utf8.h"

namespace gavah::cli {

using namespace server;  // the types of its pages

namespace {

Check check_of(const pipeline::StepCheck& step) {
  switch (step.found) {
    case pipeline::Found::holds:
      return {StepState::holds, step.note};
    case pipeline::Found::none:
      return {StepState::none, step.note};
    case pipeline::Found::fails:
      return {StepState::fails, step.note};
    case pipeline::Found::unchecked:
      break;
  }
  return {StepState::unchecked, step.note};
}

/// Collects the spans that a claim rests on, cut to a passage of the report's text.
class Marks {
 public:
  Marks(Span passage, const Claim& claim) : passage_(passage), claim_(claim) {
    add(claim.trigger, "trigger");
    add(claim.time.span, "time");
    for (const Place& place : claim.places) add(place.span, "place");
    for (const Actor& actor : claim.actors) add(actor.span, "actor");
    for (const Actor& target : claim.targets) add(target.span, "target");
    if (claim.speaker) add(claim.speaker->span, "speaker");
    for (const Person& person : claim.persons) add(person.span, "person");
    for (const Count& count : claim.counts) add(count.span, "count:" + count.kind);
  }
  std::vector<Mark> take() { return std::move(marks_); }

 private:
  void add(const std::optional<Span>& span, std::string slot) {
    if (!span || !span->overlaps(passage_)) return;
    const Span cut{std::max(span->begin, passage_.begin) - passage_.begin,
                   std::min(span->end, passage_.end) - passage_.begin};
    marks_.push_back({cut, std::move(slot), claim_.id});
  }

  Span passage_;
  const Claim& claim_;
  std::vector<Mark> marks_;
};

Passage passage_of(const Report& report, Span span, const std::vector<Claim>& claims) {
  Passage out;
  const auto text = utf8_prefix(std::string_view(report.text).substr(span.begin, span.size()), kMaxTextBytes);
  out.text = text;
  out.lang = report.lang;
  out.offset_bytes = span.begin;
  out.total_bytes = report.text.size();
  for (const Claim& claim : claims) {
    auto marks = Marks(span, claim).take();
    std::ranges::move(marks, std::back_inserter(out.marks));
  }
  return out;
}

/// The sentence of a claim: what its anchor covers, at least the trigger.
Span sentence_of(const Report& report, const Claim& claim) {
  const auto* bytes = claim.anchor ? std::get_if<ByteRange>(&claim.anchor->where) : nullptr;
  const auto span = bytes != nullptr ? pipeline::text_span(report, *bytes) : std::nullopt;
  return span.value_or(claim.trigger);
}

bool touches(const Decision& decision, const std::vector<Claim>& claims) {
  return std::ranges::any_of(decision.anchors, [&](const Anchor& anchor) {
    return std::ranges::any_of(claims,
                               [&](const Claim& claim) { return claim.anchor && meets(anchor, *claim.anchor); });
  });
}

/// The marks of one claim, and the persons of the others, whose names are withheld like its own.
Passage text_of(const Report& report, const Claim& claim, const std::vector<Claim>& others) {
  const Span whole{0, static_cast<std::uint32_t>(report.text.size())};
  Passage out = passage_of(report, whole, {claim});
  for (const Claim& other : others) {
    for (Mark& mark : Marks(whole, other).take()) {
      if (mark.slot == "person") out.marks.push_back(std::move(mark));
    }
  }
  return out;
}

bool states(const Claim& claim, std::string_view kind) {
  if (kind.empty()) return true;
  return std::ranges::any_of(claim.counts, [&](const Count& count) { return count.kind == kind; });
}

}  // namespace

Result<LogHead> ChroniclePages::head() {
  GAVAH_ASSIGN(const proof::Checkpoint head, chronicle_.stored().head());
  return LogHead{head.origin, head.size, head.root.hex()};
}

Result<EventSummary> ChroniclePages::summary(const Event& event) {
  EventSummary out{event, "", ""};
  if (event.places.empty()) return out;
  const Place& place = event.places.front();
  out.place_en = place.name.empty() ? place.phrase : place.name;
  GAVAH_ASSIGN(const pipeline::Toolkit* toolkit, chronicle_.toolkit());
  if (place.path.size() > 2) {
    const auto province = toolkit->gazetteer().find(place.path[1]);
    if (province) out.place_en += ", " + std::string(toolkit->gazetteer().entry(*province).name);
  }
  return out;
}

Result<ReportCard> ChroniclePages::card(const Report& report) {
  ReportCard out;
  out.id = report.id;
  out.capture = report.capture;
  out.part = report.part;
  out.kind = report.kind;
  out.source = report.source;
  GAVAH_ASSIGN(const auto* registry, chronicle_.sources());
  if (const Source* source = registry->find(report.source)) {
    out.source_name = source->name.substr(0, source->name.find(" / "));
    out.source_kind = source->kind;
    out.family = source->family;
  }
  GAVAH_ASSIGN(out.lineage, index_.lineage_of(report.id));
  out.published = report.published;
  out.captured = report.captured;
  out.title = report.title;
  out.url = report.url;
  out.lang = report.lang;
  return out;
}

Result<ClaimRow> ChroniclePages::claim_row(const Claim& claim, const Report& report) {
  return ClaimRow{claim, passage_of(report, sentence_of(report, claim), {claim})};
}

Result<EventPage> ChroniclePages::event(const EventId& id) {
  EventPage out;
  GAVAH_ASSIGN(const Event event, index_.event(id));
  GAVAH_ASSIGN(out.summary, summary(event));
  std::map<ReportId, Report> reports;
  std::vector<Claim> claims;
  for (const ClaimId& claim_id : event.claims) {
    GAVAH_ASSIGN(Claim claim, index_.claim(claim_id));
    if (!reports.contains(claim.report)) {
      GAVAH_ASSIGN(reports[claim.report], index_.report(claim.report));
    }
    claims.push_back(std::move(claim));
  }
  std::ranges::sort(claims, {}, [&](const Claim& claim) {
    const auto& start = reports[claim.report].published.start;
    return std::pair(start ? start->seconds : 0, claim.id);
  });
  std::map<LineageId, Lineage> lineages;
  for (const Claim& claim : claims) {
    GAVAH_ASSIGN(ClaimRow row, claim_row(claim, reports[claim.report]));
    out.claims.push_back(std::move(row));
  }
  for (const auto& [report_id, report] : reports) {
    GAVAH_ASSIGN(ReportCard card, this->card(report));
    if (card.lineage && !lineages.contains(*card.lineage)) {
      GAVAH_ASSIGN(lineages[*card.lineage], index_.lineage(*card.lineage));
    }
    out.reports.push_back(std::move(card));
  }
  for (auto& [lineage_id, lineage] : lineages) out.lineages.push_back(std::move(lineage));
  GAVAH_ASSIGN(const auto decisions, chronicle_.decisions());
  for (const Decision& decision : decisions) {
    if (touches(decision, claims)) out.decisions.push_back(decision);
  }
  if (event.extent != Extent::umbrella) return out;
  GAVAH_TRY(index_.for_each_json(store::IndexTable::events, [&](std::string_view line) -> Result<void> {
    if (out.parts.size() >= kMaxParts || line.find(id.hex()) == std::string_view::npos) return {};
    GAVAH_ASSIGN(const Json json, Json::parse(line));
    GAVAH_ASSIGN(const Event part, event_from_json(json));
    if (part.umbrella != id) return {};
    GAVAH_ASSIGN(EventSummary summary, this->summary(part));
    out.parts.push_back(std::move(summary));
    return {};
  }));
  return out;
}

Result<Trail> ChroniclePages::trail(const EventId& id, std::string_view kind) {
  Trail out;
  out.event = id;
  GAVAH_ASSIGN(const Event event, index_.event(id));
  if (!kind.empty()) {
    const auto chosen = std::ranges::find_if(
        event.counts, [&](const EventCount& entry) { return !entry.lineage && entry.count.kind == kind; });
    if (chosen == event.counts.end()) return fail(ErrorCode::not_found, format("the event has no number '{}'", kind));
    out.number = *chosen;
    out.rule_text = chosen->rule;
    out.number_check = {StepState::unchecked, "chosen when the case was derived; gavah verify recounts it"};
  }
  pipeline::EvidenceWalker walker(chronicle_);
  std::vector<Claim> claims;
  for (const ClaimId& claim_id : event.claims) {
    if (out.evidence.size() >= kMaxEvidence) break;
    GAVAH_ASSIGN(const Claim claim, index_.claim(claim_id));
    if (!states(claim, kind)) continue;
    GAVAH_ASSIGN(const pipeline::Evidence walked, walker.walk(claim));
    Evidence evidence;
    evidence.claim = claim.id;
    evidence.passage = passage_of(walked.report, walked.passage, {claim});
    evidence.passage_check = check_of(walked.passage_check);
    evidence.capture = walked.capture.id;
    evidence.part = walked.part.number;
    evidence.bytes = walked.bytes;
    evidence.capture_name = walked.capture.name;
    evidence.digest = walked.part.digest;
    evidence.digest_check = check_of(walked.digest_check);
    evidence.leaf = walked.capture.leaf;
    evidence.leaf_check = check_of(walked.leaf_check);
    out.evidence.push_back(std::move(evidence));
    claims.push_back(claim);
  }
  GAVAH_ASSIGN(const auto decisions, chronicle_.decisions());
  for (const Decision& decision : decisions) {
    if (touches(decision, claims)) out.decisions.push_back(decision);
  }
  GAVAH_ASSIGN(out.head, head());
  out.checkpoint_check = {StepState::holds, "the log's key signed this head"};
  out.witness_check = {StepState::none, "no witness has signed this head"};
  out.timestamp_check = {StepState::none, "no time-stamp; days are the operator's claim"};
  return out;
}

Result<CapturePage> ChroniclePages::capture(const CaptureId& id, PartNumber number) {
  CapturePage out;
  store::Ledger& ledger = chronicle_.stored().ledger();
  GAVAH_ASSIGN(out.capture, ledger.capture(id));
  GAVAH_ASSIGN(out.parts, ledger.parts(id));
  GAVAH_ASSIGN(out.part, ledger.part(id, number));
  if (out.parts.size() > kMaxListedParts) out.parts.resize(kMaxListedParts);
  GAVAH_ASSIGN(const auto reports, index_.reports_of(id, number));
  for (const ReportId& report_id : reports) {
    GAVAH_ASSIGN(const Report report, index_.report(report_id));
    GAVAH_ASSIGN(ReportCard card, this->card(report));
    out.reports.push_back(std::move(card));
    std::vector<Claim> claims;
    GAVAH_ASSIGN(const auto claim_ids, index_.claims_of(report_id));
    for (const ClaimId& claim_id : claim_ids) {
      GAVAH_ASSIGN(Claim claim, index_.claim(claim_id));
      GAVAH_ASSIGN(const auto events, index_.events_of(claim_id));
      out.events.insert(out.events.end(), events.begin(), events.end());
      claims.push_back(std::move(claim));
    }
    std::ranges::sort(claims, {}, [](const Claim& claim) { return std::pair(claim.trigger, claim.id); });
    out.texts.push_back(passage_of(report, {0, static_cast<std::uint32_t>(report.text.size())}, claims));
    std::ranges::move(claims, std::back_inserter(out.claims));
  }
  std::ranges::sort(out.events);
  out.events.erase(std::ranges::unique(out.events).begin(), out.events.end());
  pipeline::EvidenceWalker walker(chronicle_);
  const auto bytes = walker.part_bytes(out.part);
  out.digest_check = bytes ? Check{StepState::holds, "the bytes were read again and have the recorded digest"}
                           : Check{StepState::fails, bytes.error().sentence()};
  if (!bytes) out.absent = "lost";
  GAVAH_ASSIGN(out.head, head());
  out.leaf_check = check_of(walker.check_leaf(out.capture));
  if (out.capture.leaf) {
    const auto leaf = static_cast<proof::LeafIndex>(*out.capture.leaf);
    GAVAH_ASSIGN(const auto proof, walker.inclusion(leaf));
    for (const Digest& hash : proof) out.inclusion_hex.push_back(hash.hex());
    GAVAH_ASSIGN(const std::string leaf_bytes, ledger.leaf(leaf));
    out.leaf_hash_hex = proof::leaf_hash(leaf_bytes).hex();
  }
  for (const CaptureId& same : out.capture.same_bytes) {
    GAVAH_ASSIGN(const Capture other, ledger.capture(same));
    out.neighbours.push_back({same, 0, other.name, "same bytes"});
  }
  return out;
}

Result<ClaimPage> ChroniclePages::claim(const ClaimId& id) {
  ClaimPage out;
  GAVAH_ASSIGN(out.claim, index_.claim(id));
  GAVAH_ASSIGN(const Report report, index_.report(out.claim.report));
  GAVAH_ASSIGN(out.report, card(report));
  std::vector<Claim> others;
  GAVAH_ASSIGN(const auto ids, index_.claims_of(report.id));
  for (const ClaimId& other : ids) {
    GAVAH_ASSIGN(Claim claim, index_.claim(other));
    if (other != id) others.push_back(std::move(claim));
  }
  out.text = text_of(report, out.claim, others);
  GAVAH_ASSIGN(out.events, index_.events_of(id));
  GAVAH_ASSIGN(const auto all, chronicle_.decisions());
  GAVAH_ASSIGN(const auto coded, pipeline::coded_claims(index_, report.id, all));
  const link::Rank rank = link::rank_of(out.claim, coded);
  GAVAH_ASSIGN(auto rows, decisions());
  std::ranges::reverse(rows);
  for (DecisionRow& row : rows) {
    if (!touches(row.decision, {out.claim})) continue;
    row.concerns = pipeline::concerns(row.decision, out.claim, rank);
    if (row.stands && row.concerns && row.decision.verb == Verb::reject) out.rejected_by = row.decision.id;
    out.decisions.push_back(std::move(row));
  }
  GAVAH_ASSIGN(out.why, pipeline::show_why(chronicle_, id.hex(), pipeline::Form::json));
  return out;
}

Result<std::vector<DecisionRow>> ChroniclePages::decisions() {
  GAVAH_ASSIGN(const auto all, chronicle_.decisions());
  std::set<DecisionId> stand;
  for (const Decision& decision : standing(all)) stand.insert(decision.id);
  std::vector<DecisionRow> out;
  for (const Decision& decision : all) {
    out.push_back({.decision = decision, .stands = stand.contains(decision.id) || decision.verb == Verb::revoke});
  }
  std::ranges::reverse(out);
  return out;
}

Result<std::vector<NamedPlace>> ChroniclePages::places(std::string_view name) {
  GAVAH_ASSIGN(const pipeline::Toolkit* toolkit, chronicle_.toolkit());
  const place::Gazetteer& gazetteer = toolkit->gazetteer();
  std::vector<NamedPlace> out;
  for (const place::EntryNumber number : gazetteer.named(name)) {
    if (out.size() == kMaxPlaces) break;
    NamedPlace named{gazetteer.place(number), ""};
    const auto path = gazetteer.path(number);
    for (std::size_t i = path.size() - std::min<std::size_t>(path.size(), 1); i-- > 0;) {
      const auto area = gazetteer.find(path[i]);
      if (!area) continue;
      named.within += (named.within.empty() ? "" : ", ") + std::string(gazetteer.entry(*area).name);
    }
    out.push_back(std::move(named));
  }
  return out;
}

Result<std::string> ChroniclePages::search_words(const Snapshot& snapshot, EventRow row) {
  GAVAH_ASSIGN(const Event event, index_.event(snapshot.events.id[row]));
  const Label& act = snapshot.labels.acts[snapshot.events.act[row]];
  std::string out = act.en + " " + act.fa + " " + event.id.hex();
  for (const Place& place : event.places) out += " " + place.name + " " + place.phrase;
  if (snapshot.events.area[row] != kNoArea) out += " " + snapshot.labels.areas[snapshot.events.area[row]].label.en;
  for (const ClaimId& claim_id : event.claims) {
    GAVAH_ASSIGN(const Claim claim, index_.claim(claim_id));
    GAVAH_ASSIGN(const Report report, index_.report(claim.report));
    out += " " + report.title + " " + report.source;
    for (const Place& place : claim.places) out += " " + place.phrase;
  }
  return out;
}

}  // namespace gavah::cli
