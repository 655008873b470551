#include "extract/archive_record.h"

#include "extract/json_record.h"
#include "extract/python_record.h"
#include "extract/table_date.h"
#include "extract/text_post.h"
#include "extract/written_date.h"

namespace gavah::extract {
namespace {

constexpr std::size_t kMedia = 1024;  // files of one record; a page has some tens
constexpr DateRule kUntrue{.order = DateRule::Order::open, .zone = DateRule::Zone::untrue};

/// The media of a record, by the members that say where they went.
template <class Record>
void add_media(const Record& record, typename Record::Index list, Report& report) {
  for (const auto item : record.items(list)) {
    if (report.media.size() >= kMedia) return;
    Media media;
    media.media_type = record.text(record.find(item, "_mimetype"));
    media.caption = record.text(record.find(item, "filename"));
    report.media.push_back(std::move(media));
    for (const auto url : record.items(record.find(item, "urls"))) report.links.push_back(record.text(url));
  }
}

/// Title, words, address and day; `write` puts a string into the text.
template <class Record, class Write>
void fill(const Record& record, typename Record::Index metadata, const OffsetMap& page, Report& report, Write write) {
  report.title = record.text(record.find(metadata, "title"));
  report.url = record.text(record.find(metadata, "url"));
  MappedText words(page);
  auto content = record.find(metadata, "content");
  if (content == Record::kNone) content = record.find(metadata, "title");
  write(content, words);
  words.trim_end();
  words.give(report);
}

void finish(Report& report) {
  for (std::string& link : links_in(report.text)) report.links.push_back(std::move(link));
  if (report.text.empty() && report.title.empty() && report.media.empty()) report.hollow = "empty body";
}

}  // namespace

void read_archive_record(ReportSet& set) {
  const Transcoded text = to_utf8(set.input().bytes, set.input().part.charset);
  Report& report = *set.add(ReportKind::article);
  const auto json = JsonRecord::read(text.text);
  if (!json) {
    report.hollow = "unreadable record";
    return;
  }
  const auto metadata = json->find(json->root(), "metadata");
  fill(*json, metadata, text.map, report, [&](auto index, MappedText& out) { json->write(index, out); });
  report.published = table_date(json->text(json->find(metadata, "timestamp")), kUntrue);
  add_media(*json, json->find(json->root(), "media"), report);
  finish(report);
}

void read_archive_row(ReportSet& set, const TableCells& cells) {
  Report& report = *set.add(ReportKind::row);
  const RowCell* noted = cells.find("metadata");
  const auto record = noted == nullptr ? std::nullopt : PythonRecord::read(noted->text.text());
  if (!record) {
    report.hollow = "unreadable record";
    return;
  }
  const OffsetMap none = OffsetMap::identity();
  fill(*record, record->root(), none, report,
       [&](auto index, MappedText& out) { record->write(index, noted->text, out); });
  const auto stamp = record->find(record->root(), "timestamp");
  const std::string written = record->called(stamp).empty() ? record->text(stamp) : record->date(stamp);
  report.published = table_date(written, kUntrue);
  if (const RowCell* kept = cells.find("media")) {
    if (const auto media = PythonRecord::read(kept->text.text())) add_media(*media, media->root(), report);
  }
  finish(report);
}

}  // namespace gavah::extract
