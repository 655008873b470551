#include <gtest/gtest.h>

#include "extract/extract.h"

namespace gavah::extract {
namespace {

std::vector<Report> read(std::string_view page, std::string url = "https://gazette.example/2031/05/03/port") {
  Capture capture;
  Part part;
  part.format = "html";
  part.url = std::move(url);
  part.captured = *Instant::parse("2031-06-01T10:00:00Z");
  return extract({capture, part, page}, IdSecret{});
}

const std::string kBody =
    "<p>About two hundred dockers left their work on Monday morning, and the port of the city stood still for a "
    "day.</p>"
    "<p>The harbour police closed the bridge, witnesses said, and several people were taken away in buses.</p>";

std::string page_with(const std::string& head, const std::string& body) {
  return "<!DOCTYPE html><html lang=en><head><title>Dockers walk out - Harbor Gazette</title>" + head +
         "</head><body>" + body + "</body></html>";
}

TEST(Page, FurnitureAndCommentsStayOut) {
  const auto reports =
      read(page_with("",
                     "<header><a href=/>Harbor Gazette</a></header><nav><ul><li><a href=/a>News</a><li><a "
                     "href=/b>Sport</a></ul></nav><article><h1>Dockers walk out</h1>"
                     "<div class=byline>By Mira Tollan</div><p>3 min read</p>" +
                         kBody +
                         "<div class='related-posts'><h3>Related</h3><ul><li><a href=/c>Old story, told again, about "
                         "other things entirely.</a></ul></div>"
                         "<div id=comments><p>I was there, and it was not two hundred, it was more than a thousand of "
                         "us.</p></div></article><footer>All rights reserved</footer>"));
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_EQ(reports[0].title, "Dockers walk out");
  EXPECT_EQ(reports[0].author, "Mira Tollan");
  EXPECT_EQ(reports[0].source, "gazette.example");
  EXPECT_EQ(
      reports[0].text,
      "About two hundred dockers left their work on Monday morning, and the port of the city stood still for a day.\n"
      "The harbour police closed the bridge, witnesses said, and several people were taken away in buses.");
  EXPECT_EQ(reports[0].lang, "en");
  EXPECT_TRUE(reports[0].hollow.empty());
}

TEST(Page, PersianPageIsReadAsAnEnglishOneIs) {
  const auto reports = read(
      "<html lang=fa dir=rtl><head><meta charset=utf-8><title>بندر آنسلم ایستاد | روزنامه ساحل</title><meta "
      "property=og:site_name content='روزنامه ساحل'></head><body>"
      "<div id=menu><ul><li><a href=/a>خانه</a><li><a href=/b>سیاسی</a></ul></div><div class=main><h1>بندر آنسلم "
      "ایستاد</h1>"
      "<div class=news-meta><span>تاریخ انتشار: ۱۳ اردیبهشت ۱۴۱۰ - ۰۸:۳۰</span><span>زمان مطالعه: ۳ "
      "دقیقه</span></div><p>نویسنده: مهتا رودباری</p>"
      "<div class=news-body><p>به گزارش خبرگزاری موج، حدود دویست کارگر بندر بامداد دوشنبه دست از کار کشیدند و تا شب در "
      "میدان ماندند.</p>"
      "<p>شاهدان گفتند نیروهای انتظامی پل را بستند و چند تن را با اتوبوس بردند، ولی کسی "
      "نمی‌داند "
      "به "
      "کجا.</p></div>"
      "<div class=related><h4>بیشتر بخوانید</h4><ul><li><a href=/c>خبری کهنه دربارهٔ چیزی دیگر که به این ربطی "
      "ندارد.</a></ul></div></div></body></html>",
      "https://sahel.example/news/77");
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_EQ(reports[0].title, "بندر آنسلم ایستاد");
  EXPECT_EQ(reports[0].author, "مهتا رودباری");
  EXPECT_EQ(reports[0].lang, "fa");
  ASSERT_TRUE(reports[0].published.start);
  EXPECT_EQ(reports[0].published.start->day(), Day::from_civil(2031, 5, 3));
  EXPECT_EQ(reports[0].published.calendar, Calendar::persian);
  EXPECT_TRUE(reports[0].text.starts_with("به گزارش خبرگزاری موج")) << reports[0].text;
  EXPECT_TRUE(reports[0].text.ends_with("به کجا.")) << reports[0].text;
  ASSERT_EQ(reports[0].relations.size(), 1U);
  EXPECT_EQ(reports[0].relations[0].kind, RelationKind::cites);
  EXPECT_EQ(reports[0].relations[0].target, "خبرگزاری موج");
}

std::string thread_page(const std::string& head) {
  std::string out = "<html lang=en><head><title>Is the port open again?</title>" + head + "</head><body><main>";
  for (const char* writer : {"Mira", "Jon", "Sela"}) {
    out += std::string(
               "<div class='comment message'><div class='message-user'><h4>Writer</h4><p>Joined: 9 April 2029, "
               "has written 77 messages so far.</p></div><form><div class='message-userContent post-content'>"
               "<p>This is what ") +
           writer +
           " saw at the port on Monday, and it was not open, not even for fishing boats that day.</p></div></form>"
           "<div class=signature>A harbor is where ships are kept, and never what they are for.</div></div>";
  }
  return out + "</main></body></html>";
}

TEST(Page, LeadUnderAHeadlineOfAnyLevelIsMainText) {
  const std::string lead = "The port stood still for a day, and nobody in the city said who would have to pay for it.";
  const auto reports =
      read(page_with("", "<div class=top><h2>Dockers walk out</h2><div class=teaser-text itemprop=description><p>" +
                             lead + "</p></div></div><div class=text itemprop=articleBody>" + kBody +
                             "<h3>Nobody had expected it, said a man who has worked there for thirty years.</h3>"
                             "<h3>Read also</h3></div>"));
  EXPECT_TRUE(reports[0].text.starts_with(lead + "\nAbout two hundred")) << reports[0].text;
  EXPECT_TRUE(reports[0].text.ends_with("thirty years.")) << reports[0].text;
}

TEST(Page, HeadingOfCommentsEndsTheTextWhereNoClassNamesThem) {
  const std::string more =
      "<p>By noon the ministry had said nothing, and the ships that had waited outside since dawn turned away to other "
      "harbours, one after the other, until the bay lay empty.</p>";
  const auto text_of = [&](const std::string& heading) {
    return read(page_with("", "<div><h1>Dockers walk out</h1>" + kBody + more + more + "<h3>" + heading +
                                  "</h3><p>I was there, and it was not two hundred, it was more than a "
                                  "thousand of us.</p></div>"))[0]
        .text;
  };
  for (const std::string_view heading : {"Comments", "12 comments", "3 thoughts on “Dockers walk out”", "Leave a Reply",
                                         "دیدگاه‌ها (۳)", "نظرات کاربران", "Kommentare (4)"}) {
    EXPECT_FALSE(text_of(std::string(heading)).contains("thousand of us")) << heading;
    EXPECT_TRUE(text_of(std::string(heading)).contains("the bay lay empty")) << heading;
  }
  EXPECT_TRUE(text_of("What the dockers said").contains("thousand of us"));
}

TEST(Page, LongCommentsDoNotOutweighTheElementThatIsMarkedAsTheArticle) {
  std::string remarks;
  for (int i = 0; i < 12; ++i)
    remarks += "<p>I have seen worse, and I have seen better, but I was not there, so what do I know of it, number " +
               std::to_string(i) + ".</p>";
  const auto reports = read(page_with("", "<h1>Dockers walk out</h1><div itemprop=articleBody>" + kBody +
                                              "</div><div class=letters>" + remarks + "</div>"));
  EXPECT_TRUE(reports[0].text.starts_with("About two hundred")) << reports[0].text;
  EXPECT_TRUE(reports[0].text.ends_with("in buses.")) << reports[0].text;
}

TEST(Page, InvitationsToStayInTouchStayOut) {
  const auto reports = read(page_with("", "<article><h1>Dockers walk out</h1>" + kBody +
                                              "<p>Follow the Gazette on Telegram and Instagram for more.</p>"
                                              "<p>Never miss a story: sign up to our newsletter today!</p></article>"));
  EXPECT_TRUE(reports[0].text.ends_with("in buses.")) << reports[0].text;
}

TEST(Discussion, EveryPostIsMainTextAndPanelsAreNot) {
  const std::string wanted =
      "This is what Mira saw at the port on Monday, and it was not open, not even for fishing boats that day.\n"
      "This is what Jon saw at the port on Monday, and it was not open, not even for fishing boats that day.\n"
      "This is what Sela saw at the port on Monday, and it was not open, not even for fishing boats that day.";
  EXPECT_EQ(read(thread_page(""), "https://forum.harbor.example/port.html")[0].text, wanted);
  EXPECT_EQ(read(thread_page(""), "https://harbor.example/threads/port.77")[0].text, wanted);
  EXPECT_EQ(read(thread_page("<meta name=generator content='phpBB'>"), "https://harbor.example/77")[0].text, wanted);
  EXPECT_EQ(read(thread_page(R"(<script type="application/ld+json">{"@type":"DiscussionForumPosting"}</script>)"),
                 "https://harbor.example/77")[0]
                .text,
            wanted);
  EXPECT_NE(read(thread_page(""), "https://harbor.example/77")[0].text, wanted);
}

TEST(Page, LeadBetweenHeadingAndBodyIsKeptAndCaptionIsNot) {
  const auto reports = read(page_with(
      "",
      "<main><div class=kicker>Dear readers, our letters come to you on every Friday, free of charge.</div>"
      "<div class=top><h1>Dockers walk out</h1>"
      "<p class=x>For the first time in ten years the port of the city was closed, and nobody was told why.</p>"
      "<div><img src=a.jpg><span>The bridge of the port in a picture taken last year, before the strike "
      "began.</span></div></div><div class=article-body>" +
          kBody + "</div></main>"));
  EXPECT_TRUE(reports[0].text.starts_with("For the first time in ten years")) << reports[0].text;
  EXPECT_EQ(reports[0].text.find("picture taken"), std::string::npos);
  EXPECT_EQ(reports[0].text.find("Dear readers"), std::string::npos);
}

TEST(Page, LinesThatLeadElsewhereStayOut) {
  const auto reports = read(
      page_with("", "<article>" + kBody +
                        "<p>Das könnte Sie auch interessieren: Hafen in alter Zeit.</p><h3>Weitere Informationen</h3>"
                        "<p>بیشتر بخوانید: خبری دیگر</p><p>اقرأ أيضاً: خبر آخر</p><p>Photo: Jon Vell.</p></article>"));
  EXPECT_TRUE(reports[0].text.ends_with("taken away in buses.")) << reports[0].text;
  const auto kept =
      read(page_with("", "<article>" + kBody + "<p>Photos of the bridge were shown to us.</p></article>"));
  EXPECT_TRUE(kept[0].text.ends_with("shown to us."));
}

TEST(Page, LeadInTheHeaderOrTeaserOfTheArticleIsKept) {
  const std::string lead = "For the first time in ten years the port of the city was closed, and nobody was told why.";
  for (const std::string& head : {"<header><h1>Dockers walk out</h1><p>" + lead + "</p></header>",
                                  "<h1>Dockers walk out</h1><div class=teaser-text><p>" + lead + "</p></div>"}) {
    const auto reports = read(page_with("", "<header><nav><a href=/>Home</a></nav><p>" + kBody + "</header>" + head +
                                                "<article>" + kBody + kBody + "</article>"));
    EXPECT_TRUE(reports[0].text.starts_with(lead)) << reports[0].text;
  }
}

TEST(Page, StatedBodyIsTakenWhereReadersAreShownLittle) {
  std::string body;
  for (int i = 0; i < 6; ++i)
    body += "About two hundred dockers \\\"left\\\" their work on day " + std::to_string(i) +
            " of the strike, and the port stood still.\\n";
  const std::string page = page_with(
      R"(<script type="application/ld+json">{"@type":"NewsArticle","articleBody":")" + body + R"("}</script>)",
      "<p>Subscribe.</p>");
  const auto reports = read(page);
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_TRUE(reports[0].text.starts_with("About two hundred dockers \"left\" their"));
  const auto range = source_range(reports[0], {0, 5});
  ASSERT_TRUE(range);
  EXPECT_EQ(page.substr(range->begin, range->size()), "About");
}

TEST(Page, MachineDatesWinAndPersianYearsInThemAreRead) {
  const auto iso = read(page_with("<meta property=article:published_time content='2031-05-03T08:30:00+03:30'>",
                                  "<article>" + kBody + "</article>"));
  EXPECT_EQ(iso[0].published.start, *Instant::parse("2031-05-03T05:00:00Z"));
  EXPECT_EQ(iso[0].published.precision, TimePrecision::clock);
  const auto persian = read(page_with("<meta property=article:published_time content='۱۴۱۰/۰۲/۱۳ - ۰۸:۳۰'>",
                                      "<article>" + kBody + "</article>"));
  EXPECT_EQ(persian[0].published.start->day(), Day::from_civil(2031, 5, 3));
  EXPECT_EQ(persian[0].published.calendar, Calendar::persian);
}

TEST(Page, DateOfTheAddressIsTakenWhenThePageIsSilent) {
  EXPECT_EQ(read(page_with("", "<article>" + kBody + "</article>"))[0].published.start->day(),
            Day::from_civil(2031, 5, 3));
}

Day day_told_by(const std::string& head, const std::string& body, const std::string& lang = "en") {
  const std::string page = "<html lang=" + lang + "><head><title>Dockers walk out</title>" + head + "</head><body>" +
                           body + "</body></html>";
  const auto reports = read(page, "https://gazette.example/port");
  return reports[0].published.start ? reports[0].published.start->day() : Day{};
}
const Day kThirdOfMay = Day::from_civil(2031, 5, 3);

TEST(PageDate, WordsForPublishedWinOverWordsForAnyDate) {
  EXPECT_EQ(
      day_told_by("<meta name=date content=2031-05-09><meta property=article:published_time content=2031-05-03>"
                  R"(<script type="application/ld+json">{"@type":"Article","datePublished":"2031-05-08"}</script>)",
                  kBody),
      kThirdOfMay);
  EXPECT_EQ(
      day_told_by("<meta name=dcterms.date content=2031-05-09>", "<time datetime=2031-05-03>3 May</time>" + kBody),
      kThirdOfMay);
  EXPECT_EQ(day_told_by("<meta name=dcterms.date content=2031-05-03>", kBody), kThirdOfMay);
}

TEST(PageDate, DayAndMonthStandAsTheLanguageOfThePageHasThem) {
  const std::string meta = "<meta name=date content='05/03/2031'>";
  EXPECT_EQ(day_told_by(meta, kBody, "en-US"), kThirdOfMay);
  EXPECT_EQ(day_told_by(meta, kBody, "de"), Day::from_civil(2031, 3, 5));
  EXPECT_EQ(day_told_by("", "<h1>Dockers walk out</h1><p>05/03/2031</p>" + kBody, "en"), kThirdOfMay);
  EXPECT_EQ(day_told_by("", "<h1>Dockers walk out</h1><p>03/05/2031</p>" + kBody, "en-GB"), kThirdOfMay);
}

TEST(PageDate, MonthsAreReadInManyLanguages) {
  for (const char* line :
       {"3 maja 2031", "3 de maio de 2031", "3 maj 2031", "3 Мая 2031 г.", "3 травня 2031", "3 mai 2031", "3. Mai 2031",
        "3 mayo 2031", "3 Mayıs 2031", "۱۳ اردیبهشت ۱۴۱۰", "3 مايو 2031"}) {
    EXPECT_EQ(day_told_by("", "<h1>Dockers walk out</h1><p>" + std::string(line) + "</p>" + kBody), kThirdOfMay)
        << line;
  }
}

TEST(PageDate, ClocksAndMembersAreNotTheDateOfTheText) {
  EXPECT_EQ(day_told_by("",
                        "<p class=time>Current time: 14 May 2031, 12:18</p><h1>Dockers walk out</h1>"
                        "<dl><dt>Joined:</dt><dd>9 April 2029</dd></dl><p>3 May 2031, 05:42</p>" +
                            kBody),
            kThirdOfMay);
}

TEST(PageDate, LineOfPublicationWinsOverLineOfChange) {
  EXPECT_EQ(
      day_told_by("", "<h1>Dockers walk out</h1><p>Last change: 9 May 2031</p><p>Published: 3 May 2031</p>" + kBody),
      kThirdOfMay);
  EXPECT_EQ(day_told_by("", "<h1>Dockers walk out</h1><h4>Last updated:</h4><p>3 May 2031</p>" + kBody), kThirdOfMay);
}

TEST(PageDate, LinesBeforeTheHeadingAndStartsOfParagraphsAreRead) {
  EXPECT_EQ(day_told_by("", "<span class=blue>3 May 2031</span>" + kBody + "<h1>Quick links</h1>"), kThirdOfMay);
  EXPECT_EQ(day_told_by("",
                        "<h1>Dockers walk out</h1><p>3 May 2031. About two hundred dockers left their work on "
                        "Monday morning, and the port of the city stood still for a day.</p>"),
            kThirdOfMay);
}

TEST(PageDate, SentenceMayNameTheDateBeforeItsVerb) {
  EXPECT_EQ(day_told_by("", kBody + "<p>Dieser Beitrag wurde am Samstag, 3. Mai 2031 um acht Uhr in der Frühe "
                                    "veröffentlicht und unter Hafen, Arbeit und Leben in der Stadt abgelegt.</p>"),
            kThirdOfMay);
}

TEST(PageDate, DataOfScriptsIsReadWhereThePageIsSilent) {
  EXPECT_EQ(day_told_by("", kBody + R"(<script>var page = {"id":7,"publishedDate":"2031-05-03T20:37:27Z"};</script>)"),
            kThirdOfMay);
  EXPECT_EQ(day_told_by("", kBody + R"(<script>var page = {"id":7,"readDate":"2031-05-03T20:37:27Z"};</script>)"),
            Day{});
}

TEST(PageDate, MonthsNamedTwiceAreOneMonth) {
  EXPECT_EQ(day_told_by("", "<h1>Dockers walk out</h1><p>3 أيار/مايو 2031</p>" + kBody), kThirdOfMay);
  EXPECT_EQ(day_told_by("", "<h1>Dockers walk out</h1><p>3 تشرين الأول/أكتوبر 2030</p>" + kBody),
            Day::from_civil(2030, 10, 3));
}

TEST(PageDate, YearsOfTwoDigitsAreReadLast) {
  EXPECT_EQ(day_told_by("", "<h1>Dockers walk out</h1><p>Mira Tollan | 03.05.31</p>" + kBody), kThirdOfMay);
  EXPECT_EQ(day_told_by("", "<h1>Dockers walk out</h1><p>Version 03.05.31.02 of the page</p>" + kBody), Day{});
  EXPECT_EQ(day_told_by("", "<h1>Dockers walk out</h1><p>04.05.31</p><p>3 May 2031</p>" + kBody), kThirdOfMay);
}

TEST(PageDate, MomentInUtcIsPhrasedAsThePageShowsIt) {
  const auto phrase = [](std::string_view shown) {
    return read(page_with("<meta property=article:published_time content='2031-05-02T23:59:50+00:00'>",
                          "<h1>Dockers walk out</h1><span class=date>" + std::string(shown) + "</span>" + kBody),
                "https://gazette.example/port")[0]
        .published;
  };
  EXPECT_EQ(phrase("2031/05/03 - 1:59").phrase, "2031/05/03");
  EXPECT_EQ(phrase("2031/05/03 - 1:59").start->seconds, Instant::parse("2031-05-02T23:59:50Z")->seconds);
  // Another moment: no zone is twenty minutes away.
  EXPECT_EQ(phrase("2031/05/03 - 2:19").phrase, "2031-05-02");
  EXPECT_EQ(phrase("2031/05/05 - 1:59").phrase, "2031-05-02");
}

TEST(PageDate, LinesBelowTheHeadingSayMoreThanMetadataThatNameNoEvent) {
  EXPECT_EQ(day_told_by("<meta name=date content=2031-05-09>", "<h1>Dockers walk out</h1><p>3 May 2031</p>" + kBody),
            kThirdOfMay);
}

TEST(Page, TitleIsTheOneHeadingThatMetadataAgreeWith) {
  const auto title_of = [](const std::string& head, const std::string& body) {
    return read("<html lang=en><head>" + head + "</head><body>" + body + kBody + "</body></html>")[0].title;
  };
  const std::string head = "<meta property=og:title content='Dockers of the harbour walk out, police close bridge'>";
  EXPECT_EQ(title_of(head, "<h1>Harbour dockers walk out at dawn</h1>"), "Harbour dockers walk out at dawn");
  EXPECT_EQ(title_of(head, "<h1>Subscribe to our newsletter today</h1>"),
            "Dockers of the harbour walk out, police close bridge");
  EXPECT_EQ(title_of(head, "<h1>Harbour dockers walk out at dawn</h1><h1>Another story of the day</h1>"),
            "Dockers of the harbour walk out, police close bridge");
  EXPECT_EQ(title_of("<title>Ilse's Log: Dockers walk out</title>",
                     "<h1><a href='/'>Ilse's Log</a></h1><h2>Dockers "
                     "walk out</h2>"),
            "Dockers walk out");
}

TEST(Page, NamesAreReadWithoutWhatStandsBesideThem) {
  const auto author_of = [](const std::string& stated) {
    return read(page_with("<meta name=author content='" + stated + "'>", kBody))[0].author;
  };
  for (const std::string_view stated : {"Mira Tollan", "By Mira Tollan", "ByMira Tollan", "Posted by: Mira Tollan",
                                        "Mira Tollan April 12", "Mira Tollan - Mar 27", "Mira Tollan Mira Tollan"}) {
    EXPECT_EQ(author_of(std::string(stated)), "Mira Tollan") << stated;
  }
  EXPECT_EQ(author_of("tern (tern)"), "tern");
  EXPECT_EQ(author_of("April May"), "April May");
  EXPECT_EQ(author_of("Byron Tollan"), "Byron Tollan");
}

TEST(Page, JsonLdGivesHeadlineAuthorAndDate) {
  const auto reports = read(page_with(
      R"(<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"Port stands still","datePublished":"2031-05-04","author":[{"name":"Mira Tollan"},{"name":"Jon Vell"}]}]}</script>)",
      "<article>" + kBody + "</article>"));
  EXPECT_EQ(reports[0].title, "Port stands still");
  EXPECT_EQ(reports[0].author, "Mira Tollan, Jon Vell");
  EXPECT_EQ(reports[0].published.start->day(), Day::from_civil(2031, 5, 4));
}

TEST(Page, EmbeddedPostIsAReportOfItsOwn) {
  const auto reports = read(page_with(
      "", "<article>" + kBody +
              "<blockquote class=twitter-tweet><p lang=en>We stay on the square. <a "
              "href='https://twitter.com/hashtag/Port'>#Port</a> <a href='https://t.co/AbC'>pic.twitter.com/AbC</a></p>"
              "&mdash; Circle of the Docks (@DockCircle) <a "
              "href='https://twitter.com/DockCircle/status/1234567890?ref_src=x'>May 2, 2031</a></blockquote>"
              "<script async src='https://platform.twitter.com/widgets.js'></script><p>The strike goes on, and nobody "
              "knows for how long it will last.</p></article>"));
  ASSERT_EQ(reports.size(), 2U);
  EXPECT_EQ(reports[1].kind, ReportKind::post);
  EXPECT_EQ(reports[1].source, "@DockCircle");
  EXPECT_EQ(reports[1].author, "Circle of the Docks");
  EXPECT_EQ(reports[1].text, "We stay on the square. #Port pic.twitter.com/AbC");
  EXPECT_EQ(reports[1].url, "https://x.com/i/status/1234567890");
  EXPECT_EQ(reports[1].published.start->day(), Day::from_civil(2031, 5, 2));
  EXPECT_EQ(reports[0].text.find("square"), std::string::npos);
  ASSERT_EQ(reports[0].relations.size(), 1U);
  EXPECT_EQ(reports[0].relations[0].kind, RelationKind::embeds);
  EXPECT_EQ(reports[0].relations[0].target, reports[1].id.hex());
  EXPECT_TRUE(std::string_view(reports[0].text).substr(reports[0].relations[0].span->begin).starts_with("The strike") ||
              reports[0].text.substr(reports[0].relations[0].span->begin).starts_with("\nThe strike"));
}

TEST(Page, TelegramWidgetsAndFramesAreEmbedded) {
  const auto reports = read(page_with(
      "",
      "<article>" + kBody +
          "<script async src='https://telegram.org/js/telegram-widget.js' data-telegram-post='dockcircle/77'></script>"
          "<iframe src='https://www.youtube.com/embed/abcdef?rel=0' title='The square at night'></iframe></article>"));
  ASSERT_EQ(reports.size(), 3U);
  EXPECT_EQ(reports[1].url, "https://t.me/dockcircle/77");
  EXPECT_EQ(reports[1].source, "@dockcircle");
  ASSERT_EQ(reports[2].media.size(), 1U);
  EXPECT_EQ(reports[2].media[0].caption, "The square at night");
}

TEST(Page, CaptionsBelongToPicturesNotToTheText) {
  const auto reports = read(page_with(
      "", "<article>" + kBody +
              "<figure><img src=a.jpg><figcaption>Dockers on the bridge, April 2031.</figcaption></figure></article>"));
  ASSERT_EQ(reports[0].media.size(), 1U);
  EXPECT_EQ(reports[0].media[0].caption, "Dockers on the bridge, April 2031.");
  EXPECT_EQ(reports[0].text.find("April"), std::string::npos);
}

TEST(Page, WallsAreHollowAndNameTheirReason) {
  EXPECT_EQ(read("<html><head><title>Log in</title></head><body><form><p>Please log in to continue.</p><input "
                 "type=password></form></body></html>")[0]
                .hollow,
            "login wall");
  EXPECT_EQ(read("<html><head><title>Just a moment...</title></head><body><p>Checking your browser before "
                 "accessing.</p></body></html>")[0]
                .hollow,
            "block page");
  EXPECT_EQ(read("<html><body><div><p>این پست در دسترس نیست. شاید پاک شده باشد.</p></div></body></html>")[0].hollow,
            "post not available");
  EXPECT_EQ(read("<html><body></body></html>")[0].hollow, "empty body");
  EXPECT_EQ(
      read(
          "<html><body><main><p>You need to log in before you can see what this group shares.</p></main></body></html>")
          [0]
              .hollow,
      "login wall");
  EXPECT_EQ(
      read("<html><body><main><p>برای خواندن این گزارش باید وارد شوید یا عضو شوید.</p></main></body></html>")[0].hollow,
      "login wall");
  EXPECT_EQ(
      read(
          "<html><body><main><p>This site uses cookies. You can accept them all or choose.</p></main></body></html>")[0]
          .hollow,
      "consent wall");
  EXPECT_TRUE(read(page_with("", "<article>" + kBody + "</article>"))[0].hollow.empty());
  const auto article = read(
      page_with("", "<article>" + kBody + "<p>The site of the union showed a captcha to visitors all day long.</p>" +
                        kBody + kBody + kBody + kBody + kBody + "</article>"));
  EXPECT_TRUE(article[0].hollow.empty());
}

TEST(Page, RelationsAreStatedInWords) {
  const auto reports = read(
      page_with("", "<article><p>Correction: an earlier version of this story said that 300 people were held.</p>" +
                        kBody + "<p>According to the Coast Herald, the port opens again on Friday.</p></article>"));
  bool cites = false;
  bool retracts = false;
  for (const Relation& relation : reports[0].relations) {
    cites = cites || (relation.kind == RelationKind::cites && relation.target == "Coast Herald");
    retracts = retracts || relation.kind == RelationKind::retracts;
  }
  EXPECT_TRUE(cites);
  EXPECT_TRUE(retracts);
}

TEST(Page, DeepPagesAreReadNotRefused) {
  std::string page = "<html><body>";
  for (int i = 0; i < 65535; ++i) page += "<div>";
  page += "<p>About two hundred dockers left their work on Monday morning, and the port stood still for a day.</p>";
  const auto reports = read(page);
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_NE(reports[0].text.find("two hundred dockers"), std::string::npos);
}

}  // namespace
}  // namespace gavah::extract
