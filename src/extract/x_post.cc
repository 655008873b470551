#include "extract/x_post.h"

#include <algorithm>
#include <array>

#include "extract/json_record.h"
#include "extract/post_address.h"
#include "extract/text_post.h"
#include "extract/written_date.h"

namespace gavah::extract {
namespace {

using Index = JsonRecord::Index;
constexpr Index kNone = JsonRecord::kNone;

struct Reference {
  std::string_view written;
  std::string_view text;
};
/// X escapes these three, and only these, in the text of a post.
constexpr auto kReferences = std::to_array<Reference>({{"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}});

/// The words of the string at `index`, its character references decoded.
void write_words(const JsonRecord& record, Index index, const OffsetMap& map, Report& report) {
  MappedText raw(map);
  record.write(index, raw);
  MappedText words(map);
  const std::string_view text = raw.text();
  std::uint32_t kept = 0;
  for (std::size_t at = text.find('&'); at != std::string_view::npos; at = text.find('&', at + 1)) {
    for (const Reference& reference : kReferences) {
      if (!text.substr(at).starts_with(reference.written)) continue;
      const auto begin = static_cast<std::uint32_t>(at);
      const auto end = begin + static_cast<std::uint32_t>(reference.written.size());
      words.append(raw, {kept, begin});
      words.append_as(reference.text, raw, {begin, end});
      kept = end;
      break;
    }
  }
  words.append(raw, {kept, raw.size()});
  words.trim_end();
  words.give(report);
}

/// Cuts "RT @name: " off; the words after it are the original's.
void cut_forward_mark(Report& report) {
  if (!report.text.starts_with("RT @")) return;
  const std::size_t colon = report.text.find(": ");
  constexpr std::size_t kMarkBytes = 24;
  if (colon > kMarkBytes) return;
  const auto cut = static_cast<std::uint32_t>(colon + 2);
  std::vector<MapPiece> map;
  for (MapPiece piece : report.map) {
    if (piece.text.end <= cut) continue;
    if (piece.text.begin < cut) {
      if (piece.text.size() == piece.source.size()) piece.source.begin += cut - piece.text.begin;
      piece.text.begin = cut;
    }
    piece.text = {piece.text.begin - cut, piece.text.end - cut};
    map.push_back(piece);
  }
  report.map = std::move(map);
  report.text.erase(0, cut);
}

/// "Wed Aug 27 13:08:45 +0000 2008" has its year at the end; everything else reads as it stands.
TimeInterval time_of(const std::string& written) {
  TimeInterval out;
  std::string text = written;
  const std::size_t year = written.rfind(' ');
  const bool is_v1 = written.size() == 30 && year == 25;
  if (is_v1)
    text = written.substr(8, 2) + " " + written.substr(4, 3) + " " + written.substr(26) + " " + written.substr(11, 14);
  if (const auto date = read_machine_date(text)) out = interval_of(*date, text);
  if (!out.is_unknown()) out.phrase = written;
  return out;
}

void add_link(Report& report, std::string link) {
  const bool is_known = std::find(report.links.begin(), report.links.end(), link) != report.links.end();
  if (!link.empty() && !is_known) report.links.push_back(std::move(link));
}

void find_links(const JsonRecord& record, Index urls, Report& report) {
  for (const Index url : record.items(urls)) {
    std::string expanded = record.text_of(url, "expanded_url");
    add_link(report, expanded.empty() ? record.text_of(url, "url") : std::move(expanded));
  }
  if (report.links.empty()) report.links = links_in(report.text);
}

std::string hint(const ReportSet& set, const std::string& name) {
  const auto found = set.input().part.hints.find(name);
  return found == set.input().part.hints.end() ? std::string() : found->second;
}

/// The handle that the container states, "@" before it; empty when there is none.
std::string stated_account(const ReportSet& set) {
  const std::string handle = hint(set, "author_handle");
  return handle.empty() || handle.starts_with('@') ? handle : "@" + handle;
}

/// The platform puts the address of a picture behind the words; where that is all, there are none.
void drop_lone_address(const JsonRecord& record, Index items, Report& report) {
  for (const Index item : record.items(items)) {
    const std::string address = record.text_of(item, "url");
    if (address.empty() || report.text != address) continue;
    report.text.clear();
    report.map.clear();
    return;
  }
}

/// A history lists all versions of a post, the oldest first; this one edits the one before it.
void relate_edit(const JsonRecord& record, Index history, const std::string& own, Report& report) {
  std::string before;
  for (const Index version : record.items(history)) {
    const std::string id = record.text(version);
    if (id == own) break;
    before = id;
  }
  if (!before.empty()) report.relations.push_back({RelationKind::edits, x_address(before), std::nullopt});
}

class V1Reader {
 public:
  V1Reader(const JsonRecord& record, const OffsetMap& map, ReportSet& set) : record_(record), map_(map), set_(set) {}

  Report* read(Index status, std::size_t depth = 0) {
    constexpr std::size_t kQuotes = 3;
    const Index retweeted = record_.find(status, "retweeted_status");
    const Index spoken = record_.is_object(retweeted) ? retweeted : status;
    const Index words = words_of(spoken);
    if (words == kNone) return nullptr;
    Report* report = set_.add(ReportKind::post);
    if (report == nullptr) return nullptr;
    write_words(record_, words, map_, *report);
    fill_account(status, *report);
    report->published = time_of(record_.text_of(status, "created_at"));
    report->lang = record_.text_of(status, "lang");
    find_links(record_, record_.find(holder(spoken), {"entities", "urls"}), *report);
    find_media(spoken, *report);
    if (depth == 0 && record_.find(status, "user") == kNone) fill_archived(status, *report);
    if (spoken != status) add_relation(*report, RelationKind::forwards, id_of(retweeted));
    add_relation(*report, RelationKind::replies, record_.text_of(status, "in_reply_to_status_id_str"));
    const Index quoted = record_.find(spoken, "quoted_status");
    if (record_.is_object(quoted) && depth < kQuotes) {
      const Report* other = read(quoted, depth + 1);
      if (other != nullptr) report->relations.push_back({RelationKind::quotes, other->id.hex(), std::nullopt});
    } else {
      add_relation(*report, RelationKind::quotes, record_.text_of(spoken, "quoted_status_id_str"));
    }
    return report;
  }

 private:
  /// Streams carry the whole text in "extended_tweet".
  Index holder(Index status) const {
    const Index extended = record_.find(status, "extended_tweet");
    return record_.is_object(extended) ? extended : status;
  }
  Index words_of(Index status) const {
    const Index full = record_.find(holder(status), "full_text");
    return record_.is_string(full)                           ? full
           : record_.is_string(record_.find(status, "text")) ? record_.find(status, "text")
                                                             : kNone;
  }
  std::string id_of(Index status) const {
    const std::string id = record_.text_of(status, "id_str");
    return id.empty() ? record_.text_of(status, "id") : id;
  }

  void fill_account(Index status, Report& report) const {
    const Index user = record_.find(status, "user");
    const std::string handle = record_.text_of(user, "screen_name");
    if (!handle.empty()) report.source = "@" + handle;
    report.author = record_.text_of(user, "name");
    if (const std::string id = id_of(status); !id.empty()) report.url = x_address(id);
  }

  /// Archives leave out the account, which is always the same, and what a post forwards but for "RT @name: ".
  void fill_archived(Index status, Report& report) const {
    report.source = stated_account(set_);
    report.author = hint(set_, "author_name");
    if (!hint(set_, "deleted").empty()) report.audience = "deleted";
    if (report.text.starts_with("RT @")) {
      const std::string before = report.text;
      cut_forward_mark(report);
      const std::size_t colon = before.size() - report.text.size();
      if (colon > 5) report.relations.push_back({RelationKind::forwards, before.substr(3, colon - 5), std::nullopt});
    }
    Index history = record_.find(status, {"edit_info", "initial", "editTweetIds"});
    if (history == kNone) {
      history = record_.find(status, {"edit_info", "edit", "editControlInitial", "editTweetIds"});
    }
    relate_edit(record_, history, id_of(status), report);
  }

  static void add_relation(Report& report, RelationKind kind, const std::string& id) {
    if (!id.empty()) report.relations.push_back({kind, x_address(id), std::nullopt});
  }

  void find_media(Index status, Report& report) const {
    Index media = record_.find(holder(status), {"extended_entities", "media"});
    if (media == kNone) media = record_.find(holder(status), {"entities", "media"});
    drop_lone_address(record_, media, report);
    for (const Index item : record_.items(media)) {
      const std::string type = record_.text_of(item, "type");
      report.media.push_back(
          {std::nullopt, type == "photo" ? "image" : "video", record_.text_of(item, "ext_alt_text")});
    }
  }

  const JsonRecord& record_;
  const OffsetMap& map_;
  ReportSet& set_;
};

void read_v2_relations(const JsonRecord& record, Report& report) {
  for (const Index reference : record.items(record.find(record.root(), "referenced_tweets"))) {
    const std::string type = record.text_of(reference, "type");
    const std::string id = record.text_of(reference, "id");
    if (id.empty()) continue;
    if (type == "retweeted") {
      report.relations.push_back({RelationKind::forwards, x_address(id), std::nullopt});
      cut_forward_mark(report);
    }
    if (type == "quoted") report.relations.push_back({RelationKind::quotes, x_address(id), std::nullopt});
    if (type == "replied_to") report.relations.push_back({RelationKind::replies, x_address(id), std::nullopt});
  }
  relate_edit(record, record.find(record.root(), "edit_history_tweet_ids"), record.text_of(record.root(), "id"),
              report);
}

/// The handle, else the account's number: an account is known by it even where its name is not.
std::string v2_source(const JsonRecord& record, const ReportSet& set) {
  if (std::string account = stated_account(set); !account.empty()) return account;
  const std::string number = record.text_of(record.root(), "author_id");
  return number.empty() ? number : "x:" + number;
}

void mark_unreadable(ReportSet& set) {
  if (Report* report = set.add(ReportKind::post)) report->hollow = "unreadable record";
}

}  // namespace

void read_x_v1(ReportSet& set) {
  const Transcoded bytes = to_utf8(set.input().bytes, "utf-8");
  const auto record = JsonRecord::read(bytes.text);
  if (!record) return mark_unreadable(set);
  V1Reader(*record, bytes.map, set).read(record->root());
}

void read_x_v2(ReportSet& set) {
  const Transcoded bytes = to_utf8(set.input().bytes, "utf-8");
  const auto record = JsonRecord::read(bytes.text);
  if (!record) return mark_unreadable(set);
  const Index root = record->root();
  Index words = record->find(root, {"note_tweet", "text"});
  if (!record->is_string(words)) words = record->find(root, "text");
  if (!record->is_string(words)) return;
  Report* report = set.add(ReportKind::post);
  write_words(*record, words, bytes.map, *report);
  report->source = v2_source(*record, set);
  report->author = hint(set, "author_name");
  if (const std::string id = record->text_of(root, "id"); !id.empty()) report->url = x_address(id);
  report->published = time_of(record->text_of(root, "created_at"));
  report->lang = record->text_of(root, "lang");
  find_links(*record, record->find(root, {"entities", "urls"}), *report);
  for (const Index key : record->items(record->find(root, {"attachments", "media_keys"}))) {
    report->media.push_back({std::nullopt, record->text(key).starts_with("3_") ? "image" : "video", ""});
  }
  if (!report->media.empty()) drop_lone_address(*record, record->find(root, {"entities", "urls"}), *report);
  read_v2_relations(*record, *report);
}

void read_x_note(ReportSet& set) {
  const Transcoded bytes = to_utf8(set.input().bytes, "utf-8");
  const auto record = JsonRecord::read(bytes.text);
  if (!record) return mark_unreadable(set);
  const Index core = record->find(record->root(), "core");
  const Index words = record->find(core, "text");
  if (!record->is_string(words)) return;
  Report* report = set.add(ReportKind::post);
  write_words(*record, words, bytes.map, *report);
  report->source = stated_account(set);
  report->author = hint(set, "author_name");
  report->published = time_of(record->text_of(record->root(), "createdAt"));
  for (const Index url : record->items(record->find(core, "urls"))) {
    add_link(*report, record->text_of(url, "expandedUrl"));
  }
}

}  // namespace gavah::extract
