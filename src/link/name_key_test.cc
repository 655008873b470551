#include "link/name_key.h"

#include <gtest/gtest.h>

namespace gavah::link {
namespace {

TEST(NameKey, PersianAndLatinSpellingsAgree) {
  EXPECT_EQ(name_key("رامین زوروانی"), name_key("Ramin Zorvani"));
  EXPECT_EQ(name_key("شیرین کاوشگر"), name_key("Shirin Kavoshgar"));
  EXPECT_EQ(name_key("خسرو"), name_key("Khosrow"));
}

TEST(NameKey, TransliterationsOfOneNameAgree) {
  EXPECT_EQ(name_key("Mohammad Gholami"), name_key("Mohamed Qolamy"));
  EXPECT_EQ(name_key("Cyavash"), name_key("Kyavash"));
}

TEST(NameKey, OtherNamesDiffer) {
  EXPECT_NE(name_key("Ramin Zorvani"), name_key("Rahim Zorvani"));
  EXPECT_NE(name_key("Sara"), name_key("Zara"));
}

TEST(NameKey, OtherScriptsGiveNothing) {
  EXPECT_EQ(name_key("Иван"), "");
  EXPECT_EQ(name_key(""), "");
  EXPECT_EQ(name_key("  "), "");
}

}  // namespace
}  // namespace gavah::link
