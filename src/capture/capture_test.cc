#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/format.h"
#include "capture/detect.h"
#include "capture/reading_for_tests.h"

namespace gavah::capture {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string format_of(std::string_view bytes, std::string_view name) {
  const Reading read = read_for_test(bytes, name);
  return read.parts.size() == 1 ? read.parts[0].first.format : read.reason();
}

TEST(Read, SingleFilesAreKnownByTheirBytesWhateverTheirName) {
  EXPECT_EQ(format_of("<!doctype html><p>x</p>", "a.txt"), "html");
  EXPECT_EQ(format_of("\xEF\xBB\xBF  <!-- c --> <HTML><p>x</p>", "a"), "html");
  EXPECT_EQ(format_of("<?xml version=\"1.0\"?><html xmlns=\"x\"></html>", "a"), "html");
  EXPECT_EQ(format_of("Five people were arrested in Karvand.", "a"), "text");
  EXPECT_EQ(format_of("پنج نفر در کاروند بازداشت شدند.", "a.bin"), "text");
  EXPECT_EQ(format_of("[Photo] A crowd at the gate, said a witness.", "a.txt"), "text");
  EXPECT_EQ(format_of(std::string("\xFF\xFE<\0h\0t\0m\0l\0>\0", 14), "a"), "html");
  EXPECT_EQ(format_of("%PDF-1.7 and so on", "a.txt"), "pdf");
  EXPECT_EQ(format_of("\x89PNG\r\n\x1a\n....", "a.html"), "media");
}

TEST(Read, WhatIsNotReadIsSetAsideByItsName) {
  EXPECT_THAT(format_of("", "a.txt"), HasSubstr("empty"));
  EXPECT_THAT(format_of(" \n\t ", "a.txt"), HasSubstr("white space"));
  EXPECT_THAT(format_of("7z\xbc\xaf\x27\x1c....", "a.txt"), HasSubstr("7-Zip"));
  EXPECT_THAT(format_of(std::string("\0\1\2\3", 4), "a.txt"), HasSubstr("binary"));
  EXPECT_THAT(format_of("<rss version=\"2.0\"></rss>", "a.xml"), HasSubstr("RSS"));
  EXPECT_THAT(format_of("1;2;3;4\n5;6;7;8\n", "a.txt"), HasSubstr("not prose"));
  EXPECT_THAT(format_of("[12/10/21 10:10] it is noon\n[12/10/21 10:11] it is later", "chat.txt"),
              HasSubstr("nobody speaks"));
}

TEST(Read, TextThatIsNotUtf8IsStillText) {
  EXPECT_EQ(format_of("\xd3\xe1\xc7\xe3 some words of a page", "a.txt"), "text");
}

TEST(Read, AGzippedDocumentIsReadThroughIt) {
  const Reading read = read_for_test(
      gzipped("{\"id\":1,\"text\":\"x\",\"user\":{}}\n{\"id\":2,\"text\":\"y\",\"user\":{}}\n"), "posts.jsonl.gz");
  ASSERT_EQ(read.parts.size(), 2U) << read.reason();
  EXPECT_EQ(read.parts[1].second, "{\"id\":2,\"text\":\"y\",\"user\":{}}");
  EXPECT_EQ(read.parts[1].first.chain.size(), 2U);
}

TEST(Read, ACutGzipGivesWhatCameBefore) {
  std::string lines;
  for (int i = 0; i < 2000; ++i)
    lines += format("{{\"id\":{},\"text\":\"word {}\",\"user\":{{}}}}\n", i, i * 7919 % 1000);
  const std::string whole = gzipped(lines);
  const Reading read = read_for_test(whole.substr(0, whole.size() / 2), "posts.jsonl.gz");
  EXPECT_GT(read.parts.size(), 100U);
  EXPECT_LT(read.parts.size(), 2000U);
  EXPECT_THAT(read.problems(), HasSubstr("cut or damaged"));
}

TEST(Read, ASinkThatFailsEndsTheReadingWithItsError) {
  const MemorySource bytes("text,date\na,b\nc,d\n");
  int taken = 0;
  const auto read_result = read(bytes, "a.csv", {}, [&](Part, std::string_view) -> Result<void> {
    ++taken;
    return fail(ErrorCode::invalid_input, "the sink is full");
  });
  ASSERT_FALSE(read_result.has_value());
  EXPECT_EQ(read_result.error().message, "the sink is full");
  EXPECT_EQ(taken, 1);
}

TEST(Zip, MembersAreReadAndTheirNamesAreOnlyWords) {
  const Reading read = read_for_test(zipped({{"../../etc/page.html", "<html><p>one</p></html>", true},
                                             {"folder/", "", false},
                                             {"/abs/two.txt", "Words of a witness.", false},
                                             {"__MACOSX/x", "junk", false}}),
                                     "a.zip");
  ASSERT_EQ(read.parts.size(), 2U) << read.problems();
  EXPECT_EQ(read.parts[0].first.path, "../../etc/page.html");
  EXPECT_EQ(read.parts[0].second, "<html><p>one</p></html>");
  EXPECT_EQ(read.parts[1].second, "Words of a witness.");
  EXPECT_EQ(read.container.format, "zip");
}

TEST(Zip, AMemberThatCannotBeReadDoesNotStopTheOthers) {
  const Reading read =
      read_for_test(zipped({{"a.bin", std::string("\0\1\2", 3)}, {"b.txt", "Words of a witness."}}), "a.zip");
  EXPECT_EQ(read.parts.size(), 1U);
  EXPECT_THAT(read.problems(), HasSubstr("[a.bin] binary data"));
}

TEST(Zip, AChecksumThatDiffersIsTold) {
  std::string zip = zipped({{"b.txt", "Words of a witness."}});
  zip[zip.find("Words")] = 'w';
  const Reading read = read_for_test(zip, "a.zip");
  EXPECT_EQ(read.parts.size(), 1U);
  EXPECT_THAT(read.problems(), HasSubstr("CRC-32"));
}

TEST(Wacz, StoredAndDeflatedArchivesAreReadAndThePackageIsChecked) {
  const std::string warc = gzipped(warc_response("http://a.example/", "Content-Type: text/html\r\n", "<p>a</p>"));
  const std::string package = format(
      R"({{"resources":[{{"path":"archive/a.warc.gz","hash":"sha256:{}","bytes":{}}},{{"path":"archive/b.warc.gz","hash":"sha256:{}","bytes":1}},{{"path":"pages/pages.jsonl"}}]}})",
      sha256(warc).hex(), warc.size(), sha256("other").hex());
  const Reading read = read_for_test(
      zipped({{"archive/a.warc.gz", warc}, {"archive/b.warc.gz", warc, true}, {"datapackage.json", package}}),
      "a.wacz");
  ASSERT_EQ(read.parts.size(), 2U);
  EXPECT_EQ(read.container.format, "wacz");
  EXPECT_EQ(read.parts[0].first.chain.front().decoder, "none");
  EXPECT_EQ(read.parts[1].first.chain.front().decoder, "zip");
  EXPECT_THAT(read.problems(), HasSubstr("[archive/b.warc.gz] its SHA-256"));
  EXPECT_THAT(read.problems(), HasSubstr("[pages/pages.jsonl] it is missing"));
  EXPECT_THAT(read.problems(), ::testing::Not(HasSubstr("archive/a.warc.gz")));
}

TEST(Telegram, MessagesOfAllChatsCarryTheirChat) {
  const Reading read = read_for_test(
      R"({"about":"x","chats":{"list":[{"messages":[{"id":1,"type":"message","date":"2031-01-01T00:00:00","text":"الف"},{"id":2,"type":"service"}],"name":"کاروند","type":"public_channel","id":77},{"name":"B","messages":[]}]},"left_chats":{"list":[{"name":"C","messages":[{"id":3,"type":"message","text":["a",{"type":"bold","text":"b"}]}]}]}})",
      "result.json");
  ASSERT_EQ(read.parts.size(), 2U) << read.reason();
  EXPECT_EQ(read.parts[0].first.hints.at("chat_title"), "کاروند");
  EXPECT_EQ(read.parts[0].first.hints.at("chat_id"), "77");
  EXPECT_EQ(read.parts[0].first.hints.at("chat_type"), "public_channel");
  EXPECT_EQ(read.parts[1].first.hints.at("chat_title"), "C");
  EXPECT_EQ(read.container.passed_over.at("service message"), 1U);
}

TEST(Telegram, AnExportCutInTheMiddleGivesTheWholeMessagesBefore) {
  const std::string whole =
      R"({"name":"K","type":"public_channel","id":7,"messages":[{"id":1,"type":"message","date":"d","text":"a"},{"id":2,"type":"message","date":"d","text":"b"},{"id":3,"type":"message","date":"d","text":"c"}]})";
  const Reading read = read_for_test(whole.substr(0, whole.find("\"c\"")), "result.json");
  ASSERT_EQ(read.parts.size(), 2U);
  EXPECT_EQ(read.parts[0].first.hints.at("chat_title"), "K");
  EXPECT_THAT(read.problems(), HasSubstr("ends early"));
}

TEST(Posts, IncludedTweetsAreMarkedAndKnowTheirAuthors) {
  const Reading read = read_for_test(
      R"({"data":[{"id":"1","text":"a","author_id":"9"}],"includes":{"tweets":[{"id":"1","text":"a","author_id":"9"},{"id":"2","text":"b","author_id":"8"}],"users":[{"id":"9","name":"Name","username":"handle"}]},"errors":[{"title":"gone"}]})",
      "page.json");
  ASSERT_EQ(read.parts.size(), 2U) << read.reason();
  EXPECT_EQ(read.parts[0].first.hints, (std::map<std::string, std::string>{
                                           {"author_handle", "handle"}, {"author_id", "9"}, {"author_name", "Name"}}));
  EXPECT_EQ(read.parts[1].first.hints, (std::map<std::string, std::string>{{"author_id", "8"}, {"included", "1"}}));
  EXPECT_EQ(read.container.passed_over.at("error entry of the API"), 1U);
}

TEST(Posts, ABadLineIsSetAsideAndTheOthersRead) {
  const Reading read = read_for_test(
      "{\"id\":1,\"text\":\"x\",\"user\":{}}\n{\"id\":2,\"text\":\"y\n\n{\"id\":3,\"text\":\"z\",\"user\":{}}",
      "a.jsonl");
  EXPECT_EQ(read.parts.size(), 2U);
  EXPECT_THAT(read.problems(), HasSubstr("[line 2] not JSON"));
}

TEST(Posts, LinesAreKnownWithoutTheirEnding) {
  const Reading read =
      read_for_test("{\"id\":1,\"text\":\"x\",\"user\":{}}\n{\"id\":3,\"text\":\"z\",\"user\":{}}", "export.json");
  EXPECT_EQ(read.parts.size(), 2U);
  EXPECT_EQ(read.container.format, "jsonl");
}

TEST(Table, RowsKeepTheirBytesAndCellsMayHoldLineBreaks) {
  const Reading read = read_for_test(
      "\xEF\xBB\xBF"
      "متن,تاریخ,منبع\r\n\"سطر یک\nسطر \"\"دو\"\"\",2031-01-02,کانال\r\n\r\nb,c,d",
      "a.csv");
  ASSERT_EQ(read.parts.size(), 2U) << read.reason();
  EXPECT_EQ(read.parts[0].first.format, "csv-row");
  EXPECT_THAT(csv_cells(read.parts[0].second, ','), ElementsAre("سطر یک\nسطر \"دو\"", "2031-01-02", "کانال"));
  EXPECT_EQ(read.parts[1].second, "b,c,d");
  EXPECT_EQ(read.container.hints.at("mapping"),
            R"({"columns":{"date":"تاریخ","source":"منبع","text":"متن"},"delimiter":","})");
  EXPECT_EQ(read.container.hints.at("header"), R"(["متن","تاریخ","منبع"])");
}

TEST(Table, AMappingSaysWhichColumnIsWhat) {
  ReadOptions options;
  options.mapping = R"({"columns":{"text":"Was","date":"Wann"},"delimiter":";","date_format":"dd.mm.yyyy"})";
  const Reading read = read_for_test("Wann;Was\n01.02.2031;Worte, mit Komma\n", "liste.txt", options);
  ASSERT_EQ(read.parts.size(), 1U) << read.reason();
  EXPECT_THAT(csv_cells(read.parts[0].second, ';'), ElementsAre("01.02.2031", "Worte, mit Komma"));
  EXPECT_THAT(read.container.hints.at("mapping"), HasSubstr("dd.mm.yyyy"));
}

TEST(Table, AMappingThatDoesNotFitIsSaidSo) {
  ReadOptions options;
  options.mapping = R"({"columns":{"text":"Missing"}})";
  EXPECT_THAT(read_for_test("a,b\n1,2\n", "a.csv", options).reason(), HasSubstr("'Missing'"));
  options.mapping = R"({"columns":{"colour":"a"}})";
  EXPECT_FALSE(
      read(MemorySource("a,b\n"), "a.csv", options, [](Part, std::string_view) { return Result<void>(); }).has_value());
  options.mapping = "{";
  EXPECT_FALSE(
      read(MemorySource("a,b\n"), "a.csv", options, [](Part, std::string_view) { return Result<void>(); }).has_value());
}

TEST(Table, AnUnclosedQuoteIsAProblemOfTheLastRow) {
  const Reading read = read_for_test("text,date\na,b\n\"open,c\nd,e\n", "a.csv");
  EXPECT_EQ(read.parts.size(), 1U);
  EXPECT_THAT(read.problems(), HasSubstr("inside a quoted cell"));
}

TEST(Table, InsideAZipTheRowsCarryTheHeader) {
  const Reading read = read_for_test(zipped({{"x.csv", "text,date\na,b\n", true}}), "a.zip");
  ASSERT_EQ(read.parts.size(), 1U);
  EXPECT_EQ(read.parts[0].first.hints.at("header"), R"(["text","date"])");
  EXPECT_EQ(read.container.hints.count("header"), 0U);
}

TEST(PartBytes, AChangedByteOfTheCaptureIsCorrupt) {
  std::string text = "Words of a witness.";
  const Reading read = read_for_test(text, "a.txt");
  text[3] = 'D';
  const auto again = part_bytes(MemorySource(text), read.parts[0].first);
  ASSERT_FALSE(again.has_value());
  EXPECT_EQ(again.error().code, ErrorCode::corrupt);
  EXPECT_FALSE(part_bytes(MemorySource("short"), read.parts[0].first).has_value());
}

TEST(Walk, FoldersAreWalkedInOrderAndNamesStayWithin) {
  MemoryDisk disk;
  for (const char* path : {"case/b.txt", "case/a/z.txt", "case/a/..x", "case/c.txt"}) {
    ASSERT_TRUE(disk.write_new(path, "x").has_value());
  }
  ASSERT_TRUE(disk.make_directories("case/a").has_value());
  const auto found = walk(disk, "case");
  ASSERT_TRUE(found.has_value());
  std::vector<std::string> names;
  for (const WalkedFile& file : found->files) names.push_back(file.name);
  EXPECT_THAT(names, ElementsAre("a/..x", "a/z.txt", "b.txt", "c.txt"));
  EXPECT_EQ(walk(disk, "case/b.txt")->files[0].name, "b.txt");
  EXPECT_FALSE(walk(disk, "elsewhere").has_value());
}

}  // namespace
}  // namespace gavah::capture
