#include "base/sheet_row.h"

#include <gtest/gtest.h>

#include "base/xml_scanner.h"

namespace gavah {
namespace {

std::string cells_as_text(std::string_view row) {
  const auto cells = sheet_cells(row);
  if (!cells) return "error: " + cells.error().message;
  std::string out;
  for (const SheetCell& cell : *cells) out += std::to_string(cell.column) + "=" + cell.text(row) + ";";
  return out;
}

TEST(SheetRow, CellsStandWhereTheirReferencesSay) {
  EXPECT_EQ(cells_as_text(R"(<row r="3"><c r="B3" t="s"><v>17</v></c><c r="AA3" s="2"><v>45000.5</v></c></row>)"),
            "1=17;26=45000.5;");
  EXPECT_EQ(cells_as_text("<row><c><v>1</v></c><c/><c><v>2</v></c></row>"), "0=1;1=;2=2;") << "without references";
  EXPECT_EQ(cells_as_text("<x:row><x:c><x:v>1</x:v></x:c></x:row>"), "0=1;") << "with a prefix";
}

TEST(SheetRow, StringsOfTheirOwnAreJoinedWithoutFormulasAndSounds) {
  EXPECT_EQ(
      cells_as_text(R"(<row><c t="inlineStr"><is><r><t>a &amp; </t></r><r><t xml:space="preserve">b</t></r>)"
                    R"(<rPh sb="0" eb="1"><t>no</t></rPh></is></c><c t="str"><f>A1&amp;"x"</f><v>sum</v></c></row>)"),
      "0=a & b;1=sum;");
  EXPECT_EQ(cells_as_text("<row><c t=\"str\"><v><![CDATA[a &amp; <b>]]></v></c></row>"), "0=a &amp; <b>;");
}

TEST(SheetRow, HostileRowsAreRefused) {
  EXPECT_TRUE(cells_as_text("<row><c r=\"ZZZ1\"><v>1</v></c></row>").starts_with("error"));
  EXPECT_TRUE(cells_as_text("<!DOCTYPE row [<!ENTITY a \"b\">]><row/>").starts_with("error"));
  EXPECT_TRUE(cells_as_text("<row><c r=\"A1\"").starts_with("error"));
  std::string many = "<row>";
  for (int i = 0; i < 16'400; ++i) many += "<c/>";
  EXPECT_TRUE(cells_as_text(many + "</row>").starts_with("error"));
  std::string remarks;
  for (int i = 0; i < 200'000; ++i) remarks += "<!---->";
  EXPECT_EQ(cells_as_text(remarks + "<row/>"), "");
}

TEST(SheetRow, SerialNumbersAreDatesOfTwoEpochs) {
  const auto date = [](std::string_view number) { return date_of_serial(number, SheetEpoch::from_1900); };
  EXPECT_EQ(date("1"), "1900-01-01");
  EXPECT_EQ(date("59"), "1900-02-28");
  EXPECT_EQ(date("60"), "") << "a day that never was";
  EXPECT_EQ(date("61"), "1900-03-01");
  EXPECT_EQ(date("36526"), "2000-01-01");
  EXPECT_EQ(date("47971"), "2031-05-03");
  EXPECT_EQ(date("47971.354166666664"), "2031-05-03T08:30:00");
  EXPECT_EQ(date_of_serial("46509", SheetEpoch::from_1904), "2031-05-03");
  EXPECT_EQ(date_of_serial("0", SheetEpoch::from_1904), "1904-01-01");
  for (const char* bad : {"", "x", "-1", "0.5", "1e9", "nan", "12x"}) EXPECT_EQ(date(bad), "") << bad;
}

TEST(SheetRow, FormatsThatShowDatesAreTold) {
  for (const char* code : {"yyyy\\-mm\\-dd", "[$-429]d mmmm yyyy", "h:mm", "[Red]dd/mm", "mm:ss", "\"on\" d"}) {
    EXPECT_TRUE(is_date_format(164, code)) << code;
  }
  for (const char* code : {"0.00", "#,##0", "General", "0.00E+00", "\"days\" 0", "[Red]0;d", "@", "0\\d"}) {
    EXPECT_FALSE(is_date_format(164, code)) << code;
  }
  EXPECT_TRUE(is_date_format(14, ""));
  EXPECT_FALSE(is_date_format(9, ""));
}

TEST(XmlScanner, AttributesAreReadWithTheirReferencesAndPrefixes) {
  XmlScanner scanner("<sheet name='a &lt;&#x6a9;&#1705;&bad;' r:id = \"rId1\"/>");
  const auto token = scanner.next();
  ASSERT_TRUE(token.has_value());
  EXPECT_EQ(token->attribute("name"), "a <کک&bad;");
  EXPECT_EQ(token->attribute("id"), "rId1");
  EXPECT_EQ(token->attribute("none"), "");
  EXPECT_EQ(xml_text("&#0;&#xD800;&#x110000;"), "\uFFFD\uFFFD\uFFFD");
}

TEST(XmlScanner, EveryCutOfADocumentGivesAPrefixOfItsTokens) {
  constexpr std::string_view kDocument = R"(<?xml version="1.0"?><a b="c>d"><!-- x --><![CDATA[y]]>text</a>)";
  std::size_t most = 0;
  for (std::size_t cut = 0; cut <= kDocument.size(); ++cut) {
    XmlScanner scanner(kDocument.substr(0, cut));
    std::size_t count = 0;
    for (;; ++count) {
      const auto token = scanner.next();
      ASSERT_TRUE(token.has_value()) << cut;
      if (token->kind == XmlToken::Kind::more) break;
    }
    EXPECT_GE(count + 1, most) << cut;
    most = std::max(most, count);
  }
  EXPECT_EQ(most, 4U);
}

}  // namespace
}  // namespace gavah
