#include "model/report.h"

#include "model/named.h"

namespace gavah {
namespace {

constexpr std::array<Named<ReportKind>, 6> kKinds{{{ReportKind::article, "article"},
                                                   {ReportKind::post, "post"},
                                                   {ReportKind::message, "message"},
                                                   {ReportKind::row, "row"},
                                                   {ReportKind::caption, "caption"},
                                                   {ReportKind::media, "media"}}};
constexpr std::array<Named<RelationKind>, 10> kRelations{{{RelationKind::embeds, "embeds"},
                                                          {RelationKind::quotes, "quotes"},
                                                          {RelationKind::forwards, "forwards"},
                                                          {RelationKind::replies, "replies"},
                                                          {RelationKind::translates, "translates"},
                                                          {RelationKind::cites, "cites"},
                                                          {RelationKind::edits, "edits"},
                                                          {RelationKind::retracts, "retracts"},
                                                          {RelationKind::versions, "versions"},
                                                          {RelationKind::album, "album"}}};

void write_map(JsonWriter& out, const std::vector<MapPiece>& map) {
  out.key("map").begin_array();
  for (const MapPiece& piece : map) {
    out.begin_array().unsigned_integer(piece.text.begin).unsigned_integer(piece.text.end);
    out.unsigned_integer(piece.source.begin).unsigned_integer(piece.source.end).end_array();
  }
  out.end_array();
}

std::vector<MapPiece> read_map(ObjectReader& in, std::size_t text_size) {
  std::vector<MapPiece> out;
  for (const Json& json : in.array("map")) {
    std::array<std::uint64_t, 4> values{};
    bool good = json.items().size() == values.size();
    for (std::size_t i = 0; good && i < values.size(); ++i) {
      const auto value = json.items()[i].integer();
      good = value && *value >= 0;
      if (good) values[i] = static_cast<std::uint64_t>(*value);
    }
    if (!good || values[1] < values[0] || values[1] > text_size || values[3] < values[2]) {
      in.complain("map", "a piece is [text_begin,text_end,byte_begin,byte_end] within the text");
      return out;
    }
    out.push_back(
        {{static_cast<std::uint32_t>(values[0]), static_cast<std::uint32_t>(values[1])}, {values[2], values[3]}});
  }
  return out;
}

void write_relations(JsonWriter& out, const std::vector<Relation>& relations) {
  out.key("relations").begin_array();
  for (const Relation& relation : relations) {
    out.begin_object().member("kind", name_of(relation.kind)).member("target", relation.target).key("span");
    write_span(out, relation.span);
    out.end_object();
  }
  out.end_array();
}

std::vector<Relation> read_relations(ObjectReader& in) {
  std::vector<Relation> out;
  for (const Json& json : in.array("relations")) {
    ObjectReader relation(json);
    out.push_back(
        {relation.parsed("kind", relation_kind_from), relation.text("target"), read_span(relation, json, "span")});
    if (const auto finished = relation.finish(); !finished) in.complain("relations", finished.error().message);
  }
  return out;
}

void write_media(JsonWriter& out, const std::vector<Media>& media) {
  out.key("media").begin_array();
  for (const Media& item : media) {
    out.begin_object().member("part", item.part ? std::optional<std::int64_t>(*item.part) : std::nullopt);
    out.member("media_type", item.media_type).member("caption", item.caption).end_object();
  }
  out.end_array();
}

std::vector<Media> read_media(ObjectReader& in) {
  std::vector<Media> out;
  for (const Json& json : in.array("media")) {
    ObjectReader item(json);
    const auto part = item.optional_integer("part");
    out.push_back({part ? std::optional<PartNumber>(static_cast<PartNumber>(*part)) : std::nullopt,
                   item.optional_text("media_type").value_or(""), item.optional_text("caption").value_or("")});
  }
  return out;
}

}  // namespace

std::string_view name_of(ReportKind kind) { return name_in(kKinds, kind); }
Result<ReportKind> report_kind_from(std::string_view name) { return value_in(kKinds, name, "report kind"); }
std::string_view name_of(RelationKind kind) { return name_in(kRelations, kind); }
Result<RelationKind> relation_kind_from(std::string_view name) { return value_in(kRelations, name, "relation"); }

std::string to_json(const Report& report) {
  JsonWriter out;
  out.begin_object().member("type", "report").member("id", report.id.hex()).member("capture", report.capture.hex());
  out.member("part", report.part).member("path", report.path).member("kind", name_of(report.kind));
  out.member("source", report.source).member("url", report.url).key("published");
  write_time(out, report.published);
  out.member("captured", report.captured ? std::optional<std::string>(report.captured->text()) : std::nullopt);
  out.member("title", report.title)
      .member("author", report.author)
      .member("lang", report.lang)
      .member("text", report.text);
  write_map(out, report.map);
  write_relations(out, report.relations);
  out.key("links").begin_array();
  for (const auto& link : report.links) out.text(link);
  out.end_array();
  write_media(out, report.media);
  if (!report.audience.empty()) out.member("audience", report.audience);
  out.member("hollow", report.hollow.empty() ? std::nullopt : std::optional<std::string>(report.hollow)).end_object();
  return out.take();
}

Result<Report> report_from_json(const Json& json) {
  ObjectReader in(json);
  Report out;
  out.id = in.parsed("id", ReportId::from_hex);
  out.capture = in.optional_parsed("capture", CaptureId::from_hex).value_or(CaptureId{});
  out.part = static_cast<PartNumber>(in.optional_integer("part").value_or(0));
  out.path = in.optional_text("path").value_or("");
  out.kind = in.optional_parsed("kind", report_kind_from).value_or(ReportKind::article);
  out.source = in.optional_text("source").value_or("");
  out.url = in.optional_text("url").value_or("");
  out.published = read_time(in, "published");
  out.captured = in.optional_parsed("captured", Instant::parse);
  out.title = in.optional_text("title").value_or("");
  out.author = in.optional_text("author").value_or("");
  out.lang = in.optional_text("lang").value_or("und");
  out.text = in.optional_text("text").value_or("");
  out.map = read_map(in, out.text.size());
  out.relations = read_relations(in);
  for (const Json& link : in.array("links")) {
    if (link.string() != nullptr) out.links.push_back(*link.string());
  }
  out.media = read_media(in);
  out.audience = in.optional_text("audience").value_or("");
  out.hollow = in.optional_text("hollow").value_or("");
  GAVAH_TRY_AS(in.finish(), "reading a report");
  return out;
}

std::optional<ByteRange> source_range(const Report& report, Span span) {
  std::optional<ByteRange> out;
  for (const MapPiece& piece : report.map) {
    if (!piece.text.overlaps(span)) continue;
    ByteRange range = piece.source;
    if (piece.text.size() == piece.source.size()) {
      // Copied byte for byte: the range can be cut as the span cuts the piece.
      const std::uint32_t skip = span.begin > piece.text.begin ? span.begin - piece.text.begin : 0;
      const std::uint32_t drop = span.end < piece.text.end ? piece.text.end - span.end : 0;
      range = {range.begin + skip, range.end - drop};
    }
    if (out) {
      out->begin = std::min(out->begin, range.begin);
      out->end = std::max(out->end, range.end);
    } else {
      out = range;
    }
  }
  return out;
}

std::optional<Anchor> anchor_of(const Report& report, Span span) {
  const auto range = source_range(report, span);
  if (!range) return std::nullopt;
  return Anchor{report.capture, report.part, *range};
}

}  // namespace gavah
