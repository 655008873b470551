#include "proof/line_scanner.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <vector>

#include "base/bytes.h"
#include "base/utf8.h"

namespace gavah::proof {
namespace {

constexpr std::size_t kHexDigits = 64;
constexpr std::size_t kMaxKeys = 256;  // of one object; each is compared with those before it

/// Where a string that begins at 0 ends (its closing quote), or npos.
std::size_t closing_quote(std::string_view text) {
  for (std::size_t end = text.find('"', 1); end != std::string_view::npos; end = text.find('"', end + 1)) {
    std::size_t backslashes = 0;
    while (text[end - 1 - backslashes] == '\\') ++backslashes;  // ends at the opening quote at the latest
    if (backslashes % 2 == 0) return end;
  }
  return std::string_view::npos;
}

/// What stands between the quotes is the value itself.
bool is_plain(std::string_view text) {
  bool is_special = false;
  unsigned any = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    is_special |= byte < 0x20 || byte == '\\';
    any |= byte;
  }
  return !is_special && (any < 0x80 || is_utf8(text));
}

/// What one escape at the front of `text` stands for, which is taken off; nothing for any that JsonWriter would not
/// write: bytes below 0x20 have one spelling.
std::optional<char> take_escape(std::string_view& text) {
  constexpr std::string_view kNames = "\"\\bfnrt";
  constexpr std::string_view kValues = "\"\\\b\f\n\r\t";
  constexpr std::string_view kByte = "\\u00";
  constexpr std::size_t kByteSize = 6;
  if (text.size() < 2) return std::nullopt;
  const std::size_t named = kNames.find(text[1]);
  if (named != std::string_view::npos) {
    text.remove_prefix(2);
    return kValues[named];
  }
  if (!text.starts_with(kByte) || text.size() < kByteSize) return std::nullopt;
  const auto byte = from_hex(text.substr(kByte.size(), 2));
  if (!byte || static_cast<unsigned char>(byte->front()) >= 0x20) return std::nullopt;
  if (kValues.find(byte->front()) != std::string_view::npos) return std::nullopt;
  text.remove_prefix(kByteSize);
  return byte->front();
}

/// The value of a string in canonical JSON, given without its quotes; nothing for other spellings.
std::optional<std::string> unescaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t run = std::min(text.find('\\'), text.size());
    const std::string_view plain = text.substr(0, run);
    if (std::ranges::any_of(plain, [](char c) { return static_cast<unsigned char>(c) < 0x20; })) return std::nullopt;
    out.append(plain);
    text.remove_prefix(run);
    if (text.empty()) break;
    const auto escaped = take_escape(text);
    if (!escaped) return std::nullopt;
    out.push_back(*escaped);
  }
  return is_utf8(out) ? std::optional(std::move(out)) : std::nullopt;
}

/// Sixty-four hexadecimal digits to the value of each; false when one is none. Plain loops, which compilers vectorise.
bool to_halves(const char* digits, std::array<std::uint8_t, kHexDigits>& halves) {
  std::uint8_t wrong = 0;
  for (std::size_t i = 0; i < kHexDigits; ++i) {
    const auto digit = static_cast<std::uint8_t>(digits[i] - '0');
    const auto letter = static_cast<std::uint8_t>(digits[i] - 'a');
    halves[i] = digit < 10 ? digit : static_cast<std::uint8_t>(letter + 10);
    wrong = static_cast<std::uint8_t>(wrong | ((digit < 10 || letter < 6) ? 0 : 1));
  }
  return wrong == 0;
}

}  // namespace

void LineScanner::refuse() {
  ok_ = false;
  rest_ = {};
}

std::uint64_t LineScanner::integer() {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
  const auto digits = static_cast<std::size_t>(end - rest_.data());
  if (!ok_ || error != std::errc() || digits == 0 || (digits > 1 && rest_.front() == '0')) {
    refuse();
    return 0;
  }
  rest_.remove_prefix(digits);
  return value;
}

std::string_view LineScanner::pass_text() {
  const std::size_t end = rest_.starts_with('"') ? closing_quote(rest_) : std::string_view::npos;
  if (!ok_ || end == std::string_view::npos) {
    refuse();
    return {};
  }
  const std::string_view quoted = rest_.substr(0, end + 1);
  rest_.remove_prefix(quoted.size());
  return quoted;
}

void LineScanner::check_text() {
  const std::string_view quoted = pass_text();
  if (!ok_) return;
  const std::string_view inner = quoted.substr(1, quoted.size() - 2);
  if (!is_plain(inner) && !unescaped(inner)) refuse();
}

std::string LineScanner::text() {
  const std::string_view quoted = pass_text();
  if (!ok_) return {};
  const std::string_view inner = quoted.substr(1, quoted.size() - 2);
  if (is_plain(inner)) return std::string(inner);
  auto value = unescaped(inner);
  if (!value) {
    refuse();
    return {};
  }
  return *std::move(value);
}

void LineScanner::pass_integer() {
  const bool is_negative = take("-");
  const std::uint64_t magnitude = integer();
  const std::uint64_t most = is_negative ? std::uint64_t{1} << 63U : INT64_MAX;
  if (magnitude > most || (is_negative && magnitude == 0)) refuse();
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
    check_text();
    const std::string_view key = before.substr(0, before.size() - rest_.size());
    // Canonical strings are equal when their bytes are. Objects here have a dozen keys.
    if (keys.size() > kMaxKeys || std::ranges::find(keys, key) != keys.end()) refuse();
    keys.push_back(key);
    expect(":");
    pass_value(depth + 1);
  }
}

void LineScanner::pass_value(int depth) {
  if (depth > kMaxValueDepth || rest_.empty()) return refuse();
  if (rest_.front() == '"') {
    check_text();
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
  Digest out;
  std::array<std::uint8_t, kHexDigits> halves;
  if (!ok_ || rest_.size() < kHexDigits + 2 || rest_.front() != '"' || rest_[kHexDigits + 1] != '"' ||
      !to_halves(rest_.data() + 1, halves)) {
    refuse();
    return out;
  }
  for (std::size_t i = 0; i < out.bytes.size(); ++i) {
    out.bytes[i] = static_cast<std::uint8_t>(halves[2 * i] << 4U | halves[2 * i + 1]);
  }
  rest_.remove_prefix(kHexDigits + 2);
  return out;
}

}  // namespace gavah::proof
