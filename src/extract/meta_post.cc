#include "extract/meta_post.h"

#include <algorithm>

#include "extract/json_record.h"
#include "extract/latin1_text.h"
#include "extract/media_name.h"
#include "extract/text_post.h"
#include "extract/written_date.h"

namespace gavah::extract {
namespace {

using Index = JsonRecord::Index;
constexpr Index kNone = JsonRecord::kNone;

class MetaPostReader {
 public:
  MetaPostReader(const JsonRecord& record, const OffsetMap& map, ReportSet& set)
      : record_(record), map_(map), set_(set), root_(record.root()) {}

  void read() {
    Report& report = *set_.add(ReportKind::post);
    find_data(report);
    find_attachments(report);
    find_pictures(report);
    if (const Index comment = record_.find(root_, {"string_map_data", "Comment", "value"}); comment != kNone) {
      words_ = comment;
      fill_time(record_.text(record_.find(root_, {"string_map_data", "Time", "timestamp"})));
    }
    fill_words(report);
    for (const char* name : {"timestamp", "creation_timestamp"}) fill_time(record_.text_of(root_, name));
    report.published = published_;
    for (std::string& link : links_in(report.text)) add_link(report, std::move(link));
    const bool says_nothing = report.text.empty() && report.media.empty() && report.links.empty();
    if (says_nothing) report.hollow = "empty body";
  }

 private:
  /// Facebook: data[] holds the words, or a comment.
  void find_data(Report& report) {
    for (const Index item : record_.items(record_.find(root_, "data"))) {
      if (const Index post = record_.find(item, "post"); record_.is_string(post)) words_ = post;
      const Index comment = record_.find(item, "comment");
      if (!record_.is_object(comment)) continue;
      words_ = record_.find(comment, "comment");
      report.author = put_right(record_.text_of(comment, "author"));
      report.source = report.author;
      fill_time(record_.text_of(comment, "timestamp"));
    }
  }

  /// Facebook: attachments[].data[] holds pictures, and what was shared.
  void find_attachments(Report& report) {
    for (const Index attachment : record_.items(record_.find(root_, "attachments"))) {
      for (const Index item : record_.items(record_.find(attachment, "data"))) {
        if (const Index media = record_.find(item, "media"); record_.is_object(media)) add_media(media, report);
        add_link(report, record_.text(record_.find(item, {"external_context", "url"})));
      }
    }
  }

  /// Instagram: media[], or a picture that is the post itself (a story).
  void find_pictures(Report& report) {
    const std::vector<Index> pictures = record_.items(record_.find(root_, "media"));
    for (const Index picture : pictures) {
      if (!record_.is_object(picture)) continue;
      add_media(picture, report);
      fill_time(record_.text_of(picture, "creation_timestamp"));
    }
    if (record_.is_string(record_.find(root_, "uri"))) add_media(root_, report);
    const bool is_instagram = !pictures.empty() || record_.find(root_, "creation_timestamp") != kNone;
    if (const Index title = record_.find(root_, "title"); is_instagram && record_.is_string(title)) words_ = title;
    if (!is_instagram) report.title = put_right(record_.text_of(root_, "title"));
    // The words of a post of one picture stand with the picture.
    if (is_empty(words_) && pictures.size() == 1) words_ = record_.find(pictures.front(), "title");
  }

  void add_media(Index media, Report& report) {
    const std::string name = record_.text_of(media, "uri");
    std::string caption = put_right(record_.text_of(media, "description"));
    if (is_empty(words_) && !caption.empty()) words_ = record_.find(media, "description");
    report.media.push_back({std::nullopt, std::string(media_type_of(name)), std::move(caption)});
  }

  [[nodiscard]] bool is_empty(Index words) const { return words == kNone || record_.text(words).empty(); }

  void fill_words(Report& report) const {
    MappedText raw(map_);
    if (record_.is_string(words_)) record_.write(words_, raw);
    MappedText words(map_);
    write_put_right(raw, words);
    words.trim_end();
    words.give(report);
    // The platform's own sentence about the post ("... shared a link") is no title where there are words.
    if (!report.text.empty()) report.title.clear();
  }

  /// The first that is stated stands.
  void fill_time(const std::string& seconds) {
    if (!published_.is_unknown() || seconds.empty() || seconds == "0") return;
    if (const auto date = read_machine_date(seconds)) published_ = interval_of(*date, seconds);
  }

  static void add_link(Report& report, std::string link) {
    const bool is_known = std::find(report.links.begin(), report.links.end(), link) != report.links.end();
    if (!link.empty() && !is_known) report.links.push_back(std::move(link));
  }

  const JsonRecord& record_;
  const OffsetMap& map_;
  ReportSet& set_;
  Index root_;
  Index words_ = kNone;
  TimeInterval published_;
};

}  // namespace

void read_meta_post(ReportSet& set) {
  const Transcoded bytes = to_utf8(set.input().bytes, "utf-8");
  const auto record = JsonRecord::read(bytes.text);
  if (!record) {
    set.add(ReportKind::post)->hollow = "unreadable record";
    return;
  }
  MetaPostReader(*record, bytes.map, set).read();
}

}  // namespace gavah::extract
