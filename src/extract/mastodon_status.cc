#include "extract/mastodon_status.h"

#include <algorithm>

#include "extract/json_record.h"
#include "extract/markup_text.h"
#include "extract/post_address.h"
#include "extract/text_post.h"
#include "extract/written_date.h"

namespace gavah::extract {
namespace {

using Index = JsonRecord::Index;
constexpr Index kNone = JsonRecord::kNone;

class StatusReader {
 public:
  StatusReader(const JsonRecord& record, const OffsetMap& map, ReportSet& set)
      : record_(record), map_(map), set_(set) {}

  Report* read(Index status, std::size_t depth = 0) {
    constexpr std::size_t kQuotes = 3;
    Report* report = set_.add(ReportKind::post);
    if (report == nullptr) return nullptr;
    const Index boosted = record_.find(status, "reblog");
    const Index spoken = record_.is_object(boosted) ? boosted : status;
    fill_words(spoken, *report);
    fill_account(status, *report);
    report->url = address_of(status);
    report->audience = audience_of(status);
    if (const auto date = read_machine_date(record_.text_of(status, "created_at"))) {
      report->published = interval_of(*date, record_.text_of(status, "created_at"));
    }
    report->lang = record_.text_of(spoken, "language");
    if (spoken != status) relate(*report, RelationKind::forwards, address_of(boosted));
    if (spoken == status && !record_.text_of(status, "edited_at").empty()) {
      relate(*report, RelationKind::edits, report->url);
    }
    relate(*report, RelationKind::replies, replied_by(spoken));
    const bool is_silent = report->text.empty() && report->media.empty() && report->title.empty();
    if (is_silent) report->hollow = "empty body";
    Index quoted = record_.find(spoken, {"quote", "quoted_status"});
    if (!record_.is_object(quoted)) quoted = record_.find(spoken, "quote");
    if (record_.is_object(quoted) && record_.find(quoted, "content") != kNone && depth < kQuotes) {
      const Report* other = read(quoted, depth + 1);
      if (other != nullptr) report->relations.push_back({RelationKind::quotes, other->id.hex(), std::nullopt});
    }
    return report;
  }

 private:
  static void relate(Report& report, RelationKind kind, const std::string& target) {
    if (!target.empty()) report.relations.push_back({kind, target, std::nullopt});
  }

  std::string address_of(Index status) const {
    const std::string url = record_.text_of(status, "url");
    return mastodon_address(url.empty() ? record_.text_of(status, "uri") : url);
  }

  /// "@name@host": the API leaves out the host of accounts of its own server.
  void fill_account(Index status, Report& report) const {
    const Index account = record_.find(status, "account");
    const std::string name = record_.text_of(account, "acct");
    report.author = record_.text_of(account, "display_name");
    if (report.author.empty()) report.author = name;
    if (name.empty()) return;
    const std::string host = host_of(record_.text_of(account, "url"));
    report.source = "@" + name + (name.find('@') == std::string::npos && !host.empty() ? "@" + host : "");
  }

  std::string audience_of(Index status) const {
    const std::string visibility = record_.text_of(status, "visibility");
    if (visibility == "private") return "followers";
    return visibility == "public" ? "" : visibility;
  }

  void fill_words(Index status, Report& report) const {
    MappedText markup(map_);
    if (const Index content = record_.find(status, "content"); record_.is_string(content)) {
      record_.write(content, markup);
    }
    MappedText words(map_);
    report.links = write_markup(markup, words);
    words.trim_end();
    for (const Index option : record_.items(record_.find(status, {"poll", "options"}))) {
      words.break_line();
      if (const Index title = record_.find(option, "title"); record_.is_string(title)) record_.write(title, words);
    }
    words.give(report);
    report.title = record_.text_of(status, "spoiler_text");
    for (const Index item : record_.items(record_.find(status, "media_attachments"))) {
      const std::string type = record_.text_of(item, "type");
      const std::string_view shown = type == "gifv" ? "video" : type == "unknown" ? "file" : std::string_view(type);
      report.media.push_back({std::nullopt, std::string(shown), record_.text_of(item, "description")});
    }
    const std::string card = record_.text(record_.find(status, {"card", "url"}));
    const bool is_known = std::find(report.links.begin(), report.links.end(), card) != report.links.end();
    if (!card.empty() && !is_known) report.links.push_back(card);
  }

  /// The API gives the number of the post that is replied to, which is its server's; the address is known where the
  /// other has an account there.
  std::string replied_by(Index status) const {
    const std::string number = record_.text_of(status, "in_reply_to_id");
    const std::string other = record_.text_of(status, "in_reply_to_account_id");
    if (number.empty()) return {};
    const Index own = record_.find(status, "account");
    if (record_.text_of(own, "id") == other) return local_address(own, number);
    for (const Index mentioned : record_.items(record_.find(status, "mentions"))) {
      if (record_.text_of(mentioned, "id") == other) return local_address(mentioned, number);
    }
    return number;
  }

  std::string local_address(Index account, const std::string& number) const {
    const std::string name = record_.text_of(account, "acct");
    const std::string host = host_of(record_.text_of(account, "url"));
    const bool is_elsewhere = name.empty() || host.empty() || name.find('@') != std::string::npos;
    return is_elsewhere ? number : "https://" + host + "/@" + name + "/" + number;
  }

  const JsonRecord& record_;
  const OffsetMap& map_;
  ReportSet& set_;
};

}  // namespace

void read_mastodon_status(ReportSet& set) {
  const Transcoded bytes = to_utf8(set.input().bytes, "utf-8");
  const auto record = JsonRecord::read(bytes.text);
  if (!record) {
    set.add(ReportKind::post)->hollow = "unreadable record";
    return;
  }
  StatusReader(*record, bytes.map, set).read(record->root());
}

}  // namespace gavah::extract
