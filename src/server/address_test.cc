#include "server/address.h"

#include <gtest/gtest.h>

namespace gavah::server {
namespace {

TEST(Address, TakesPathAndParametersApart) {
  const auto address = Address::parse("/api/events?q=a%20b&act=riot,-strike&flag");
  ASSERT_TRUE(address.has_value());
  EXPECT_EQ(address->path, "/api/events");
  EXPECT_EQ(address->parameter("q"), "a b");
  EXPECT_EQ(address->parameter("act"), "riot,-strike");
  EXPECT_EQ(address->parameter("flag"), "");
  EXPECT_EQ(address->parameter("other"), "");
}

TEST(Address, DecodesPersianAndKeepsThePlus) {
  const auto address = Address::parse("/x?q=%D8%A7%D8%B9%D8%AA%D8%B5%D8%A7%D8%A8+1");
  ASSERT_TRUE(address.has_value());
  EXPECT_EQ(address->parameter("q"), "اعتصاب+1");
}

TEST(Address, RefusesWhatIsNoTextOrTooMuch) {
  for (const std::string& bad :
       {std::string("api"), std::string("/a?q=%4"), std::string("/a?q=%zz"), std::string("/a%00"),
        std::string("/a?q=%ff"), "/" + std::string(kMaxTargetBytes, 'a')}) {
    EXPECT_FALSE(Address::parse(bad).has_value()) << bad.substr(0, 40);
  }
  std::string many = "/a?";
  for (std::size_t i = 0; i <= kMaxParameters; ++i) many += "a=1&";
  EXPECT_FALSE(Address::parse(many).has_value());
}

}  // namespace
}  // namespace gavah::server
