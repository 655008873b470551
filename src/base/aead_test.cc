#include "base/aead.h"

#include <gtest/gtest.h>
#include <sodium.h>

#include "base/random.h"

namespace gavah {
namespace {

using Cipher = XChaCha20Poly1305;

/// libsodium's XChaCha20-Poly1305, an implementation of its own: ciphertext and tag.
std::string reference(std::string_view key, const Cipher::Nonce& nonce, std::string_view associated,
                      std::string_view text) {
  const auto bytes = [](std::string_view in) { return reinterpret_cast<const unsigned char*>(in.data()); };
  std::string out(text.size() + Cipher::kTagBytes, '\0');
  EXPECT_EQ(crypto_aead_xchacha20poly1305_ietf_encrypt(reinterpret_cast<unsigned char*>(out.data()), nullptr,
                                                       bytes(text), text.size(), bytes(associated), associated.size(),
                                                       nullptr, nonce.data(), bytes(key)),
            0);
  return out;
}

TEST(XChaCha20Poly1305, GivesTheBytesOfAnotherImplementationWhateverCameBefore) {
  SeededRandom random(7);
  const std::string key = random.bytes(Cipher::kKeyBytes);
  Cipher cipher(key);
  Cipher::Nonce nonce = random.array<24>();
  for (std::size_t round = 0; round < 300; ++round) {
    // Sometimes a new subkey, sometimes the one before.
    if (round % 3 == 0) nonce = random.array<24>();
    nonce[23] = static_cast<std::uint8_t>(round);
    const std::string associated = random.bytes(round % 40);
    const std::string text = random.bytes(round * 17);
    std::string sealed = text;
    const Cipher::Tag tag = cipher.seal(nonce, associated, sealed);
    const std::string expected = reference(key, nonce, associated, text);
    ASSERT_EQ(sealed, expected.substr(0, text.size()));
    ASSERT_TRUE(std::equal(tag.begin(), tag.end(), expected.begin() + static_cast<std::ptrdiff_t>(text.size()),
                           [](std::uint8_t a, char b) { return a == static_cast<std::uint8_t>(b); }));
    ASSERT_TRUE(cipher.open(nonce, associated, sealed, tag));
    ASSERT_EQ(sealed, text);
  }
}

TEST(XChaCha20Poly1305, OpensNothingThatWasChangedAndLeavesZeros) {
  SeededRandom random(8);
  Cipher cipher(random.bytes(Cipher::kKeyBytes));
  const Cipher::Nonce nonce = random.array<24>();
  const std::string text = "متن یک گزارش";
  std::string sealed = text;
  const Cipher::Tag tag = cipher.seal(nonce, "page 3", sealed);
  const auto opens = [&](const Cipher::Nonce& with, std::string_view associated, std::string bytes, Cipher::Tag fit) {
    const bool opened = cipher.open(with, associated, bytes, fit);
    EXPECT_TRUE(opened || bytes == std::string(bytes.size(), static_cast<char>(0)));
    return opened;
  };
  EXPECT_TRUE(opens(nonce, "page 3", sealed, tag));
  EXPECT_FALSE(opens(nonce, "page 4", sealed, tag));
  for (std::size_t bit = 0; bit < 8 * sealed.size(); ++bit) {
    std::string changed = sealed;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
    ASSERT_FALSE(opens(nonce, "page 3", changed, tag)) << bit;
  }
  for (std::size_t i = 0; i < 24; ++i) {
    Cipher::Nonce other = nonce;
    other[i] ^= 1U;
    ASSERT_FALSE(opens(other, "page 3", sealed, tag)) << i;
  }
  for (std::size_t i = 0; i < tag.size(); ++i) {
    Cipher::Tag other = tag;
    other[i] ^= 0x80U;
    ASSERT_FALSE(opens(nonce, "page 3", sealed, other)) << i;
  }
  EXPECT_TRUE(opens(nonce, "page 3", sealed, tag)) << "a refusal changes nothing for the next";
}

}  // namespace
}  // namespace gavah
