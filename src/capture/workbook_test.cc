// Spreadsheets: rows as ranges of the inflated sheet, and what a row needs beside its bytes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "capture/reading_for_tests.h"

namespace gavah::capture {
namespace {

using ::testing::HasSubstr;

const ZipMember kTypes{"[Content_Types].xml", "<Types/>", true};
const ZipMember kRelations{
    "xl/_rels/workbook.xml.rels",
    R"(<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Target="/xl/worksheets/sheet2.xml"/><Relationship Id="rId3" Target="chartsheets/sheet1.xml"/></Relationships>)",
    true};
const ZipMember kStrings{"xl/sharedStrings.xml",
                         "<sst><si><t>متن</t></si><si><t>تاریخ</t></si><si><r><t>کارگران &amp; "
                         "</t></r><r><t>رانندگان</t></r><rPh><t>x</t></rPh></si>"
                         "<si><t>text</t></si></sst>",
                         true};
const ZipMember kStyles{
    "xl/styles.xml",
    R"(<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>)",
    true};

ZipMember book(std::string_view properties, std::string_view sheets) {
  return {"xl/workbook.xml",
          std::string("<workbook>").append(properties).append("<sheets>").append(sheets).append("</sheets></workbook>"),
          true};
}

constexpr std::string_view kRows =
    R"(<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>)"
    R"(<row r="2"/><row r="3"><c r="A3" t="s"><v>2</v></c><c r="B3" s="1"><v>47971</v></c></row>)"
    R"(<row r="4"><c r="A4" t="inlineStr"><is><t>own words</t></is></c><c r="B4" s="0"><v>5</v></c></row></sheetData></worksheet>)";

Reading read_book(std::string_view properties, std::string_view rows) {
  return read_for_test(zipped({kTypes,
                               kRelations,
                               kStrings,
                               kStyles,
                               book(properties, R"(<sheet name="List" sheetId="1" r:id="rId1"/>)"),
                               {"xl/worksheets/sheet1.xml", std::string(rows), true}}),
                       "list.xlsx");
}

TEST(Workbook, EachRowIsARangeOfTheInflatedSheet) {
  const Reading read = read_book("", kRows);
  ASSERT_EQ(read.parts.size(), 2U) << read.reason();
  EXPECT_EQ(read.container.format, "xlsx");
  const Part& part = read.parts[0].first;
  EXPECT_EQ(part.format, "xlsx-row");
  EXPECT_EQ(part.path, "List/row 3");
  ASSERT_EQ(part.chain.size(), 2U);
  EXPECT_EQ(part.chain[0].decoder, "zip");
  EXPECT_EQ(kRows.substr(part.chain[1].range.begin, part.chain[1].range.size()), read.parts[0].second);
  EXPECT_EQ(part.hints.at("header"), R"(["متن","تاریخ"])");
  EXPECT_EQ(part.hints.at("strings"), R"({"2":"کارگران & رانندگان"})") << "joined, without how it sounds";
  EXPECT_EQ(part.hints.at("dates"), "[1]");
  EXPECT_EQ(part.hints.count("epoch"), 0U);
  EXPECT_EQ(read.parts[1].first.hints.count("strings"), 0U);
}

TEST(Workbook, TheOtherEpochIsSaid) {
  EXPECT_EQ(read_book(R"(<workbookPr date1904="1"/>)", kRows).parts[0].first.hints.at("epoch"), "1904");
}

TEST(Workbook, ASheetThatIsHiddenOrNoTableIsSaid) {
  const Reading read = read_for_test(
      zipped(
          {kTypes,
           kRelations,
           kStrings,
           kStyles,
           book(
               "",
               R"(<sheet name="List" r:id="rId1" state="hidden"/><sheet name="Notes" r:id="rId2"/><sheet name="Chart" r:id="rId3"/>)"),
           {"xl/worksheets/sheet1.xml", std::string(kRows), false},
           {"xl/worksheets/sheet2.xml", "<worksheet><row><c><v>7</v></c></row></worksheet>", true}}),
      "list.xlsx");
  EXPECT_EQ(read.parts.size(), 2U);
  EXPECT_EQ(read.parts[0].first.chain[0].decoder, "none") << "a stored sheet";
  EXPECT_THAT(read.problems(), HasSubstr("[List] it is hidden"));
  EXPECT_THAT(read.problems(), HasSubstr("[Notes] a sheet none of whose columns"));
  EXPECT_EQ(read.container.passed_over.at("chart or dialogue sheet"), 1U);
}

TEST(Workbook, HostileSheetsAreSetAside) {
  EXPECT_THAT(read_book("", "<!DOCTYPE a [<!ENTITY b \"c\">]><worksheet/>").reason(), HasSubstr("document type"));
  const std::string cut(kRows.substr(0, kRows.size() - 60));
  const Reading read = read_book("", cut);
  EXPECT_EQ(read.parts.size(), 1U);
  EXPECT_THAT(read.problems(), HasSubstr("ends inside a row"));
  const Reading missing = read_book(
      "", R"(<worksheet><row><c t="s"><v>3</v></c></row><row r="2"><c t="s"><v>99</v></c></row></worksheet>)");
  EXPECT_THAT(missing.problems(), HasSubstr("a shared string that is not there"));
  EXPECT_THAT(read_for_test(zipped({kTypes, {"word/document.xml", "<a/>", true}}), "a.docx").reason(),
              HasSubstr("Office document"));
}

TEST(Workbook, RowsLargerThanAStepOfReadingAreWhole) {
  std::string rows = R"(<worksheet><row><c t="s"><v>3</v></c><c t="s"><v>1</v></c></row>)";
  std::string words;
  while (words.size() < 700'000) words += "words of a long statement, ";
  for (int i = 0; i < 3; ++i) rows += "<row><c t=\"str\"><v>" + words + "</v></c></row>";
  const Reading read = read_book("", rows + "</worksheet>");
  ASSERT_EQ(read.parts.size(), 3U) << read.reason();
  EXPECT_GT(read.parts[2].second.size(), 700'000U);
}

}  // namespace
}  // namespace gavah::capture
