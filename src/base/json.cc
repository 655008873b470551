#include "base/json.h"

#include <simdjson.h>

#include <algorithm>
#include <charconv>
#include <cstring>

#include "base/format.h"
#include "base/utf8.h"

namespace gavah {
namespace {

constexpr std::size_t kMaxDepth = 512;  // deeper documents are refused: ours have 8 levels, platforms' about 20
constexpr std::string_view kHexDigits = "0123456789abcdef";

Result<Json> convert(const simdjson::dom::element& element, Json::DuplicateKeys duplicates);

Result<Json> convert_array(const simdjson::dom::array& array, Json::DuplicateKeys duplicates) {
  Json::Array items;
  items.reserve(array.size());
  for (const auto item : array) {
    GAVAH_ASSIGN(Json value, convert(item, duplicates));
    items.push_back(std::move(value));
  }
  return Json(std::move(items));
}

bool has_duplicate_key(const Json::Object& members) {
  std::vector<std::string_view> keys;
  keys.reserve(members.size());
  for (const auto& [key, value] : members) keys.push_back(key);
  std::sort(keys.begin(), keys.end());
  return std::adjacent_find(keys.begin(), keys.end()) != keys.end();
}

Result<Json> convert_object(const simdjson::dom::object& object, Json::DuplicateKeys duplicates) {
  Json::Object members;
  members.reserve(object.size());
  for (const auto& field : object) {
    GAVAH_ASSIGN(Json value, convert(field.value, duplicates));
    members.emplace_back(std::string(field.key), std::move(value));
  }
  if (duplicates == Json::DuplicateKeys::reject && has_duplicate_key(members)) {
    return fail(ErrorCode::invalid_input, "a JSON object names a member twice");
  }
  return Json(std::move(members));
}

Result<Json> convert(const simdjson::dom::element& element, Json::DuplicateKeys duplicates) {
  using simdjson::dom::element_type;
  switch (element.type()) {
    case element_type::ARRAY:
      return convert_array(element.get_array().value_unsafe(), duplicates);
    case element_type::OBJECT:
      return convert_object(element.get_object().value_unsafe(), duplicates);
    case element_type::INT64:
      return Json(element.get_int64().value_unsafe());
    case element_type::UINT64:
      return Json(static_cast<double>(element.get_uint64().value_unsafe()));
    case element_type::DOUBLE:
      return Json(element.get_double().value_unsafe());
    case element_type::STRING:
      return Json(std::string(element.get_string().value_unsafe()));
    case element_type::BOOL:
      return Json(element.get_bool().value_unsafe());
    case element_type::NULL_VALUE:
      break;
  }
  return Json();
}

constexpr std::uint64_t each_byte(std::uint8_t value) { return value * 0x0101010101010101ULL; }

/// Whether each of eight bytes is ASCII and stands for itself in a string. (The first byte below a bound, or equal to
/// another, sets its high bit; what borrows from the byte after it is then of no matter.)
bool is_plain(std::uint64_t eight) {
  const auto any_zero = [](std::uint64_t bytes) { return (bytes - each_byte(1)) & ~bytes; };
  const std::uint64_t special =
      (eight - each_byte(0x20)) | eight | any_zero(eight ^ each_byte('"')) | any_zero(eight ^ each_byte('\\'));
  return (special & each_byte(0x80)) == 0;
}

/// Length of the run from `at` that needs no escape and is well-formed UTF-8.
std::size_t plain_run(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size()) {
    const auto c = static_cast<unsigned char>(text[end]);
    if (c >= 0x80) {
      const CodePoint point = decode_utf8(text, end);
      if (point.size_bytes == 1) break;
      end += point.size_bytes;
      continue;
    }
    std::uint64_t eight = 0;
    if (end + sizeof(eight) <= text.size()) {
      std::memcpy(&eight, text.data() + end, sizeof(eight));
      if (is_plain(eight)) {
        end += sizeof(eight);
        continue;
      }
    }
    if (c < 0x20 || c == '"' || c == '\\') break;
    ++end;
  }
  return end - at;
}

void append_escaped(std::string& out, char c) {
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    case '\b':
      out += "\\b";
      return;
    case '\f':
      out += "\\f";
      return;
    default:
      break;
  }
  const auto byte = static_cast<unsigned char>(c);
  if (byte >= 0x80) {
    append_utf8(out, 0xFFFD);
    return;
  }
  out += "\\u00";
  out.push_back(kHexDigits[byte >> 4U]);
  out.push_back(kHexDigits[byte & 15U]);
}

void append_json_string(std::string& out, std::string_view text) {
  out.push_back('"');
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t run = plain_run(text, at);
    out.append(text.substr(at, run));
    at += run;
    if (at < text.size()) append_escaped(out, text[at++]);
  }
  out.push_back('"');
}

}  // namespace

Result<Json> Json::parse(std::string_view text, DuplicateKeys duplicates) {
  // simdjson hands an empty view's null pointer to memcpy.
  if (text.empty()) return fail(ErrorCode::invalid_input, "not JSON: there is nothing");
  thread_local simdjson::dom::parser parser;
  thread_local const bool ready = parser.allocate(1024, kMaxDepth) == simdjson::SUCCESS;
  if (!ready) return fail(ErrorCode::unavailable, "out of memory for the JSON reader");
  simdjson::dom::element element;
  const auto error = parser.parse(text.data(), text.size()).get(element);
  if (error == simdjson::MEMALLOC) return fail(ErrorCode::unavailable, "out of memory reading JSON");
  if (error != simdjson::SUCCESS)
    return fail(ErrorCode::invalid_input, format("not JSON: {}", simdjson::error_message(error)));
  return convert(element, duplicates);
}

Result<void> Json::check(std::string_view text) {
  if (text.empty()) return fail(ErrorCode::invalid_input, "not JSON: there is nothing");
  thread_local simdjson::dom::parser parser;
  const auto error = parser.parse(text.data(), text.size()).error();
  if (error == simdjson::MEMALLOC) return fail(ErrorCode::unavailable, "out of memory reading JSON");
  if (error != simdjson::SUCCESS)
    return fail(ErrorCode::invalid_input, format("not JSON: {}", simdjson::error_message(error)));
  return {};
}

std::optional<std::int64_t> Json::integer() const {
  if (const auto* value = std::get_if<std::int64_t>(&value_)) return *value;
  return std::nullopt;
}

std::optional<double> Json::number() const {
  if (const auto* value = std::get_if<double>(&value_)) return *value;
  if (const auto* value = std::get_if<std::int64_t>(&value_)) return static_cast<double>(*value);
  return std::nullopt;
}

std::optional<bool> Json::boolean() const {
  if (const auto* value = std::get_if<bool>(&value_)) return *value;
  return std::nullopt;
}

const Json::Array& Json::items() const {
  static const Array kEmpty;
  const auto* array = std::get_if<Array>(&value_);
  return array ? *array : kEmpty;
}

const Json::Object& Json::members() const {
  static const Object kEmpty;
  const auto* object = std::get_if<Object>(&value_);
  return object ? *object : kEmpty;
}

const Json* Json::find(std::string_view key) const {
  for (const auto& [name, value] : members()) {
    if (name == key) return &value;
  }
  return nullptr;
}

const Json* Json::find_path(std::initializer_list<std::string_view> keys) const {
  const Json* at = this;
  for (const auto key : keys) {
    at = at->find(key);
    if (at == nullptr) return nullptr;
  }
  return at;
}

std::string_view Json::text_of(std::string_view key) const {
  const Json* value = find(key);
  return value != nullptr && value->string() != nullptr ? std::string_view(*value->string()) : std::string_view();
}

ObjectReader::ObjectReader(const Json& json) : json_(json) {
  if (!json.is_object()) complaint_ = "a JSON object was expected";
}

void ObjectReader::complain(std::string_view key, std::string_view what) {
  if (!complaint_) complaint_ = format("field '{}': {}", key, what);
}

std::string ObjectReader::text(std::string_view key) {
  auto value = optional_text(key);
  if (!value) complain(key, "a string is required");
  return std::move(value).value_or("");
}

std::optional<std::string> ObjectReader::optional_text(std::string_view key) {
  const Json* value = json_.find(key);
  if (value == nullptr || value->is_null()) return std::nullopt;
  if (value->string() == nullptr) {
    complain(key, "a string is required");
    return std::nullopt;
  }
  return *value->string();
}

std::int64_t ObjectReader::integer(std::string_view key) {
  const auto value = optional_integer(key);
  if (!value) complain(key, "an integer is required");
  return value.value_or(0);
}

std::optional<std::int64_t> ObjectReader::optional_integer(std::string_view key) {
  const Json* value = json_.find(key);
  if (value == nullptr || value->is_null()) return std::nullopt;
  if (!value->integer()) complain(key, "an integer is required");
  return value->integer();
}

const Json::Array& ObjectReader::array(std::string_view key) {
  static const Json kNull;
  const Json* value = json_.find(key);
  if (value == nullptr) value = &kNull;
  if (!value->is_null() && !value->is_array()) complain(key, "an array is required");
  return value->items();
}

const Json* ObjectReader::object(std::string_view key) {
  const Json* value = json_.find(key);
  if (value == nullptr || value->is_null()) return nullptr;
  if (!value->is_object()) complain(key, "an object is required");
  return value;
}

Result<void> ObjectReader::finish() const {
  if (complaint_) return fail(ErrorCode::invalid_input, *complaint_);
  return {};
}

void JsonWriter::separate() {
  if (needs_comma_) out_.push_back(',');
  needs_comma_ = true;
}

JsonWriter& JsonWriter::begin_object() {
  // A line of ours is of about this size: it does not grow from nothing byte by byte.
  constexpr std::size_t kFirstBytes = 1024;
  if (out_.empty()) out_.reserve(kFirstBytes);
  separate();
  out_.push_back('{');
  needs_comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::end_object() {
  out_.push_back('}');
  needs_comma_ = true;
  return *this;
}

JsonWriter& JsonWriter::begin_array() {
  separate();
  out_.push_back('[');
  needs_comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::end_array() {
  out_.push_back(']');
  needs_comma_ = true;
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  separate();
  append_json_string(out_, name);
  out_.push_back(':');
  needs_comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::text(std::string_view value) {
  separate();
  append_json_string(out_, value);
  return *this;
}

JsonWriter& JsonWriter::integer(std::int64_t value) { return raw(std::to_string(value)); }
JsonWriter& JsonWriter::unsigned_integer(std::uint64_t value) { return raw(std::to_string(value)); }
JsonWriter& JsonWriter::truth(bool value) { return raw(value ? "true" : "false"); }
JsonWriter& JsonWriter::null() { return raw("null"); }

JsonWriter& JsonWriter::raw(std::string_view json) {
  separate();
  out_.append(json);
  return *this;
}

JsonWriter& JsonWriter::value(const Json& json) {
  if (json.string() != nullptr) return text(*json.string());
  if (const auto integer_value = json.integer()) return integer(*integer_value);
  if (const auto boolean_value = json.boolean()) return truth(*boolean_value);
  if (const auto number_value = json.number()) {
    std::array<char, 40> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), *number_value).ptr;
    return raw({digits.data(), static_cast<std::size_t>(end - digits.data())});
  }
  if (json.is_array()) {
    begin_array();
    for (const Json& item : json.items()) value(item);
    return end_array();
  }
  if (!json.is_object()) return null();
  begin_object();
  for (const auto& [name, member] : json.members()) key(name).value(member);
  return end_object();
}

}  // namespace gavah
