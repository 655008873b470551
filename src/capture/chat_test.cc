#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "capture/chat_lines.h"
#include "capture/reading_for_tests.h"

namespace gavah::capture {
namespace {

using ::testing::HasSubstr;

/// "author|day|words" of each message.
std::vector<std::string> messages(std::string_view chat) {
  const Reading read = read_for_test(chat, "_chat.txt");
  EXPECT_EQ(read.reason(), "");
  std::vector<std::string> out;
  for (const auto& [part, bytes] : read.parts) {
    EXPECT_EQ(part.format, "chat-line");
    const auto day = part.hints.find("day");
    out.push_back(part.hints.at("author") + "|" + (day == part.hints.end() ? "?" : day->second) + "|" +
                  bytes.substr(std::stoul(part.hints.at("words"))));
  }
  return out;
}

using Messages = std::vector<std::string>;

TEST(Chat, AMessageGoesOnUntilTheNextHead) {
  EXPECT_EQ(messages("[03/05/31, 20:49:10] Mina: They stand\r\n\r\nat the gate: all\r\n"
                     "\u200E[14/05/31, 9:05:01\u202FPM] Circle: yes\r\n\r\n"),
            (Messages{"Mina|2031-05-03|They stand\r\n\r\nat the gate: all", "Circle|2031-05-14|yes"}));
}

TEST(Chat, AFieldAboveTwelveProvesTheOrderForTheWholeFile) {
  EXPECT_EQ(messages("03/05/2031, 8:49 PM - Mina: a\n04/05/2031, 8:49 PM - Mina: b\n05/13/2031, 8:49 PM - Mina: c"),
            (Messages{"Mina|2031-03-05|a", "Mina|2031-04-05|b", "Mina|2031-05-13|c"}));
}

TEST(Chat, DatesThatNothingProvesStayOpen) {
  EXPECT_EQ(messages("03/05/2031, 20:49 - Mina: a\n04/05/2031, 20:49 - Mina: b"), (Messages{"Mina|?|a", "Mina|?|b"}));
  EXPECT_EQ(messages("13/05/2031, 20:49 - Mina: a\n05/13/2031, 20:49 - Mina: b"), (Messages{"Mina|?|a", "Mina|?|b"}));
  const Reading read = read_for_test("03/05/2031, 20:49 - Mina: a\n04/05/2031, 20:49 - Mina: b", "a.txt");
  EXPECT_EQ(read.parts[0].first.hints.at("date"), "03/05/2031, 20:49");
}

TEST(Chat, YearsThatCannotBeLeaveTheDayOpen) {
  EXPECT_EQ(messages("14/02/03, 20:49 - Mina: a\n15/02/03, 20:49 - Mina: b"), (Messages{"Mina|?|a", "Mina|?|b"}));
  EXPECT_EQ(messages("2031-05-03 20:49 - Mina: a\n2031-13-03 20:49 - Mina: b"),
            (Messages{"Mina|2031-05-03|a", "Mina|?|b"}));
}

TEST(Chat, DigitsAndMarksOfPersianAndArabicPhonesAreRead) {
  EXPECT_EQ(messages("۱۴۱۰/۲/۱۳،\u00A0۲۰:۴۹ - مینا: جلوی در ایستاده‌اند\n"
                     "۱۴۱۰/۲/۱۴،\u00A0۲۰:۴۹ - \u202A+999 000 111\u202C: بله"),
            (Messages{"مینا|1410-02-13|جلوی در ایستاده‌اند", "+999 000 111|1410-02-14|بله"}));
  EXPECT_EQ(messages("١٣\u200F/٥\u200F/٢٠٣١، ٩:٠٥ م - سلمى: عند الباب\n١٤\u200F/٥\u200F/٢٠٣١، ٩:٠٥ م - سلمى: نعم"),
            (Messages{"سلمى|2031-05-13|عند الباب", "سلمى|2031-05-14|نعم"}));
}

TEST(Chat, NoticesOfTheProgramArePassedOver) {
  const Reading read = read_for_test(
      "a line from before\n13/05/2031, 20:40 - Messages and calls are encrypted.\nMore.\n"
      "13/05/2031, 20:41 - Mina changed the subject to \"Port: now\"\n13/05/2031, 20:49 - Mina: a\n"
      "[13/05/2031, 20:49:00] Port: \u200EMessages and calls are end-to-end encrypted.",
      "chat.txt");
  ASSERT_EQ(read.parts.size(), 1U) << read.reason();
  EXPECT_EQ(read.container.passed_over.at("notice of the chat program"), 3U);
  EXPECT_EQ(read.container.passed_over.at("line before the first message"), 1U);
  EXPECT_EQ(read.container.passed_over.at("line of a notice"), 1U);
  EXPECT_EQ(read.container.format, "chat");
}

TEST(Chat, TimesAreNoChat) {
  EXPECT_FALSE(is_chat_export("2031-05-03 20:49:10 started\n2031-05-03 20:49:11 stopped\n"));
  EXPECT_FALSE(is_chat_export("3/5 of them, said 20:49\nand more\n"));
  EXPECT_FALSE(read_chat_head("[03/05/31] Mina: a").has_value());
  EXPECT_FALSE(read_chat_head("03/05/31, 20:49").has_value());
}

TEST(Chat, BytesThatAreNotUtf8AreSetAsideAndTheRestRead) {
  const Reading read = read_for_test("13/05/31, 20:49 - Mina: \xFF\n13/05/31, 20:50 - Mina: b", "chat.txt");
  EXPECT_EQ(read.parts.size(), 1U);
  EXPECT_THAT(read.problems(), HasSubstr("message 1"));
}

}  // namespace
}  // namespace gavah::capture
