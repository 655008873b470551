#include "link/address.h"

#include <gtest/gtest.h>

namespace gavah::link {
namespace {

TEST(Address, EqualPagesHaveEqualAddresses) {
  for (const std::string_view address :
       {"https://www.compass.example/a/b/", "http://compass.example/a/b",
        "https://m.compass.example/a/b?utm_source=feed", "https://Compass.Example/a/b#top",
        "https://compass.example/a/b?fbclid=1&utm_medium=x"}) {
    EXPECT_EQ(normal_address("urn:acled:VEL12"), "urn:acled:VEL12");
    EXPECT_EQ(normal_address(address), "compass.example/a/b") << address;
  }
}

TEST(Address, ParametersThatNameThePageStay) {
  EXPECT_EQ(normal_address("https://paper.example/?id=4&ref_src=x&s=2"), "paper.example?id=4&s=2");
}

TEST(Address, PostIsItsNumberWhateverItsHostAndAccount) {
  for (const std::string_view address :
       {"https://twitter.com/somebody/status/123?s=20", "https://x.com/i/web/status/123",
        "https://mobile.twitter.com/Somebody/status/123/photo/1"}) {
    EXPECT_EQ(normal_address(address), "x.com/status/123") << address;
  }
}

TEST(Address, WhatIsNoAddressIsEmpty) {
  for (const std::string_view text : {"", "1778800000000000001", "Morvand Street", "mailto:a b.c", "https://"}) {
    EXPECT_EQ(normal_address(text), "") << text;
  }
  EXPECT_EQ(normal_address("https://a.example/" + std::string(5000, 'x')), "") << "longer than any address";
}

}  // namespace
}  // namespace gavah::link
