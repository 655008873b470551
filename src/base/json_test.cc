#include "base/json.h"

#include <gtest/gtest.h>

namespace gavah {
namespace {

TEST(Json, WriterEscapesOnlyWhatItMust) {
  JsonWriter out;
  out.begin_object()
      .member("a", "x\"\\\n\x01گ")
      .member("n", std::int64_t{-3})
      .key("b")
      .begin_array()
      .truth(true)
      .null()
      .end_array()
      .end_object();
  EXPECT_EQ(out.str(), "{\"a\":\"x\\\"\\\\\\n\\u0001گ\",\"n\":-3,\"b\":[true,null]}");
}

TEST(Json, EveryByteIsEscapedOrKeptWhereverItStands) {
  const std::string words = "abcdefgh \u0622\u0628 klmnopqrst";
  for (int value = 0; value < 0x80; ++value) {
    for (std::size_t at = 0; at <= words.size(); ++at) {
      if (at < words.size() && (static_cast<unsigned char>(words[at]) & 0xC0U) == 0x80U) continue;
      std::string text = words;
      text.insert(at, 1, static_cast<char>(value));
      const std::string json = JsonWriter().text(text).take();
      const bool is_plain = value >= 0x20 && value != '"' && value != '\\';
      EXPECT_EQ(json.size() == text.size() + 2, is_plain) << value << " at " << at;
      const auto back = Json::parse(json);
      ASSERT_TRUE(back) << value << " at " << at;
      EXPECT_EQ(*back->string(), text);
    }
  }
}

TEST(Json, WhatIsWrittenReadsBackTheSame) {
  const std::string text = R"({"a":"x","b":[1,2,{"c":null}],"d":true})";
  const auto json = Json::parse(text);
  ASSERT_TRUE(json);
  JsonWriter out;
  out.value(*json);
  EXPECT_EQ(out.str(), text);
}

TEST(Json, IllFormedUtf8IsWrittenAsReplacementCharacter) {
  JsonWriter out;
  out.text(
      "a\xff"
      "b");
  EXPECT_EQ(out.str(),
            "\"a\xEF\xBF\xBD"
            "b\"");
}

TEST(Json, DuplicateKeysAreRefusedWhereAsked) {
  EXPECT_TRUE(Json::parse(R"({"a":1,"a":2})"));
  EXPECT_FALSE(Json::parse(R"({"a":1,"a":2})", Json::DuplicateKeys::reject));
}

TEST(Json, NothingIsNoJson) {
  EXPECT_FALSE(Json::parse(std::string_view()));
  EXPECT_FALSE(Json::check(std::string_view()));
}

TEST(Json, DeepNestingIsRefusedNotFollowed) {
  EXPECT_FALSE(Json::parse(std::string(100000, '[') + std::string(100000, ']')));
}

TEST(ObjectReader, FirstComplaintNamesItsField) {
  const auto json = Json::parse(R"({"a":1})");
  ASSERT_TRUE(json);
  ObjectReader in(*json);
  in.text("a");
  in.integer("b");
  const auto finished = in.finish();
  ASSERT_FALSE(finished);
  EXPECT_EQ(finished.error().message, "field 'a': a string is required");
}

}  // namespace
}  // namespace gavah
