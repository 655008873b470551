#include "proof/line_scanner.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "base/json.h"
#include "base/utf8.h"

namespace gavah::proof {
namespace {

constexpr std::size_t kHexDigits = 64;
constexpr std::size_t kMaxKeys = 256;  // of one object; each is compared with those before it

std::array<std::int8_t, 256> make_hex_values() {
  std::array<std::int8_t, 256> out{};
  out.fill(-1);
  for (int i = 0; i < 10; ++i) out[static_cast<std::size_t>('0' + i)] = static_cast<std::int8_t>(i);
  for (int i = 0; i < 6; ++i) out[static_cast<std::size_t>('a' + i)] = static_cast<std::int8_t>(10 + i);
  return out;
}

/// Where a string that begins at 0 ends (its closing quote), or npos.
std::size_t closing_quote(std::string_view text) {
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '"') return i;
    if (text[i] == '\\') ++i;
  }
  return std::string_view::npos;
}

bool is_plain(std::string_view text) {
  bool ascii = true;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == '\\') return false;
    ascii = ascii && byte < 0x80;
  }
  return ascii || is_utf8(text);
}

}  // namespace

void LineScanner::fail() {
  ok_ = false;
  rest_ = {};
}

bool LineScanner::expect(std::string_view literal) {
  if (!take(literal)) fail();
  return ok_;
}

bool LineScanner::take(std::string_view literal) {
  if (!ok_ || !rest_.starts_with(literal)) return false;
  rest_.remove_prefix(literal.size());
  return true;
}

std::uint64_t LineScanner::integer() {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
  const auto digits = static_cast<std::size_t>(end - rest_.data());
  if (!ok_ || error != std::errc() || digits == 0 || (digits > 1 && rest_.front() == '0')) {
    fail();
    return 0;
  }
  rest_.remove_prefix(digits);
  return value;
}

std::string_view LineScanner::pass_text() {
  const std::size_t end = rest_.starts_with('"') ? closing_quote(rest_) : std::string_view::npos;
  if (!ok_ || end == std::string_view::npos) {
    fail();
    return {};
  }
  const std::string_view quoted = rest_.substr(0, end + 1);
  rest_.remove_prefix(quoted.size());
  return quoted;
}

std::string LineScanner::text() {
  const std::string_view quoted = pass_text();
  if (!ok_) return {};
  const std::string_view inner = quoted.substr(1, quoted.size() - 2);
  if (is_plain(inner)) return std::string(inner);
  const auto json = Json::parse(quoted);
  if (!json || json->string() == nullptr || JsonWriter().text(*json->string()).str() != quoted) {
    fail();
    return {};
  }
  return *json->string();
}

void LineScanner::pass_integer() {
  const bool is_negative = take("-");
  const std::uint64_t magnitude = integer();
  if (magnitude > INT64_MAX || (is_negative && magnitude == 0)) fail();
}

void LineScanner::pass_array(int depth) {
  expect("[");
  for (bool is_first = true; ok_ && !take("]"); is_first = false) {
    if (!is_first) expect(",");
    pass_value(depth + 1);
  }
}

void LineScanner::pass_object(int depth) {
  expect("{");
  std::vector<std::string_view> keys;
  for (bool is_first = true; ok_ && !take("}"); is_first = false) {
    if (!is_first) expect(",");
    const std::string_view before = rest_;
    text();
    const std::string_view key = before.substr(0, before.size() - rest_.size());
    // Canonical strings are equal when their bytes are. Objects here have a dozen keys.
    if (keys.size() > kMaxKeys || std::ranges::find(keys, key) != keys.end()) fail();
    keys.push_back(key);
    expect(":");
    pass_value(depth + 1);
  }
}

void LineScanner::pass_value(int depth) {
  if (depth > kMaxValueDepth || rest_.empty()) return fail();
  if (rest_.front() == '"') {
    text();
  } else if (rest_.front() == '[') {
    pass_array(depth);
  } else if (rest_.front() == '{') {
    pass_object(depth);
  } else if (!take("null") && !take("true") && !take("false")) {
    pass_integer();
  }
}

std::string_view LineScanner::value() {
  const std::string_view before = rest_;
  pass_value(0);
  return ok_ ? before.substr(0, before.size() - rest_.size()) : std::string_view();
}

Digest LineScanner::digest() {
  static const auto kValues = make_hex_values();
  Digest out;
  if (!ok_ || rest_.size() < kHexDigits + 2 || rest_.front() != '"' || rest_[kHexDigits + 1] != '"') {
    fail();
    return out;
  }
  bool good = true;
  for (std::size_t i = 0; i < out.bytes.size(); ++i) {
    const int high = kValues[static_cast<unsigned char>(rest_[1 + 2 * i])];
    const int low = kValues[static_cast<unsigned char>(rest_[2 + 2 * i])];
    good = good && high >= 0 && low >= 0;
    out.bytes[i] = static_cast<std::uint8_t>((high & 15) << 4 | (low & 15));
  }
  rest_.remove_prefix(kHexDigits + 2);
  if (!good) fail();
  return out;
}

}  // namespace gavah::proof
