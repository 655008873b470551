#include "base/passphrase.h"

#include <sodium.h>

#include "base/bytes.h"
#include "base/check.h"
#include "base/json.h"

namespace gavah {
namespace {

constexpr std::string_view kFormat = "gavah-wrapped/0";
/// Above these a hostile file could stall or exhaust the machine before the passphrase is even tried.
constexpr std::uint32_t kMaxMemoryKib = 1024U * 1024U;
constexpr std::uint32_t kMaxPasses = 16;
constexpr std::uint32_t kMinMemoryKib = 8;

/// Bytes that are overwritten when they go.
class Wiped {
 public:
  explicit Wiped(std::size_t size) : bytes_(size, '\0') {}
  Wiped(const Wiped&) = delete;
  Wiped& operator=(const Wiped&) = delete;
  ~Wiped() { sodium_memzero(bytes_.data(), bytes_.size()); }
  unsigned char* data() { return reinterpret_cast<unsigned char*>(bytes_.data()); }

 private:
  std::string bytes_;
};

const unsigned char* data_of(std::string_view bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }

Result<void> stretch(Wiped& key, std::string_view passphrase, const PassphraseCost& cost, std::string_view salt) {
  if (sodium_init() < 0) return fail(ErrorCode::unavailable, "libsodium does not start");
  const int done =
      crypto_pwhash(key.data(), crypto_aead_xchacha20poly1305_ietf_KEYBYTES, passphrase.data(), passphrase.size(),
                    data_of(salt), cost.passes, std::size_t{cost.memory_kib} * 1024U, crypto_pwhash_ALG_ARGON2ID13);
  if (done != 0) return fail(ErrorCode::unavailable, "there is not enough memory for the passphrase's key");
  return {};
}

std::unexpected<Error> malformed() { return fail(ErrorCode::invalid_input, "malformed wrapped secret"); }

}  // namespace

Result<std::string> wrap_with_passphrase(std::string_view secret, std::string_view passphrase,
                                         const PassphraseCost& cost, Random& random) {
  const std::string salt = random.bytes(crypto_pwhash_SALTBYTES);
  const std::string nonce = random.bytes(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
  Wiped key(crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
  GAVAH_TRY(stretch(key, passphrase, cost, salt));
  std::string sealed(secret.size() + crypto_aead_xchacha20poly1305_ietf_ABYTES, '\0');
  unsigned long long size = 0;
  GAVAH_CHECK(crypto_aead_xchacha20poly1305_ietf_encrypt(reinterpret_cast<unsigned char*>(sealed.data()), &size,
                                                         data_of(secret), secret.size(), data_of(kFormat),
                                                         kFormat.size(), nullptr, data_of(nonce), key.data()) == 0);
  JsonWriter out;
  out.begin_object().member("format", kFormat).member("kdf", "argon2id").member("passes", cost.passes);
  out.member("memory_kib", cost.memory_kib).member("salt", to_base64(salt)).member("nonce", to_base64(nonce));
  out.member("sealed", to_base64(sealed)).end_object();
  return out.take() + "\n";
}

Result<std::string> unwrap_with_passphrase(std::string_view wrapped, std::string_view passphrase) {
  GAVAH_ASSIGN(const Json json, Json::parse(wrapped, Json::DuplicateKeys::reject));
  ObjectReader in(json);
  const std::string format = in.text("format");
  const std::string kdf = in.text("kdf");
  const std::int64_t passes = in.integer("passes");
  const std::int64_t memory_kib = in.integer("memory_kib");
  const std::string salt = in.parsed("salt", from_base64);
  const std::string nonce = in.parsed("nonce", from_base64);
  const std::string sealed = in.parsed("sealed", from_base64);
  GAVAH_TRY_AS(in.finish(), "reading a wrapped secret");
  if (format != kFormat || kdf != "argon2id") return malformed();
  if (passes < 1 || passes > kMaxPasses || memory_kib < kMinMemoryKib || memory_kib > kMaxMemoryKib) return malformed();
  if (salt.size() != crypto_pwhash_SALTBYTES || nonce.size() != crypto_aead_xchacha20poly1305_ietf_NPUBBYTES) {
    return malformed();
  }
  if (sealed.size() < crypto_aead_xchacha20poly1305_ietf_ABYTES) return malformed();
  Wiped key(crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
  const PassphraseCost cost{static_cast<std::uint32_t>(passes), static_cast<std::uint32_t>(memory_kib)};
  GAVAH_TRY(stretch(key, passphrase, cost, salt));
  std::string secret(sealed.size() - crypto_aead_xchacha20poly1305_ietf_ABYTES, '\0');
  unsigned long long size = 0;
  const int opened = crypto_aead_xchacha20poly1305_ietf_decrypt(
      reinterpret_cast<unsigned char*>(secret.data()), &size, nullptr, data_of(sealed), sealed.size(), data_of(kFormat),
      kFormat.size(), data_of(nonce), key.data());
  if (opened != 0) return fail(ErrorCode::refused, "the passphrase is wrong, or the file was changed");
  return secret;
}

}  // namespace gavah
