#include "capture/record_digest.h"

#include <openssl/evp.h>

#include <array>
#include <optional>
#include <string>

#include "base/bytes.h"
#include "capture/http_message.h"

namespace gavah::capture {
namespace {

const EVP_MD* algorithm_of(std::string_view name) {
  if (name == "sha1" || name == "sha-1") return EVP_sha1();
  if (name == "sha256" || name == "sha-256") return EVP_sha256();
  if (name == "sha512" || name == "sha-512") return EVP_sha512();
  if (name == "md5") return EVP_md5();
  return nullptr;
}

/// RFC 4648 section 6 without padding.
std::string base32(std::string_view bytes) {
  constexpr std::string_view kAlphabet = "abcdefghijklmnopqrstuvwxyz234567";
  std::string out;
  unsigned held = 0;
  unsigned bits = 0;
  for (const char c : bytes) {
    held = (held << 8U | static_cast<unsigned char>(c)) & 0xFFFFU;
    for (bits += 8; bits >= 5; bits -= 5) out.push_back(kAlphabet[held >> (bits - 5) & 31U]);
  }
  if (bits > 0) out.push_back(kAlphabet[held << (5 - bits) & 31U]);
  return out;
}

/// Base64 with the URL alphabet, and neither with padding.
std::string unpadded_base64_url(std::string_view text) {
  std::string out(text.substr(0, text.find('=')));
  for (char& c : out) {
    if (c == '+') c = '-';
    if (c == '/') c = '_';
  }
  return out;
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
  const std::size_t colon = label.find(':');
  if (colon == std::string_view::npos) return DigestMatch::unknown;
  const EVP_MD* algorithm = algorithm_of(ascii_lower(label.substr(0, colon)));
  if (algorithm == nullptr) return DigestMatch::unknown;
  const std::string raw = raw_digest(algorithm, bytes, ahead);
  if (raw.empty()) return DigestMatch::unknown;
  const std::string_view stated = trim(label.substr(colon + 1));
  const std::string lower = ascii_lower(stated);
  if (lower.substr(0, lower.find('=')) == base32(raw) || lower == to_hex(raw)) return DigestMatch::same;
  const bool same = unpadded_base64_url(stated) == unpadded_base64_url(to_base64(raw));
  return same ? DigestMatch::same : DigestMatch::different;
}

}  // namespace gavah::capture
