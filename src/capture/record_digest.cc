#include "capture/record_digest.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "base/bytes.h"
#include "base/format.h"
#include "capture/http_message.h"

namespace gavah::capture {
namespace {

struct Algorithm {
  std::string_view name;
  const EVP_MD* (*method)();
  std::size_t size_bytes;
};
constexpr std::array kAlgorithms{Algorithm{"sha1", EVP_sha1, 20}, Algorithm{"sha256", EVP_sha256, 32},
                                 Algorithm{"sha512", EVP_sha512, 64}, Algorithm{"md5", EVP_md5, 16}};

/// A label's algorithm and what follows its colon.
struct Label {
  const Algorithm* algorithm = nullptr;
  std::string_view digest;
};

std::optional<Label> label_of(std::string_view label) {
  const std::size_t colon = label.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  std::string name = ascii_lower(trim(label.substr(0, colon)));
  std::erase(name, '-');
  const auto found = std::ranges::find(kAlgorithms, name, &Algorithm::name);
  if (found == kAlgorithms.end()) return std::nullopt;
  return Label{found, trim(label.substr(colon + 1))};
}

/// RFC 4648 sections 4 to 6, padding or none, either alphabet of base64; nothing when a sign is none of its.
std::optional<std::string> decoded(std::string_view text, std::string_view alphabet, unsigned sign_bits) {
  std::string out;
  unsigned held = 0;
  unsigned bits = 0;
  for (const char c : text.substr(0, text.find('='))) {
    const std::size_t value = alphabet.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    held = (held << sign_bits | static_cast<unsigned>(value)) & 0xFFFFU;
    bits += sign_bits;
    if (bits < 8) continue;
    bits -= 8;
    out.push_back(static_cast<char>(held >> bits & 0xFFU));
  }
  return out;
}

/// The bytes of a written digest: its length tells the alphabet.
std::optional<std::string> raw_of(const Label& label) {
  constexpr std::string_view kHex = "0123456789abcdef";
  constexpr std::string_view kBase32 = "abcdefghijklmnopqrstuvwxyz234567";
  constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const std::string_view text = label.digest.substr(0, label.digest.find('='));
  const std::size_t bits = label.algorithm->size_bytes * 8;
  if (text.size() == bits / 4) return decoded(ascii_lower(text), kHex, 4);
  if (text.size() == (bits + 4) / 5) return decoded(ascii_lower(text), kBase32, 5);
  if (text.size() != (bits + 5) / 6) return std::nullopt;
  std::string url_safe(text);
  std::ranges::replace(url_safe, '+', '-');
  std::ranges::replace(url_safe, '/', '_');
  return decoded(url_safe, kBase64, 6);
}

/// The digest as bytes; empty when OpenSSL has none to give.
std::string raw_digest(const EVP_MD* algorithm, std::string_view bytes, const DigestsAhead& ahead) {
  if (algorithm == EVP_sha1()) {
    if (const auto known = ahead.find(LaneHash::sha1, bytes)) return std::string(*known);
  }
  if (algorithm == EVP_sha256()) {
    if (const auto known = ahead.find(LaneHash::sha256, bytes)) return std::string(*known);
  }
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, algorithm, nullptr) != 1) return {};
  return {reinterpret_cast<const char*>(digest.data()), size};
}

}  // namespace

DigestMatch match_digest(std::string_view label, std::string_view bytes, const DigestsAhead& ahead) {
  const auto parsed = label_of(label);
  if (!parsed) return DigestMatch::unknown;
  const std::string raw = raw_digest(parsed->algorithm->method(), bytes, ahead);
  if (raw.empty()) return DigestMatch::unknown;
  return raw_of(*parsed) == raw ? DigestMatch::same : DigestMatch::different;
}

std::string plain_digest(std::string_view label) {
  const auto parsed = label_of(label);
  const auto raw = parsed ? raw_of(*parsed) : std::nullopt;
  return raw ? format("{}:{}", parsed->algorithm->name, to_hex(*raw)) : std::string(label);
}

}  // namespace gavah::capture
