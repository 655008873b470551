#include "proof/contents.h"

#include <gtest/gtest.h>

namespace gavah::proof {
namespace {

ClaimRecord told_by(std::string_view speaker) {
  return {std::string("{\"act\":\"march\",\"speaker\":").append(speaker).append(",\"persons\":[]}"), "", std::nullopt};
}

TEST(ClaimRecord, AWitnessWhoSpeaksForNoInstitutionIsAPerson) {
  EXPECT_TRUE(names_persons(told_by(R"({"name":"a shopkeeper","class":"civilians","span":null})")));
  EXPECT_TRUE(names_persons(told_by(R"({"name":"","class":"unknown","span":null})")));
  EXPECT_FALSE(names_persons(told_by(R"({"name":"the ministry","class":"government","span":null})")));
  EXPECT_FALSE(names_persons(told_by("null")));
}

TEST(EvidenceRecord, EveryKindOfAnchorIsReadBack) {
  EvidenceRecord record;
  record.leaf = 7;
  record.lineage = 3;
  record.polarity = Polarity::denied;
  using Where = decltype(Anchor::where);
  const CaptureId capture = CaptureId::from_hex("0123456789abcdef0123456789abcdef").value();
  for (const Where& where : {Where{ByteRange{4, 9}}, Where{TimeRange{0, 1500}}, Where{FrameBox{1, 2, 3, 4, 5}},
                             Where{TableCell{UINT32_MAX, 0}}}) {
    record.anchor = Anchor{capture, 2, where};
    const auto read = evidence_record_from(to_json(record));
    ASSERT_TRUE(read.has_value()) << to_json(record);
    EXPECT_EQ(*read, record);
  }
  record.leaf.reset();
  record.anchor.reset();
  EXPECT_EQ(evidence_record_from(to_json(record)).value(), record);
}

TEST(EvidenceRecord, OtherSpellingsAreRefused) {
  const std::string good =
      R"({"leaf":7,"anchor":{"capture":"0123456789abcdef0123456789abcdef","part":2,"bytes":[4,9]},"lineage":3,)"
      R"("polarity":"denied"})";
  ASSERT_TRUE(evidence_record_from(good).has_value());
  const auto with = [&](std::string_view old, std::string_view other) {
    std::string text = good;
    return evidence_record_from(text.replace(text.find(old), old.size(), other)).has_value();
  };
  EXPECT_FALSE(with("[4,9]", "[9,4]"));
  EXPECT_FALSE(with("[4,9]", "[4,9,9]"));
  EXPECT_FALSE(with("[4,9]", "[4]"));
  EXPECT_FALSE(with("bytes", "box"));
  EXPECT_FALSE(with("bytes", "lines"));
  EXPECT_FALSE(with(R"("part":2)", R"("part":4294967296)"));
  EXPECT_FALSE(with(R"("lineage":3)", R"("lineage":4294967296)"));
  EXPECT_FALSE(with(R"("lineage":3)", R"("lineage": 3)"));
  EXPECT_FALSE(with("0123456789ab", "0123456789aB"));
  EXPECT_FALSE(with("denied", "agreed"));
  EXPECT_FALSE(evidence_record_from(good + " ").has_value());
}

}  // namespace
}  // namespace gavah::proof
