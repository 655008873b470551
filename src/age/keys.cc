#include <algorithm>

#include "age/age.h"
#include "age/bech32.h"
#include "base/x25519.h"

namespace gavah::age {
namespace {

constexpr std::string_view kRecipientPrefix = "age";
constexpr std::string_view kIdentityPrefix = "age-secret-key-";

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
std::string_view view_of(const std::array<std::uint8_t, 32>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

std::string Recipient::text() const { return bech32(kRecipientPrefix, view_of(key)); }

Result<Recipient> Recipient::parse(std::string_view text) {
  GAVAH_ASSIGN(const std::string raw, from_bech32(kRecipientPrefix, text));
  if (raw.size() != 32) return fail(ErrorCode::invalid_input, "an age recipient has 32 bytes");
  Recipient out;
  std::copy(raw.begin(), raw.end(), out.key.begin());
  return out;
}

Identity Identity::generate(Random& random) {
  Identity out;
  random.fill(out.secret_);
  return out;
}

Result<Identity> Identity::parse(std::string_view text) {
  if (text.starts_with("AGE-SECRET-KEY-PQ-")) {
    return fail(ErrorCode::invalid_input,
                "this is an age identity with ML-KEM-768 (post-quantum hybrid), which is not supported: X25519 "
                "identities begin with AGE-SECRET-KEY-1");
  }
  std::string lowered(text);
  std::transform(lowered.begin(), lowered.end(), lowered.begin(), lower);
  GAVAH_ASSIGN(const std::string raw, from_bech32(kIdentityPrefix, lowered));
  if (raw.size() != 32) return fail(ErrorCode::invalid_input, "an age identity has 32 bytes");
  Identity out;
  std::copy(raw.begin(), raw.end(), out.secret_.begin());
  if (out.text() != text) return fail(ErrorCode::invalid_input, "an age identity is written in capitals");
  return out;
}

Identity::~Identity() { std::fill_n(static_cast<volatile std::uint8_t*>(secret_.data()), secret_.size(), 0); }

std::string Identity::text() const {
  std::string out = bech32(kIdentityPrefix, view_of(secret_));
  std::transform(out.begin(), out.end(), out.begin(), upper);
  return out;
}

Recipient Identity::recipient() const { return {x25519_public(secret_)}; }

}  // namespace gavah::age
