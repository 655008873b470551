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

TEST(Digest, HmacMatchesRfc4231Cases) {
  EXPECT_EQ(hmac_sha256("Jefe", "what do ya want for nothing?").hex(),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(hmac_sha256(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First").hex(),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Digest, HkdfMatchesFirst32BytesOfRfc5869Case3) {
  EXPECT_EQ(hkdf_sha256(std::string(22, '\x0b'), "").hex(),
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d");
}

}  // namespace
}  // namespace gavah
