#include "base/format.h"
#include "pipeline/claim_slots.h"
#include "pipeline/evidence.h"
#include "pipeline/original.h"
#include "pipeline/reading.h"
#include "pipeline/walk.h"

namespace gavah::pipeline {
namespace {

constexpr std::size_t kShownBytes = 4096;  // of a passage on a terminal

std::string_view mark_of(Found found) {
  switch (found) {
    case Found::holds:
      return "ok";
    case Found::none:
      return "none";
    case Found::fails:
      return "FAILS";
    case Found::unchecked:
      break;
  }
  return "unchecked";
}

class Shown {
 public:
  explicit Shown(Chronicle& chronicle) : chronicle_(chronicle), walker_(chronicle) {}

  void line(std::string_view label, std::string_view text) { out_ += format("{:<12}{}\n", label, text); }
  void blank() { out_ += "\n"; }
  std::string take() {
    if (out_.ends_with('\n')) out_.pop_back();
    return std::move(out_);
  }

  Result<void> event(const Event& event) {
    line("event", event.id.hex());
    line("act", format("{} ({}, {})", event.act, event.side, name_of(event.extent)));
    line("status", format("{}: {} independent lineages, {} reports", name_of(event.status), event.lineage_count,
                          event.report_count));
    line("time", time_text(event.time));
    line("place", places_text(event.places));
    for (const EventCount& entry : event.counts) {
      line("count", format("{}{}", count_text(entry.count),
                           entry.lineage ? "; lineage " + entry.lineage->hex() : "; chosen: " + entry.rule));
    }
    if (event.extent == Extent::umbrella) line("note", "an umbrella is never added to its parts");
    GAVAH_ASSIGN(store::Index * index, chronicle_.index());
    for (const ClaimId& id : event.claims) {
      GAVAH_ASSIGN(const Claim claim, index->claim(id));
      blank();
      GAVAH_TRY(this->claim(claim));
    }
    return {};
  }

  Result<void> claim(const Claim& claim) {
    GAVAH_ASSIGN(const Evidence evidence, walker_.walk(claim));
    line("claim", format("{} {} {} ({}), coded by {}", claim.id.hex(), claim.act, name_of(claim.polarity),
                         name_of(claim.stage), claim.coded_by == CodedBy::person ? "a person" : "the program"));
    if (claim.speaker) line("speaker", claim.speaker->name);
    if (claim.about) line("about", "claim " + claim.about->hex());
    line("time", time_text(claim.time));
    line("place", places_text(claim.places));
    for (const Count& count : claim.counts)
      line("count", format("{}: \u201c{}\u201d", count_text(count), count.phrase));
    line("passage", format("\u201c{}\u201d", EvidenceWalker::words(evidence).substr(0, kShownBytes)));
    line("report",
         format("{} by {}", evidence.report.id.hex(), evidence.report.source.empty() ? "?" : evidence.report.source));
    trail(evidence);
    return {};
  }

  /// The command that shows the passage byte for byte.
  void passage_command(const Evidence& evidence) {
    if (!evidence.bytes) return;
    line("to see", format("gavah show {} {} --span {}:{}", shell_word(chronicle_.directory()), evidence.report.id.hex(),
                          evidence.passage.begin, evidence.passage.end));
  }

  void trail(const Evidence& evidence) {
    const auto step = [&](std::string_view label, std::string_view what, const StepCheck& check) {
      line(label, format("{} [{}{}{}]", what, mark_of(check.found), check.note.empty() ? "" : ": ", check.note));
    };
    const std::string range =
        evidence.bytes ? format("bytes {} to {} of", evidence.bytes->begin, evidence.bytes->end) : std::string("in");
    step("bytes", format("{} part {} of capture {}", range, evidence.part.number, evidence.capture.id.hex()),
         evidence.passage_check);
    line("chain", chain_text(evidence.part));
    step("part", format("SHA-256 {}", evidence.part.digest.hex()), evidence.digest_check);
    step("log", evidence.capture.name, evidence.leaf_check);
    passage_command(evidence);
  }

  Result<void> report(const Report& report) {
    line("report", format("{} ({})", report.id.hex(), name_of(report.kind)));
    line("source", report.source);
    if (!report.url.empty()) line("address", report.url);
    line("published", time_text(report.published));
    if (report.captured) line("captured", report.captured->text());
    if (!report.title.empty()) line("title", report.title);
    if (!report.audience.empty()) line("audience", report.audience);
    if (!report.hollow.empty()) line("hollow", report.hollow);
    for (const Relation& relation : report.relations) line(name_of(relation.kind), relation.target);
    GAVAH_ASSIGN(const Part part, chronicle_.stored().ledger().part(report.capture, report.part));
    GAVAH_TRY(this->part(part));
    line("text", std::string_view(report.text).substr(0, kShownBytes));
    return original(part);
  }

  /// Of a record that says "as it was before": what it refers to, with its own way down to the bytes of the capture
  /// that holds it.
  Result<void> original(const Part& revisit) {
    if (revisit.format != "revisit") return {};
    GAVAH_ASSIGN(const auto found, original_of(chronicle_, revisit));
    blank();
    if (!found) {
      line("original", "in no capture of this chronicle");
      return {};
    }
    line("original", format("known by {}; this capture holds none of its bytes", found->ground));
    if (!found->part.url.empty()) line("address", found->part.url);
    if (found->part.captured) line("captured", found->part.captured->text());
    GAVAH_TRY(part(found->part));
    GAVAH_ASSIGN(store::Index * index, chronicle_.index());
    GAVAH_ASSIGN(const auto reports, index->reports_of(found->part.capture, found->part.number));
    for (const ReportId& id : reports) line("report", id.hex());
    return {};
  }

  void capture(const Capture& capture) {
    line("capture", format("{} ({}, {} bytes, {} parts)", capture.id.hex(), capture.format, capture.size_bytes,
                           capture.part_count));
    line("name", capture.name);
    line("hash", format("SHA-256 {}, made when it was added", capture.digest.hex()));
    line("added", capture.added.text());
    stated(capture);
    const StepCheck leaf = walker_.check_leaf(capture);
    line("log", format("{} [{}: {}]", capture.name, mark_of(leaf.found), leaf.note));
    for (const CaptureId& same : capture.same_bytes) line("same bytes", same.hex());
    for (const auto& [name, value] : capture.hints) line(name, std::string_view(value).substr(0, kShownBytes));
    if (!capture.destroyed.empty()) line("destroyed", format("{} of its parts", capture.destroyed.size()));
  }

  Result<void> part(const Part& part) {
    GAVAH_ASSIGN(const Capture capture, chronicle_.stored().ledger().capture(part.capture));
    line("part",
         format("{} of capture {} ({}, {} bytes)", part.number, part.capture.hex(), part.format, part.size_bytes));
    line("chain", chain_text(part));
    const auto bytes = walker_.part_bytes(part);
    line("digest", format("SHA-256 {} [{}]", part.digest.hex(), bytes ? "ok" : "FAILS: " + bytes.error().sentence()));
    const StepCheck leaf = walker_.check_leaf(capture);
    line("log", format("{} [{}: {}]", capture.name, mark_of(leaf.found), leaf.note));
    if (!capture.destroyed.empty()) {
      line("destroyed", format("{} of the capture's {} parts were; this one is proven by the same leaf as before",
                               capture.destroyed.size(), capture.part_count));
    }
    return {};
  }

  void walk(const Part& part) {
    out_ += "\nWalk there:\n";
    for (const std::string& command : commands_to_part(chronicle_, part)) out_ += format("    {}\n", command);
  }

 private:
  void stated_line(std::string_view label, std::string_view text) {
    if (!text.empty()) line(label, text);
  }

  /// What the operator states of a capture, and how it was collected.
  void stated(const Capture& capture) {
    const About& about = capture.about;
    const Collection& how = about.collection;
    stated_line("source", about.source);
    stated_line("address", about.url);
    stated_line("requested", how.requested_url);
    for (const std::string& address : how.redirects) line("redirect", address);
    stated_line("final", how.final_url);
    stated_line("platform id", how.platform_id);
    if (about.captured) line("captured", about.captured->text());
    if (about.published) line("published", about.published->text());
    stated_line("collector", about.collector);
    stated_line("machine", how.collector_address);
    stated_line("identity", how.collector_identity);
    stated_line("clock", how.clock);
    stated_line("tool", how.tool);
    stated_line("viewport", how.viewport);
    if (!how.hash.empty()) {
      const bool is_comparable = how.hash_algorithm == "SHA-256";
      const std::string_view verdict = !is_comparable                     ? "not compared"
                                       : how.hash == capture.digest.hex() ? "these bytes"
                                                                          : "NOT of these bytes";
      line("their hash", format("{} {}{} [{}]", how.hash_algorithm.empty() ? "?" : how.hash_algorithm, how.hash,
                                how.hashed ? ", made " + how.hashed->text() : "", verdict));
    }
    stated_line("note", about.note);
  }

  Chronicle& chronicle_;
  EvidenceWalker walker_;
  std::string out_;
};

/// Calls `visit` with the table and key of the item that `id` names in the index.
Result<std::string> index_json(store::Index& index, std::string_view key) {
  for (const auto table : {store::IndexTable::events, store::IndexTable::claims, store::IndexTable::reports,
                           store::IndexTable::lineages, store::IndexTable::victims}) {
    auto line = index.json(table, key);
    if (line || line.error().code != ErrorCode::not_found) return line;
  }
  return fail(ErrorCode::not_found, format("there is no item {}", to_hex(key)));
}

Result<std::string> ledger_json(Chronicle& chronicle, std::string_view id) {
  std::string found;
  for (const auto kind : {ItemKind::captures, ItemKind::decisions, ItemKind::sources, ItemKind::quarantine}) {
    GAVAH_TRY(list(chronicle, kind, [&](std::string_view line) -> Result<void> {
      GAVAH_ASSIGN(const Json json, Json::parse(line));
      if (json.text_of("id") == id) found = line;
      return {};
    }));
    if (!found.empty()) return found;
  }
  return fail(ErrorCode::not_found, format("there is no item {}", id));
}

}  // namespace

Result<Part> part_named(Chronicle& chronicle, std::string_view id) {
  const auto colon = id.find(':');
  GAVAH_ASSIGN(const CaptureId capture, CaptureId::from_hex(id.substr(0, colon)));
  const std::string digits(id.substr(colon + 1));
  if (digits.empty() || digits.size() > 9 || digits.find_first_not_of("0123456789") != std::string::npos) {
    return fail(ErrorCode::invalid_input, format("'{}' is no part: CAPTURE:NUMBER", id));
  }
  return chronicle.stored().ledger().part(capture, static_cast<PartNumber>(std::stoul(digits)));
}

Result<std::string> show_json(Chronicle& chronicle, std::string_view id) {
  if (id.find(':') != std::string_view::npos) {
    GAVAH_ASSIGN(const Part part, part_named(chronicle, id));
    return to_json(part);
  }
  GAVAH_ASSIGN(store::Index * index, chronicle.index());
  const auto key = from_hex(id);
  if (key && key->size() == 16) {
    auto line = index_json(*index, *key);
    if (line || line.error().code != ErrorCode::not_found) return line;
  }
  return ledger_json(chronicle, id);
}

Result<std::string> show(Chronicle& chronicle, std::string_view id) {
  GAVAH_ASSIGN(const std::string line, show_json(chronicle, id));
  GAVAH_ASSIGN(const Json json, Json::parse(line));
  Shown shown(chronicle);
  const auto type = json.text_of("type");
  if (type == "event") {
    GAVAH_ASSIGN(const Event event, event_from_json(json));
    GAVAH_TRY(shown.event(event));
  } else if (type == "claim") {
    GAVAH_ASSIGN(const Claim claim, claim_from_json(json));
    GAVAH_TRY(shown.claim(claim));
  } else if (type == "report") {
    GAVAH_ASSIGN(const Report report, report_from_json(json));
    GAVAH_TRY(shown.report(report));
  } else if (type == "capture") {
    GAVAH_ASSIGN(const Capture capture, capture_from_json(json));
    shown.capture(capture);
  } else if (type == "part") {
    GAVAH_ASSIGN(const Part part, part_from_json(json));
    GAVAH_TRY(shown.part(part));
    shown.walk(part);
    GAVAH_TRY(shown.original(part));
  } else {
    for (const auto& [name, value] : json.members()) shown.line(name, JsonWriter().value(value).str());
  }
  return shown.take();
}

}  // namespace gavah::pipeline
