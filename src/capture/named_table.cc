#include "capture/named_table.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/check.h"
#include "capture/capture.h"

namespace gavah::capture {
namespace {

using namespace std::string_view_literals;

/// A known export: the header cells that no other table has together (in lower case), and how it is read.
struct NamedTable {
  std::array<std::string_view, 5> signs;
  std::string_view mapping;
};

// ACLED: event_date tells when the event was, timestamp (Unix seconds) when the row was last published; source is a
// list parted by semicolons (codebook, "source"). CCC: the dictionary of its compiled data. 4CAT: map_item of its
// Telegram data source. auto-archiver stamps UTC on times that had no zone.
constexpr std::array<NamedTable, 12> kNamedTables{{
    {{"event_id_cnty", "deleted_timestamp"},
     R"({"shape":"acled-deleted","publisher":"ACLED","columns":{"retracts":"event_id_cnty","date":"deleted_timestamp"}})"},
    {{"event_id_cnty", "event_date", "event_type", "notes", "fatalities"},
     R"({"shape":"acled","publisher":"ACLED","columns":{"text":"notes","when":"event_date","place":["location"],
         "date":"timestamp","cites":"source","id":"event_id_cnty"},
         "counts":{"fatalities":"fatalities"},"date_format":"dd/mm/yyyy"})"},
    {{"date", "locality", "state", "type", "size_low"},
     R"({"shape":"ccc","publisher":"Crowd Counting Consortium","columns":{"title":"title","text":"type","when":"date",
         "place":"locality","cites":"source_*","also":["actors","participants","claims","size_text","property_damage",
         "participant_measures","police_measures","notes"]},
         "counts":{"participants":["size_low","size_high"],"arrested":"arrests","participants injured":"injuries_crowd",
         "police injured":"injuries_police","participants killed":"participant_deaths",
         "police killed":"police_deaths"}})"},
    {{"date", "citytown", "stateterritory", "eventtype", "estimatelow"},
     R"({"shape":"ccc","publisher":"Crowd Counting Consortium","columns":{"text":"EventType","when":"Date",
         "place":"CityTown","cites":"Source*","also":["Actor","Claim","EstimateText","ReportedPropertyDamage","Misc*"]},
         "counts":{"participants":["EstimateLow","EstimateHigh"],"arrested":"ReportedArrests",
         "participants injured":"ReportedParticipantInjuries","police injured":"ReportedPoliceInjuries"}})"},
    {{"slug", "status", "description", "sensitive"},
     R"({"shape":"atlos","columns":{"text":"description","when":"date","id":"slug","cites":"source_*"}})"},
    {{"thread_id", "author", "body", "author_forwarded_from_id"},
     R"({"shape":"4cat-telegram","columns":{"text":"body","date":["unix_timestamp","timestamp"],
         "author":["author_name","author_username"],"source":"chat","id":"id","links":"link_attached",
         "forwards":["author_forwarded_from_username","author_forwarded_from_name","author_forwarded_from_id"],
         "replies":"reply_to","edited":["unix_timestamp_edited","timestamp_edited"]}})"},
    {{"thread_id", "author", "body", "timestamp"},
     R"({"shape":"4cat","columns":{"title":"subject","text":"body","date":["unix_timestamp","timestamp"],
         "author":["author_fullname","author"],"url":["url","post_url","link"],"id":"id"}})"},
    {{"archive status", "link"},
     R"({"shape":"auto-archiver-sheet","zone":"unknown","columns":{"title":"upload title","text":"text content",
         "date":"upload timestamp","url":"link","links":["archive location","screenshot","thumbnail"]}})"},
    {{"archive status", "url"},
     R"({"shape":"auto-archiver-sheet","zone":"unknown","columns":{"title":"upload title","text":"text content",
         "date":"upload timestamp","url":"url","links":["archive location","screenshot","thumbnail"]}})"},
    {{"status", "metadata", "media"},
     R"({"shape":"auto-archiver-db","zone":"unknown","columns":{"text":"metadata","also":"media"}})"},
    {{"title", "template", "documents", "attachments"},
     R"({"shape":"uwazi","columns":{"title":"Title","date":["Date added","Creation date"],"also":"*"}})"},
    {{"title", "template", "date added"},
     R"({"shape":"uwazi","columns":{"title":"Title","date":"Date added","also":"*"}})"},
}};

/// "Title__es": a property with the suffix of a language, as Uwazi imports have.
bool has_language_suffix(std::string_view cell) {
  const std::size_t at = cell.rfind("__");
  if (at == std::string_view::npos || at == 0) return false;
  const std::string_view suffix = cell.substr(at + 2);
  return suffix.size() >= 2 && suffix.size() <= 3 &&
         std::ranges::all_of(suffix, [](char c) { return c >= 'a' && c <= 'z'; });
}

constexpr std::string_view kUwaziImport = R"({"shape":"uwazi","columns":{"title":["Title","Title__*"],"also":"*"}})";

constexpr std::array<std::string_view, 61> kGdeltColumns{"GlobalEventID",
                                                         "Day",
                                                         "MonthYear",
                                                         "Year",
                                                         "FractionDate",
                                                         "Actor1Code",
                                                         "Actor1Name",
                                                         "Actor1CountryCode",
                                                         "Actor1KnownGroupCode",
                                                         "Actor1EthnicCode",
                                                         "Actor1Religion1Code",
                                                         "Actor1Religion2Code",
                                                         "Actor1Type1Code",
                                                         "Actor1Type2Code",
                                                         "Actor1Type3Code",
                                                         "Actor2Code",
                                                         "Actor2Name",
                                                         "Actor2CountryCode",
                                                         "Actor2KnownGroupCode",
                                                         "Actor2EthnicCode",
                                                         "Actor2Religion1Code",
                                                         "Actor2Religion2Code",
                                                         "Actor2Type1Code",
                                                         "Actor2Type2Code",
                                                         "Actor2Type3Code",
                                                         "IsRootEvent",
                                                         "EventCode",
                                                         "EventBaseCode",
                                                         "EventRootCode",
                                                         "QuadClass",
                                                         "GoldsteinScale",
                                                         "NumMentions",
                                                         "NumSources",
                                                         "NumArticles",
                                                         "AvgTone",
                                                         "Actor1Geo_Type",
                                                         "Actor1Geo_FullName",
                                                         "Actor1Geo_CountryCode",
                                                         "Actor1Geo_ADM1Code",
                                                         "Actor1Geo_ADM2Code",
                                                         "Actor1Geo_Lat",
                                                         "Actor1Geo_Long",
                                                         "Actor1Geo_FeatureID",
                                                         "Actor2Geo_Type",
                                                         "Actor2Geo_FullName",
                                                         "Actor2Geo_CountryCode",
                                                         "Actor2Geo_ADM1Code",
                                                         "Actor2Geo_ADM2Code",
                                                         "Actor2Geo_Lat",
                                                         "Actor2Geo_Long",
                                                         "Actor2Geo_FeatureID",
                                                         "ActionGeo_Type",
                                                         "ActionGeo_FullName",
                                                         "ActionGeo_CountryCode",
                                                         "ActionGeo_ADM1Code",
                                                         "ActionGeo_ADM2Code",
                                                         "ActionGeo_Lat",
                                                         "ActionGeo_Long",
                                                         "ActionGeo_FeatureID",
                                                         "DATEADDED",
                                                         "SOURCEURL"};
constexpr std::size_t kGdelt1Cells = 58;  // without the three ADM2 codes

bool is_number(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::optional<TableMapping> recognise_export(const std::vector<std::string>& header, char delimiter) {
  std::set<std::string> cells;
  for (const std::string& cell : header) cells.insert(folded_cell(cell));
  const auto* found = std::ranges::find_if(kNamedTables, [&](const NamedTable& table) {
    return std::ranges::all_of(
        table.signs, [&](std::string_view sign) { return sign.empty() || cells.contains(std::string(sign)); });
  });
  std::string_view json = found == kNamedTables.end() ? std::string_view() : found->mapping;
  const bool is_titled = std::ranges::any_of(cells, [](const std::string& cell) { return cell.starts_with("title"); });
  if (json.empty() && is_titled && std::ranges::any_of(cells, has_language_suffix)) json = kUwaziImport;
  if (json.empty()) return std::nullopt;
  auto mapping = TableMapping::parse(json);
  GAVAH_CHECK(mapping.has_value());
  mapping->delimiter = delimiter;
  return *mapping->resolve(header, TableMapping::Missing::dropped);
}

bool is_gdelt_row(std::string_view row) {
  const auto tabs = static_cast<std::size_t>(std::ranges::count(row, '\t'));
  if (tabs + 1 != kGdeltColumns.size() && tabs + 1 != kGdelt1Cells) return false;
  const std::size_t first = row.find('\t');
  const std::string_view day = row.substr(first + 1, row.find('\t', first + 1) - first - 1);
  return is_number(row.substr(0, first)) && is_number(day) && day.size() == 8;
}

std::vector<std::string> gdelt_header(std::size_t cells) {
  std::vector<std::string> out;
  for (const std::string_view name : kGdeltColumns) {
    if (cells > kGdelt1Cells || !name.ends_with("ADM2Code")) out.emplace_back(name);
  }
  return out;
}

TableMapping gdelt_mapping() {
  auto mapping = TableMapping::parse(
      R"({"shape":"gdelt","publisher":"GDELT","delimiter":"\t","hollow":"coded by a machine, without words",
          "columns":{"also":["Actor1Name","Actor2Name","ActionGeo_FullName"],"when":"Day","date":"DATEADDED",
          "cites":"SOURCEURL","id":"GlobalEventID"}})");
  GAVAH_CHECK(mapping.has_value());
  return *std::move(mapping);
}

}  // namespace gavah::capture
