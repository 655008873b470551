#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "capture/reading_for_tests.h"

namespace gavah::capture {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view kHead =
    "<!DOCTYPE html>\n<html>\n\n <head>\n  <meta charset=\"utf-8\"/>\n<title>Exported Data</title>\n"
    "  <link href=\"css/style.css\" rel=\"stylesheet\"/>\n </head>\n <body onload=\"CheckLocation();\">\n"
    "  <div class=\"page_wrap\">\n   <div class=\"page_header\">\n    <div class=\"content\">\n"
    "     <div class=\"text bold\">\nDocks &amp; «بندر»\n     </div>\n    </div>\n   </div>\n"
    "   <div class=\"page_body chat_page\">\n    <div class=\"history\">\n";
constexpr std::string_view kService =
    "     <div class=\"message service\" id=\"message-1\">\n      <div class=\"body details\">\n3 May 2031\n"
    "      </div>\n     </div>\n";
constexpr std::string_view kEnd = "    </div>\n   </div>\n  </div>\n </body>\n</html>\n";

std::string message(std::string_view id, std::string_view joined, std::string_view body) {
  std::string out = "     <div class=\"message default clearfix";
  out += joined;
  out += "\" id=\"message";
  out += id;
  out += "\">\n      <div class=\"body\">\n";
  out +=
      "       <div class=\"pull_right date details\" title=\"03.05.2031 12:00:00 UTC+03:30\">\n12:00\n       </div>\n";
  out += body;
  out += "      </div>\n     </div>\n";
  return out;
}

std::string name(std::string_view who) {
  return "       <div class=\"from_name\">\n" + std::string(who) + " \n       </div>\n";
}
std::string text(std::string_view words) {
  return "       <div class=\"text\">\n" + std::string(words) + "\n       </div>\n";
}
std::string forwarded(std::string_view who, std::string_view words) {
  std::string out = "       <div class=\"forwarded body\">\n";
  if (!who.empty()) out += name(who);
  return out + text(words) + "       </div>\n";
}

TEST(TelegramPage, EachMessageIsARangeOfTheFileAndJoinedOnesInherit) {
  const std::string page =
      std::string(kHead) + std::string(kService) + message("12", "", name("Mina &lt;3") + text("We stay at the gate")) +
      message("13", " joined", text("and tomorrow")) +
      message("14", "", name("Quay") + forwarded("Harbor Gazette", "a")) +
      message("15", " joined", forwarded("", "b")) + message("16", "", text("c")) + std::string(kEnd);
  const Reading read = read_for_test(page, "messages2.html");
  ASSERT_EQ(read.parts.size(), 5U) << read.reason();
  EXPECT_EQ(read.container.format, "html");
  EXPECT_EQ(read.container.passed_over.at("service message"), 1U);
  const auto hint = [&](std::size_t part, const char* key) {
    const auto& hints = read.parts[part].first.hints;
    return hints.contains(key) ? hints.at(key) : std::string("-");
  };
  EXPECT_EQ(read.parts[0].first.format, "telegram-page");
  EXPECT_EQ(read.parts[0].first.path, "message12");
  EXPECT_EQ(hint(0, "chat_title"), "Docks & «بندر»");
  EXPECT_EQ(hint(0, "author"), "-");
  EXPECT_EQ(hint(1, "author"), "Mina <3");
  EXPECT_EQ(hint(3, "author"), "Quay");
  EXPECT_EQ(hint(3, "forwarded_from"), "Harbor Gazette");
  EXPECT_EQ(hint(4, "author"), "-") << "a message that is not joined inherits nothing";
  EXPECT_TRUE(read.parts[1].second.starts_with("<div class=\"message default clearfix joined\" id=\"message13\">"));
  EXPECT_TRUE(read.parts[1].second.ends_with("</div>"));
  EXPECT_THAT(read.parts[1].second, HasSubstr("and tomorrow"));
  EXPECT_EQ(read.parts[1].first.chain.size(), 1U);
  EXPECT_EQ(read.parts[1].first.chain[0].range.begin, page.find(read.parts[1].second));
}

TEST(TelegramPage, JoinedPicturesOfOneSecondAreOneAlbum) {
  const std::string photo =
      R"(<div class="media_wrap clearfix"><a class="photo_wrap clearfix pull_left" href="p.jpg"></a></div>)";
  const Reading read =
      read_for_test(std::string(kHead) + message("12", "", name("Mina") + photo) +
                        message("13", " joined", photo + text("at the gate")) + message("14", " joined", photo) +
                        message("15", "", name("Sara") + photo) + message("16", " joined", photo + text("a")) +
                        message("17", " joined", photo + text("b")) + std::string(kEnd),
                    "messages.html");
  std::string albums;
  for (const auto& [part, bytes] : read.parts)
    albums += (part.hints.contains("album") ? part.hints.at("album") : "-") + " ";
  EXPECT_EQ(albums, "- 12 12 - 15 - ");
}

TEST(TelegramPage, AServiceMessageBetweenEndsWhatIsInherited) {
  const Reading read = read_for_test(std::string(kHead) + message("1", "", name("Mina") + text("a")) +
                                         std::string(kService) + message("2", " joined", text("b")) + std::string(kEnd),
                                     "messages.html");
  ASSERT_EQ(read.parts.size(), 2U);
  EXPECT_FALSE(read.parts[1].first.hints.contains("author"));
}

TEST(TelegramPage, ACutFileGivesItsLastMessageAndSaysSo) {
  const std::string page = std::string(kHead) + message("1", "", name("Mina") + text("a")) +
                           message("2", "", name("Mina") + text("the last words"));
  const Reading read = read_for_test(page.substr(0, page.find("last words") + 4), "messages.html");
  ASSERT_EQ(read.parts.size(), 2U);
  EXPECT_TRUE(read.parts[1].second.ends_with("the last"));
  EXPECT_THAT(read.problems(), HasSubstr("message2"));
}

TEST(TelegramPage, MessagesAreFoundAcrossTheWindowsOfALargeFile) {
  std::string page(kHead);
  constexpr int kMessages = 3000;
  for (int i = 0; i < kMessages; ++i) {
    page += message(std::to_string(i), "", name("Mina") + text(std::string(static_cast<std::size_t>(i % 700), 'x')));
  }
  const Reading read = read_for_test(page + std::string(kEnd), "messages.html");
  EXPECT_EQ(read.parts.size(), static_cast<std::size_t>(kMessages));
  EXPECT_EQ(read.container.problem_count, 0U);
}

TEST(TelegramPage, ListsOfAnExportAreSetAsideAndOtherPagesStayPages) {
  EXPECT_THAT(read_for_test("<!DOCTYPE html><html><head><link href=\"css/style.css\"></head><body>"
                            "<div class=\"page_wrap\"><div class=\"page_body list_page\"><div class=\"entry_list\">",
                            "chats.html")
                  .reason(),
              HasSubstr("list of a Telegram export"));
  const Reading page = read_for_test("<html><body><div class=\"page_wrap\"><p>x</p></div></body></html>", "a.html");
  ASSERT_EQ(page.parts.size(), 1U);
  EXPECT_EQ(page.parts[0].first.format, "html");
}

}  // namespace
}  // namespace gavah::capture
