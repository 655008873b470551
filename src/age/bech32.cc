#include "age/bech32.h"

#include <array>
#include <cstdint>
#include <vector>

namespace gavah::age {
namespace {

constexpr std::string_view kAlphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
constexpr std::size_t kChecksumDigits = 6;
/// Keys have 32 bytes; nothing longer is a key.
constexpr std::size_t kMaxTextBytes = 200;

using Digits = std::vector<std::uint8_t>;

std::uint32_t polymod(std::string_view prefix, const Digits& digits) {
  constexpr std::array<std::uint32_t, 5> kGenerator = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
  std::uint32_t sum = 1;
  const auto feed = [&](std::uint32_t value) {
    const std::uint32_t top = sum >> 25U;
    sum = ((sum & 0x1ffffffU) << 5U) ^ value;
    for (unsigned i = 0; i < kGenerator.size(); ++i) {
      if (((top >> i) & 1U) != 0) sum ^= kGenerator[i];
    }
  };
  for (const char c : prefix) feed(static_cast<unsigned char>(c) >> 5U);
  feed(0);
  for (const char c : prefix) feed(static_cast<unsigned char>(c) & 31U);
  for (const std::uint8_t digit : digits) feed(digit);
  return sum;
}

Digits to_digits(std::string_view bytes) {
  Digits out;
  std::uint32_t pending = 0;
  unsigned pending_bits = 0;
  for (const char c : bytes) {
    pending = (pending << 8U) | static_cast<unsigned char>(c);
    pending_bits += 8;
    while (pending_bits >= 5) {
      pending_bits -= 5;
      out.push_back(static_cast<std::uint8_t>((pending >> pending_bits) & 31U));
    }
    pending &= (1U << pending_bits) - 1U;
  }
  if (pending_bits > 0) out.push_back(static_cast<std::uint8_t>((pending << (5U - pending_bits)) & 31U));
  return out;
}

std::string to_bytes(const Digits& digits) {
  std::string out;
  std::uint32_t pending = 0;
  unsigned pending_bits = 0;
  for (const std::uint8_t digit : digits) {
    pending = (pending << 5U) | digit;
    pending_bits += 5;
    if (pending_bits >= 8) {
      pending_bits -= 8;
      out.push_back(static_cast<char>(pending >> pending_bits));
      pending &= (1U << pending_bits) - 1U;
    }
  }
  return out;
}

}  // namespace

std::string bech32(std::string_view prefix, std::string_view bytes) {
  Digits digits = to_digits(bytes);
  std::string out = std::string(prefix).append("1");
  for (const std::uint8_t digit : digits) out.push_back(kAlphabet[digit]);
  digits.insert(digits.end(), kChecksumDigits, 0);
  const std::uint32_t sum = polymod(prefix, digits) ^ 1U;
  for (unsigned i = 0; i < kChecksumDigits; ++i) out.push_back(kAlphabet[(sum >> (5U * (5U - i))) & 31U]);
  return out;
}

Result<std::string> from_bech32(std::string_view prefix, std::string_view text) {
  const auto malformed = [] { return fail(ErrorCode::invalid_input, "malformed age key"); };
  if (text.size() > kMaxTextBytes || !text.starts_with(prefix) || text.size() <= prefix.size()) return malformed();
  if (text[prefix.size()] != '1') return malformed();
  Digits digits;
  for (const char c : text.substr(prefix.size() + 1)) {
    const auto value = kAlphabet.find(c);
    if (value == std::string_view::npos) return malformed();
    digits.push_back(static_cast<std::uint8_t>(value));
  }
  if (digits.size() < kChecksumDigits) return malformed();
  digits.resize(digits.size() - kChecksumDigits);
  std::string bytes = to_bytes(digits);
  // Checksum, unused bits and length at once: there is one spelling.
  if (bech32(prefix, bytes) != text) return malformed();
  return bytes;
}

}  // namespace gavah::age
