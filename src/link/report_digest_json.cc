#include <charconv>
#include <limits>

#include "base/format.h"
#include "link/link.h"

namespace gavah::link {
namespace {

std::optional<std::string> text_of(const std::optional<Instant>& instant) {
  if (!instant) return std::nullopt;
  return instant->text();
}

void write_numbers(JsonWriter& out, std::string_view key, const std::vector<std::uint32_t>& values) {
  out.key(key).begin_array();
  for (const std::uint32_t value : values) out.unsigned_integer(value);
  out.end_array();
}

void write_texts(JsonWriter& out, std::string_view key, const std::vector<std::string>& values) {
  out.key(key).begin_array();
  for (const std::string& value : values) out.text(value);
  out.end_array();
}

std::vector<std::uint32_t> read_numbers(ObjectReader& in, std::string_view key) {
  std::vector<std::uint32_t> out;
  for (const Json& item : in.array(key)) {
    const auto value = item.integer();
    if (!value || *value < 0 || *value > std::numeric_limits<std::uint32_t>::max()) {
      in.complain(key, "a number below 2^32 was expected");
      continue;
    }
    out.push_back(static_cast<std::uint32_t>(*value));
  }
  return out;
}

std::vector<std::string> read_texts(ObjectReader& in, std::string_view key) {
  std::vector<std::string> out;
  for (const Json& item : in.array(key)) {
    if (item.string() == nullptr) {
      in.complain(key, "a string was expected");
      continue;
    }
    out.push_back(*item.string());
  }
  return out;
}

Result<std::uint64_t> hash_from_hex(std::string_view hex) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(hex.data(), hex.data() + hex.size(), value, 16);
  if (error != std::errc() || end != hex.data() + hex.size() || hex.size() != 16) {
    return fail(ErrorCode::invalid_input, "a hash has 16 hexadecimal digits");
  }
  return value;
}

void read_relations(ObjectReader& in, ReportDigest& out) {
  for (const Json& item : in.array("relations")) {
    ObjectReader relation(item);
    Relation read;
    read.kind = relation.parsed("kind", relation_kind_from);
    read.target = relation.text("target");
    read.span = read_span(relation, item, "span");
    if (!relation.finish()) in.complain("relations", "a relation has a kind and a target");
    out.relations.push_back(std::move(read));
  }
}

std::uint32_t read_u32(ObjectReader& in, std::string_view key) {
  const std::int64_t value = in.integer(key);
  if (value < 0 || value > std::numeric_limits<std::uint32_t>::max()) {
    in.complain(key, "a number below 2^32 was expected");
    return 0;
  }
  return static_cast<std::uint32_t>(value);
}

}  // namespace

std::string to_json(const ReportDigest& digest) {
  JsonWriter out;
  out.begin_object().member("type", "report digest").member("id", digest.id.hex());
  out.member("capture", digest.capture.hex()).member("part", digest.part).member("kind", name_of(digest.kind));
  out.member("source", digest.source).member("url", digest.url).member("lang", digest.lang);
  out.member("published_from", text_of(digest.published_from)).member("published_to", text_of(digest.published_to));
  out.member("captured", text_of(digest.captured)).key("hollow").truth(digest.hollow).member("words", digest.words);
  out.member("text_hash", format("{:016x}", digest.text_hash));
  write_numbers(out, "shingles", digest.shingles);
  write_numbers(out, "signature", digest.signature);
  write_numbers(out, "numbers", digest.numbers);
  out.key("relations").begin_array();
  for (const Relation& relation : digest.relations) {
    out.begin_object().member("kind", name_of(relation.kind)).member("target", relation.target).key("span");
    write_span(out, relation.span);
    out.end_object();
  }
  out.end_array();
  write_texts(out, "links", digest.links);
  write_texts(out, "cited", digest.cited);
  out.key("captions").begin_array();
  for (const std::uint64_t caption : digest.captions) out.text(format("{:016x}", caption));
  out.end_array().end_object();
  return out.take();
}

Result<ReportDigest> report_digest_from_json(const Json& json) {
  ObjectReader in(json);
  ReportDigest out;
  out.id = in.parsed("id", ReportId::from_hex);
  out.capture = in.parsed("capture", CaptureId::from_hex);
  out.part = read_u32(in, "part");
  out.kind = in.parsed("kind", report_kind_from);
  out.source = in.text("source");
  out.url = in.text("url");
  out.lang = in.text("lang");
  out.published_from = in.optional_parsed("published_from", Instant::parse);
  out.published_to = in.optional_parsed("published_to", Instant::parse);
  out.captured = in.optional_parsed("captured", Instant::parse);
  const Json* hollow = json.find("hollow");
  if (hollow == nullptr || !hollow->boolean()) in.complain("hollow", "true or false was expected");
  out.hollow = hollow != nullptr && hollow->boolean().value_or(false);
  out.words = read_u32(in, "words");
  out.text_hash = in.parsed("text_hash", hash_from_hex);
  out.shingles = read_numbers(in, "shingles");
  out.signature = read_numbers(in, "signature");
  out.numbers = read_numbers(in, "numbers");
  read_relations(in, out);
  out.links = read_texts(in, "links");
  out.cited = read_texts(in, "cited");
  for (const std::string& caption : read_texts(in, "captions")) {
    const auto hash = hash_from_hex(caption);
    if (!hash) in.complain("captions", hash.error().message);
    out.captions.push_back(hash.value_or(0));
  }
  GAVAH_TRY_AS(in.finish(), "reading a report digest");
  return out;
}

}  // namespace gavah::link
