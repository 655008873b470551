#include "base/bytes.h"

#include <algorithm>
#include <array>

#include "base/check.h"

namespace gavah {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";
constexpr std::string_view kBase64Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The value of each digit, -1 for every other byte.
constexpr std::array<std::int8_t, 256> values_of(std::string_view digits) {
  std::array<std::int8_t, 256> values{};
  values.fill(-1);
  for (std::size_t i = 0; i < digits.size(); ++i) {
    values[static_cast<unsigned char>(digits[i])] = static_cast<std::int8_t>(i);
  }
  return values;
}

constexpr std::uint32_t kNoDigit = 1U << 24U;
/// What each byte stands for as each of four digits, where it belongs in three bytes; kNoDigit where it is none.
constexpr std::array<std::array<std::uint32_t, 256>, 4> make_places() {
  std::array<std::array<std::uint32_t, 256>, 4> out{};
  constexpr auto kValues = values_of(kBase64Digits);
  for (std::size_t place = 0; place < out.size(); ++place) {
    for (std::size_t byte = 0; byte < 256; ++byte) {
      out[place][byte] = kValues[byte] < 0 ? kNoDigit : static_cast<std::uint32_t>(kValues[byte]) << (18U - 6U * place);
    }
  }
  return out;
}

/// Four digits to three bytes; kNoDigit is set in what it gives when one was none.
std::uint32_t decode_group(const char* from, char* to) {
  static constexpr auto kPlaces = make_places();
  std::uint32_t group = 0;
  for (std::size_t i = 0; i < 4; ++i) group |= kPlaces[i][static_cast<unsigned char>(from[i])];
  to[0] = static_cast<char>(group >> 16U & 255U);
  to[1] = static_cast<char>(group >> 8U & 255U);
  to[2] = static_cast<char>(group & 255U);
  return group;
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
  static constexpr auto kValues = values_of(kHexDigits);
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
  std::string out(text.size() / 4 * 3, '\0');
  GAVAH_ASSIGN(const std::size_t size, base64_into(text, out));
  out.resize(size);
  return out;
}

Result<std::size_t> base64_into(std::string_view text, std::span<char> out) {
  if (text.size() % 4 != 0) return fail(ErrorCode::invalid_input, "base64 text is not a multiple of four characters");
  GAVAH_CHECK(out.size() == text.size() / 4 * 3);
  if (text.empty()) return 0;
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  std::array<char, 4> last{'A', 'A', 'A', 'A'};
  std::copy_n(text.end() - 4, 4 - padding, last.begin());
  std::uint32_t any = 0;
  const std::size_t end = text.size() - 4;
  for (std::size_t from = 0, to = 0; from < end; from += 4, to += 3) any |= decode_group(&text[from], &out[to]);
  any |= decode_group(last.data(), &out[out.size() - 3]);
  if ((any & kNoDigit) != 0) return fail(ErrorCode::invalid_input, "not a base64 digit");
  const std::span<char> unused = out.last(padding);
  if (std::ranges::any_of(unused, [](char c) { return c != 0; })) {
    return fail(ErrorCode::invalid_input, "base64 text has unused bits set");
  }
  return out.size() - padding;
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
