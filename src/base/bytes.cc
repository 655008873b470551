#include "base/bytes.h"

#include <array>

#include "base/check.h"

namespace gavah {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";
constexpr std::string_view kBase64Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

std::array<std::int8_t, 256> make_base64_values() {
  std::array<std::int8_t, 256> values{};
  values.fill(-1);
  for (std::size_t i = 0; i < kBase64Digits.size(); ++i) {
    values[static_cast<unsigned char>(kBase64Digits[i])] = static_cast<std::int8_t>(i);
  }
  return values;
}

}  // namespace

std::string to_hex(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out.push_back(kHexDigits[byte >> 4U]);
    out.push_back(kHexDigits[byte & 15U]);
  }
  return out;
}

Result<std::string> from_hex(std::string_view hex) {
  if (hex.size() % 2 != 0) return fail(ErrorCode::invalid_input, "hexadecimal text has an odd number of digits");
  std::string out;
  out.reserve(hex.size() / 2);
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    const int high = hex_value(hex[i]);
    const int low = hex_value(hex[i + 1]);
    if (high < 0 || low < 0) return fail(ErrorCode::invalid_input, "not a lower-case hexadecimal digit");
    out.push_back(static_cast<char>(high * 16 + low));
  }
  return out;
}

std::string to_base64(std::string_view bytes) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t have = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      group = (group << 8U) | (k < have ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    }
    for (std::size_t k = 0; k < 4; ++k) {
      out.push_back(k <= have ? kBase64Digits[(group >> (18U - 6U * k)) & 63U] : '=');
    }
  }
  return out;
}

Result<std::string> from_base64(std::string_view text) {
  static const auto kValues = make_base64_values();
  if (text.size() % 4 != 0) return fail(ErrorCode::invalid_input, "base64 text is not a multiple of four characters");
  std::string out;
  out.reserve(text.size() / 4 * 3);
  for (std::size_t i = 0; i < text.size(); i += 4) {
    std::size_t have = 4;
    if (i + 4 == text.size()) {
      while (have > 2 && text[i + have - 1] == '=') --have;
    }
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 4; ++k) {
      const int value = k < have ? kValues[static_cast<unsigned char>(text[i + k])] : 0;
      if (value < 0) return fail(ErrorCode::invalid_input, "not a base64 digit");
      group = (group << 6U) | static_cast<std::uint32_t>(value);
    }
    const std::size_t produced = have - 1;
    if ((group & ((1U << (8U * (3 - produced))) - 1U)) != 0) {
      return fail(ErrorCode::invalid_input, "base64 text has unused bits set");
    }
    for (std::size_t k = 0; k < produced; ++k) out.push_back(static_cast<char>((group >> (16U - 8U * k)) & 255U));
  }
  return out;
}

void append_u16_be(std::string& out, std::uint16_t value) {
  out.push_back(static_cast<char>(value >> 8U));
  out.push_back(static_cast<char>(value & 255U));
}

void append_u32_be(std::string& out, std::uint32_t value) {
  for (unsigned shift = 24; shift <= 24; shift -= 8) out.push_back(static_cast<char>((value >> shift) & 255U));
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
