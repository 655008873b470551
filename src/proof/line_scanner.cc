#include "proof/line_scanner.h"

#include <array>
#include <charconv>

#include "base/json.h"
#include "base/utf8.h"

namespace gavah::proof {
namespace {

constexpr std::size_t kHexDigits = 64;

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

std::string LineScanner::text() {
  const std::size_t end = rest_.starts_with('"') ? closing_quote(rest_) : std::string_view::npos;
  if (!ok_ || end == std::string_view::npos) {
    fail();
    return {};
  }
  const std::string_view quoted = rest_.substr(0, end + 1);
  const std::string_view inner = quoted.substr(1, quoted.size() - 2);
  rest_.remove_prefix(quoted.size());
  if (is_plain(inner)) return std::string(inner);
  const auto json = Json::parse(quoted);
  if (!json || json->string() == nullptr || JsonWriter().text(*json->string()).str() != quoted) {
    fail();
    return {};
  }
  return *json->string();
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
