#include <gtest/gtest.h>

#include "extract/extract.h"

namespace gavah::extract {
namespace {

/// A message whose words begin after the last "|" of `head`, which is no part of the bytes.
Report read(std::string_view head, std::string_view words, std::string day = "2031-05-13") {
  const Capture capture;
  Part part;
  part.format = "chat-line";
  part.hints = {{"author", "+999 000 111"}, {"date", "13/05/31, 20:49"}, {"words", std::to_string(head.size())}};
  if (!day.empty()) part.hints["day"] = std::move(day);
  const std::string bytes = std::string(head) + std::string(words);
  const auto reports = extract({capture, part, bytes}, IdSecret{});
  EXPECT_EQ(reports.size(), 1U);
  return reports.at(0);
}

constexpr std::string_view kHead = "13/05/31, 20:49 - +999 000 111: ";

TEST(ChatLine, WordsLeadBackToTheirBytesOverLines) {
  const Report report = read(kHead, "جلوی در\r\nall of them, https://gazette.example/port");
  EXPECT_EQ(report.kind, ReportKind::message);
  EXPECT_EQ(report.text, "جلوی در\nall of them, https://gazette.example/port");
  EXPECT_EQ(report.source, "+999 000 111");
  EXPECT_EQ(report.links, std::vector<std::string>{"https://gazette.example/port"});
  const auto at = static_cast<std::uint32_t>(report.text.find("all"));
  const auto range = source_range(report, {at, at + 3});
  ASSERT_TRUE(range.has_value());
  EXPECT_EQ(range->begin, kHead.size() + std::string_view("جلوی در\r\n").size());
  EXPECT_EQ(report.hollow, "");
}

TEST(ChatLine, OnlyTheDayIsKnownOfAPhonesClock) {
  const Report report = read(kHead, "a");
  EXPECT_EQ(report.published.precision, TimePrecision::day_stated);
  EXPECT_EQ(report.published.start->day(), Day::from_civil(2031, 5, 13));
  EXPECT_EQ(report.published.phrase, "13/05/31, 20:49");
  EXPECT_EQ(read(kHead, "a", "1410-02-23").published.start->day(), Day::from_civil(2031, 5, 13));
}

TEST(ChatLine, AnUnprovenDayIsOpenAndKeepsItsPhrase) {
  const Report report = read(kHead, "a", "");
  EXPECT_TRUE(report.published.is_unknown());
  EXPECT_FALSE(report.published.start.has_value());
  EXPECT_EQ(report.published.phrase, "13/05/31, 20:49");
}

TEST(ChatLine, WhatStandsForAFileIsMediaAndItsCaptionIsText) {
  for (const char* words : {"<Media omitted>", "\u200Eimage omitted", "IMG-1.jpg (file attached)",
                            "\u200E<attached: 00000012-PHOTO.jpg>", "<رسانه حذف شد>"}) {
    const Report report = read(kHead, words);
    EXPECT_EQ(report.text, "") << words;
    EXPECT_EQ(report.media.size(), 1U) << words;
    EXPECT_EQ(report.hollow, "") << words;
  }
  const Report report = read(kHead, "IMG-1.jpg (file attached)\nthe gate at noon");
  EXPECT_EQ(report.text, "the gate at noon");
  EXPECT_EQ(report.media.at(0).media_type, "image");
}

TEST(ChatLine, AHintInsideALetterBeginsAtTheNext) {
  EXPECT_EQ(read("\xFF", "a").text, "a");  // the ill-formed byte becomes three bytes
}

TEST(ChatLine, DeletedAndEmptyMessagesAreHollowAndTheMarkOfEditingIsCut) {
  EXPECT_EQ(read(kHead, "\u200EThis message was deleted.").hollow, "post not available");
  EXPECT_EQ(read(kHead, "").hollow, "empty body");
  EXPECT_EQ(read(kHead, "They stay. \u200E<This message was edited>").text, "They stay.");
}

}  // namespace
}  // namespace gavah::extract
