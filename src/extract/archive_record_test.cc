// What auto-archiver noted, as JSON and as Python wrote it into a CSV.
#include "extract/archive_record.h"

#include <gtest/gtest.h>

#include "extract/extract.h"
#include "extract/python_record.h"

namespace gavah::extract {
namespace {

std::string source_of(const Report& report, std::string_view words, std::string_view bytes) {
  const auto begin = static_cast<std::uint32_t>(report.text.find(words));
  const auto range = source_range(report, {begin, begin + static_cast<std::uint32_t>(words.size())});
  return range ? std::string(bytes.substr(range->begin, range->size())) : std::string("none");
}

constexpr std::string_view kJson =
    R"({"status":"page: success","metadata":{"_processed_at":"2031-05-04T10:00:00+00:00","url":"https://gazette.example/1","title":"Walk-out","timestamp":"2031-05-03T23:30:00+00:00","content":"The \u06a9\u0627\u0631\u06af\u0631\u0627\u0646 left work."},"media":[{"filename":"a.jpg","_key":"k/a.jpg","urls":["https://store.example/a.jpg"],"properties":{"hash":"SHA-256:00"},"_mimetype":"image/jpeg"}]})";

std::vector<Report> read_json(std::string_view bytes) {
  const Capture capture;
  Part part;
  part.format = "archive-record";
  return extract({capture, part, bytes}, IdSecret{});
}

std::vector<Report> read_row(std::string_view row) {
  const Capture capture;
  Part part;
  part.format = "csv-row";
  part.hints = {{"header", R"(["status","metadata","media"])"},
                {"mapping", R"({"columns":{"text":"metadata"},"delimiter":",","shape":"auto-archiver-db"})"}};
  return extract({capture, part, row}, IdSecret{});
}

TEST(ArchiveRecord, MetadataSpeaksForTheAddressAndItsZoneIsNotTrusted) {
  const auto reports = read_json(kJson);
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_EQ(reports[0].text, "The کارگران left work.");
  EXPECT_EQ(reports[0].source, "gazette.example");
  EXPECT_EQ(reports[0].published.precision, TimePrecision::day_stated);
  EXPECT_EQ(reports[0].published.start->day(), Day::from_civil(2031, 5, 3));
  ASSERT_EQ(reports[0].media.size(), 1U);
  EXPECT_EQ(reports[0].media[0].media_type, "image/jpeg");
  EXPECT_EQ(reports[0].links, std::vector<std::string>{"https://store.example/a.jpg"});
  EXPECT_EQ(source_of(reports[0], "left", kJson), "left");
}

TEST(ArchiveRecord, ARowOfPythonReprsIsParsedAndLedBack) {
  const std::string ill_formed =
      R"(page: success,"{'url': 'https://gazette.example/1', 'content': ""They said ""'no' and\nleft \\ \u06a9."", 'timestamp': datetime.datetime(2031, 5, 3, 23, 30, tzinfo=datetime.timezone.utc), 'n': None}","[{'filename': 'a.jpg', 'urls': ['https://store.example/a.jpg'], 'properties': {}}]")";
  const std::string good =
      R"(page: success,"{'url': 'https://gazette.example/1', 'content': 'They said ""no"" and\nleft \\ \u06a9.', 'timestamp': datetime.datetime(2031, 5, 3, 23, 30, tzinfo=datetime.timezone.utc), 'n': None}","[{'filename': 'a.jpg', 'urls': ['https://store.example/a.jpg'], 'properties': {}}]")";
  EXPECT_EQ(read_row(ill_formed)[0].hollow, "unreadable record");
  const auto reports = read_row(good);
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_EQ(reports[0].text, "They said \"no\" and\nleft \\ ک.");
  EXPECT_EQ(source_of(reports[0], "\"no\"", good), R"(""no"")");
  EXPECT_EQ(source_of(reports[0], "ک", good), R"(\u06a9)");
  EXPECT_EQ(reports[0].url, "https://gazette.example/1");
  EXPECT_EQ(reports[0].published.precision, TimePrecision::day_stated);
  EXPECT_EQ(reports[0].media.size(), 1U);
}

TEST(ArchiveRecord, WhatWasKeptWithoutWordsIsAReport) {
  EXPECT_EQ(
      read_json(R"({"status":"x","metadata":{"url":"https://a.example"},"media":[{"filename":"a.mp4"}]})")[0].hollow,
      "");
  EXPECT_EQ(read_json(R"({"status":"x","metadata":{"url":"https://a.example"},"media":[]})")[0].hollow, "empty body");
}

TEST(PythonRecord, ValuesAreReadAndNothingIsCalled) {
  const std::string text =
      R"({'a': [1, -2.5e3, (None, True)], 'b': b'x\x41', "c": datetime.date(2031, 5, 3), 'd': <Path object at 0x1>, 'e': {'f', 'g'}, 'h': set(), 'i': os.system('rm')})";
  const auto record = PythonRecord::read(text);
  ASSERT_TRUE(record);
  EXPECT_EQ(record->items(record->find(0, "a")).size(), 3U);
  EXPECT_EQ(record->text(record->find(0, "b")), "xA");
  EXPECT_EQ(record->date(record->find(0, "c")), "2031-05-03");
  EXPECT_EQ(record->text(record->find(0, "d")), "<Path object at 0x1>");
  EXPECT_EQ(record->called(record->find(0, "i")), "os.system");
  EXPECT_EQ(record->date(record->find(0, "i")), "");
}

TEST(PythonRecord, WhatIsNoReprIsRefused) {
  for (const char* bad : {"", "{", "{'a': }", "['a'", "'a", "{'a' 1}", "1 2", "f(", "'\\"}) {
    EXPECT_FALSE(PythonRecord::read(bad)) << bad;
  }
  EXPECT_FALSE(PythonRecord::read(std::string(1000, '[')));
  const std::string deep = std::string(60, '[') + std::string(60, ']');
  EXPECT_TRUE(PythonRecord::read(deep));
}

}  // namespace
}  // namespace gavah::extract
