#include "extract/activity.h"

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

/// "@name@host" for "https://host/users/name" and "https://host/@name"; another address as it is.
std::string account_of(std::string_view actor) {
  const std::string host = host_of(actor);
  for (const std::string_view mark : {std::string_view("/users/"), std::string_view("/@")}) {
    const std::size_t at = actor.find(mark);
    if (at == std::string_view::npos || host.empty()) continue;
    const std::string_view rest = actor.substr(at + mark.size());
    const std::string_view name = rest.substr(0, std::min(rest.find_first_of("/?#@"), rest.size()));
    if (!name.empty()) return "@" + std::string(name) + "@" + host;
  }
  return std::string(actor);
}

class ActivityReader {
 public:
  ActivityReader(const JsonRecord& record, const OffsetMap& map, ReportSet& set)
      : record_(record), map_(map), set_(set), object_(record.find(record.root(), "object")) {}

  void read() {
    const bool is_forward = text_of("type") == "Announce";
    const std::string target = address_of(object_);
    if (object_ == kNone || (!is_forward && !record_.is_object(object_))) return;
    Report* report = set_.add(ReportKind::post);
    std::string actor = text_of("actor");
    if (actor.empty()) actor = record_.text_of(object_, "attributedTo");
    report->source = account_of(actor);
    if (record_.is_object(object_)) read_object(*report);
    if (is_forward) {
      report->url = mastodon_address(text_of("id"));
      if (!target.empty()) report->relations.push_back({RelationKind::forwards, target, std::nullopt});
      // The words of the other are not here; the address is what this post says.
      if (report->links.empty() && !target.empty()) report->links.push_back(target);
    } else {
      report->url = target;
      const bool is_edit = text_of("type") == "Update" || !record_.text_of(object_, "updated").empty();
      if (is_edit) report->relations.push_back({RelationKind::edits, target, std::nullopt});
    }
    report->audience = audience();
    fill_time(*report, is_forward ? Sending::on : Sending::out);
    const bool says_nothing = report->text.empty() && report->media.empty() && !is_forward;
    if (says_nothing) report->hollow = "empty body";
  }

 private:
  enum class Sending { out, on };

  std::string text_of(std::string_view key) const { return record_.text_of(record_.root(), key); }

  /// Of a post given whole or by its id alone.
  std::string address_of(Index object) const {
    if (record_.is_string(object)) return mastodon_address(record_.text(object));
    const std::string id = record_.text_of(object, "id");
    return mastodon_address(id.empty() ? record_.text_of(object, "url") : id);
  }

  enum class Named { nobody, everyone, followers };

  /// Whom a member lists: one address or several.
  Named named_in(std::string_view key) const {
    std::vector<Index> addresses = record_.items(record_.find(record_.root(), key));
    if (addresses.empty()) addresses = {record_.find(record_.root(), key)};
    Named out = Named::nobody;
    for (const Index address : addresses) {
      const std::string text = record_.text(address);
      if (text.ends_with("#Public") || text == "as:Public" || text == "Public") return Named::everyone;
      if (text.ends_with("/followers")) out = Named::followers;
    }
    return out;
  }

  /// Empty for everyone, and where nobody is named at all.
  std::string audience() const {
    const Named to = named_in("to");
    const Named cc = named_in("cc");
    if (to == Named::everyone) return {};
    if (cc == Named::everyone) return "unlisted";
    if (to == Named::followers || cc == Named::followers) return "followers";
    return record_.find(record_.root(), "to") == kNone ? "" : "direct";
  }

  Index words_index() const {
    const Index content = record_.find(object_, "content");
    if (record_.is_string(content)) return content;
    const std::vector<Index> by_language = record_.items(record_.find(object_, "contentMap"));
    return by_language.empty() ? kNone : by_language.front();
  }

  void read_object(Report& report) const {
    MappedText markup(map_);
    if (const Index words = words_index(); words != kNone) record_.write(words, markup);
    MappedText words(map_);
    report.links = write_markup(markup, words);
    words.trim_end();
    words.give(report);
    report.title = record_.text_of(object_, "summary");
    for (const Index item : record_.items(record_.find(object_, "attachment"))) {
      const std::string type = record_.text_of(item, "mediaType");
      if (!type.empty()) report.media.push_back({std::nullopt, type, record_.text_of(item, "name")});
    }
    const std::string parent = mastodon_address(record_.text_of(object_, "inReplyTo"));
    if (!parent.empty()) report.relations.push_back({RelationKind::replies, parent, std::nullopt});
    for (const std::string_view key : {"quote", "quoteUri", "quoteUrl", "_misskey_quote"}) {
      const std::string quoted = mastodon_address(record_.text_of(object_, key));
      if (quoted.empty()) continue;
      report.relations.push_back({RelationKind::quotes, quoted, std::nullopt});
      break;
    }
  }

  /// A forward is published when it is sent on, not when the other wrote.
  void fill_time(Report& report, Sending sending) const {
    std::string written = sending == Sending::on ? std::string() : record_.text_of(object_, "published");
    if (written.empty()) written = text_of("published");
    if (const auto date = read_machine_date(written)) report.published = interval_of(*date, written);
  }

  const JsonRecord& record_;
  const OffsetMap& map_;
  ReportSet& set_;
  Index object_;
};

}  // namespace

void read_activity(ReportSet& set) {
  const Transcoded bytes = to_utf8(set.input().bytes, "utf-8");
  const auto record = JsonRecord::read(bytes.text);
  if (!record) {
    set.add(ReportKind::post)->hollow = "unreadable record";
    return;
  }
  ActivityReader(*record, bytes.map, set).read();
}

}  // namespace gavah::extract
