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

namespace {

using Subkey = std::array<std::uint8_t, XChaCha20Poly1305::kKeyBytes>;
using NoncePrefix = std::array<std::uint8_t, 16>;

/// One direction of the cipher, and the subkey it was given last.
struct Direction {
  EVP_CIPHER_CTX* context = EVP_CIPHER_CTX_new();
  NoncePrefix prefix{};
  bool has_key = false;

  Direction() = default;
  Direction(const Direction&) = delete;
  Direction& operator=(const Direction&) = delete;
  ~Direction() { EVP_CIPHER_CTX_free(context); }
};

std::uint32_t word_at(const std::uint8_t* bytes) {
  return std::uint32_t{bytes[0]} | std::uint32_t{bytes[1]} << 8U | std::uint32_t{bytes[2]} << 16U |
         std::uint32_t{bytes[3]} << 24U;
}

void put_word(std::uint8_t* to, std::uint32_t word) {
  for (unsigned i = 0; i < 4; ++i) to[i] = static_cast<std::uint8_t>(word >> (8 * i));
}

}  // namespace

struct XChaCha20Poly1305::State {
  std::array<std::uint8_t, kKeyBytes> key{};
  EVP_CIPHER_CTX* stream = EVP_CIPHER_CTX_new();
  Direction sealing;
  Direction opening;

  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    EVP_CIPHER_CTX_free(stream);
    OPENSSL_cleanse(key.data(), key.size());
  }

  /// HChaCha20 of the key and `prefix`: a block of ChaCha20 that begins at these 16 bytes (counter and nonce), less
  /// the words that ChaCha20 adds at the end and HChaCha20 does not.
  Subkey subkey(const NoncePrefix& prefix) {
    constexpr std::string_view kConstants = "expand 32-byte k";
    const std::array<std::uint8_t, 64> zeros{};
    std::array<std::uint8_t, 64> block{};
    int written = 0;
    GAVAH_CHECK(EVP_EncryptInit_ex(stream, EVP_chacha20(), nullptr, key.data(), prefix.data()) == 1);
    GAVAH_CHECK(EVP_EncryptUpdate(stream, block.data(), &written, zeros.data(), 64) == 1 && written == 64);
    Subkey out{};
    for (std::size_t i = 0; i < 16; i += 4) {
      const auto* constant = reinterpret_cast<const std::uint8_t*>(kConstants.data()) + i;
      put_word(out.data() + i, word_at(block.data() + i) - word_at(constant));
      put_word(out.data() + 16 + i, word_at(block.data() + 48 + i) - word_at(prefix.data() + i));
    }
    OPENSSL_cleanse(block.data(), block.size());
    return out;
  }

  /// Prepares a direction for a nonce; `init` is EVP_EncryptInit_ex or EVP_DecryptInit_ex.
  template <class Init>
  void begin(Direction& direction, const Nonce& nonce, Init init) {
    NoncePrefix prefix{};
    std::copy_n(nonce.begin(), prefix.size(), prefix.begin());
    std::array<std::uint8_t, 12> rest{};
    std::copy(nonce.begin() + 16, nonce.end(), rest.begin() + 4);
    if (direction.has_key && direction.prefix == prefix) {
      GAVAH_CHECK(init(direction.context, nullptr, nullptr, nullptr, rest.data()) == 1);
      return;
    }
    Subkey fresh = subkey(prefix);
    // The cipher is named once: naming it again makes OpenSSL look it up again.
    const EVP_CIPHER* const cipher = direction.has_key ? nullptr : EVP_chacha20_poly1305();
    GAVAH_CHECK(init(direction.context, cipher, nullptr, fresh.data(), rest.data()) == 1);
    OPENSSL_cleanse(fresh.data(), fresh.size());
    direction.prefix = prefix;
    direction.has_key = true;
  }
};

XChaCha20Poly1305::XChaCha20Poly1305(std::string_view key) : state_(std::make_unique<State>()) {
  GAVAH_CHECK(key.size() == kKeyBytes && state_->stream != nullptr && state_->sealing.context != nullptr &&
              state_->opening.context != nullptr);
  std::copy(key.begin(), key.end(), state_->key.begin());
}
XChaCha20Poly1305::~XChaCha20Poly1305() = default;
XChaCha20Poly1305::XChaCha20Poly1305(XChaCha20Poly1305&&) noexcept = default;
XChaCha20Poly1305& XChaCha20Poly1305::operator=(XChaCha20Poly1305&&) noexcept = default;

XChaCha20Poly1305::Tag XChaCha20Poly1305::seal(const Nonce& nonce, std::string_view associated, std::span<char> text) {
  state_->begin(state_->sealing, nonce, EVP_EncryptInit_ex);
  EVP_CIPHER_CTX* context = state_->sealing.context;
  auto* at = reinterpret_cast<unsigned char*>(text.data());
  int written = 0;
  Tag tag{};
  GAVAH_CHECK(EVP_EncryptUpdate(context, nullptr, &written, data_of(associated), length_of(associated)) == 1);
  GAVAH_CHECK(EVP_EncryptUpdate(context, at, &written, at, length_of({text.data(), text.size()})) == 1);
  GAVAH_CHECK(EVP_EncryptFinal_ex(context, at + written, &written) == 1);
  GAVAH_CHECK(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, kTagBytes, tag.data()) == 1);
  return tag;
}

bool XChaCha20Poly1305::open(const Nonce& nonce, std::string_view associated, std::span<char> text, const Tag& tag) {
  state_->begin(state_->opening, nonce, EVP_DecryptInit_ex);
  EVP_CIPHER_CTX* context = state_->opening.context;
  auto* at = reinterpret_cast<unsigned char*>(text.data());
  int written = 0;
  Tag expected = tag;
  GAVAH_CHECK(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, kTagBytes, expected.data()) == 1);
  GAVAH_CHECK(EVP_DecryptUpdate(context, nullptr, &written, data_of(associated), length_of(associated)) == 1);
  GAVAH_CHECK(EVP_DecryptUpdate(context, at, &written, at, length_of({text.data(), text.size()})) == 1);
  if (EVP_DecryptFinal_ex(context, at + written, &written) == 1) return true;
  std::fill(text.begin(), text.end(), '\0');
  return false;
}

}  // namespace gavah
