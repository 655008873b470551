#include "extract/video_info.h"

#include <algorithm>
#include <optional>

#include "extract/json_record.h"
#include "extract/text_post.h"
#include "extract/written_date.h"

namespace gavah::extract {
namespace {

using Index = JsonRecord::Index;

void write_words(const JsonRecord& record, Index index, const OffsetMap& map, Report& report) {
  MappedText words(map);
  if (record.is_string(index)) record.write(index, words);
  words.trim_end();
  words.give(report);
  report.links = links_in(report.text);
}

/// "@handle" where there is one, else the channel's name.
std::string account_of(const JsonRecord& record, Index item, std::initializer_list<std::string_view> names) {
  std::string first;
  for (const std::string_view name : names) {
    std::string text = record.text_of(item, name);
    if (text.starts_with('@')) return text;
    if (first.empty()) first = std::move(text);
  }
  return first;
}

/// "20310503", a day of UTC.
std::optional<Day> day_of(const std::string& digits) {
  constexpr std::size_t kDigits = 8;
  if (digits.size() != kDigits || digits.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
  const auto day = Day::parse(digits.substr(0, 4) + "-" + digits.substr(4, 2) + "-" + digits.substr(6));
  return day ? std::optional(*day) : std::nullopt;
}

TimeInterval published_of(const JsonRecord& record, Index item) {
  const std::string seconds = record.text_of(item, "timestamp");
  const std::string whole = seconds.substr(0, seconds.find('.'));
  if (const auto date = read_machine_date(whole); date && date->instant) return interval_of(*date, seconds);
  const std::string upload = record.text_of(item, "upload_date");
  if (const auto day = day_of(upload)) {
    return interval_of(WrittenDate{*day, std::nullopt, Calendar::gregorian, {}}, upload);
  }
  return {};
}

std::string audience_of(const std::string& availability) {
  if (availability == "public" || availability == "needs_auth") return {};
  return availability.ends_with("_only") ? "subscribers" : availability;
}

std::string hint(const ReportSet& set, const std::string& name) {
  const auto found = set.input().part.hints.find(name);
  return found == set.input().part.hints.end() ? std::string() : found->second;
}

}  // namespace

void read_video_info(ReportSet& set) {
  const Transcoded bytes = to_utf8(set.input().bytes, "utf-8");
  const auto record = JsonRecord::read(bytes.text);
  Report& report = *set.add(ReportKind::post);
  if (!record) {
    report.hollow = "unreadable record";
    return;
  }
  const Index root = record->root();
  write_words(*record, record->find(root, "description"), bytes.map, report);
  report.title = record->text_of(root, "title");
  report.source = account_of(*record, root, {"uploader_id", "channel", "uploader", "channel_id"});
  report.author = account_of(*record, root, {"uploader", "channel"});
  report.url = record->text_of(root, "webpage_url");
  report.published = published_of(*record, root);
  report.lang = record->text_of(root, "language");
  report.audience = audience_of(record->text_of(root, "availability"));
  report.media.push_back({std::nullopt, record->text_of(root, "vcodec") == "none" ? "audio" : "video", ""});
}

void read_video_comment(ReportSet& set) {
  const Transcoded bytes = to_utf8(set.input().bytes, "utf-8");
  const auto record = JsonRecord::read(bytes.text);
  Report& report = *set.add(ReportKind::post);
  if (!record) {
    report.hollow = "unreadable record";
    return;
  }
  const Index root = record->root();
  write_words(*record, record->find(root, "text"), bytes.map, report);
  report.author = record->text_of(root, "author");
  report.source = account_of(*record, root, {"author", "author_id"});
  const std::string video = hint(set, "video");
  const auto address = [&](const std::string& id) {
    return video + (video.find('?') == std::string::npos ? "?" : "&") + "lc=" + id;
  };
  const bool is_on_youtube = host_of(video) == "youtube.com";
  const std::string id = record->text_of(root, "id");
  if (is_on_youtube && !id.empty()) report.url = address(id);
  const std::string parent = record->text_of(root, "parent");
  const bool is_answer = !parent.empty() && parent != "root";
  const std::string target = !is_answer ? video : is_on_youtube ? address(parent) : parent;
  if (!target.empty()) report.relations.push_back({RelationKind::replies, target, std::nullopt});
  const std::string ago = record->text_of(root, "_time_text");
  if (ago.empty()) {
    report.published = published_of(*record, root);
  } else {
    report.published.phrase = ago;
  }
  if (report.text.empty()) report.hollow = "empty body";
}

}  // namespace gavah::extract
