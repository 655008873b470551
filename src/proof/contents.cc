#include "proof/contents.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/format.h"
#include "base/json.h"
#include "base/utf8.h"
#include "proof/line_scanner.h"

namespace gavah::proof {
namespace {

std::optional<std::string> non_empty(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional<std::string>(text);
}
std::optional<std::string> text_of(const std::optional<Instant>& instant) {
  return instant ? std::optional<std::string>(instant->text()) : std::nullopt;
}

/// In the slot `hints`, beside strings, as an object of its own.
constexpr std::string_view kCollection = "collection";

std::string hints_json(const Capture& capture) {
  JsonWriter out;
  out.begin_object();
  for (const auto& [key, value] : capture.hints) {
    if (key != kCollection) out.member(key, value);
  }
  if (!capture.about.collection.is_empty()) {
    out.key(kCollection);
    write_collection(out, capture.about.collection);
  }
  out.end_object();
  return out.take();
}

std::string text_at(const SealedEntry& sealed, std::string_view path) {
  const std::string* value = sealed.find(path);
  return value == nullptr ? std::string() : *value;
}

template <class Parse>
auto optional_at(const SealedEntry& sealed, std::string_view path, Parse parse)
    -> std::optional<typename decltype(parse(std::string_view{}))::value_type> {
  const std::string* value = sealed.find(path);
  if (value == nullptr) return std::nullopt;
  auto parsed = parse(*value);
  return parsed ? std::optional(*std::move(parsed)) : std::nullopt;
}

Result<std::uint64_t> number_at(const SealedEntry& sealed, std::string_view path) {
  const std::string text = text_at(sealed, path);
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) {
    return fail(ErrorCode::corrupt, format("leaf {}: slot {} is no number", sealed.index, path));
  }
  return value;
}

Result<void> read_capture_json(const SealedEntry& sealed, Capture& out) {
  GAVAH_ASSIGN(const Json hints, Json::parse(text_at(sealed, "hints")));
  for (const auto& [key, value] : hints.members()) {
    if (value.string() != nullptr) out.hints[key] = *value.string();
  }
  if (const Json* collection = hints.find(kCollection); collection != nullptr && collection->is_object()) {
    GAVAH_ASSIGN(out.about.collection, collection_from_json(*collection));
  }
  GAVAH_ASSIGN(const Json same, Json::parse(text_at(sealed, "same-bytes")));
  for (const Json& item : same.items()) {
    if (item.string() == nullptr) return fail(ErrorCode::corrupt, "same-bytes holds something that is no id");
    GAVAH_ASSIGN(const CaptureId id, CaptureId::from_hex(*item.string()));
    out.same_bytes.push_back(id);
  }
  return {};
}

bool is_dropped(std::string_view member) {
  return member == "id" || member == "report" || member == "anchor" || member == "about" || member == "type";
}

}  // namespace

Entry capture_entry(const Capture& capture, const ListHead& parts, const ListHead& chains, const Digest& object) {
  Entry entry;
  entry.type = LeafType::capture;
  entry.id = EntryId::from_bytes(capture.id.view());
  entry.object = object;
  entry.set("name", capture.name);
  entry.set("format", non_empty(capture.format));
  entry.set("size", std::to_string(capture.size_bytes));
  entry.set("sha256", capture.digest.hex());
  entry.set("added", capture.added.text());
  entry.set("about/source", non_empty(capture.about.source));
  entry.set("about/url", non_empty(capture.about.url));
  entry.set("about/captured", text_of(capture.about.captured));
  entry.set("about/published", text_of(capture.about.published));
  entry.set("about/collector", non_empty(capture.about.collector));
  entry.set("about/note", non_empty(capture.about.note));
  JsonWriter same;
  same.begin_array();
  for (const CaptureId& id : capture.same_bytes) same.text(id.hex());
  same.end_array();
  entry.set("same-bytes", same.take());
  entry.set("hints", hints_json(capture));
  entry.set("part-count", std::to_string(parts.count));
  entry.set("parts", parts.text());
  entry.set("chains", chains.text());
  return entry;
}

Entry capture_entry(const Capture& capture, std::span<const Part> parts, const Digest& object, Random& random) {
  std::vector<std::string> heads;
  std::vector<std::string> chains;
  for (const Part& part : parts) {
    heads.push_back(to_json(PartRecord{part.number, part.digest, part.size_bytes}));
    chains.push_back(to_json(part));
  }
  Entry entry = capture_entry(capture, ListHead{parts.size(), {}}, ListHead{}, object);
  entry.set_list("parts", std::move(heads), random);
  entry.set_list("chains", std::move(chains), random);
  return entry;
}

Result<Capture> capture_from(const SealedEntry& sealed) {
  Capture out;
  out.id = CaptureId::from_bytes(sealed.leaf.id.view());
  out.leaf = static_cast<std::int64_t>(sealed.index);
  out.name = text_at(sealed, "name");
  out.format = text_at(sealed, "format");
  GAVAH_ASSIGN(out.size_bytes, number_at(sealed, "size"));
  GAVAH_ASSIGN(out.digest, Digest::from_hex(text_at(sealed, "sha256")));
  GAVAH_ASSIGN(out.added, Instant::parse(text_at(sealed, "added")));
  out.about.source = text_at(sealed, "about/source");
  out.about.url = text_at(sealed, "about/url");
  out.about.captured = optional_at(sealed, "about/captured", Instant::parse);
  out.about.published = optional_at(sealed, "about/published", Instant::parse);
  out.about.collector = text_at(sealed, "about/collector");
  out.about.note = text_at(sealed, "about/note");
  GAVAH_ASSIGN(const std::uint64_t count, number_at(sealed, "part-count"));
  out.part_count = static_cast<std::uint32_t>(count);
  GAVAH_TRY_AS(read_capture_json(sealed, out), format("reading capture leaf {}", sealed.index));
  return out;
}

Result<std::vector<Part>> parts_from(const SealedEntry& sealed) {
  std::vector<Part> out;
  for (const ListRecord& record : sealed.list("chains")) {
    GAVAH_ASSIGN(const Json json, Json::parse(record.bytes));
    GAVAH_ASSIGN(Part part, part_from_json(json));
    out.push_back(std::move(part));
  }
  return out;
}

Entry source_entry(const Source& source, const std::string& actor) {
  Entry entry;
  entry.type = LeafType::source;
  entry.set("id", source.id);
  entry.set("name", source.name);
  entry.set("kind", non_empty(source.kind));
  entry.set("family", non_empty(source.family));
  entry.set("lang", non_empty(source.lang));
  if (source.valid_from) entry.set("valid/from", source.valid_from->text());
  if (source.valid_to) entry.set("valid/to", source.valid_to->text());
  entry.set("reason", non_empty(source.reason));
  entry.set("actor", non_empty(actor));
  return entry;
}

Result<Source> source_from(const SealedEntry& sealed) {
  Source out;
  out.id = text_at(sealed, "id");
  out.name = text_at(sealed, "name");
  out.kind = text_at(sealed, "kind");
  out.family = text_at(sealed, "family");
  out.lang = text_at(sealed, "lang");
  out.valid_from = optional_at(sealed, "valid/from", Day::parse);
  out.valid_to = optional_at(sealed, "valid/to", Day::parse);
  out.reason = text_at(sealed, "reason");
  if (out.id.empty()) return fail(ErrorCode::corrupt, format("source leaf {} has no id", sealed.index));
  return out;
}

Entry decision_entry(const Decision& decision) {
  Entry entry;
  entry.type = LeafType::decision;
  entry.id = EntryId::from_bytes(decision.id.view());
  entry.set("verb", std::string(name_of(decision.verb)));
  JsonWriter anchors;
  anchors.begin_array();
  for (const Anchor& anchor : decision.anchors) write_anchor(anchors, anchor);
  anchors.end_array();
  entry.set("anchors", anchors.take());
  entry.set("slot", non_empty(decision.slot));
  entry.set("value", non_empty(decision.value));
  entry.set("reason", non_empty(decision.reason));
  entry.set("actor", non_empty(decision.by));
  return entry;
}

Result<Decision> decision_from(const SealedEntry& sealed) {
  Decision out;
  out.id = DecisionId::from_bytes(sealed.leaf.id.view());
  out.leaf = static_cast<std::int64_t>(sealed.index);
  out.day = sealed.leaf.day;
  GAVAH_ASSIGN(out.verb, verb_from(text_at(sealed, "verb")));
  GAVAH_ASSIGN(const Json anchors, Json::parse(text_at(sealed, "anchors")));
  for (const Json& json : anchors.items()) {
    GAVAH_ASSIGN(const Anchor anchor, anchor_from_json(json));
    out.anchors.push_back(anchor);
  }
  out.slot = text_at(sealed, "slot");
  out.value = text_at(sealed, "value");
  out.reason = text_at(sealed, "reason");
  out.by = text_at(sealed, "actor");
  return out;
}

std::string to_json(const PartRecord& record) {
  JsonWriter out;
  out.begin_object().member("part", record.part).member("sha256", record.sha256.hex());
  out.member("size", record.size_bytes).end_object();
  return out.take();
}

Result<PartRecord> part_record_from(std::string_view text) {
  LineScanner in(text);
  PartRecord out;
  in.expect("{\"part\":");
  const std::uint64_t part = in.integer();
  in.expect(",\"sha256\":");
  out.sha256 = in.digest();
  in.expect(",\"size\":");
  out.size_bytes = in.integer();
  in.expect("}");
  if (!in.at_end() || part > UINT32_MAX) {
    return fail(ErrorCode::invalid_input, "a record of a part is not in canonical form");
  }
  out.part = static_cast<PartNumber>(part);
  return out;
}

std::string to_json(const StatusRecord& record) {
  JsonWriter out;
  out.begin_object().member("part", record.part).member("status", record.status);
  out.member("program", record.program).end_object();
  return out.take();
}

Result<StatusRecord> status_record_from(std::string_view text) {
  LineScanner in(text);
  StatusRecord out;
  in.expect("{\"part\":");
  const std::uint64_t part = in.integer();
  in.expect(",\"status\":");
  out.status = in.text();
  in.expect(",\"program\":");
  if (!in.take("null")) out.program = in.text();
  in.expect("}");
  if (!in.at_end() || part > UINT32_MAX) {
    return fail(ErrorCode::invalid_input, "a record of a status is not in canonical form");
  }
  if (std::ranges::find(kStatuses, std::string_view(out.status)) == kStatuses.end()) {
    return fail(ErrorCode::invalid_input, format("'{}' is no status of a part", utf8_prefix(out.status, 40)));
  }
  out.part = static_cast<PartNumber>(part);
  return out;
}

namespace {

std::uint32_t take_small(LineScanner& in) {
  const std::uint64_t value = in.integer();
  if (value > UINT32_MAX) in.refuse();
  return static_cast<std::uint32_t>(value);
}

/// [BEGIN,END], not the wrong way round.
std::pair<std::uint64_t, std::uint64_t> take_range(LineScanner& in) {
  in.expect("[");
  const std::uint64_t begin = in.integer();
  in.expect(",");
  const std::uint64_t end = in.integer();
  in.expect("]");
  if (begin > end) in.refuse();
  return {begin, end};
}

/// As write_anchor() writes it.
Anchor take_anchor(LineScanner& in) {
  Anchor out;
  in.expect("{\"capture\":");
  const auto capture = CaptureId::from_hex(in.text());
  if (!capture) in.refuse();
  out.capture = capture.value_or(CaptureId{});
  in.expect(",\"part\":");
  out.part = take_small(in);
  if (in.take(",\"bytes\":")) {
    const auto [begin, end] = take_range(in);
    out.where = ByteRange{begin, end};
  } else if (in.take(",\"time_ms\":")) {
    const auto [begin, end] = take_range(in);
    out.where = TimeRange{begin, end};
  } else if (in.take(",\"box\":[")) {
    FrameBox box;
    for (std::uint32_t* each : {&box.frame, &box.left, &box.top, &box.width, &box.height}) {
      if (each != &box.frame) in.expect(",");
      *each = take_small(in);
    }
    in.expect("]");
    out.where = box;
  } else if (in.expect(",\"cell\":[")) {
    TableCell cell;
    cell.row = take_small(in);
    in.expect(",");
    cell.column = take_small(in);
    in.expect("]");
    out.where = cell;
  }
  in.expect("}");
  return out;
}

}  // namespace

std::string to_json(const EvidenceRecord& record) {
  JsonWriter out;
  out.begin_object().key("leaf");
  if (record.leaf) {
    out.unsigned_integer(*record.leaf);
  } else {
    out.null();
  }
  out.key("anchor");
  if (record.anchor) {
    write_anchor(out, *record.anchor);
  } else {
    out.null();
  }
  out.member("lineage", record.lineage).member("polarity", name_of(record.polarity)).end_object();
  return out.take();
}

Result<EvidenceRecord> evidence_record_from(std::string_view text) {
  LineScanner in(text);
  EvidenceRecord out;
  in.expect("{\"leaf\":");
  if (!in.take("null")) out.leaf = in.integer();
  in.expect(",\"anchor\":");
  if (!in.take("null")) out.anchor = take_anchor(in);
  in.expect(",\"lineage\":");
  out.lineage = take_small(in);
  in.expect(",\"polarity\":");
  const std::string polarity = in.text();
  in.expect("}");
  if (!in.at_end()) return fail(ErrorCode::invalid_input, "a record of evidence is not in canonical form");
  GAVAH_ASSIGN(out.polarity, polarity_from(polarity));
  return out;
}

std::string to_json(const ClaimRecord& record) {
  JsonWriter out;
  out.begin_object().key("claim").raw(record.claim).member("text", record.text);
  const bool is_text = !record.passage || is_utf8(*record.passage);
  out.member("encoding", is_text ? "utf-8" : "base64").key("passage");
  if (!record.passage) {
    out.null();
  } else {
    out.text(is_text ? *record.passage : to_base64(*record.passage));
  }
  out.end_object();
  return out.take();
}

Result<ClaimRecord> claim_record_from(std::string_view text) {
  const auto malformed = [] { return fail(ErrorCode::invalid_input, "a record of a claim is not in canonical form"); };
  ClaimRecord out;
  LineScanner in(text);
  in.expect("{\"claim\":");
  out.claim = std::string(in.value());
  in.expect(",\"text\":");
  out.text = in.text();
  in.expect(",\"encoding\":");
  const std::string encoding = in.text();
  in.expect(",\"passage\":");
  if (!in.take("null")) out.passage = in.text();
  in.expect("}");
  if (!in.at_end() || (encoding != "utf-8" && encoding != "base64")) return malformed();
  if (out.passage && encoding == "base64") {
    GAVAH_ASSIGN(out.passage, from_base64(*out.passage));
    if (is_utf8(*out.passage)) return malformed();
  }
  return out;
}

std::string public_claim(const Claim& claim) {
  const auto json = Json::parse(to_json(claim));
  JsonWriter out;
  out.begin_object();
  if (json) {
    for (const auto& [key, value] : json->members()) {
      if (!is_dropped(key)) out.key(key).value(value);
    }
  }
  out.end_object();
  return out.take();
}

bool says(std::string_view claim_record, std::string_view public_claim) {
  constexpr std::string_view kBefore = "{\"claim\":";
  constexpr std::string_view kAfter = ",\"text\":";
  if (!claim_record.starts_with(kBefore)) return false;
  claim_record.remove_prefix(kBefore.size());
  return claim_record.starts_with(public_claim) && claim_record.substr(public_claim.size()).starts_with(kAfter);
}

namespace {

/// Classes of actors of the codebook that speak as bodies, not as persons.
constexpr std::array<std::string_view, 13> kInstitutions{
    "police",          "military",   "security forces", "intelligence", "judiciary",   "prison", "government",
    "pro-state group", "opposition", "media",           "rights group", "armed group", "foreign"};

}  // namespace

bool names_persons(const ClaimRecord& record) {
  const auto json = Json::parse(record.claim);
  if (!json) return true;
  const Json* persons = json->find("persons");
  if (persons == nullptr || !persons->items().empty()) return true;
  // Whoever speaks for no institution is a person, also when the coder found no name: a witness may be recognised.
  const Json* speaker = json->find("speaker");
  if (speaker == nullptr || speaker->is_null()) return false;
  return std::ranges::find(kInstitutions, speaker->text_of("class")) == kInstitutions.end();
}

}  // namespace gavah::proof
