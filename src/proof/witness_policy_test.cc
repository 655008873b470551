#include "proof/witness_policy.h"

#include <gtest/gtest.h>

#include "base/format.h"

namespace gavah::proof {
namespace {

WitnessSigner witness(std::uint64_t seed, std::string name = {}) {
  SeededRandom random(seed);
  return WitnessSigner::generate(name.empty() ? format("w{}.example", seed) : std::move(name), random).value();
}

std::string vkey(std::uint64_t seed) { return witness(seed).verifier().text(); }

Verifier log_key(std::uint64_t seed) {
  SeededRandom random(seed);
  return Signer::generate(format("log{}.example", seed), random)->verifier();
}

/// Six witnesses of two houses: two of three here and one of three there.
std::string two_houses() {
  std::string out = "# who watches\n\n \t # indented\n";
  out += format("log {} https://log.example/\n", log_key(50).text());
  for (int i = 1; i <= 3; ++i)
    out += format("witness X{}\t{}  https://w{}.example/\n", i, vkey(static_cast<std::uint64_t>(i)), i);
  out += "group X-witnesses 2 X1 X2 X3\n";
  for (int i = 1; i <= 3; ++i) out += format("witness Y{} {}\n", i, vkey(static_cast<std::uint64_t>(10 + i)));
  return out + "group Y-witnesses any Y1 Y2 Y3\ngroup X-and-Y all X-witnesses Y-witnesses\nquorum X-and-Y\n";
}

TEST(WitnessPolicy, QuorumOfTwoHousesCountsAsItsSentenceSays) {
  const WitnessPolicy policy = WitnessPolicy::parse(two_houses()).value();
  ASSERT_EQ(policy.witnesses.size(), 6U);
  EXPECT_EQ(policy.witnesses[0].url, "https://w1.example/");
  EXPECT_EQ(policy.logs.front().url, "https://log.example/");
  EXPECT_TRUE(policy.needs_witness());
  for (unsigned set = 0; set < 64; ++set) {
    std::vector<bool> have_signed;
    for (unsigned i = 0; i < 6; ++i) have_signed.push_back((set >> i & 1U) != 0);
    const int here = have_signed[0] + have_signed[1] + have_signed[2];
    const bool there = have_signed[3] || have_signed[4] || have_signed[5];
    EXPECT_EQ(policy.is_met(have_signed), here >= 2 && there) << set;
  }
}

TEST(WitnessPolicy, EveryThresholdOfEveryGroupUpToSixCounts) {
  for (std::size_t members = 1; members <= 6; ++members) {
    for (std::size_t threshold = 1; threshold <= members; ++threshold) {
      std::string text;
      std::string group = format("group G {}", threshold);
      for (std::size_t i = 0; i < members; ++i) {
        text += format("witness W{} {}\n", i, vkey(100 + i));
        group += format(" W{}", i);
      }
      const WitnessPolicy policy = WitnessPolicy::parse(text + group + "\nquorum G\n").value();
      for (unsigned set = 0; set < 1U << members; ++set) {
        std::vector<bool> have_signed;
        for (unsigned i = 0; i < members; ++i) have_signed.push_back((set >> i & 1U) != 0);
        EXPECT_EQ(policy.is_met(have_signed), static_cast<std::size_t>(__builtin_popcount(set)) >= threshold);
      }
    }
  }
}

TEST(WitnessPolicy, NoneAsksForNobody) {
  const WitnessPolicy policy = WitnessPolicy::parse("quorum none\n").value();
  EXPECT_FALSE(policy.needs_witness());
  EXPECT_TRUE(policy.is_met({}));
}

TEST(WitnessPolicy, IsReadAsItIsWritten) {
  const WitnessPolicy policy = WitnessPolicy::parse(two_houses()).value();
  EXPECT_EQ(WitnessPolicy::parse(policy.text()).value().text(), policy.text());
}

TEST(WitnessPolicy, NamesAreOctetsAndAnyOctetAbove7FStands) {
  const std::string text =
      format("witness گواه {}\nwitness \xff\xfe {}\ngroup \xe2\x84\xaa any گواه \xff\xfe\nquorum \xe2\x84\xaa\n",
             vkey(1), vkey(2));
  EXPECT_TRUE(WitnessPolicy::parse(text).has_value());
}

TEST(WitnessPolicy, ThirtyTwoOfEachStand) {
  std::string text;
  std::string all = "group all-of-them all";
  for (std::uint64_t i = 0; i < 32; ++i) {
    text += format("log {}\nwitness W{} {}\ngroup G{} any W{}\n", log_key(i).text(), i, vkey(200 + i), i, i);
    if (i < 31) all += format(" G{}", i);
  }
  const auto policy = WitnessPolicy::parse(text + all + "\nquorum all-of-them\n");
  ASSERT_TRUE(policy.has_value()) << policy.error().sentence();
  std::vector<bool> have_signed(32, true);
  EXPECT_TRUE(policy->is_met(have_signed));
  have_signed[30] = false;
  EXPECT_FALSE(policy->is_met(have_signed));
}

TEST(WitnessPolicy, WhatItMayNotBeIsRefusedWithItsLine) {
  const std::string a = format("witness A {}\n", vkey(1));
  const std::string b = format("witness B {}\n", vkey(2));
  const std::string one = log_key(1).text();
  const std::vector<std::string> bad = {
      "",                                                    // no quorum
      a,                                                     // no quorum
      "quorum A\n" + a,                                      // before its definition
      a + "quorum A\nquorum A\n",                            // twice
      a + "quorum B\n",                                      // unknown
      a + a + "quorum A\n",                                  // defined twice
      a + format("witness B {}\n", vkey(1)) + "quorum A\n",  // the same key twice
      a + format("witness B {}\n", WitnessKey{"other.example", witness(1).verifier().key}.text()) + "quorum A\n",
      format("log {}\nlog {}\nquorum none\n", one, one),     // the same log twice
      format("witness none {}\nquorum none\n", vkey(1)),     // a reserved name
      a + "group none any A\nquorum A\n",                    //
      a + "group G any none\nquorum G\n",                    // no member
      a + "group G any A A\nquorum G\n",                     // a member twice
      a + b + "group G any A\ngroup H any A B\nquorum H\n",  // a member of two groups
      a + "group G any G\nquorum G\n",                       // itself
      a + "group G any\nquorum A\n",                         // no members
      a + "group G 0 A\nquorum G\n",                         //
      a + "group G 2 A\nquorum G\n",                         //
      a + "group G 01 A\nquorum G\n",                        //
      a + "group G -1 A\nquorum G\n",                        //
      a + "group A any A\nquorum A\n",                       // one name space
      a + "quorum A",                                        // cut
      a + "quorum A\r\n",                                    // a control character
      a + "quorum A extra\n",                                //
      "wibble\nquorum none\n",                               //
      format("log {}\nquorum none\n", vkey(1)),              // a witness is no log
      format("witness A {}\nquorum A\n", one),               // a log is no witness
      "witness A\nquorum A\n",                               //
      std::string("quorum none\n\0\n", 14),                  //
  };
  for (const std::string& text : bad) {
    const auto policy = WitnessPolicy::parse(text);
    ASSERT_FALSE(policy.has_value()) << text;
    EXPECT_EQ(policy.error().code, ErrorCode::invalid_input);
  }
}

}  // namespace
}  // namespace gavah::proof
