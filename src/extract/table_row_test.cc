// Rows of tables as reports: what is said, by whom, when, and which bytes each word came from.
#include <gtest/gtest.h>

#include "extract/extract.h"
#include "extract/table_date.h"

namespace gavah::extract {
namespace {

struct Table {
  std::string mapping;
  std::string header;
  std::string charset = {};
  std::string format = "csv-row";
};

std::vector<Report> read(const Table& table, std::string_view bytes) {
  Part part;
  part.format = table.format;
  part.charset = table.charset;
  part.hints = {{"mapping", table.mapping}, {"header", table.header}};
  const Capture capture;
  return extract({capture, part, bytes}, IdSecret{});
}

/// The bytes that the first occurrence of `words` in the report came from.
std::string source_of(const Report& report, std::string_view words, std::string_view bytes) {
  const auto at = report.text.find(words);
  if (at == std::string::npos) return "not in the text";
  const auto begin = static_cast<std::uint32_t>(at);
  const auto range = source_range(report, {begin, begin + static_cast<std::uint32_t>(words.size())});
  return range ? std::string(bytes.substr(range->begin, range->size())) : std::string("none");
}

bool has_relation(const Report& report, RelationKind kind, std::string_view target) {
  for (const Relation& relation : report.relations) {
    if (relation.kind == kind && relation.target == target) return true;
  }
  return false;
}

const Table kAcled{
    R"({"columns":{"cites":"source","date":"timestamp","id":"event_id_cnty","place":"location","text":"notes","when":"event_date"},"counts":{"fatalities":"fatalities"},"delimiter":",","date_format":"dd/mm/yyyy","shape":"acled","publisher":"ACLED"})",
    R"(["event_id_cnty","event_date","location","source","notes","fatalities","timestamp"])"};

TEST(TableRow, ACodedRowSpeaksForItsPublisherAndCitesItsSources) {
  const std::string row =
      R"(VEL12,03-05-2031,Anselm,"Coast Herald; Docks Union","Police fired ""live"" rounds.",3,1935563400)";
  const auto reports = read(kAcled, row);
  ASSERT_EQ(reports.size(), 1U);
  const Report& report = reports[0];
  EXPECT_EQ(report.text, "2031-05-03, Anselm: Police fired \"live\" rounds.\n3 fatalities");
  EXPECT_EQ(report.source, "ACLED");
  EXPECT_EQ(report.url, "urn:acled:VEL12");
  EXPECT_EQ(report.published.start, Instant{1935563400}) << "when the row was published, not when the event was";
  EXPECT_TRUE(has_relation(report, RelationKind::cites, "Coast Herald"));
  EXPECT_TRUE(has_relation(report, RelationKind::cites, "Docks Union"));
  EXPECT_EQ(source_of(report, "2031-05-03", row), "03-05-2031");
  EXPECT_EQ(source_of(report, "Anselm", row), "Anselm");
  EXPECT_EQ(source_of(report, "\"live\"", row), R"(""live"")");
  EXPECT_EQ(source_of(report, "3 fatalities", row), "3");
}

TEST(TableRow, DatesOfAcledInThreeSpellingsAreOneDay) {
  for (const char* date : {"03-05-2031", "\"03 May 2031\"", "2031-05-03"}) {
    const auto reports = read(kAcled, std::string("V1,") + date + ",Anselm,A,Words of it.,0,1935563400");
    const bool is_iso = reports[0].text.starts_with("2031-05-03, Anselm: ");
    EXPECT_TRUE(is_iso || reports[0].text.starts_with("03 May 2031, Anselm: ")) << reports[0].text;
    EXPECT_EQ(reports[0].text.find("fatalities"), std::string::npos) << "none is not told from unknown";
  }
}

TEST(TableRow, AnEntryOfTheDeletionsFeedTakesAnEntryBack) {
  const auto reports =
      read({R"({"columns":{"date":"b","retracts":"a"},"delimiter":",","shape":"acled-deleted","publisher":"ACLED"})",
            R"(["a","b"])"},
           "VEL12,1935563400");
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_TRUE(has_relation(reports[0], RelationKind::retracts, "urn:acled:VEL12"));
  EXPECT_EQ(reports[0].hollow, "");
  EXPECT_EQ(reports[0].published.start, Instant{1935563400});
}

TEST(TableRow, CountsOfTwoColumnsAreARange) {
  const Table table{
      R"({"columns":{"also":["claims"],"text":"type","when":"date","cites":["source_1","source_2"]},"counts":{"arrested":"arrests","participants":["low","high"]},"delimiter":","})",
      R"(["date","type","low","high","arrests","claims","source_1","source_2"])"};
  const std::string row = "2031-05-03,march,200,300,unclear,for bread,https://gazette.example/1,a leaflet";
  const auto reports = read(table, row);
  EXPECT_EQ(reports[0].text, "2031-05-03: march\n200 to 300 participants\nclaims: for bread");
  EXPECT_EQ(source_of(reports[0], "200 to 300", row), "200,300");
  EXPECT_EQ(reports[0].links, std::vector<std::string>{"https://gazette.example/1"});
  EXPECT_TRUE(has_relation(reports[0], RelationKind::cites, "a leaflet"));
  EXPECT_EQ(read(table, "2031-05-03,march,200,200,NA,NA,,")[0].text, "2031-05-03: march\n200 participants");
}

TEST(TableRow, AMachineCodedRowLeadsToItsArticleAndClaimsNothing) {
  const auto reports = read(
      {R"({"columns":{"also":["Actor1Name"],"cites":"SOURCEURL","date":"DATEADDED","id":"GlobalEventID","when":"Day"},"delimiter":"\t","shape":"gdelt","publisher":"GDELT","hollow":"coded by a machine, without words"})",
       R"(["GlobalEventID","Day","Actor1Name","DATEADDED","SOURCEURL"])"},
      "7\t20310503\tPROTESTER\t20310503083000\thttps://gazette.example/1");
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_EQ(reports[0].hollow, "coded by a machine, without words");
  EXPECT_EQ(reports[0].source, "GDELT");
  EXPECT_EQ(reports[0].url, "urn:gdelt:7") << "not the article's own address";
  EXPECT_TRUE(has_relation(reports[0], RelationKind::cites, "https://gazette.example/1"));
  EXPECT_EQ(reports[0].published.start, *Instant::parse("2031-05-03T08:30:00Z"));
}

const Table kForum{
    R"({"columns":{"author":["author_name"],"date":["unix_timestamp","timestamp"],"edited":["timestamp_edited"],"forwards":["author_forwarded_from_username","author_forwarded_from_name","author_forwarded_from_id"],"id":"id","replies":"reply_to","source":"chat","text":"body"},"delimiter":",","shape":"4cat-telegram"})",
    R"(["id","chat","author_name","body","timestamp","unix_timestamp","timestamp_edited","reply_to","author_forwarded_from_username","author_forwarded_from_name","author_forwarded_from_id"])"};

TEST(TableRow, MessagesOf4catAreMessages) {
  const auto reports =
      read(kForum,
           "docksdaily-12,docksdaily,Docks daily,We stay.,2031-05-03 12:00:00,1935563400,2031-05-03 13:00:00,11,,,9");
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_EQ(reports[0].kind, ReportKind::message);
  EXPECT_EQ(reports[0].source, "@docksdaily");
  EXPECT_EQ(reports[0].url, "https://t.me/docksdaily/12");
  EXPECT_EQ(reports[0].published.start, Instant{1935563400});
  EXPECT_TRUE(has_relation(reports[0], RelationKind::replies, "https://t.me/docksdaily/11"));
  EXPECT_TRUE(has_relation(reports[0], RelationKind::forwards, "9"));
  EXPECT_TRUE(has_relation(reports[0], RelationKind::edits, "https://t.me/docksdaily/12"));
}

TEST(TableRow, TheSameColumnsAsJsonGiveTheSameMessage) {
  Table table = kForum;
  table.format = "json-row";
  table.header = {};
  const std::string record =
      R"({"id":"docksdaily-12","chat":"docksdaily","author_name":"Docks daily","body":"We \"stay\".","unix_timestamp":1935563400,"author_forwarded_from_username":"coastherald"})";
  const auto reports = read(table, record);
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_EQ(reports[0].text, "We \"stay\".");
  EXPECT_EQ(source_of(reports[0], "\"stay\"", record), R"(\"stay\")");
  EXPECT_EQ(reports[0].published.start, Instant{1935563400});
  EXPECT_TRUE(has_relation(reports[0], RelationKind::forwards, "https://t.me/coastherald"));
}

TEST(TableRow, EntitiesOfUwaziGiveTheirPropertiesAsLines) {
  const std::string row =
      "Walk-out,03/05/2031,Event,Dockers::Drivers|Cranes,41.1|-40.2,The leaflet|https://a.example/l,x.pdf";
  const auto reports = read(
      {R"({"columns":{"also":["Template","Who","Where","Link","Documents"],"date":"Date added","title":"Title"},"delimiter":",","shape":"uwazi"})",
       R"(["Title","Date added","Template","Who","Where","Link","Documents"])"},
      row);
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_EQ(reports[0].title, "Walk-out");
  EXPECT_EQ(reports[0].text, "Walk-out\nWho: Dockers, Drivers; Cranes\nLink: The leaflet");
  EXPECT_EQ(reports[0].links, std::vector<std::string>{"https://a.example/l"});
  EXPECT_EQ(source_of(reports[0], "Drivers; Cranes", row), "Drivers|Cranes");
  EXPECT_EQ(reports[0].published.start, std::nullopt) << "nothing says whether day or month comes first";
  EXPECT_EQ(reports[0].published.phrase, "03/05/2031");
}

TEST(TableRow, AnEntityInTwoLanguagesIsTwoReportsOneOfThemATranslation) {
  const auto reports = read(
      {R"({"columns":{"also":["What__en","What__ar"],"title":["Title__en","Title__ar"]},"delimiter":",","shape":"uwazi"})",
       R"(["Title__en","Title__ar","What__en","What__ar"])"},
      "Walk-out,إضراب,The dockers of the port left work,ترك عمال الميناء العمل");
  ASSERT_EQ(reports.size(), 2U);
  EXPECT_EQ(reports[0].text, "Walk-out\nWhat: The dockers of the port left work");
  EXPECT_EQ(reports[1].title, "إضراب");
  EXPECT_EQ(reports[1].text, "إضراب\nWhat: ترك عمال الميناء العمل");
  EXPECT_TRUE(has_relation(reports[1], RelationKind::translates, reports[0].id.hex()));
}

TEST(TableRow, RowsInOlderCharsetsLeadBackToTheirBytes) {
  const std::string row = "\xDF\xC7\xD1\xD0\xD1\xC7\xE4 \xC8\xE4\xCF\xD1;2031-05-03";
  const auto reports =
      read({R"({"columns":{"date":"b","text":"a"},"delimiter":";"})", R"(["a","b"])", "windows-1256"}, row);
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_EQ(reports[0].text, "كارذران بندر");
  EXPECT_EQ(source_of(reports[0], "بندر", row), "\xC8\xE4\xCF\xD1");
}

TEST(TableRow, CellsOfASheetLeadToTheirBytesOrTheirNumber) {
  const std::string row =
      R"(<row r="3"><c r="A3" t="s"><v>17</v></c><c r="B3" s="1"><v>47971.5</v></c><c r="D3" t="inlineStr"><is><t>port &amp; sea</t></is></c><c r="E3"><v>12</v></c><c r="F3" t="e"><v>#REF!</v></c></row>)";
  const Capture capture;
  Part part;
  part.format = "xlsx-row";
  part.hints = {
      {"header", R"(["What","When","Who","Where","Held","Broken"])"},
      {"mapping",
       R"({"columns":{"also":"Broken","place":"Where","text":"What","when":"When"},"counts":{"arrested":"Held"}})"},
      {"strings", R"({"17":"Dockers left work."})"},
      {"dates", "[1]"}};
  const auto reports = extract({capture, part, row}, IdSecret{});
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_EQ(reports[0].text, "2031-05-03T12:00:00, port & sea: Dockers left work.\n12 arrested");
  EXPECT_EQ(source_of(reports[0], "Dockers left work.", row), "17") << "a shared string is a reference";
  EXPECT_EQ(source_of(reports[0], "2031-05-03T12:00:00", row), "47971.5");
  EXPECT_EQ(source_of(reports[0], "port & sea", row), "port &amp; sea");
  EXPECT_EQ(source_of(reports[0], "12 arrested", row), "12");
}

TEST(TableDate, AClockWithoutAZoneGivesItsDayOnly) {
  const auto naive = table_date("2031-05-03 23:30:00", {});
  EXPECT_EQ(naive.precision, TimePrecision::day_stated);
  EXPECT_EQ(naive.start->day(), Day::from_civil(2031, 5, 3));
  EXPECT_EQ(table_date("2031-05-03 23:30:00", {.zone = DateRule::Zone::utc}).precision, TimePrecision::clock);
  EXPECT_EQ(table_date("2031-05-03T23:30:00Z", {}).precision, TimePrecision::clock);
  EXPECT_EQ(table_date("2031-05-03T23:30:00+03:30", {}).start, *Instant::parse("2031-05-03T20:00:00Z"));
  EXPECT_EQ(table_date("2031-05-03T23:30:00+00:00", {.zone = DateRule::Zone::untrue}).precision,
            TimePrecision::day_stated);
  EXPECT_EQ(table_date("1935563400", {}).precision, TimePrecision::clock);
  EXPECT_EQ(table_date("soon", {}).precision, TimePrecision::unknown);
}

TEST(TableDate, DayAndMonthThatCouldBeEitherStayOpen) {
  EXPECT_EQ(table_date("03/04/2031", {}).phrase, "03/04/2031");
  EXPECT_TRUE(table_date("03/04/2031", {}).is_unknown());
  EXPECT_EQ(table_date("03/04/2031", {.order = DateRule::Order::month_first}).start->day(),
            Day::from_civil(2031, 3, 4));
  EXPECT_EQ(table_date("13/04/2031", {}).start->day(), Day::from_civil(2031, 4, 13));
  EXPECT_EQ(table_date("04/04/2031", {}).start->day(), Day::from_civil(2031, 4, 4));
  EXPECT_EQ(table_date("۱۴۱۰/۰۲/۱۳", {}).calendar, Calendar::persian);
  EXPECT_EQ(iso_day("03.04.31", {.order = DateRule::Order::day_first}), "2031-04-03");
  EXPECT_EQ(iso_day("3 May 2031", {.order = DateRule::Order::day_first}), "");
}

}  // namespace
}  // namespace gavah::extract
