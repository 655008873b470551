#include <gtest/gtest.h>

#include "extract/extract.h"

namespace gavah::extract {
namespace {

Report read(std::string_view page, std::string url = "https://forum.gazette.example/thread/77") {
  const Capture capture;
  Part part;
  part.format = "html";
  part.url = std::move(url);
  part.captured = *Instant::parse("2031-06-01T10:00:00Z");
  return extract({capture, part, page}, IdSecret{})[0];
}
std::string text_of(std::string_view page, std::string url = "https://forum.gazette.example/thread/77") {
  return read(page, std::move(url)).text;
}

constexpr std::string_view kFirst = "Has anyone seen what happened at the port on Monday? The gates were shut.";
constexpr std::string_view kSecond = "I was there. About two hundred people stood before the gate, and it stayed shut.";

std::string post(std::string_view name, std::string_view date, std::string_view words, int number) {
  const std::string id = std::to_string(4100 + number);
  return "<div class='post bg" + std::to_string(number % 2 + 1) + "' id=p" + id +
         "><dl class=postprofile><dt><a href=/u/1 class=username>" + std::string(name) +
         "</a></dt><dd>Posts: 701</dd><dd>Joined: Mon Mar 05, 2029</dd></dl><div class=postbody><p class=author>" +
         std::string(date) + "</p><div class=content>" + std::string(words) +
         "</div><div class=notice>Last edited by " + std::string(name) +
         " on Tuesday</div><div class=signature>Fair winds to all who sail from here.</div></div></div>";
}

TEST(Thread, IsItsPostsWithWriterAndDateAndNothingAroundThem) {
  const std::string page =
      "<html lang=en><head><title>Port closed - Harbour board</title></head><body><div class=panel><p>Welcome, guest. "
      "Please read the rules before you write here, and register to see pictures.</p></div><div id=page-body><h2>Port "
      "closed</h2>" +
      post("tern", "Tue May 06, 2031 9:10 am", kFirst, 1) + post("gannet", "Tue May 06, 2031 9:42 am", kSecond, 2) +
      "</div><div class=rules><p>You may not post new topics in this forum, and you may not reply to topics "
      "here.</p></div></body></html>";
  EXPECT_EQ(text_of(page), "tern\nTue May 06, 2031 9:10 am\n" + std::string(kFirst) +
                               "\ngannet\nTue May 06, 2031 9:42 am\n" + std::string(kSecond));
}

TEST(Thread, QuestionAboveItsAnswersBelongsToIt) {
  const auto answer = [](std::string_view name, std::string_view words, int number) {
    return "<div class=answer id=answer-" + std::to_string(900 + number) + "><div class=prose itemprop=text><p>" +
           std::string(words) + "</p></div><div class=signature><span class=user-details><a href=/u/2>" +
           std::string(name) + "</a></span><span class=reputation>1,204</span></div></div>";
  };
  const std::string page =
      "<html><head><title>Gate times</title></head><body><h1>When do the gates close?</h1><div class=question "
      "id=question-1><div class=post-text><p>" +
      std::string(kFirst) + "</p></div></div><div id=answers><h2>2 Answers</h2>" + answer("tern", kSecond, 1) +
      answer("petrel", "They close at six, and on feast days they stay open until the ferry has left.", 2) +
      "</div></body></html>";
  const std::string text = text_of(page, "https://ask.gazette.example/questions/9");
  EXPECT_EQ(text, std::string(kFirst) + "\n" + std::string(kSecond) +
                      "\ntern\nThey close at six, and on feast days they stay open until the ferry has left.\npetrel");
}

TEST(Thread, WordsForReadersWithoutScriptsAreReadWhereThereAreNoOthers) {
  const std::string topic =
      "<div class=crawler-post id=post_101><span itemprop=author class=username>tern</span><p>" + std::string(kFirst) +
      "</p></div><div class=crawler-post id=post_102><span itemprop=author class=username>gannet</span><p>" +
      std::string(kSecond) + "</p></div>";
  const std::string page = "<html><head><title>Port closed</title></head><body><div id=app>Loading</div><noscript>" +
                           topic + "</noscript></body></html>";
  EXPECT_EQ(text_of(page), "tern\n" + std::string(kFirst) + "\ngannet\n" + std::string(kSecond));
}

TEST(Thread, WhatAPostQuotesOfAnotherIsSaidOnce) {
  const std::string quoting = "<blockquote>" + std::string(kFirst) + "</blockquote>" + std::string(kSecond);
  const std::string page = "<html lang=en><head><title>Port closed</title></head><body><div id=page-body>" +
                           post("tern", "Tue May 06, 2031 9:10 am", kFirst, 1) +
                           post("gannet", "Tue May 06, 2031 9:42 am", quoting, 2) + "</div></body></html>";
  EXPECT_EQ(text_of(page), "tern\nTue May 06, 2031 9:10 am\n" + std::string(kFirst) +
                               "\ngannet\nTue May 06, 2031 9:42 am\n" + std::string(kSecond));
}

TEST(Thread, LinkedDateAboveThePostIsNotItsWriter) {
  const auto linked = [](std::string_view name, std::string_view words, int number) {
    const std::string id = std::to_string(4100 + number);
    return "<article class=message id=post-" + id + "><header><a href=#p" + id +
           ">May 6, 2031 at 9:10 AM</a></header><h4><a href=/u/1 class=username>" + std::string(name) +
           "</a></h4><div class=message-body>" + std::string(words) + "</div></article>";
  };
  const std::string page = "<html lang=en><head><title>Port closed</title></head><body><div id=page-body>" +
                           linked("tern", kFirst, 1) + linked("gannet", kSecond, 2) + "</div></body></html>";
  EXPECT_EQ(text_of(page), "May 6, 2031 at 9:10 AM\ntern\n" + std::string(kFirst) +
                               "\nMay 6, 2031 at 9:10 AM\ngannet\n" + std::string(kSecond));
}

TEST(Thread, IsOfItsFirstPostsDayAndWriter) {
  const std::string around =
      "<html lang=en><head><title>Port closed</title></head><body><div class=login><span class=username>Guest</span> "
      "4 June 2031</div><div id=page-body>";
  const std::string posts =
      post("tern", "Tue May 06, 2031 9:10 am", kFirst, 1) + post("gannet", "Wed May 07, 2031 9:42 am", kSecond, 2);
  const Report shown = read(around + posts + "</div></body></html>");
  EXPECT_EQ(shown.author, "tern");
  ASSERT_TRUE(shown.published.start);
  EXPECT_EQ(shown.published.start->text(), "2031-05-06T09:10:00Z");
  const Report stated = read(
      R"(<script type="application/ld+json">{"@type": "DiscussionForumPosting", "author": {"name": "Petrel &amp; Co"},
      "datePublished": "2031-05-05T08:00:00Z"}</script>)" +
      around + posts + "</div></body></html>");
  EXPECT_EQ(stated.author, "Petrel & Co");
  EXPECT_EQ(stated.published.start->text(), "2031-05-05T08:00:00Z");
}

}  // namespace
}  // namespace gavah::extract
