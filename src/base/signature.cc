#include "base/signature.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>
#include <memory>

#include "base/check.h"

namespace gavah {
namespace {

using Encoding = std::array<std::uint8_t, 32>;
using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

/// The y coordinates, little endian, of the eight points of low order: 0, 1, p - 1 and the two of order 8.
constexpr std::array<Encoding, 5> kLowOrder = {{
    {},
    {1},
    {0xec, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
     0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f},
    {0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98, 0xf0,
     0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05},
    {0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67, 0x0f,
     0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a},
}};

/// True for a y below p = 2^255 - 19 that is not one of kLowOrder's. Whether it lies on the curve is OpenSSL's to say.
bool is_sound_point(std::string_view raw) {
  Encoding y{};
  std::copy(raw.begin(), raw.end(), y.begin());
  y[31] &= 0x7f;
  const bool high_bytes_full =
      y[31] == 0x7f && std::all_of(y.begin() + 1, y.end() - 1, [](auto b) { return b == 0xff; });
  if (high_bytes_full && y[0] >= 0xed) return false;
  return std::find(kLowOrder.begin(), kLowOrder.end(), y) == kLowOrder.end();
}

const unsigned char* data_of(std::string_view bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }

}  // namespace

Result<Ed25519PublicKey> Ed25519PublicKey::from_bytes(std::string_view raw) {
  if (raw.size() != 32) return fail(ErrorCode::invalid_input, "an Ed25519 public key has 32 bytes");
  if (!is_sound_point(raw)) {
    return fail(ErrorCode::invalid_input, "an Ed25519 public key is not canonical or of low order");
  }
  Ed25519PublicKey out;
  std::copy(raw.begin(), raw.end(), out.bytes.begin());
  return out;
}

Ed25519PrivateKey Ed25519PrivateKey::generate(Random& random) {
  Ed25519PrivateKey out;
  random.fill(out.seed_);
  return out;
}

Result<Ed25519PrivateKey> Ed25519PrivateKey::from_seed(std::string_view seed) {
  if (seed.size() != 32) return fail(ErrorCode::invalid_input, "an Ed25519 private key has 32 bytes");
  Ed25519PrivateKey out;
  std::copy(seed.begin(), seed.end(), out.seed_.begin());
  return out;
}

Ed25519PrivateKey::~Ed25519PrivateKey() { OPENSSL_cleanse(seed_.data(), seed_.size()); }

Ed25519PublicKey Ed25519PrivateKey::public_key() const {
  const Key key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed_.data(), seed_.size()), &EVP_PKEY_free);
  GAVAH_CHECK(key != nullptr);
  Ed25519PublicKey out;
  std::size_t size = out.bytes.size();
  GAVAH_CHECK(EVP_PKEY_get_raw_public_key(key.get(), out.bytes.data(), &size) == 1 && size == out.bytes.size());
  return out;
}

std::string Ed25519PrivateKey::sign(std::string_view message) const {
  const Key key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed_.data(), seed_.size()), &EVP_PKEY_free);
  const Context context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  GAVAH_CHECK(key != nullptr && context != nullptr);
  GAVAH_CHECK(EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1);
  std::string out(64, '\0');
  std::size_t size = out.size();
  GAVAH_CHECK(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(out.data()), &size, data_of(message),
                             message.size()) == 1);
  return out;
}

bool verify_ed25519(const Ed25519PublicKey& key, std::string_view message, std::string_view signature) {
  if (signature.size() != 64 || !is_sound_point(key.view()) || !is_sound_point(signature.substr(0, 32))) return false;
  // OpenSSL checks that S is below the group order, and compares R byte by byte with the canonical encoding of S·B -
  // k·A.
  const Key loaded(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.bytes.data(), key.bytes.size()),
                   &EVP_PKEY_free);
  const Context context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  if (loaded == nullptr || context == nullptr) return false;
  if (EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, loaded.get()) != 1) return false;
  return EVP_DigestVerify(context.get(), data_of(signature), signature.size(), data_of(message), message.size()) == 1;
}

}  // namespace gavah
