#include "base/aead.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>
#include <limits>

#include "base/check.h"

namespace gavah {

struct ChaCha20Poly1305::State {
  std::array<std::uint8_t, kKeyBytes> key{};
  EVP_CIPHER_CTX* context = EVP_CIPHER_CTX_new();
  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    EVP_CIPHER_CTX_free(context);
    OPENSSL_cleanse(key.data(), key.size());
  }
};

namespace {

const unsigned char* data_of(std::string_view bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }

int length_of(std::string_view bytes) {
  GAVAH_CHECK(bytes.size() <= static_cast<std::size_t>(std::numeric_limits<int>::max()));
  return static_cast<int>(bytes.size());
}

}  // namespace

ChaCha20Poly1305::ChaCha20Poly1305(std::string_view key) : state_(std::make_unique<State>()) {
  GAVAH_CHECK(key.size() == kKeyBytes && state_->context != nullptr);
  std::copy(key.begin(), key.end(), state_->key.begin());
}
ChaCha20Poly1305::~ChaCha20Poly1305() = default;
ChaCha20Poly1305::ChaCha20Poly1305(ChaCha20Poly1305&&) noexcept = default;
ChaCha20Poly1305& ChaCha20Poly1305::operator=(ChaCha20Poly1305&&) noexcept = default;

void ChaCha20Poly1305::seal(const Nonce& nonce, std::string_view plaintext, std::string& out) {
  EVP_CIPHER_CTX* context = state_->context;
  const std::size_t begin = out.size();
  out.resize(begin + plaintext.size() + kTagBytes);
  auto* to = reinterpret_cast<unsigned char*>(out.data()) + begin;
  int written = 0;
  GAVAH_CHECK(EVP_EncryptInit_ex(context, EVP_chacha20_poly1305(), nullptr, state_->key.data(), nonce.data()) == 1);
  GAVAH_CHECK(EVP_EncryptUpdate(context, to, &written, data_of(plaintext), length_of(plaintext)) == 1);
  int rest = 0;
  GAVAH_CHECK(EVP_EncryptFinal_ex(context, to + written, &rest) == 1 && rest == 0);
  GAVAH_CHECK(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, kTagBytes, to + plaintext.size()) == 1);
}

Result<std::string> ChaCha20Poly1305::open(const Nonce& nonce, std::string_view sealed) {
  if (sealed.size() < kTagBytes) return fail(ErrorCode::corrupt, "sealed bytes are shorter than their tag");
  EVP_CIPHER_CTX* context = state_->context;
  const std::string_view body = sealed.substr(0, sealed.size() - kTagBytes);
  std::string tag(sealed.substr(body.size()));
  std::string out(body.size(), '\0');
  auto* to = reinterpret_cast<unsigned char*>(out.data());
  int written = 0;
  GAVAH_CHECK(EVP_DecryptInit_ex(context, EVP_chacha20_poly1305(), nullptr, state_->key.data(), nonce.data()) == 1);
  GAVAH_CHECK(EVP_DecryptUpdate(context, to, &written, data_of(body), length_of(body)) == 1);
  GAVAH_CHECK(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, kTagBytes, tag.data()) == 1);
  int rest = 0;
  if (EVP_DecryptFinal_ex(context, to + written, &rest) != 1) {
    return fail(ErrorCode::corrupt, "sealed bytes do not fit their tag");
  }
  return out;
}

}  // namespace gavah
