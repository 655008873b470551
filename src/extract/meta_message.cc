#include "extract/meta_message.h"

#include <algorithm>
#include <array>
#include <utility>

#include "extract/json_record.h"
#include "extract/latin1_text.h"
#include "extract/text_post.h"
#include "extract/written_date.h"

namespace gavah::extract {
namespace {

using Index = JsonRecord::Index;

void fill(const JsonRecord& record, const OffsetMap& map, Report& report) {
  const Index root = record.root();
  report.author = put_right(record.text_of(root, "sender_name"));
  report.source = report.author;
  MappedText raw(map);
  if (const Index content = record.find(root, "content"); content != JsonRecord::kNone) record.write(content, raw);
  MappedText words(map);
  write_put_right(raw, words);
  words.trim_end();
  words.give(report);
  const std::string milliseconds = record.text_of(root, "timestamp_ms");
  if (const auto date = read_machine_date(milliseconds)) report.published = interval_of(*date, milliseconds);
  report.links = links_in(report.text);
  const std::string shared = record.text(record.find(root, {"share", "link"}));
  const bool is_known = std::find(report.links.begin(), report.links.end(), shared) != report.links.end();
  if (!shared.empty() && !is_known) report.links.push_back(shared);
  constexpr auto kLists = std::to_array<std::pair<std::string_view, std::string_view>>(
      {{"photos", "image"}, {"videos", "video"}, {"audio_files", "audio"}, {"gifs", "image"}, {"files", "file"}});
  for (const auto& [list, type] : kLists) {
    const std::size_t count = record.items(record.find(root, list)).size();
    for (std::size_t i = 0; i < count; ++i) report.media.push_back({std::nullopt, std::string(type), ""});
  }
  const bool is_unsent = record.is_true(record.find(root, "is_unsent"));
  if (is_unsent) report.hollow = "post not available";
  if (report.text.empty() && report.media.empty() && report.links.empty()) report.hollow = "empty body";
}

}  // namespace

void read_meta_message(ReportSet& set) {
  const Transcoded bytes = to_utf8(set.input().bytes, "utf-8");
  const auto record = JsonRecord::read(bytes.text);
  Report& report = *set.add(ReportKind::message);
  if (!record) {
    report.hollow = "unreadable record";
    return;
  }
  fill(*record, bytes.map, report);
}

}  // namespace gavah::extract
