#include <gtest/gtest.h>

#include "extract/extract.h"

namespace gavah::extract {
namespace {

Report read(std::string_view bytes) {
  const Capture capture;
  Part part;
  part.format = "meta-message";
  const auto reports = extract({capture, part, bytes}, IdSecret{});
  EXPECT_EQ(reports.size(), 1U);
  return reports.at(0);
}

TEST(MetaMessage, BytesWrittenAsLettersArePutRightAndLeadBack) {
  const std::string_view bytes =
      R"({"sender_name":"\u00d9\u0085\u00db\u008c\u00d9\u0086\u00d8\u00a7","timestamp_ms":1935563400000,"content":"at \u00d8\u00af\u00d8\u00b1 5","photos":[{"uri":"a.jpg"}]})";
  const Report report = read(bytes);
  EXPECT_EQ(report.author, "مینا");
  EXPECT_EQ(report.source, "مینا");
  EXPECT_EQ(report.text, "at در 5");
  EXPECT_EQ(report.published.start, Instant{1935563400});
  EXPECT_EQ(report.media.size(), 1U);
  const auto range = source_range(report, {3, 5});
  ASSERT_TRUE(range.has_value());
  EXPECT_EQ(bytes.substr(range->begin, range->size()), R"(\u00d8\u00af)");
}

TEST(MetaMessage, WhatIsRightOrDoesNotDecodeStandsAsItIs) {
  EXPECT_EQ(read(R"({"sender_name":"a","content":"در caf\u00e9"})").text, "در café");
  EXPECT_EQ(read(R"({"sender_name":"a","content":"caf\u00e9"})").text, "café");
  EXPECT_EQ(read(R"({"sender_name":"a","content":"at noon"})").text, "at noon");
}

TEST(MetaMessage, MessagesTakenBackEmptyAndBrokenAreHollow) {
  EXPECT_EQ(read(R"({"sender_name":"a","content":"x","is_unsent":true})").hollow, "post not available");
  EXPECT_EQ(read(R"({"sender_name":"a"})").hollow, "empty body");
  EXPECT_EQ(read(R"({"sender_name":"a)").hollow, "unreadable record");
}

}  // namespace
}  // namespace gavah::extract
