#include "base/keccak.h"

#include <gtest/gtest.h>

#include "base/bytes.h"

namespace gavah {
namespace {

TEST(Keccak, AgreesWithThePublishedValues) {
  EXPECT_EQ(to_hex(keccak256("")), "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
  EXPECT_EQ(to_hex(keccak256("abc")), "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45");
}

TEST(Keccak, TakesEveryLengthAroundABlock) {
  EXPECT_NE(keccak256(std::string(135, 'a')), keccak256(std::string(136, 'a')));
  EXPECT_NE(keccak256(std::string(136, 'a')), keccak256(std::string(137, 'a')));
  EXPECT_EQ(keccak256(std::string(300, 'a')).size(), 32U);
}

}  // namespace
}  // namespace gavah
