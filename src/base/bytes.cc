#include "base/bytes.h"

#include <algorithm>
#include <array>

#include "base/check.h"

namespace gavah {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";
constexpr std::string_view kBase64Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The value of each digit, -1 for every other byte.
std::array<std::int8_t, 256> values_of(std::string_view digits) {
  std::array<std::int8_t, 256> values{};
  values.fill(-1);
  for (std::size_t i = 0; i < digits.size(); ++i) {
    values[static_cast<unsigned char>(digits[i])] = static_cast<std::int8_t>(i);
  }
  return values;
}

}  // namespace

std::string to_hex(std::string_view bytes) {
  std::string out(bytes.size() * 2, '\0');
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    out[2 * i] = kHexDigits[byte >> 4U];
    out[2 * i + 1] = kHexDigits[byte & 15U];
  }
  return out;
}

Result<std::string> from_hex(std::string_view hex) {
  static const auto kValues = values_of(kHexDigits);
  if (hex.size() % 2 != 0) return fail(ErrorCode::invalid_input, "hexadecimal text has an odd number of digits");
  std::string out(hex.size() / 2, '\0');
  int any = 0;  // negative once a byte was no digit
  for (std::size_t i = 0; i < out.size(); ++i) {
    const int high = kValues[static_cast<unsigned char>(hex[2 * i])];
    const int low = kValues[static_cast<unsigned char>(hex[2 * i + 1])];
    any |= high | low;
    out[i] = static_cast<char>((high & 15) * 16 + (low & 15));
  }
  if (any < 0) return fail(ErrorCode::invalid_input, "not a lower-case hexadecimal digit");
  return out;
}

std::string to_base64(std::string_view bytes) {
  std::string out((bytes.size() + 2) / 3 * 4, '=');
  std::size_t at = 0;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t have = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < have; ++k) {
      group |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i + k])) << (16U - 8U * k);
    }
    for (std::size_t k = 0; k <= have; ++k) out[at + k] = kBase64Digits[(group >> (18U - 6U * k)) & 63U];
    at += 4;
  }
  return out;
}

Result<std::string> from_base64(std::string_view text) {
  static const auto kValues = values_of(kBase64Digits);
  if (text.size() % 4 != 0) return fail(ErrorCode::invalid_input, "base64 text is not a multiple of four characters");
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  std::string out(text.size() / 4 * 3, '\0');
  int any = 0;  // negative once a byte was no digit
  std::uint32_t group = 0;
  const auto value = [&](std::size_t at) {
    const int found = at < text.size() - padding ? kValues[static_cast<unsigned char>(text[at])] : 0;
    any |= found;
    return static_cast<std::uint32_t>(found & 63);
  };
  for (std::size_t from = 0, to = 0; from < text.size(); from += 4, to += 3) {
    group = value(from) << 18U | value(from + 1) << 12U | value(from + 2) << 6U | value(from + 3);
    out[to] = static_cast<char>(group >> 16U);
    out[to + 1] = static_cast<char>(group >> 8U & 255U);
    out[to + 2] = static_cast<char>(group & 255U);
  }
  if (any < 0) return fail(ErrorCode::invalid_input, "not a base64 digit");
  if ((group & ((1U << (8U * padding)) - 1U)) != 0) {
    return fail(ErrorCode::invalid_input, "base64 text has unused bits set");
  }
  out.resize(out.size() - padding);
  return out;
}

void append_u16_be(std::string& out, std::uint16_t value) {
  out.push_back(static_cast<char>(value >> 8U));
  out.push_back(static_cast<char>(value & 255U));
}

void append_u32_be(std::string& out, std::uint32_t value) {
  const std::array<char, 4> bytes{static_cast<char>(value >> 24U), static_cast<char>(value >> 16U & 255U),
                                  static_cast<char>(value >> 8U & 255U), static_cast<char>(value & 255U)};
  out.append(bytes.data(), bytes.size());
}

void append_u64_be(std::string& out, std::uint64_t value) {
  append_u32_be(out, static_cast<std::uint32_t>(value >> 32U));
  append_u32_be(out, static_cast<std::uint32_t>(value));
}

void append_length_prefixed(std::string& out, std::string_view bytes) {
  GAVAH_CHECK(bytes.size() <= 0xffffffffU);
  append_u32_be(out, static_cast<std::uint32_t>(bytes.size()));
  out.append(bytes);
}

}  // namespace gavah
