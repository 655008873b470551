#include "server/desk.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "base/format.h"

namespace gavah::server {
namespace {

constexpr std::string_view kReport = "0123456789abcdef0123456789abcdef";

std::string said(std::string_view members) { return format(R"({{"reason":"seen twice",{}}})", members); }

std::string complaint_of(std::string_view members) {
  const auto request = desk_request_from(said(members));
  return request ? "none" : request.error().message;
}

TEST(DeskRequest, AClaimIsCodedFromWordsOfAReport) {
  const auto request = desk_request_from(said(format(R"("verb":"code","report":"{}","span":[4,9])", kReport)));
  ASSERT_TRUE(request) << request.error().sentence();
  ASSERT_TRUE(request->words);
  EXPECT_EQ(request->words->span, (Span{4, 9}));
  EXPECT_NE(complaint_of(R"("verb":"code")"), "none");
  EXPECT_NE(complaint_of(format(R"("verb":"code","report":"{}","span":[4,4])", kReport)), "none");
}

TEST(DeskRequest, AReportAndItsWordsComeTogetherOrNotAtAll) {
  EXPECT_NE(complaint_of(format(R"("verb":"code","report":"{}")", kReport)), "none");
  EXPECT_NE(complaint_of(format(R"("verb":"reject","item":"x","report":"{}")", kReport)), "none");
  EXPECT_NE(complaint_of(R"("verb":"reject","item":"x","span":[4,9])"), "none");
}

TEST(DeskRequest, WordsInPlaceOfAnItemAreForCodingAlone) {
  EXPECT_EQ(complaint_of(R"("verb":"reject","item":"x")"), "none");
  EXPECT_NE(complaint_of(format(R"("verb":"reject","item":"x","report":"{}","span":[4,9])", kReport)), "none");
}

TEST(DeskRequest, VerbsOfOthersAndDecisionsWithoutReasonAreRefused) {
  EXPECT_NE(complaint_of(R"("verb":"merge","item":"x")"), "none");
  EXPECT_FALSE(desk_request_from(R"({"verb":"reject","item":"x","reason":" "})"));
  EXPECT_FALSE(desk_request_from(R"({"verb":"reject","item":"x"})"));
  EXPECT_FALSE(desk_request_from(std::string(kMaxDecisionBytes + 1, ' ')));
}

}  // namespace
}  // namespace gavah::server
