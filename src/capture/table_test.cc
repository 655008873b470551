// Tables as desks bring them, and the exports that are known by their headers.
#include "capture/table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "capture/csv_row.h"
#include "capture/date_order.h"
#include "capture/named_table.h"
#include "capture/reading_for_tests.h"

namespace gavah::capture {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// ASCII as UTF-16 after its mark: FF FE, or FE FF where the high byte comes first.
std::string in_utf16(std::string_view ascii, std::string_view mark) {
  std::string out(mark);
  for (const char c : ascii) out.append(mark == "\xFF\xFE" ? std::string{c, '\0'} : std::string{'\0', c});
  return out;
}

std::string mapping_of(const Reading& read) {
  const auto found = read.container.hints.find("mapping");
  return found == read.container.hints.end() ? "none: " + read.reason() : found->second;
}

TEST(Table, Utf16OfExcelIsReadRowByRow) {
  const std::string table = "text\tdate\r\n\"a\nb\"\t2031-01-02\r\nc\t2031-01-03";
  for (const auto& [mark, charset] : {std::pair{"\xFF\xFE", "utf-16le"}, {"\xFE\xFF", "utf-16be"}}) {
    const Reading read = read_for_test(in_utf16(table, mark), "unicode.txt");
    ASSERT_EQ(read.parts.size(), 2U) << read.reason();
    EXPECT_EQ(read.parts[0].first.charset, charset);
    EXPECT_EQ(read.parts[0].second.size(), 2 * std::string_view("\"a\nb\"\t2031-01-02").size());
    EXPECT_EQ(read.parts[1].second.size(), 2 * std::string_view("c\t2031-01-03").size());
  }
}

TEST(Table, AnOlderCharsetIsToldByItsWordsAndSaid) {
  // «متن,تاریخ» and a row of words in windows-1256.
  const Reading read = read_for_test(
      "\xE3\xCA\xE4,\xCA\xC7\xD1\xED\xCE\n\xDF\xC7\xD1\xD0\xD1\xC7\xE4 \xC8\xE4\xCF\xD1 \xCF\xD1 \xD1\xE6\xD2 "
      "\xCF\xE6\xD4\xE4\xC8\xE5 \xCF\xD3\xCA \xC7\xD2 \xDF\xC7\xD1 \xDF\xD4\xED\xCF\xE4\xCF,2031-01-02\n",
      "a.csv");
  ASSERT_EQ(read.parts.size(), 1U) << read.reason();
  EXPECT_EQ(read.parts[0].first.charset, "windows-1256");
  EXPECT_EQ(read.container.hints.at("header"), R"(["متن","تاريخ"])");
  EXPECT_THAT(read.problems(), HasSubstr("by their words, as windows-1256"));
}

TEST(Table, ALineThatStatesTheDelimiterIsNoHeader) {
  for (const char* line : {"sep=;\r\n", "\"sep=;\"\n", "SEP=;\n"}) {
    const Reading read = read_for_test(std::string(line) + "date;text\n2031-01-02;a, b, c, d\n", "a.csv");
    ASSERT_EQ(read.parts.size(), 1U) << line << read.reason();
    EXPECT_THAT(csv_cells(read.parts[0].second, ';'), ElementsAre("2031-01-02", "a, b, c, d"));
  }
}

TEST(Table, OneNameTwiceGivesTheSecondANumber) {
  EXPECT_THAT(header_names({" source", "source ", "", "text", "source"}),
              ElementsAre("source", "source (2)", "column 3", "text", "source (3)"));
  EXPECT_THAT(read_for_test("text,date,text\na,b,c\n", "a.csv").problems(), HasSubstr("'text (2)'"));
}

TEST(Table, MoreColumnsThanASpreadsheetHasAreNoTable) {
  std::string header = "text,date";
  for (int i = 0; i < 20'000; ++i) header += ",c";
  EXPECT_THAT(read_for_test(header + "\nwords,2031-01-02\n", "wide.csv").reason(),
              HasSubstr("more than 16384 columns"));
}

TEST(Table, RaggedRowsAreReadAndTheLongOnesSaid) {
  const Reading read = read_for_test("text,date\na\nb,c,d\n", "a.csv");
  EXPECT_EQ(read.parts.size(), 2U);
  EXPECT_EQ(read.container.problem_count, 1U);
  EXPECT_THAT(read.problems(), HasSubstr("[row 2] it has 3 cells under a header of 2"));
}

TEST(Table, RowsAboveTheHeaderArePassedOver) {
  const Reading read = read_for_test("List of the desk;;\nMay 2031;;\n;;\nمتن;تاریخ;منبع\na;b;c\n", "a.csv");
  ASSERT_EQ(read.parts.size(), 1U) << read.reason();
  EXPECT_EQ(read.container.passed_over.at("row above the header"), 3U);
}

TEST(Table, FormulasAreTextAndNothingElse) {
  const Reading read = read_for_test("text,date\n\"=HYPERLINK(\"\"http://a\"\",1)\",+1\n", "a.csv");
  ASSERT_EQ(read.parts.size(), 1U);
  EXPECT_EQ(csv_cells(read.parts[0].second, ',')[0], "=HYPERLINK(\"http://a\",1)");
}

TEST(Table, TheOrderOfDayAndMonthIsProvenByTheFileOrStaysOpen) {
  EXPECT_THAT(mapping_of(read_for_test("text,date\na,03/04/2031\nb,13/04/2031\n", "a.csv")), HasSubstr("dd/mm/yyyy"));
  EXPECT_THAT(mapping_of(read_for_test("text,date\na,۰۳/۱۴/۲۰۳۱\n", "a.csv")), HasSubstr("mm/dd/yyyy"));
  const Reading open = read_for_test("text,date\na,03/04/2031\n", "a.csv");
  EXPECT_THAT(mapping_of(open), Not(HasSubstr("date_format")));
  EXPECT_THAT(open.problems(), HasSubstr("whether day or month comes first"));
  EXPECT_THAT(read_for_test("text,date\na,13/04/2031\nb,04/13/2031\n", "a.csv").problems(), HasSubstr("both orders"));
  EXPECT_EQ(read_for_test("text,date\na,2031-04-13\nb,13 April 2031\n", "a.csv").container.problem_count, 0U);
}

TEST(Table, CellsAreCountedAsTheyAreSplit) {
  for (const char* row : {"", ",", "a,b", "\"a,b\",c", R"("a""b",c)", "\"open,c", "\"a\"x,b", "a\"b,c", R"("","")"}) {
    EXPECT_EQ(count_csv_cells(row, ','), csv_cells(row, ',').size()) << row;
  }
}

struct Known {
  std::string shape;
  std::string header;
  std::string part_of_mapping;
};

TEST(NamedTable, ExportsAreKnownByTheirHeaders) {
  const std::vector<Known> known{
      {"acled",
       "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,"
       "inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,"
       "location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp",
       R"("counts":{"fatalities":"fatalities"})"},
      {"acled", "data_id,iso,event_id_cnty,event_id_no_cnty,event_date,event_type,source,notes,fatalities,iso3",
       R"({"cites":"source","id":"event_id_cnty","text":"notes")"},
      {"acled-deleted", "event_id_cnty,deleted_timestamp", R"("retracts":"event_id_cnty")"},
      {"ccc", "date,locality,state,type,title,claims,size_low,size_high,arrests,source_1,source_2,notes",
       R"("cites":["source_1","source_2"])"},
      {"ccc", "Date,CityTown,StateTerritory,EventType,EstimateLow,EstimateHigh,Source1,Misc.", R"("Source1")"},
      {"atlos", "slug,status,description,sensitive,date,latitude,longitude,source_1,source_10",
       R"("cites":["source_1","source_10"])"},
      {"uwazi", "Title,Date added,Template,Summary,Geolocation,Documents,Attachments,Published",
       R"("also":["Template","Summary","Geolocation","Documents","Attachments","Published"])"},
      {"uwazi", "Title__es,Title__en,text__es,text__en", R"("title":["Title__es","Title__en"])"},
      {"4cat-telegram",
       "id,thread_id,chat,author,author_name,body,timestamp,unix_timestamp,timestamp_edited,author_forwarded_from_id",
       R"("date":["unix_timestamp","timestamp"])"},
      {"4cat", "id,thread_id,author,body,timestamp,subject", R"("title":"subject")"},
      {"auto-archiver-sheet", "Link,Archive status,Archive location,Upload timestamp,Upload title,Text content,Hash",
       R"("zone":"unknown")"},
      {"auto-archiver-db", "status,metadata,media", R"("text":"metadata")"}};
  for (const Known& table : known) {
    const Reading read = read_for_test(table.header + "\nrow\n", "export.csv");
    EXPECT_THAT(mapping_of(read), HasSubstr("\"shape\":\"" + table.shape + "\"")) << table.header;
    EXPECT_THAT(mapping_of(read), HasSubstr(table.part_of_mapping)) << table.header;
  }
}

TEST(NamedTable, GdeltHasNoHeaderAndMakesNoClaims) {
  std::string row = "1200000001\t20310503";
  for (int i = 2; i < 60; ++i) row += "\t" + std::to_string(i);
  row += "\thttps://gazette.example/1";
  const Reading read = read_for_test(row + "\n" + row + "\n", "20310503083000.export.CSV");
  EXPECT_EQ(read.parts.size(), 2U) << read.reason();
  EXPECT_THAT(mapping_of(read), HasSubstr("coded by a machine"));
  EXPECT_EQ(read_for_test(row + "\n", "export.txt").parts.size(), 1U) << "known without the ending of its name";
  EXPECT_EQ(gdelt_header(58).size(), 58U);
}

TEST(NamedTable, MessagesOf4catAsJsonLinesCarryTheirMapping) {
  const Reading read = read_for_test(
      R"({"id":"a-1","thread_id":"a","chat":"a","author":"1","body":"We stay","unix_timestamp":1935563400,"author_forwarded_from_id":""})"
      "\n",
      "export.ndjson");
  ASSERT_EQ(read.parts.size(), 1U) << read.reason();
  EXPECT_EQ(read.parts[0].first.format, "json-row");
  EXPECT_THAT(read.parts[0].first.hints.at("mapping"), HasSubstr("4cat-telegram"));
}

std::string draft_of(std::string_view table) {
  const auto draft = draft_table(MemorySource(table), "a.csv");
  return draft && *draft ? (*draft)->mapping : "none";
}

TEST(TableDraft, ColumnsAreGuessedFromNamesAndCells) {
  EXPECT_EQ(draft_of("شماره;When;Was;Link;Arrested;استان\n1;۱۳/۰۴/۲۰۳۱;Dockers of the port left their work;"
                     "https://a.example/1;12;Velmar\n"),
            R"({"columns":{"date":"When","place":"استان","text":"Was","url":"Link"},"counts":{"arrested":"Arrested"},)"
            R"("delimiter":";","date_format":"dd/mm/yyyy"})");
  EXPECT_EQ(draft_of("a,text label\nDockers of the port left their work,b\n"),
            R"({"columns":{"text":"text label"},"delimiter":","})");
  EXPECT_EQ(draft_of("a,b\n1,2\n"), R"({"columns":{},"delimiter":","})") << "nothing is guessed from nothing";
  EXPECT_EQ(draft_of("<html><body>words</body></html>"), "none");
}

TEST(TableDraft, WhatIsAmbiguousIsSaid) {
  const auto draft = draft_table(MemorySource("date,text\n03/04/2031,words\n"), "a.csv");
  ASSERT_TRUE(draft && *draft);
  EXPECT_THAT((*draft)->notes, ::testing::Contains(HasSubstr("are ambiguous")));
  EXPECT_THAT((*draft)->notes, ::testing::Contains(HasSubstr("call it \"when\"")));
}

TEST(NamedTable, ARecordOfAutoArchiverIsOnePart) {
  const Reading read =
      read_for_test(R"({"status":"x","metadata":{"url":"https://a.example/1"},"media":[]})", "metadata.json");
  ASSERT_EQ(read.parts.size(), 1U) << read.reason();
  EXPECT_EQ(read.parts[0].first.format, "archive-record");
}

TEST(Mapping, ReadsWhatItWrites) {
  const auto mapping = TableMapping::parse(
      R"({"columns":{"text":"a","place":["b","c"]},"counts":{"killed":["d","e"]},"delimiter":";","zone":"utc"})");
  ASSERT_TRUE(mapping.has_value());
  EXPECT_EQ(*TableMapping::parse(mapping->json()), *mapping);
  for (const char* bad : {R"({"columns":{"text":[]}})", R"({"columns":{"text":[1]}})", R"({"columns":{"date":"a"}})"}) {
    EXPECT_FALSE(TableMapping::parse(bad).has_value()) << bad;
  }
}

}  // namespace
}  // namespace gavah::capture
