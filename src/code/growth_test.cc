#include <gtest/gtest.h>

#include "code/code_case.h"
#include "code/lexicon.h"
#include "code/scan.h"

namespace gavah::code {
namespace {

std::string repeated(std::string_view unit, std::size_t size_bytes) {
  std::string out;
  while (out.size() < size_bytes) out.append(unit);
  return out;
}

/// Pairs of tokens that windows of one sentence may compare: what the grammar can cost at most.
std::size_t pairs_of(const std::string& text) {
  static const Lexicon kEmpty;
  static const place::Resolver kResolver =
      place::Resolver::build(std::make_shared<const place::Gazetteer>(place::Gazetteer::load("").value())).value();
  const Report report = testing::report_of(text, "2021-05-14");
  const Scan scan(report, kEmpty, kResolver, {});
  std::size_t pairs = 0;
  std::uint32_t expected = 0;
  for (const SentenceScan& sentence : scan.sentences()) {
    EXPECT_EQ(sentence.tokens.first, expected) << "pieces follow each other without gap";
    expected = sentence.tokens.past;
    const std::size_t tokens = sentence.tokens.past - sentence.tokens.first;
    pairs += tokens * tokens;
  }
  EXPECT_EQ(expected, scan.reading().tokens().size());
  return pairs;
}

TEST(Growth, WorkOnOneLineGrowsWithItsLengthFromOneToEightMegabytes) {
  std::size_t before = 0;
  for (const std::size_t megabytes : {1U, 2U, 4U, 8U}) {
    // Long words keep the test quick: windows count tokens.
    const std::string unit = "arrested \u202E٪12 \u200Cکشته شدند\u202C " + std::string(400, 'a') + " ";
    const std::size_t pairs = pairs_of(repeated(unit, megabytes << 20U));
    if (before > 0) {
      EXPECT_LT(pairs, before * 21 / 10) << megabytes << " MB";
    }
    before = pairs;
  }
}

TEST(Growth, NoSlotOfHostileTextLiesOutsideIt) {
  constexpr std::size_t kSizeBytes = std::size_t{1} << 16;
  for (const std::string_view unit : {
           "Police arrested 12 people in Nilvan on Monday and 3 ",
           "Police denied on 3 May 2021 that 12 were killed in Marzul. ",
           "\u202Eبازداشت arrested\u202C در نیلوان ۱۲ نفر \u200F",
           "k\u200Bi\u200Cl\u200Dl\uFEFFed three in Nilvan ",
           "\xC3\x28\xED\xA0\x80 12 arrested in Nilvan \xF0\x9F \xFF",
           "three killed in Nilvan on 3 May 99999, arrested 99999-12-31 ",
           "\" said \" Mina Adur, 27, was arrested in Nilvan and ",
       }) {
    const Report report = testing::report_of(repeated(unit, kSizeBytes), "2021-05-14");
    const auto size = static_cast<std::uint32_t>(report.text.size());
    const auto inside = [&](const std::optional<Span>& span) {
      return !span || (span->begin <= span->end && span->end <= size);
    };
    for (const Claim& claim : testing::case_coder().code(report, IdSecret{})) {
      ASSERT_TRUE(claim.trigger.begin < claim.trigger.end && claim.trigger.end <= size) << unit;
      ASSERT_TRUE(inside(claim.time.span)) << unit;
      for (const Place& place : claim.places) ASSERT_TRUE(inside(place.span)) << unit;
      for (const Actor& actor : claim.actors) ASSERT_TRUE(inside(actor.span)) << unit;
      for (const Count& count : claim.counts) ASSERT_TRUE(inside(count.span)) << unit;
      for (const Person& person : claim.persons) ASSERT_TRUE(inside(person.span)) << unit;
    }
  }
}

TEST(Growth, WhatAPieceCutsOffIsStillCoded) {
  const std::string filler = repeated("and ", 4000);  // two pieces and more
  const auto claims = testing::case_coder().code(
      testing::report_of(filler + "police arrested 12 people in Nilvan on Monday"), IdSecret{});
  ASSERT_EQ(claims.size(), 1U);
  ASSERT_EQ(claims.front().counts.size(), 1U);
  EXPECT_EQ(claims.front().counts.front().low, 12);
}

}  // namespace
}  // namespace gavah::code
