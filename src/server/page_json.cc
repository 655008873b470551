#include "base/json.h"
#include "server/capture_page.h"
#include "server/claim_page.h"
#include "server/event_page.h"
#include "server/trail.h"

namespace gavah::server {

namespace {

void write_leaf(JsonWriter& out, const std::optional<std::int64_t>& leaf) { out.member("leaf", leaf); }

void write_check(JsonWriter& out, std::string_view key, const Check& check) {
  out.key(key).begin_object().member("state", name_of(check.state)).member("note", check.note).end_object();
}

void write_head(JsonWriter& out, const LogHead& head) {
  out.key("head").begin_object().member("origin", head.origin).member("size", head.size);
  out.member("root", head.root_hex).end_object();
}

template <class IdType>
void write_optional_id(JsonWriter& out, std::string_view key, const std::optional<IdType>& id) {
  out.key(key);
  if (id) {
    out.text(id->hex());
  } else {
    out.null();
  }
}

void write_summaries(JsonWriter& out, std::string_view key, const std::vector<EventSummary>& summaries) {
  out.key(key).begin_array();
  for (const auto& summary : summaries) write_summary(out, summary);
  out.end_array();
}

void write_ids(JsonWriter& out, std::string_view key, const std::vector<EventId>& ids) {
  out.key(key).begin_array();
  for (const auto& id : ids) out.text(id.hex());
  out.end_array();
}

void write_rows(JsonWriter& out, const std::vector<DecisionRow>& rows) {
  out.key("decisions").begin_array();
  for (const auto& row : rows) {
    out.begin_object().key("decision").raw(to_json(row.decision)).key("stands").truth(row.stands);
    out.key("concerns").truth(row.concerns).end_object();
  }
  out.end_array();
}

void write_decisions(JsonWriter& out, const std::vector<Decision>& decisions) {
  out.key("decisions").begin_array();
  for (const auto& decision : decisions) out.raw(to_json(decision));
  out.end_array();
}

void write_cards(JsonWriter& out, const std::vector<ReportCard>& cards) {
  out.key("reports").begin_array();
  for (const auto& card : cards) write_report_card(out, card);
  out.end_array();
}

void write_evidence(JsonWriter& out, const Evidence& evidence) {
  out.begin_object().member("claim", evidence.claim.hex()).key("passage");
  write_passage(out, evidence.passage);
  write_check(out, "passage_check", evidence.passage_check);
  out.member("capture", evidence.capture.hex()).member("part", evidence.part);
  out.key("bytes");
  if (evidence.bytes) {
    out.begin_array().unsigned_integer(evidence.bytes->begin).unsigned_integer(evidence.bytes->end).end_array();
  } else {
    out.null();
  }
  out.member("capture_name", evidence.capture_name).member("digest", evidence.digest.hex());
  write_check(out, "digest_check", evidence.digest_check);
  write_leaf(out, evidence.leaf);
  write_check(out, "leaf_check", evidence.leaf_check);
  out.end_object();
}

void write_number(JsonWriter& out, const EventCount& number) {
  out.key("number").begin_object();
  write_count_members(out, number.count);
  out.member("rule", number.rule).end_object();
}

}  // namespace

std::string_view name_of(StepState state) {
  switch (state) {
    case StepState::holds:
      return "holds";
    case StepState::none:
      return "none";
    case StepState::fails:
      return "fails";
    case StepState::unchecked:
      return "unchecked";
  }
  return "unchecked";
}

void write_summary(JsonWriter& out, const EventSummary& summary) {
  out.begin_object().key("event").raw(to_json(summary.event));
  out.member("place_en", summary.place_en).member("place_fa", summary.place_fa).end_object();
}

void write_report_card(JsonWriter& out, const ReportCard& card) {
  out.begin_object().member("id", card.id.hex()).member("capture", card.capture.hex()).member("part", card.part);
  out.member("kind", name_of(card.kind)).member("source", card.source).member("source_name", card.source_name);
  out.member("source_kind", card.source_kind).member("family", card.family);
  write_optional_id(out, "lineage", card.lineage);
  out.key("published");
  write_time(out, card.published);
  out.key("captured");
  if (card.captured) {
    out.text(card.captured->text());
  } else {
    out.null();
  }
  out.member("title", card.title).member("url", card.url).member("lang", card.lang).end_object();
}

std::string to_json(const EventPage& page) {
  JsonWriter out;
  out.begin_object().key("summary");
  write_summary(out, page.summary);
  write_leaf(out, page.leaf);
  out.key("claims").begin_array();
  for (const auto& row : page.claims) {
    out.begin_object().key("claim").raw(to_json(row.claim)).key("passage");
    write_passage(out, row.passage);
    out.end_object();
  }
  out.end_array();
  write_cards(out, page.reports);
  out.key("lineages").begin_array();
  for (const auto& lineage : page.lineages) out.raw(to_json(lineage));
  out.end_array();
  write_decisions(out, page.decisions);
  write_summaries(out, "parts", page.parts);
  write_optional_id(out, "previous", page.previous);
  write_optional_id(out, "next", page.next);
  return out.end_object().take();
}

std::string to_json(const Trail& trail) {
  JsonWriter out;
  out.begin_object().member("event", trail.event.hex());
  write_number(out, trail.number);
  write_check(out, "number_check", trail.number_check);
  out.member("rule_text", trail.rule_text);
  write_decisions(out, trail.decisions);
  out.key("evidence").begin_array();
  for (const auto& evidence : trail.evidence) write_evidence(out, evidence);
  out.end_array();
  write_head(out, trail.head);
  write_check(out, "checkpoint_check", trail.checkpoint_check);
  write_check(out, "witness_check", trail.witness_check);
  write_check(out, "timestamp_check", trail.timestamp_check);
  return out.end_object().take();
}

std::string to_json(const CapturePage& page) {
  JsonWriter out;
  out.begin_object().key("capture").raw(to_json(page.capture)).key("part").raw(to_json(page.part));
  out.key("parts").begin_array();
  for (const auto& part : page.parts) out.raw(to_json(part));
  out.end_array();
  write_cards(out, page.reports);
  out.key("texts").begin_array();
  for (const auto& text : page.texts) write_passage(out, text);
  out.end_array().key("claims").begin_array();
  for (const auto& claim : page.claims) out.raw(to_json(claim));
  out.end_array();
  write_ids(out, "events", page.events);
  write_check(out, "digest_check", page.digest_check);
  write_head(out, page.head);
  write_check(out, "leaf_check", page.leaf_check);
  out.key("inclusion").begin_array();
  for (const auto& hash : page.inclusion_hex) out.text(hash);
  out.end_array().member("leaf_hash", page.leaf_hash_hex);
  out.key("neighbours").begin_array();
  for (const auto& neighbour : page.neighbours) {
    out.begin_object().member("capture", neighbour.capture.hex()).member("part", neighbour.part);
    out.member("name", neighbour.name).member("how", neighbour.how).end_object();
  }
  out.end_array().member("absent", page.absent);
  return out.end_object().take();
}

std::string to_json(const ClaimPage& page) {
  JsonWriter out;
  out.begin_object().key("claim").raw(to_json(page.claim)).key("report");
  write_report_card(out, page.report);
  out.key("text");
  write_passage(out, page.text);
  write_ids(out, "events", page.events);
  write_rows(out, page.decisions);
  write_optional_id(out, "rejected_by", page.rejected_by);
  return out.key("why").raw(page.why).end_object().take();
}

std::string to_json(const std::vector<DecisionRow>& rows) {
  JsonWriter out;
  out.begin_object();
  write_rows(out, rows);
  return out.end_object().take();
}

}  // namespace gavah::server
