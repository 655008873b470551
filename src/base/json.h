#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"

namespace gavah {

/// A JSON value read from outside (RFC 8259). Owns everything; object members keep their order.
class Json {
 public:
  using Array = std::vector<Json>;
  using Object = std::vector<std::pair<std::string, Json>>;
  enum class DuplicateKeys { keep_first, reject };

  Json() = default;
  explicit Json(std::variant<std::nullptr_t, bool, std::int64_t, double, std::string, Array, Object> value)
      : value_(std::move(value)) {}

  /// One whole document. Depth at most 512, size below 4 GiB, strings must be UTF-8. Any thread.
  static Result<Json> parse(std::string_view text, DuplicateKeys duplicates = DuplicateKeys::keep_first);

  /// Whether parse() would take it (but for its depth, here at most 1024), without building it: about ten times as
  /// fast.
  static Result<void> check(std::string_view text);

  bool is_null() const { return std::holds_alternative<std::nullptr_t>(value_); }
  bool is_object() const { return std::holds_alternative<Object>(value_); }
  bool is_array() const { return std::holds_alternative<Array>(value_); }

  /// The value in that type, or null. A number with a fraction is no integer; an integer is a number.
  const std::string* string() const { return std::get_if<std::string>(&value_); }
  std::optional<std::int64_t> integer() const;
  std::optional<double> number() const;
  std::optional<bool> boolean() const;
  /// Empty when this is no array (object).
  const Array& items() const;
  const Object& members() const;

  /// The first member of that name, or null when there is none or this is no object. Linear in the members.
  const Json* find(std::string_view key) const;
  /// find() one level after another: find_path({"a", "b"}) is a.b.
  const Json* find_path(std::initializer_list<std::string_view> keys) const;
  /// The string member of that name, or empty.
  std::string_view text_of(std::string_view key) const;

 private:
  std::variant<std::nullptr_t, bool, std::int64_t, double, std::string, Array, Object> value_ = nullptr;
};

/// Reads the fields of an object, keeping the first complaint; finish() gives it.
///   ObjectReader in(json); report.title = in.optional_text("title"); GAVAH_TRY(in.finish());
class ObjectReader {
 public:
  explicit ObjectReader(const Json& json);

  std::string text(std::string_view key);                          ///< required string
  std::optional<std::string> optional_text(std::string_view key);  ///< absent or null gives nothing
  std::int64_t integer(std::string_view key);
  std::optional<std::int64_t> optional_integer(std::string_view key);
  const Json::Array& array(std::string_view key);  ///< absent or null gives an empty one
  const Json* object(std::string_view key);        ///< absent or null gives null

  /// Parses a required string field with `parse` (a Result<T>(std::string_view) function).
  template <class Parse>
  auto parsed(std::string_view key, Parse parse) -> typename decltype(parse(std::string_view{}))::value_type {
    auto result = parse(text(key));
    if (!result) {
      complain(key, result.error().message);
      return {};
    }
    return *std::move(result);
  }
  /// The same for a field that may be absent or null.
  template <class Parse>
  auto optional_parsed(std::string_view key, Parse parse)
      -> std::optional<typename decltype(parse(std::string_view{}))::value_type> {
    const auto field = optional_text(key);
    if (!field) return std::nullopt;
    auto result = parse(*field);
    if (result) return *std::move(result);
    complain(key, result.error().message);
    return std::nullopt;
  }
  /// Records a complaint about a field.
  void complain(std::string_view key, std::string_view what);
  Result<void> finish() const;

 private:
  const Json& json_;
  std::optional<std::string> complaint_;
};

/// Writes canonical JSON: no white space, members in the order written, shortest escapes, integers only.
/// Ill-formed UTF-8 in a string is written as U+FFFD.
class JsonWriter {
 public:
  JsonWriter& begin_object();
  JsonWriter& end_object();
  JsonWriter& begin_array();
  JsonWriter& end_array();
  JsonWriter& key(std::string_view name);
  JsonWriter& text(std::string_view value);
  JsonWriter& integer(std::int64_t value);
  JsonWriter& unsigned_integer(std::uint64_t value);
  JsonWriter& truth(bool value);
  JsonWriter& null();
  /// Bytes that are already one JSON value.
  JsonWriter& raw(std::string_view json);
  /// Any value read before; doubles are written in the shortest form that reads back the same.
  JsonWriter& value(const Json& json);
  // A member in one call. Optional values write null when empty.
  JsonWriter& member(std::string_view name, std::string_view value) { return key(name).text(value); }
  template <class Optional>
    requires std::is_same_v<Optional, std::optional<std::string>> ||
             std::is_same_v<Optional, std::optional<std::int64_t>>
  JsonWriter& member(std::string_view name, const Optional& value) {
    key(name);
    if (!value) return null();
    if constexpr (std::is_same_v<Optional, std::optional<std::string>>)
      return text(*value);
    else
      return integer(*value);
  }
  template <class Integer>
    requires std::is_integral_v<Integer> && (!std::is_same_v<Integer, bool>)
  JsonWriter& member(std::string_view name, Integer value) {
    key(name);
    if constexpr (std::is_signed_v<Integer>)
      return integer(value);
    else
      return unsigned_integer(value);
  }

  const std::string& str() const { return out_; }
  std::string take() { return std::move(out_); }

 private:
  void separate();
  std::string out_;
  bool needs_comma_ = false;
};

}  // namespace gavah
