#include "extract/signal_message.h"

#include "extract/json_record.h"
#include "extract/media_name.h"
#include "extract/text_post.h"
#include "extract/written_date.h"

namespace gavah::extract {
namespace {

using Index = JsonRecord::Index;
constexpr Index kNone = JsonRecord::kNone;

class SignalReader {
 public:
  SignalReader(const JsonRecord& record, const OffsetMap& map, ReportSet& set)
      : record_(record), map_(map), set_(set) {}

  void read() {
    const Index root = record_.root();
    if (const Index item = record_.find(root, "chatItem"); record_.is_object(item)) {
      Report* now = read_item(item);
      for (const Index before : record_.items(record_.find(item, "revisions"))) {
        const Report* earlier = read_item(before);
        if (earlier != nullptr) now->relations.push_back({RelationKind::edits, earlier->id.hex(), std::nullopt});
      }
    } else {
      read_row(root);
    }
  }

 private:
  std::string hint(const std::string& name) const {
    const auto found = set_.input().part.hints.find(name);
    return found == set_.input().part.hints.end() ? std::string() : found->second;
  }

  Report* add() const {
    Report* report = set_.add(ReportKind::message);
    if (report == nullptr) return nullptr;
    report->author = hint("author");
    report->source = report->author.empty() ? hint("chat_title") : report->author;
    return report;
  }

  void write(Index words, Report& report) const {
    MappedText out(map_);
    if (record_.is_string(words)) record_.write(words, out);
    out.trim_end();
    out.give(report);
    report.links = links_in(report.text);
  }

  /// Signal knows a message by the millisecond in which it was sent.
  void reply_to(const std::string& sent_ms, Report& report) const {
    if (!sent_ms.empty() && sent_ms != "0") {
      report.relations.push_back({RelationKind::replies, hint("chat_title") + "#sent" + sent_ms, std::nullopt});
    }
  }

  static void fill_time(const std::string& milliseconds, Report& report) {
    if (const auto date = read_machine_date(milliseconds); date && date->instant) {
      report.published = interval_of(*date, milliseconds);
    }
  }

  void add_media(const std::string& content_type, Report& report) const {
    report.media.push_back({std::nullopt, content_type.empty() ? "file" : content_type, ""});
  }

  static void end(Report& report) {
    if (report.text.empty() && report.media.empty() && report.hollow.empty()) report.hollow = "empty body";
  }

  /// A frame's item: numbers of 64 bits are strings there.
  Report* read_item(Index item) const {
    Report* report = add();
    if (report == nullptr) return nullptr;
    fill_time(record_.text_of(item, "dateSent"), *report);
    Index message = record_.find(item, "standardMessage");
    if (message == kNone) message = record_.find(item, "directStoryReplyMessage");
    Index words = record_.find(message, {"text", "body"});
    if (words == kNone) words = record_.find(message, {"textReply", "text", "body"});
    write(words, *report);
    reply_to(record_.text(record_.find(message, {"quote", "targetSentTimestamp"})), *report);
    for (const Index attachment : record_.items(record_.find(message, "attachments"))) {
      add_media(record_.text(record_.find(attachment, {"pointer", "contentType"})), *report);
    }
    for (const char* name : {"stickerMessage", "viewOnceMessage"}) {
      if (record_.find(item, name) != kNone) add_media("image", *report);
    }
    if (record_.find(item, "remoteDeletedMessage") != kNone) report->hollow = "post not available";
    end(*report);
    return report;
  }

  void read_row(Index row) const {
    Report& report = *add();
    const std::string sender = record_.text_of(row, "sender");
    if (!sender.empty()) report.author = sender;
    if (report.author.empty()) report.author = record_.text_of(row, "source");
    if (report.author.empty()) report.author = record_.text_of(row, "sourceServiceId");
    if (report.source.empty()) report.source = report.author;
    write(record_.find(row, "body"), report);
    fill_time(record_.text_of(row, "sent_at"), report);
    if (report.published.is_unknown()) fill_local_time(record_.text_of(row, "date"), report);
    reply_to(record_.text(record_.find(row, {"quote", "id"})), report);
    for (const Index attachment : record_.items(record_.find(row, "attachments"))) {
      std::string type = record_.text_of(attachment, "contentType");
      if (type.empty()) type = media_type_of(record_.text_of(attachment, "name"));
      add_media(type, report);
    }
    if (!record_.text_of(row, "sticker").empty()) add_media("image", report);
    const bool is_gone =
        record_.is_true(record_.find(row, "deletedForEveryone")) || record_.is_true(record_.find(row, "isErased"));
    if (is_gone) report.hollow = "post not available";
    end(report);
  }

  /// The clock of whoever exported, in no stated zone: the day is what is known.
  static void fill_local_time(const std::string& written, Report& report) {
    if (const auto date = read_machine_date(written)) {
      report.published = interval_of(WrittenDate{date->day, std::nullopt, date->calendar, date->span}, written);
    }
  }

  const JsonRecord& record_;
  const OffsetMap& map_;
  ReportSet& set_;
};

}  // namespace

void read_signal_message(ReportSet& set) {
  const Transcoded bytes = to_utf8(set.input().bytes, "utf-8");
  const auto record = JsonRecord::read(bytes.text);
  if (!record) {
    set.add(ReportKind::message)->hollow = "unreadable record";
    return;
  }
  SignalReader(*record, bytes.map, set).read();
}

}  // namespace gavah::extract
