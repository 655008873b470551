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

}  // namespace
}  // namespace gavah::proof
