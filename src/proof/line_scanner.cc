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

/// What two digits give, or kNoByte where one of them is none: a table of pairs reads a key in 32 steps.
constexpr std::uint16_t kNoByte = 0x100;
std::vector<std::uint16_t> make_hex_pairs() {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::vector<std::uint16_t> out(std::size_t{1} << 16U, kNoByte);
  for (std::size_t byte = 0; byte < 256; ++byte) {
    const auto high = static_cast<unsigned char>(kDigits[byte >> 4U]);
    const auto low = static_cast<unsigned char>(kDigits[byte & 15U]);
    out[static_cast<std::size_t>(high) << 8U | low] = static_cast<std::uint16_t>(byte);
  }
  return out;
}

/// Where a string that begins at 0 ends (its closing quote), or npos.
std::size_t closing_quote(std::string_view text) {
  for (std::size_t end = text.find('"', 1); end != std::string_view::npos; end = text.find('"', end + 1)) {
    std::size_t backslashes = 0;
    while (text[end - 1 - backslashes] == '\\') ++backslashes;  // ends at the opening quote at the latest
    if (backslashes % 2 == 0) return end;
  }
  return std::string_view::npos;
}

constexpr unsigned kSpecial = 1;  // a control character or a backslash
constexpr unsigned kHigh = 2;     // part of a longer UTF-8 sequence
std::array<std::uint8_t, 256> make_classes() {
  std::array<std::uint8_t, 256> out{};
  for (std::size_t byte = 0; byte < 0x20; ++byte) out[byte] = kSpecial;
  for (std::size_t byte = 0x80; byte < 256; ++byte) out[byte] = kHigh;
  out['\\'] = kSpecial;
  return out;
}

/// What stands between the quotes is the value itself.
bool is_plain(std::string_view text) {
  static const auto kClasses = make_classes();
  unsigned any = 0;
  for (const char c : text) any |= kClasses[static_cast<unsigned char>(c)];
  return (any & kSpecial) == 0 && ((any & kHigh) == 0 || is_utf8(text));
}

}  // namespace

void LineScanner::fail() {
  ok_ = false;
  rest_ = {};
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
  static const auto kPairs = make_hex_pairs();
  Digest out;
  if (!ok_ || rest_.size() < kHexDigits + 2 || rest_.front() != '"' || rest_[kHexDigits + 1] != '"') {
    fail();
    return out;
  }
  unsigned any = 0;
  for (std::size_t i = 0; i < out.bytes.size(); ++i) {
    const auto high = static_cast<unsigned char>(rest_[1 + 2 * i]);
    const auto low = static_cast<unsigned char>(rest_[2 + 2 * i]);
    const unsigned pair = kPairs[static_cast<std::size_t>(high) << 8U | low];
    any |= pair;
    out.bytes[i] = static_cast<std::uint8_t>(pair);
  }
  rest_.remove_prefix(kHexDigits + 2);
  if (any >= kNoByte) fail();
  return out;
}

}  // namespace gavah::proof
