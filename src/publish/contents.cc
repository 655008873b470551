#include "publish/contents.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "base/format.h"
#include "proof/proof.h"
#include "publish/levels.h"

namespace gavah::publish {
namespace {

std::string array_json(const auto& items, auto&& write) {
  JsonWriter out;
  out.begin_array();
  for (const auto& item : items) write(out, item);
  out.end_array();
  return out.take();
}

/// The sentence as extracted: the text that comes from the anchor's bytes.
std::string text_at(const Report& report, const Anchor& anchor) {
  const ByteRange* range = std::get_if<ByteRange>(&anchor.where);
  if (range == nullptr) return report.text;
  std::optional<Span> covered;
  for (const MapPiece& piece : report.map) {
    if (piece.source.begin >= range->end || range->begin >= piece.source.end) continue;
    if (!covered) covered = piece.text;
    covered = Span{std::min(covered->begin, piece.text.begin), std::max(covered->end, piece.text.end)};
    // A verbatim piece is cut to the sentence; others cannot be cut without their decoder.
    if (piece.text.size() == piece.source.size()) {
      if (range->begin > piece.source.begin && covered->begin == piece.text.begin) {
        covered->begin += static_cast<std::uint32_t>(range->begin - piece.source.begin);
      }
      if (range->end < piece.source.end && covered->end == piece.text.end) {
        covered->end -= static_cast<std::uint32_t>(piece.source.end - range->end);
      }
    }
  }
  if (!covered || covered->end > report.text.size() || covered->empty()) return {};
  return report.text.substr(covered->begin, covered->size());
}

void set_count(proof::Entry& entry, const EventCount& chosen) {
  const Count& count = chosen.count;
  const std::string path = "count/" + count.kind;
  if (!proof::slot_at(proof::LeafType::event, path + "/low")) return;
  if (!count.low && !count.high) return;
  const auto text = [](const std::optional<std::int64_t>& bound) {
    return bound ? std::to_string(*bound) : std::string();
  };
  if (count.low) entry.set(path + "/low", text(count.low));
  if (count.high) entry.set(path + "/high", text(count.high));
  entry.set(path + "/interval", text(count.low) + ".." + text(count.high));
}

/// {"ages":[…]}: from the least that is stated to the most.
std::optional<std::string> age_interval(const Json& attributes) {
  const Json* ages = attributes.find("ages");
  std::vector<std::int64_t> stated;
  for (const Json& age : ages == nullptr ? Json::Array{} : ages->items()) {
    if (age.integer()) stated.push_back(*age.integer());
  }
  if (stated.empty()) return std::nullopt;
  return format("{}..{}", std::ranges::min(stated), std::ranges::max(stated));
}

/// {"roles":[…]}: the word that all who state one agree on; none where they differ, for then nobody knows.
std::optional<std::string> only_word(const Json& attributes, std::string_view key) {
  const Json* words = attributes.find(key);
  if (words == nullptr || words->items().size() != 1 || words->items().front().string() == nullptr) return std::nullopt;
  return *words->items().front().string();
}

/// The rule's own choice, of a scope that is about the act as a whole.
bool is_chosen(const EventCount& count) { return !count.lineage && count.count.scope != CountScope::per_day; }

}  // namespace

ReportNote note_of(const Report& report) {
  return {report.id,     report.capture, report.part,      report.kind,
          report.source, report.url,     report.published, report.hollow};
}

std::vector<Anchor> anchors_of(const std::vector<Support>& supports) {
  std::vector<Anchor> out;
  for (const Support& support : supports) {
    if (support.claim->anchor) out.push_back(*support.claim->anchor);
  }
  return out;
}

Contents::Contents(const PlanInput& input) : input_(input) {
  for (const Claim& claim : input.claims) claims_[claim.id] = &claim;
  for (const ReportNote& report : input.reports) reports_[report.id] = &report;
  for (const Event& event : input.events) events_[event.id] = &event;
  for (const Lineage& lineage : input.lineages) {
    for (const ReportId& report : lineage.reports) lineages_[report] = &lineage;
  }
  for (const CaptureParts& capture : input.captures) captures_[capture.capture.id] = &capture;
  for (const Source& source : input.sources) sources_[source.id] = &source;
  for (const Decision& decision : input.decisions) {
    for (const Anchor& anchor : decision.anchors) {
      auto& there = decisions_[{anchor.capture, anchor.part}];
      if (there.empty() || there.back() != &decision) there.push_back(&decision);
    }
  }
}

Result<proof::LeafIndex> Contents::leaf_of(CaptureId capture) const {
  const auto found = captures_.find(capture);
  if (found == captures_.end() || !found->second->capture.leaf) {
    return fail(ErrorCode::not_found, format("capture {} has no leaf in the log", capture.hex()));
  }
  return static_cast<proof::LeafIndex>(*found->second->capture.leaf);
}

Result<std::vector<Support>> Contents::supports(const std::vector<ClaimId>& claims) const {
  std::vector<Support> out;
  for (const ClaimId& id : std::set<ClaimId>(claims.begin(), claims.end())) {
    const auto found = claims_.find(id);
    if (found == claims_.end()) continue;
    Support support;
    support.claim = found->second;
    support.evidence.polarity = found->second->polarity;
    if (const auto& anchor = found->second->anchor) {
      GAVAH_ASSIGN(support.evidence.leaf, leaf_of(anchor->capture));
      support.evidence.anchor = *anchor;
    }
    support.public_claim = proof::public_claim(*found->second);
    support.origin = origin_record(*found->second);
    out.push_back(std::move(support));
  }
  std::ranges::sort(out, [](const Support& a, const Support& b) {
    return std::tie(a.evidence.leaf, a.evidence.anchor, a.public_claim, a.claim->id) <
           std::tie(b.evidence.leaf, b.evidence.anchor, b.public_claim, b.claim->id);
  });
  number_lineages(out);
  return out;
}

void Contents::number_lineages(std::vector<Support>& supports) const {
  std::map<const Lineage*, std::uint32_t> numbers;
  std::uint32_t next = 0;
  for (Support& support : supports) {
    const auto lineage = lineages_.find(support.claim->report);
    if (lineage == lineages_.end()) {
      support.evidence.lineage = next++;
      continue;
    }
    const auto [number, is_new] = numbers.emplace(lineage->second, next);
    if (is_new) ++next;
    support.evidence.lineage = number->second;
  }
  join_same_bytes(supports);
}

/// The same bytes taken in twice are no second witness, whatever linking made of them.
void Contents::join_same_bytes(std::vector<Support>& supports) const {
  std::map<std::pair<Digest, decltype(Anchor::where)>, std::uint32_t> first;
  for (const Support& support : supports) {
    const auto& anchor = support.claim->anchor;
    const auto digest = anchor ? digest_of(*anchor) : std::nullopt;
    if (!digest) continue;
    const auto [same, is_new] = first.emplace(std::pair(*digest, anchor->where), support.evidence.lineage);
    const std::uint32_t from = support.evidence.lineage;
    if (is_new || same->second == from) continue;
    const std::uint32_t into = std::min(from, same->second);
    const std::uint32_t gone = std::max(from, same->second);
    for (auto& [key, number] : first) number = number == gone ? into : number;
    for (Support& other : supports) {
      if (other.evidence.lineage == gone) other.evidence.lineage = into;
    }
  }
  std::map<std::uint32_t, std::uint32_t> compact;
  for (Support& support : supports) {
    const auto next = static_cast<std::uint32_t>(compact.size());
    support.evidence.lineage = compact.emplace(support.evidence.lineage, next).first->second;
  }
}

std::optional<Digest> Contents::digest_of(const Anchor& anchor) const {
  const auto capture = captures_.find(anchor.capture);
  if (capture == captures_.end()) return std::nullopt;
  const auto& parts = capture->second->parts;
  if (anchor.part < parts.size() && parts[anchor.part].number == anchor.part) return parts[anchor.part].digest;
  const auto part = std::ranges::find(parts, anchor.part, &Part::number);
  return part == parts.end() ? std::nullopt : std::optional(part->digest);
}

std::uint64_t Contents::count_lineages(const std::vector<Support>& supports) {
  std::set<std::uint32_t> numbers;
  for (const Support& support : supports) numbers.insert(support.evidence.lineage);
  return numbers.size();
}

std::uint64_t Contents::count_reports(const std::vector<Support>& supports) const {
  std::set<ReportId> reports;
  for (const Support& support : supports) reports.insert(support.claim->report);
  return reports.size();
}

std::string Contents::origin_record(const Claim& claim) const {
  JsonWriter out;
  const auto found = reports_.find(claim.report);
  if (found == reports_.end()) return "null";
  const ReportNote& report = *found->second;
  const auto source = sources_.find(report.source);
  out.begin_object().member("source", report.source);
  out.member("family", source == sources_.end() ? report.source : family_of(*source->second));
  out.member("kind", name_of(report.kind)).member("url", report.url).key("published");
  write_time(out, report.published);
  out.end_object();
  return out.take();
}

std::vector<const Decision*> Contents::decisions_on(Verb verb, const std::vector<Anchor>& anchors) const {
  std::set<std::pair<std::int64_t, const Decision*>> found;
  for (const Anchor& anchor : anchors) {
    const auto there = decisions_.find({anchor.capture, anchor.part});
    if (there == decisions_.end()) continue;
    for (const Decision* decision : there->second) {
      const bool met = decision->verb == verb && std::ranges::any_of(decision->anchors, [&](const Anchor& other) {
                         return meets(anchor, other);
                       });
      if (met) found.emplace(decision->leaf.value_or(0), decision);
    }
  }
  std::vector<const Decision*> out;
  for (const auto& [leaf, decision] : found) out.push_back(decision);
  return out;
}

void Contents::set_status(proof::Entry& entry, const Event& event, const std::vector<Support>& supports) const {
  EventStatus status = event.status;
  const auto verifying = decisions_on(Verb::verify, anchors_of(supports));
  if (status == EventStatus::verified && verifying.empty()) {
    status = EventStatus::corroborated;
  }
  if (status == EventStatus::corroborated && count_lineages(supports) < 2) status = EventStatus::single;
  entry.set("status", std::string(name_of(status)));
  if (status != EventStatus::verified) return;
  entry.set("status/method", verifying.back()->value);
  entry.set("status/decision", std::to_string(verifying.back()->leaf.value_or(0)));
}

void Contents::set_levels(proof::Entry& entry, const Event& event) const {
  const auto family = input_.act_families.find(event.act);
  entry.set("act/family", family == input_.act_families.end() ? event.act : family->second);
  entry.set("act/name", event.act);
  const TimeLevels time = levels_of(event.time);
  entry.set("time/year", time.year);
  entry.set("time/month", time.month);
  entry.set("time/day", time.day);
  const PlaceLevels place = levels_of(event.places);
  constexpr std::array<std::string_view, 5> kPaths{"place/country", "place/province", "place/county", "place/town",
                                                   "place/exact"};
  for (std::size_t i = 0; i < kPaths.size(); ++i) entry.set(kPaths[i], place[i]);
}

void Contents::set_event(proof::Entry& entry, const Event& event, const std::vector<Support>& supports,
                         std::optional<proof::LeafIndex> umbrella) const {
  set_levels(entry, event);
  entry.set("side", event.side.empty() ? std::string("unknown") : event.side);
  entry.set("extent", std::string(name_of(event.extent)));
  JsonWriter interval;
  write_time(interval, event.time);
  entry.set("time/interval", interval.take());
  entry.set("place/all", array_json(event.places, [](JsonWriter& out, const Place& at) { write_place(out, at); }));
  set_status(entry, event, supports);
  if (umbrella) entry.set("umbrella", std::to_string(*umbrella));
  for (const EventCount& count : event.counts) {
    if (is_chosen(count)) set_count(entry, count);
  }
  entry.set("lineages", std::to_string(count_lineages(supports)));
  entry.set("reports", std::to_string(count_reports(supports)));
  entry.set("made-by", std::string("program"));
  entry.set("actor", input_.program);
}

/// The levels on which all of the victim's events agree.
void Contents::set_common_levels(proof::Entry& entry, const Victim& victim) const {
  std::optional<proof::Entry> common;
  for (const EventId& id : victim.events) {
    const auto event = events_.find(id);
    if (event == events_.end()) continue;
    proof::Entry levels;
    set_levels(levels, *event->second);
    if (!common) {
      common = std::move(levels);
      continue;
    }
    std::erase_if(common->values, [&](const auto& slot) {
      const std::string* other = levels.find(slot.first);
      return other == nullptr || *other != slot.second.value;
    });
  }
  if (!common) return;
  for (const auto& [path, value] : common->values) entry.set(path, value.value);
}

void Contents::set_victim(proof::Entry& entry, const Victim& victim, const std::vector<Support>& supports,
                          const std::vector<proof::LeafIndex>& events) const {
  entry.set("victim/names", array_json(victim.names, [](JsonWriter& out, const std::string& name) { out.text(name); }));
  if (const auto attributes = Json::parse(victim.attributes.empty() ? "{}" : victim.attributes)) {
    entry.set("victim/attributes", JsonWriter().value(*attributes).take());
    entry.set("victim/age", age_interval(*attributes));
    entry.set("victim/role", only_word(*attributes, "roles"));
    entry.set("victim/condition", only_word(*attributes, "conditions"));
  }
  set_common_levels(entry, victim);
  entry.set("victim/events",
            array_json(events, [](JsonWriter& out, proof::LeafIndex leaf) { out.unsigned_integer(leaf); }));
  entry.set("lineages", std::to_string(count_lineages(supports)));
  entry.set("made-by", std::string("program"));
  entry.set("actor", input_.program);
}

Result<std::string_view> Contents::bytes_of(const Anchor& anchor) {
  const std::pair key(anchor.capture, anchor.part);
  if (open_part_ == key) return std::string_view(open_bytes_);
  const auto capture = captures_.find(anchor.capture);
  if (capture == captures_.end()) return fail(ErrorCode::not_found, "a claim is anchored in an unknown capture");
  const auto& parts = capture->second->parts;
  const auto part = std::ranges::find(parts, anchor.part, &Part::number);
  if (part == parts.end()) return fail(ErrorCode::not_found, "a claim is anchored in an unknown part");
  GAVAH_ASSIGN_AS(open_bytes_, input_.part_bytes(*part), format("reading part {} of a capture", anchor.part));
  open_part_ = key;
  return std::string_view(open_bytes_);
}

Result<proof::ClaimRecord> Contents::claim_record(const Support& support) {
  proof::ClaimRecord out;
  out.claim = support.public_claim;
  const Claim& claim = *support.claim;
  if (!claim.anchor) return out;
  if (open_report_id_ != claim.report) {
    GAVAH_ASSIGN_AS(open_report_, input_.report(claim.report), "reading a report");
    open_report_id_ = claim.report;
  }
  out.text = text_at(open_report_, *claim.anchor);
  const ByteRange* range = std::get_if<ByteRange>(&claim.anchor->where);
  if (range == nullptr || range->size() > proof::kMaxPassageBytes) return out;
  GAVAH_ASSIGN(const std::string_view bytes, bytes_of(*claim.anchor));
  if (range->end > bytes.size()) return fail(ErrorCode::corrupt, "a claim's anchor lies beyond its part");
  out.passage = std::string(bytes.substr(range->begin, range->size()));
  return out;
}

Result<void> Contents::set_lists(proof::Entry& entry, const std::vector<Support>& supports, Random& random) {
  std::vector<std::string> evidence;
  std::vector<std::string> claims;
  std::vector<std::string> origins;
  for (const Support& support : supports) {
    GAVAH_ASSIGN(const proof::ClaimRecord record, claim_record(support));
    evidence.push_back(proof::to_json(support.evidence));
    claims.push_back(proof::to_json(record));
    origins.push_back(support.origin);
  }
  entry.set_list("evidence", std::move(evidence), random);
  entry.set_list("claims", std::move(claims), random);
  entry.set_list("origins", std::move(origins), random);
  return {};
}

}  // namespace gavah::publish
