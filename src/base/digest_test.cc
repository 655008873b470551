#include "base/digest.h"

#include <gtest/gtest.h>

#include "base/bytes.h"

namespace gavah {
namespace {

TEST(Digest, Sha256MatchesFips180Example) {
  EXPECT_EQ(sha256("abc").hex(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  Sha256 stream;
  stream.update("a");
  stream.update("bc");
  EXPECT_EQ(stream.finish(), sha256("abc"));
  EXPECT_EQ(sha256("a", "b", "c"), sha256("abc"));
}

TEST(Digest, EveryShortLengthMatchesTheStream) {
  std::string bytes;
  for (std::size_t size = 0; size < 600; ++size) {
    Sha256 stream;
    stream.update(bytes);
    const Digest wanted = stream.finish();
    ASSERT_EQ(sha256(bytes), wanted) << size;
    const std::string_view all = bytes;
    ASSERT_EQ(sha256(all.substr(0, size / 3), all.substr(size / 3, size / 5), all.substr(size / 3 + size / 5)), wanted);
    bytes.push_back(static_cast<char>(size * 7));
  }
}

TEST(Digest, HmacMatchesRfc4231Cases) {
  EXPECT_EQ(hmac_sha256("Jefe", "what do ya want for nothing?").hex(),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(hmac_sha256(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First").hex(),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Digest, ReadsBase64OfThirtyTwoBytesOnly) {
  const Digest digest = sha256("abc");
  EXPECT_EQ(Digest::from_base64(to_base64(digest.view())).value(), digest);
  EXPECT_FALSE(Digest::from_base64(to_base64(std::string(31, 'x'))).has_value());
  EXPECT_FALSE(Digest::from_base64(to_base64(std::string(33, 'x'))).has_value());
  EXPECT_FALSE(Digest::from_base64("").has_value());
  std::string unused_bits = to_base64(digest.view());
  unused_bits[42] = static_cast<char>(unused_bits[42] + 1);
  EXPECT_FALSE(Digest::from_base64(unused_bits).has_value());
}

TEST(Digest, HkdfMatchesFirst32BytesOfRfc5869Case3) {
  EXPECT_EQ(hkdf_sha256(std::string(22, '\x0b'), "").hex(),
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d");
}

}  // namespace
}  // namespace gavah
