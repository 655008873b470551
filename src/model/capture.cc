#include "model/capture.h"

namespace gavah {
namespace {

void write_instant(JsonWriter& out, std::string_view key, const std::optional<Instant>& instant) {
  out.member(key, instant ? std::optional<std::string>(instant->text()) : std::nullopt);
}

void write_hints(JsonWriter& out, const std::map<std::string, std::string>& hints) {
  out.key("hints").begin_object();
  for (const auto& [name, value] : hints) out.member(name, value);
  out.end_object();
}

std::map<std::string, std::string> read_hints(ObjectReader& in) {
  std::map<std::string, std::string> out;
  const Json* hints = in.object("hints");
  if (hints == nullptr) return out;
  for (const auto& [name, value] : hints->members()) {
    if (value.string() != nullptr) out[name] = *value.string();
  }
  return out;
}

void write_chain(JsonWriter& out, const std::vector<ChainStep>& chain) {
  out.key("chain").begin_array();
  for (const ChainStep& step : chain) {
    out.begin_object().key("range").begin_array().unsigned_integer(step.range.begin).unsigned_integer(step.range.end);
    out.end_array().member("decoder", step.decoder).end_object();
  }
  out.end_array();
}

std::vector<ChainStep> read_chain(ObjectReader& in) {
  std::vector<ChainStep> out;
  for (const Json& json : in.array("chain")) {
    ObjectReader step(json);
    const auto& range = step.array("range");
    const auto begin = range.size() == 2 ? range[0].integer() : std::nullopt;
    const auto end = range.size() == 2 ? range[1].integer() : std::nullopt;
    if (!begin || !end || *begin < 0 || *end < *begin) {
      in.complain("chain", "a range is two ordered offsets");
      return out;
    }
    out.push_back({{static_cast<std::uint64_t>(*begin), static_cast<std::uint64_t>(*end)}, step.text("decoder")});
  }
  return out;
}

std::uint64_t unsigned_field(ObjectReader& in, std::string_view key) {
  const auto value = in.optional_integer(key).value_or(0);
  if (value < 0) in.complain(key, "is negative");
  return static_cast<std::uint64_t>(value);
}

}  // namespace

void write_about(JsonWriter& out, const About& about) {
  out.begin_object().member("source", about.source).member("url", about.url);
  write_instant(out, "captured", about.captured);
  write_instant(out, "published", about.published);
  out.member("collector", about.collector).member("note", about.note);
  if (!about.collection.is_empty()) {
    out.key("collection");
    write_collection(out, about.collection);
  }
  out.end_object();
}

Result<About> about_from_json(const Json& json) {
  ObjectReader in(json);
  About out;
  out.source = in.optional_text("source").value_or("");
  out.url = in.optional_text("url").value_or("");
  out.captured = in.optional_parsed("captured", Instant::parse);
  out.published = in.optional_parsed("published", Instant::parse);
  out.collector = in.optional_text("collector").value_or("");
  out.note = in.optional_text("note").value_or("");
  if (const Json* collection = in.object("collection")) {
    GAVAH_ASSIGN(out.collection, collection_from_json(*collection));
  }
  GAVAH_TRY_AS(in.finish(), "reading what is said about the capture");
  return out;
}

std::string to_json(const Capture& capture) {
  JsonWriter out;
  out.begin_object().member("type", "capture").member("id", capture.id.hex()).member("name", capture.name);
  out.member("format", capture.format).member("size_bytes", capture.size_bytes).member("sha256", capture.digest.hex());
  out.member("added", capture.added.text()).key("about");
  write_about(out, capture.about);
  out.key("same_bytes").begin_array();
  for (const CaptureId& id : capture.same_bytes) out.text(id.hex());
  out.end_array().member("parts", capture.part_count).member("leaf", capture.leaf);
  write_hints(out, capture.hints);
  if (!capture.destroyed.empty()) {
    out.key("destroyed").begin_array();
    for (const PartNumber number : capture.destroyed) out.unsigned_integer(number);
    out.end_array();
  }
  out.end_object();
  return out.take();
}

Result<Capture> capture_from_json(const Json& json) {
  ObjectReader in(json);
  Capture out;
  out.id = in.parsed("id", CaptureId::from_hex);
  out.name = in.optional_text("name").value_or("");
  out.format = in.optional_text("format").value_or("");
  out.size_bytes = unsigned_field(in, "size_bytes");
  out.digest = in.parsed("sha256", Digest::from_hex);
  out.added = in.parsed("added", Instant::parse);
  if (const Json* about = in.object("about")) {
    GAVAH_ASSIGN(out.about, about_from_json(*about));
  }
  for (const Json& same : in.array("same_bytes")) {
    GAVAH_ASSIGN(const CaptureId id, CaptureId::from_hex(same.string() ? *same.string() : ""));
    out.same_bytes.push_back(id);
  }
  out.part_count = static_cast<std::uint32_t>(unsigned_field(in, "parts"));
  out.leaf = in.optional_integer("leaf");
  out.hints = read_hints(in);
  for (const Json& number : in.array("destroyed")) {
    const auto value = number.integer();
    if (!value || *value < 0 || *value > UINT32_MAX) return fail(ErrorCode::invalid_input, "a part has no such number");
    out.destroyed.push_back(static_cast<PartNumber>(*value));
  }
  GAVAH_TRY(in.finish());
  return out;
}

std::string to_json(const Part& part) {
  JsonWriter out;
  out.begin_object().member("type", "part").member("capture", part.capture.hex()).member("part", part.number);
  write_chain(out, part.chain);
  out.member("format", part.format).member("media_type", part.media_type).member("charset", part.charset);
  out.member("url", part.url).member("path", part.path);
  write_instant(out, "captured", part.captured);
  out.member("size_bytes", part.size_bytes).member("sha256", part.digest.hex());
  write_hints(out, part.hints);
  out.end_object();
  return out.take();
}

Result<Part> part_from_json(const Json& json) {
  ObjectReader in(json);
  Part out;
  out.capture = in.parsed("capture", CaptureId::from_hex);
  out.number = static_cast<PartNumber>(unsigned_field(in, "part"));
  out.chain = read_chain(in);
  out.format = in.optional_text("format").value_or("");
  out.media_type = in.optional_text("media_type").value_or("");
  out.charset = in.optional_text("charset").value_or("");
  out.url = in.optional_text("url").value_or("");
  out.path = in.optional_text("path").value_or("");
  out.captured = in.optional_parsed("captured", Instant::parse);
  out.size_bytes = unsigned_field(in, "size_bytes");
  out.digest = in.parsed("sha256", Digest::from_hex);
  out.hints = read_hints(in);
  GAVAH_TRY(in.finish());
  return out;
}

}  // namespace gavah
