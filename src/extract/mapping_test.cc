// Every word of every report decodes from its own bytes, and from no fewer.
#include <gtest/gtest.h>

#include <functional>

#include "base/charset.h"
#include "base/json.h"
#include "extract/extract.h"
#include "html/html.h"

namespace gavah::extract {
namespace {

/// Decodes a slice of the part's bytes by means that extract does not use.
using Decoder = std::function<std::string(std::string_view)>;

struct Given {
  std::string name;
  std::string format;
  std::string bytes;
  std::string charset;
  Decoder decode;
};

std::vector<Span> words_of(const std::string& text) {
  std::vector<Span> out;
  for (std::uint32_t at = 0; at < text.size();) {
    const auto begin = static_cast<std::uint32_t>(text.find_first_not_of(" \n", at));
    if (begin >= text.size()) break;
    const auto end = static_cast<std::uint32_t>(std::min(text.find_first_of(" \n", begin), text.size()));
    out.push_back({begin, end});
    at = end;
  }
  return out;
}

void check(const Given& given) {
  Capture capture;
  Part part;
  part.format = given.format;
  part.charset = given.charset;
  part.hints = {{"mapping", R"({"columns":{"text":"Text","date":"Date"},"delimiter":","})"},
                {"header", R"(["Date","Text"])"}};
  const auto reports = extract({capture, part, given.bytes}, IdSecret{});
  ASSERT_FALSE(reports.empty()) << given.name;
  std::size_t words = 0;
  for (const Report& report : reports) {
    std::uint32_t covered = 0;
    for (const MapPiece& piece : report.map) {
      EXPECT_GE(piece.text.begin, covered) << given.name;
      covered = piece.text.end;
      ASSERT_LE(piece.source.end, given.bytes.size()) << given.name;
    }
    for (const Span word : words_of(report.text)) {
      const auto range = source_range(report, word);
      ASSERT_TRUE(range) << given.name;
      const std::string_view slice = std::string_view(given.bytes).substr(range->begin, range->size());
      const std::string expected = report.text.substr(word.begin, word.size());
      EXPECT_EQ(given.decode(slice), expected) << given.name << " from '" << slice << "'";
      EXPECT_NE(given.decode(slice.substr(1)), expected) << given.name;
      EXPECT_NE(given.decode(slice.substr(0, slice.size() - 1)), expected) << given.name;
      ++words;
    }
  }
  EXPECT_GT(words, 8U) << given.name;
}

std::string as_is(std::string_view slice) { return std::string(slice); }
std::string references(std::string_view slice) { return html::decode_references(slice); }
std::string json_string(std::string_view slice) {
  const auto json = Json::parse("\"" + std::string(slice) + "\"");
  return json && json->string() != nullptr ? *json->string() : "?";
}
Decoder of_charset(std::string charset) {
  return [charset](std::string_view slice) {
    const auto text = transcode(slice, charset);
    return text ? references(text->text) : "?";
  };
}

const std::string kPersian =
    "<html><body><article><p>گروهی از کارگران بندر آنسلم، در اعتراض به دستمزدهای "
    "پرداخت‌نشده، "
    "از "
    "بامداد "
    "دوشنبه "
    "دست "
    "از کار کشیدند.</p>"
    "<p>به گفتهٔ شاهدان، حدود ۲۰۰ نفر در میدان اصلی گرد آمدند و چند تن بازداشت شدند. نیروهای انتظامی "
    "خیابان‌ها "
    "را "
    "بستند.</p></article></body></html>";

std::string in_windows_1256(std::string_view text) {
  // Built from the table by hand, so that the test does not rest on the converter that it tests.
  static const std::map<std::string, char> table{
      {"ا", '\xC7'}, {"ب", '\xC8'}, {"ت", '\xCA'}, {"د", '\xCF'}, {"ر", '\xD1'}, {"س", '\xD3'},
      {"ع", '\xDA'}, {"ک", '\x98'}, {"گ", '\x90'}, {"ل", '\xE1'}, {"م", '\xE3'}, {"ن", '\xE4'},
      {"ه", '\xE5'}, {"و", '\xE6'}, {"پ", '\x81'}, {"،", '\xA1'}, {"ي", '\xED'}, {"ش", '\xD4'}};
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t size = static_cast<unsigned char>(text[i]) < 0x80 ? 1 : 2;
    const auto found = table.find(std::string(text.substr(i, size)));
    out.push_back(found == table.end() ? text[i] : found->second);
    i += size;
  }
  return out;
}

std::string in_utf16(std::string_view ascii) {
  std::string out = "\xFF\xFE";
  for (const char c : ascii) out.append({c, '\0'});
  return out;
}

TEST(Mapping, EveryWordDecodesFromItsOwnBytes) {
  const std::string arabic_page =
      "<html><head><meta charset=windows-1256></head><body><article><p>" +
      in_windows_1256("کارگران بندر در روز دوشنبه دست از کار کشيدند، و در شهر ماندند و به پا شدند.") + "</p><p>" +
      in_windows_1256("مردم شهر در کنار کارگران ماندند، و تا شب در ميدان بودند و سرود سر دادند.") +
      "</p></article></body></html>";
  const std::string english =
      "<html><body><article><p>About 200 dockers left   work,\n and the &quot;Circles&quot; &amp; others followed at "
      "5&nbsp;o&#39;clock &mdash; in the rain.</p>"
      "<p>It was, <b>witnesses</b> said, the largest walk-out in ten years; police &#x62;locked the &lt;Iron&gt; "
      "bridge.</p></article></body></html>";
  const std::vector<Given> givens{
      {"page in UTF-8", "html", kPersian, "", as_is},
      {"page with a byte order mark", "html", "\xEF\xBB\xBF" + kPersian, "", as_is},
      {"page in windows-1256", "html", arabic_page, "", of_charset("windows-1256")},
      {"page in UTF-16", "html", in_utf16(english), "", of_charset("utf-16le")},
      {"text in windows-1252", "text",
       "The caf\xE9 of the port was closed, and the dockers stood before it for long.\nNobody went in that day, they "
       "say.",
       "", of_charset("windows-1252")},
      {"v1 post", "x-v1",
       R"({"id_str":"1","text":"\u06a9\u0627\u0631\u06af\u0631\u0627\u0646 in the port say \"no\" to the new\u2014and old\/worn rules \ud83d\udc4a today and so on","user":{"screen_name":"a"}})",
       "", json_string},
      {"v2 post", "x-v2",
       R"({"id":"1","text":"Dockers of the\tport have \\ left work since six and stay in the square"})", "",
       json_string},
      {"message", "telegram",
       R"({"type":"message","text":["They are ",{"type":"bold","text":"on the square"}," of the \u0634\u0647\u0631 and sing songs"]})",
       "", json_string},
      {"row", "csv-row", "2031-05-03,\"About two hundred dockers, they say, left work at the port\"", "", as_is},
  };
  for (const Given& given : givens) check(given);
}

TEST(Mapping, ReferencesArePiecesOfTheirOwn) {
  const std::string page =
      "<html><body><article><p>Dockers &amp; drivers left their work on Monday, and the whole port of the city stood "
      "still for a day.</p></article></body></html>";
  Capture capture;
  Part part;
  part.format = "html";
  const auto reports = extract({capture, part, page}, IdSecret{});
  ASSERT_EQ(reports.size(), 1U);
  const auto at = static_cast<std::uint32_t>(reports[0].text.find('&'));
  const auto range = source_range(reports[0], {at, at + 1});
  ASSERT_TRUE(range);
  EXPECT_EQ(page.substr(range->begin, range->size()), "&amp;");
  EXPECT_EQ(reports[0].map.size(), 3U);
}

TEST(Mapping, DoubledQuotesOfATableLeadToBoth) {
  const std::string row = R"(2031-05-03,"They shouted ""no"" for an hour")";
  Capture capture;
  Part part;
  part.format = "csv-row";
  part.hints = {{"mapping", R"({"columns":{"text":"Text"},"delimiter":","})"}, {"header", R"(["Date","Text"])"}};
  const auto reports = extract({capture, part, row}, IdSecret{});
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_EQ(reports[0].text, "They shouted \"no\" for an hour");
  const auto at = static_cast<std::uint32_t>(reports[0].text.find("\"no\""));
  const auto range = source_range(reports[0], {at, at + 4});
  ASSERT_TRUE(range);
  EXPECT_EQ(row.substr(range->begin, range->size()), R"(""no"")");
}

}  // namespace
}  // namespace gavah::extract
