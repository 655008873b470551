#include "extract/bluesky_post.h"

#include <algorithm>

#include "extract/json_record.h"
#include "extract/post_address.h"
#include "extract/text_post.h"
#include "extract/written_date.h"

namespace gavah::extract {
namespace {

using Index = JsonRecord::Index;
constexpr Index kNone = JsonRecord::kNone;

/// A time of day without a zone is nobody's: only its day is taken.
TimeInterval time_of(const std::string& written) {
  auto date = read_machine_date(written);
  if (!date) return {};
  const std::size_t clock = written.find('T');
  const bool has_zone = clock != std::string::npos && written.find_first_of("Zz+-", clock) != std::string::npos;
  if (!has_zone) date->instant.reset();
  return interval_of(*date, written);
}

/// "did:plc:…" of "at://did:plc:…/app.bsky.feed.post/…".
std::string owner_of(std::string_view uri) {
  constexpr std::string_view kScheme = "at://";
  if (!uri.starts_with(kScheme)) return {};
  uri.remove_prefix(kScheme.size());
  return std::string(uri.substr(0, uri.find('/')));
}

class BlueskyReader {
 public:
  BlueskyReader(const JsonRecord& record, const OffsetMap& map, ReportSet& set)
      : record_(record), map_(map), set_(set) {}

  void read() {
    const Index root = record_.root();
    const Index wrapped = record_.find(root, "post");
    const Index view = record_.is_object(wrapped) ? wrapped : root;
    const Index post = record_in(view);
    if (type_of(post) == "app.bsky.feed.repost") return read_repost(post);
    if (type_of(post) != "app.bsky.feed.post") return;
    Report* report = read_post(view, post);
    if (report == nullptr) return;
    add_quote(view, post, *report);
    if (const Index reason = record_.find(root, "reason"); record_.is_object(reason)) become_forward(reason, *report);
  }

 private:
  Index record_in(Index view) const {
    for (const Index found :
         {record_.find(view, "record"), record_.find(view, "value"), record_.find(view, {"commit", "record"})}) {
      if (record_.is_object(found)) return found;
    }
    return view;
  }
  std::string type_of(Index object) const { return record_.text_of(object, "$type"); }

  /// As stated, or put together from an event's account, collection and key.
  std::string uri_of(Index view) const {
    std::string uri = record_.text_of(view, "uri");
    const Index commit = record_.find(view, "commit");
    if (!uri.empty() || commit == kNone) return uri;
    return "at://" + record_.text_of(view, "did") + "/" + record_.text_of(commit, "collection") + "/" +
           record_.text_of(commit, "rkey");
  }

  void fill_account(Index author, const std::string& uri, Report& report) const {
    const std::string handle = record_.text_of(author, "handle");
    const std::string number = record_.text_of(author, "did");
    // A handle that no longer resolves is shown as this by every client.
    const bool is_known = !handle.empty() && handle != "handle.invalid";
    report.source = is_known ? "@" + handle : number.empty() ? owner_of(uri) : number;
    report.author = record_.text_of(author, "displayName");
  }

  Report* read_post(Index view, Index post) {
    Report* report = set_.add(ReportKind::post);
    if (report == nullptr) return report;
    const std::string uri = uri_of(view);
    fill_account(record_.find(view, "author"), uri, *report);
    report->url = bluesky_address(uri);
    MappedText words(map_);
    record_.write(record_.find(post, "text"), words);
    words.trim_end();
    words.give(*report);
    fill_time(view, post, *report);
    const std::vector<Index> languages = record_.items(record_.find(post, "langs"));
    if (!languages.empty()) report->lang = record_.text(languages.front());
    find_links(post, *report);
    find_media(record_.find(post, "embed"), *report);
    const std::string parent = record_.text(record_.find(post, {"reply", "parent", "uri"}));
    if (!parent.empty()) report->relations.push_back({RelationKind::replies, bluesky_address(parent), std::nullopt});
    const std::string quoted = quoted_uri(post);
    const bool is_silent = report->text.empty() && report->media.empty() && report->links.empty() && quoted.empty();
    if (is_silent) report->hollow = "empty body";
    return report;
  }

  void fill_time(Index view, Index post, Report& report) const {
    report.published = time_of(record_.text_of(post, "createdAt"));
    const TimeInterval seen = time_of(record_.text_of(view, "indexedAt"));
    const bool is_later = report.published.start && seen.start && *seen.start < *report.published.start;
    if (report.published.is_unknown() || is_later) report.published = seen;
  }

  /// Links are shortened in the text; the facets have them whole.
  void find_links(Index post, Report& report) const {
    const auto add = [&](std::string link) {
      const bool is_known = std::find(report.links.begin(), report.links.end(), link) != report.links.end();
      if (!link.empty() && !is_known) report.links.push_back(std::move(link));
    };
    for (const Index facet : record_.items(record_.find(post, "facets"))) {
      for (const Index feature : record_.items(record_.find(facet, "features"))) add(record_.text_of(feature, "uri"));
    }
    for (const Index card :
         {record_.find(post, {"embed", "external"}), record_.find(post, {"embed", "media", "external"})}) {
      add(record_.text_of(card, "uri"));
    }
    if (report.links.empty()) report.links = links_in(report.text);
  }

  void find_media(Index embed, Report& report) const {
    const Index both = record_.find(embed, "media");
    const Index media = record_.is_object(both) ? both : embed;
    for (const Index image : record_.items(record_.find(media, "images"))) {
      const std::string type = record_.text(record_.find(image, {"image", "mimeType"}));
      report.media.push_back({std::nullopt, type.empty() ? "image" : type, record_.text_of(image, "alt")});
    }
    if (record_.find(media, "video") != kNone)
      report.media.push_back({std::nullopt, "video", record_.text_of(media, "alt")});
  }

  std::string quoted_uri(Index post) const {
    const Index inner = record_.find(post, {"embed", "record", "record"});
    const Index quoted = record_.is_object(inner) ? inner : record_.find(post, {"embed", "record"});
    return record_.text_of(quoted, "uri");
  }

  /// A quoted post is told by its address, or is a report of its own where the view has its words.
  void add_quote(Index view, Index post, Report& report) {
    const std::string uri = quoted_uri(post);
    if (uri.empty()) return;
    const Index inner = record_.find(view, {"embed", "record", "record"});
    const Index quoted = record_.is_object(inner) ? inner : record_.find(view, {"embed", "record"});
    const Index words = record_.find(quoted, "value");
    std::string target = bluesky_address(uri);
    if (type_of(words) == "app.bsky.feed.post") {
      if (const Report* other = read_post(quoted, words)) target = other->id.hex();
    }
    report.relations.push_back({RelationKind::quotes, std::move(target), std::nullopt});
  }

  /// The account that sent it on says it again, at that time.
  void become_forward(Index reason, Report& report) const {
    const Index by = record_.find(reason, "by");
    if (by == kNone) return;  // pinned, not sent on
    report.relations.push_back({RelationKind::forwards, report.url, std::nullopt});
    const std::string uri = record_.text_of(reason, "uri");
    fill_account(by, uri, report);
    report.url = uri;
    report.published = time_of(record_.text_of(reason, "indexedAt"));
  }

  void read_repost(Index post) {
    const std::string subject = record_.text(record_.find(post, {"subject", "uri"}));
    if (subject.empty()) return;
    Report* report = set_.add(ReportKind::post);
    const std::string uri = uri_of(record_.root());
    fill_account(record_.find(record_.root(), "author"), uri, *report);
    report->url = uri;
    fill_time(record_.root(), post, *report);
    report->links.push_back(bluesky_address(subject));
    report->relations.push_back({RelationKind::forwards, bluesky_address(subject), std::nullopt});
  }

  const JsonRecord& record_;
  const OffsetMap& map_;
  ReportSet& set_;
};

}  // namespace

void read_bluesky_post(ReportSet& set) {
  const Transcoded bytes = to_utf8(set.input().bytes, "utf-8");
  const auto record = JsonRecord::read(bytes.text);
  if (!record) {
    set.add(ReportKind::post)->hollow = "unreadable record";
    return;
  }
  BlueskyReader(*record, bytes.map, set).read();
}

}  // namespace gavah::extract
