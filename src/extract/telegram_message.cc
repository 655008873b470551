#include "extract/telegram_message.h"

#include <algorithm>

#include "extract/json_record.h"
#include "extract/text_post.h"
#include "extract/written_date.h"

namespace gavah::extract {
namespace {

using Index = JsonRecord::Index;

class MessageReader {
 public:
  MessageReader(const JsonRecord& record, const OffsetMap& map, ReportSet& set)
      : record_(record), map_(map), set_(set) {}

  void read() {
    const std::string type = record_.text_of(record_.root(), "type");
    if (!type.empty() && type != "message") return;
    Report* report = set_.add(ReportKind::message);
    write_words(*report);
    fill_account(*report);
    fill_time(*report);
    find_media(*report);
    find_relations(*report);
    const bool is_silent = report->text.empty() && report->media.empty();
    if (is_silent) report->hollow = "empty body";
  }

 private:
  std::string text_of(std::string_view key) const { return record_.text_of(record_.root(), key); }
  std::string hint(const std::string& name) const {
    const auto found = set_.input().part.hints.find(name);
    return found == set_.input().part.hints.end() ? std::string() : found->second;
  }

  void write_words(Report& report) {
    MappedText words(map_);
    Index text = record_.find(record_.root(), "text");
    if (text == JsonRecord::kNone) text = record_.find(record_.root(), "text_entities");
    if (record_.is_string(text)) record_.write(text, words);
    for (const Index stretch : record_.is_array(text) ? record_.items(text) : std::vector<Index>()) {
      const Index string = record_.is_string(stretch) ? stretch : record_.find(stretch, "text");
      record_.write(string, words);
      const std::string href = record_.text_of(stretch, "href");
      if (!href.empty()) report.links.push_back(href);
    }
    write_poll(words);
    words.trim_end();
    words.give(report);
    for (std::string& link : links_in(report.text)) {
      if (std::find(report.links.begin(), report.links.end(), link) == report.links.end())
        report.links.push_back(std::move(link));
    }
  }

  void write_poll(MappedText& words) const {
    const Index poll = record_.find(record_.root(), "poll");
    if (poll == JsonRecord::kNone) return;
    words.break_line();
    if (const Index question = record_.find(poll, "question"); record_.is_string(question)) {
      record_.write(question, words);
    }
    for (const Index answer : record_.items(record_.find(poll, "answers"))) {
      words.break_line();
      if (const Index text = record_.find(answer, "text"); record_.is_string(text)) record_.write(text, words);
    }
  }

  void fill_account(Report& report) const {
    report.author = text_of("from");
    const std::string chat = hint("chat_title");
    // In a channel the channel speaks; in a group each member does.
    const bool is_channel =
        hint("chat_type").find("channel") != std::string::npos || text_of("from_id").starts_with("channel");
    report.source = is_channel || report.author.empty() ? (chat.empty() ? report.author : chat) : report.author;
    const std::string id = text_of("id");
    if (!hint("chat_id").empty() && !id.empty()) report.url = address(id);
  }

  static std::string address_in(const std::string& chat, const std::string& id) {
    return "https://t.me/c/" + chat + "/" + id;
  }
  std::string address(const std::string& id) const { return address_in(hint("chat_id"), id); }
  /// "channel123" is 123.
  static std::string number_of(const std::string& peer) {
    return peer.substr(std::min(peer.find_first_of("0123456789"), peer.size()));
  }

  void fill_time(Report& report) const {
    const std::string seconds = text_of("date_unixtime");
    const std::string local = text_of("date");
    if (const auto date = read_machine_date(seconds)) {
      report.published = interval_of(*date, seconds);
    } else if (const auto day = read_machine_date(local)) {
      report.published = interval_of(WrittenDate{day->day, std::nullopt, day->calendar, day->span}, local);
    }
  }

  void find_media(Report& report) const {
    if (record_.find(record_.root(), "photo") != JsonRecord::kNone) report.media.push_back({std::nullopt, "image", ""});
    if (record_.find(record_.root(), "file") == JsonRecord::kNone) return;
    const std::string kind = text_of("media_type");
    std::string type = text_of("mime_type");
    if (type.empty())
      type = kind == "voice_message" || kind == "audio_file"    ? "audio"
             : kind.starts_with("video") || kind == "animation" ? "video"
                                                                : "file";
    report.media.push_back({std::nullopt, type, ""});
  }

  void find_relations(Report& report) const {
    const std::string forwarded = text_of("forwarded_from");
    const std::string saved = text_of("saved_from");
    const std::string origin = forwarded.empty() ? saved : forwarded;
    if (!origin.empty()) report.relations.push_back({RelationKind::forwards, origin, std::nullopt});
    const std::string reply = text_of("reply_to_message_id");
    const std::string other = text_of("reply_to_peer_id");
    if (!reply.empty() && !other.empty()) {
      report.relations.push_back({RelationKind::replies, address_in(number_of(other), reply), std::nullopt});
    } else if (!reply.empty() && !hint("chat_id").empty()) {
      report.relations.push_back({RelationKind::replies, address(reply), std::nullopt});
    }
    const std::string album = hint("album");
    if (!album.empty() && !hint("chat_id").empty()) {
      report.relations.push_back({RelationKind::album, address(album), std::nullopt});
    }
    // These are the words after the edit; the export keeps no earlier ones.
    const bool is_edited = !text_of("edited").empty() || !text_of("edited_unixtime").empty();
    if (is_edited) report.relations.push_back({RelationKind::edits, report.url, std::nullopt});
  }

  const JsonRecord& record_;
  const OffsetMap& map_;
  ReportSet& set_;
};

}  // namespace

void read_telegram_message(ReportSet& set) {
  const Transcoded bytes = to_utf8(set.input().bytes, "utf-8");
  const auto record = JsonRecord::read(bytes.text);
  if (!record) {
    set.add(ReportKind::message)->hollow = "unreadable record";
    return;
  }
  MessageReader(*record, bytes.map, set).read();
}

}  // namespace gavah::extract
