#include "capture/json_export.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/byte_window.h"
#include "base/format.h"
#include "base/json.h"
#include "base/json_scanner.h"
#include "capture/named_table.h"
#include "capture/pass_over.h"

namespace gavah::capture {
namespace {

using Next = JsonScanner::Next;

/// Objects have tens of members; beyond this the names tell nothing more.
constexpr std::size_t kMaxNames = 256;
/// A record of auto-archiver: status, metadata, media, and what a later version may add.
constexpr std::size_t kRecordNames = 5;
/// An item of a Bluesky feed: post, reply, reason, feedContext, reqId, $type.
constexpr std::size_t kFeedItemNames = 6;
/// A comment of Instagram: media_list_data, string_map_data, title, href.
constexpr std::size_t kCommentNames = 4;

bool has(const MemberNames& names, std::string_view name) { return names.contains(name); }

/// What the whole document seems to be, from a first pass over its outermost level.
struct Outline {
  char first = '\0';          // of the document
  MemberNames names;          // of the root object
  MemberNames message_names;  // of messages[0]
  bool has_chats = false;     // chats.list or left_chats.list
  bool has_more = false;      // another value follows
};

/// Errors about the bytes end the pass early: what is known by then is enough to choose a reader, which tells them.
Result<Outline> outline_of(const Document& document, const Intake& intake) {
  Outline out;
  ByteWindow window(document.bytes);
  const JsonScanner scanner({{{}, JsonPath::Give::mark},
                             {{"chats", "list"}, JsonPath::Give::mark},
                             {{"left_chats", "list"}, JsonPath::Give::mark},
                             {{"messages", "*", "*"}, JsonPath::Give::mark},
                             {{"*"}, JsonPath::Give::mark}},
                            intake.limits().max_part_bytes);
  const auto done = scanner.scan(window, [&](const JsonMatch& match) -> Result<Next> {
    if (match.path == 0) out.first = match.bytes.front();
    if (match.path == 1 || match.path == 2) out.has_chats = true;
    if (match.path == 3 && (*match.indices)[1] == 0) out.message_names.emplace(match.name);
    if (match.path == 4 && out.names.size() < kMaxNames) out.names.emplace(match.name);
    return out.first == '[' ? Next::stop : Next::go_on;
  });
  if (!done && !intake.owns(done.error())) return std::unexpected(done.error());
  if (!done || *done == Next::stop) return out;
  GAVAH_TRY(window.grow_to(ByteWindow::kStepBytes));
  const std::size_t next = window.view().find_first_not_of(" \t\r\n");
  out.has_more = next != std::string_view::npos;
  return out;
}

bool is_telegram(const Outline& outline) {
  if (outline.has_chats) return true;
  const MemberNames& names = outline.message_names;
  return has(names, "type") && (has(names, "date") || has(names, "date_unixtime")) && !has(names, "content");
}

/// An object whose members are the cells of a known export.
Result<void> take_row_object(const Document& document, const JsonValue& value, Intake& intake) {
  const MemberNames names = member_names(value.bytes);
  const auto mapping = recognise_export({names.begin(), names.end()}, '\0');
  Part part = json_part(document, value.range(), "json-row", inner_path(document.path, value.where));
  if (mapping) part.hints["mapping"] = mapping->json();
  return intake.take(std::move(part), value.bytes);
}

/// Every element of an array of posts.
Result<void> read_posts(const Document& document, std::vector<JsonPath> paths, Intake& intake) {
  const JsonScanner scanner(std::move(paths), intake.limits().max_part_bytes);
  ByteWindow window(document.bytes);
  std::uint64_t count = 0;
  bool has_posts = false;
  auto done = scanner.each(window, [&](const JsonMatch& match) -> Result<void> {
    const std::string where = format("{}", count++);
    GAVAH_ASSIGN(const bool passed, is_passed_over("post", where, document, intake));
    has_posts = has_posts || passed;
    if (passed) return {};
    const MemberNames names = member_names(match.bytes);
    const ObjectKind kind = object_kind(names);
    GAVAH_ASSIGN(const bool is_known, take_known(document, {match.range.begin, match.bytes, where}, kind, intake));
    has_posts = has_posts || is_known;
    if (is_known) return {};
    if (!has_posts && match.bytes.starts_with("\"http")) {
      intake.pass_over("address of a post that is not here");
      return {};
    }
    if (!has_posts) return fail(ErrorCode::invalid_input, unread_json(names));
    intake.add_problem("post", inner_path(document.path, where), "it is no post of a known form");
    return {};
  });
  if (done && count == 0) return fail(ErrorCode::invalid_input, "JSON, but there is no post in its list");
  return done;
}

/// A document that is one post.
Result<void> read_one_post(const Document& document, ObjectKind kind, Intake& intake) {
  const JsonScanner scanner({JsonPath{}}, intake.limits().max_part_bytes);
  ByteWindow window(document.bytes);
  const std::uint32_t count_before = intake.container().part_count;
  GAVAH_TRY(scanner.each(window, [&](const JsonMatch& match) -> Result<void> {
    GAVAH_TRY(take_known(document, {match.range.begin, match.bytes, "post"}, kind, intake));
    return {};
  }));
  if (intake.container().part_count == count_before && kind == ObjectKind::bluesky) {
    return fail(ErrorCode::invalid_input, "JSON like a Bluesky record, but it is no post");
  }
  return {};
}

/// The lists of posts in an object of an API or an archive; empty when there is none.
std::vector<JsonPath> lists_in(const MemberNames& names) {
  constexpr auto kLists = std::to_array<std::string_view>(
      {"statuses", "orderedItems", "feed", "posts", "records", "ancestors", "descendants", "entries", "ig_stories",
       "ig_reels_media", "ig_igtv_media", "ig_archived_post_media", "status_updates", "status_updates_v2",
       "comments_v2", "comments_media_comments", "comments_reels_comments"});
  std::vector<JsonPath> out;
  for (const std::string_view name : kLists) {
    if (has(names, name)) out.push_back({{std::string(name), "*"}, JsonPath::Give::value});
  }
  return out;
}

bool is_lines_name(std::string_view name) { return name.ends_with(".jsonl") || name.ends_with(".ndjson"); }

Result<void> read_object(const Document& document, const Outline& outline, Intake& intake) {
  if (is_telegram(outline)) return read_telegram(document, intake);
  const bool has_senders = has(outline.message_names, "sender_name") && has(outline.message_names, "timestamp_ms");
  if (has_senders) return read_meta_messages(document, intake);
  const ObjectKind kind = object_kind(outline.names);
  if (kind == ObjectKind::page_v2) return take_v2_page(document, document.bytes, 0, {}, intake);
  const bool is_post = kind == ObjectKind::post_v1 || kind == ObjectKind::post_v2 || kind == ObjectKind::bluesky;
  const bool is_single = kind == ObjectKind::activity || kind == ObjectKind::status || kind == ObjectKind::video_info ||
                         kind == ObjectKind::meta_post || kind == ObjectKind::signal ||
                         kind == ObjectKind::archive_record || kind == ObjectKind::mapped_4cat ||
                         kind == ObjectKind::oembed;
  if (is_post || is_single) return read_one_post(document, kind, intake);
  if (has(outline.names, "thread")) return read_bluesky_thread(document, intake);
  if (auto lists = lists_in(outline.names); !lists.empty()) return read_posts(document, std::move(lists), intake);
  if (has(outline.names, "outbox") && has(outline.names, "preferredUsername")) {
    intake.pass_over("account of Mastodon");
    return {};
  }
  MemberNames names = outline.names;
  names.insert(outline.message_names.begin(), outline.message_names.end());
  return fail(ErrorCode::invalid_input, unread_json(names));
}

/// What people download of their own: posts of Facebook and Instagram, messages of Signal.
ObjectKind personal_kind(const MemberNames& names) {
  const bool is_facebook = has(names, "timestamp") && (has(names, "data") || has(names, "attachments")) &&
                           !has(names, "message") && !has(names, "id");
  const bool is_instagram = has(names, "creation_timestamp") && (has(names, "media") || has(names, "uri"));
  const bool is_unnamed = has(names, "media") && names.size() == 1;
  const bool is_comment = has(names, "string_map_data") && names.size() <= kCommentNames;
  if (is_facebook || is_instagram || is_unnamed || is_comment) return ObjectKind::meta_post;
  const bool is_exported = has(names, "date") && has(names, "sender") && has(names, "body") && has(names, "sticker");
  const bool is_stored = has(names, "conversationId") && has(names, "sent_at");
  return is_exported || is_stored ? ObjectKind::signal : ObjectKind::unknown;
}

}  // namespace

MemberNames member_names(std::string_view object) {
  MemberNames out;
  if (!object.starts_with('{')) return out;
  static const JsonScanner kScanner({{{"*"}, JsonPath::Give::mark}}, ~std::uint64_t{0});
  const auto done = kScanner.scan(object, [&](const JsonMatch& match) -> Result<Next> {
    out.emplace(match.name);
    return out.size() < kMaxNames ? Next::go_on : Next::stop;
  });
  static_cast<void>(done);  // a break is told by whoever takes the object
  return out;
}

ObjectKind object_kind(const MemberNames& names) {
  const bool has_text = has(names, "text") || has(names, "full_text");
  if ((has(names, "id") || has(names, "id_str")) && has_text && has(names, "user")) return ObjectKind::post_v1;
  for (const std::string_view sign : {"author_id", "edit_history_tweet_ids", "conversation_id", "public_metrics"}) {
    if (has(names, "id") && has(names, "text") && has(names, sign)) return ObjectKind::post_v2;
  }
  for (const std::string_view sign : {"includes", "meta", "errors", "matching_rules", "__twarc"}) {
    if (has(names, "data") && has(names, sign)) return ObjectKind::page_v2;
  }
  if (has(names, "data") && names.size() == 1) return ObjectKind::page_v2;
  if (has(names, "id") && has(names, "action") && has(names, "reason")) return ObjectKind::compliance;
  if (has(names, "uri") && has(names, "cid") && (has(names, "value") || has(names, "record")))
    return ObjectKind::bluesky;
  if (has(names, "did") && has(names, "commit")) return ObjectKind::bluesky;
  if (has(names, "$type") && has(names, "createdAt")) return ObjectKind::bluesky;
  if (has(names, "post") && names.size() <= kFeedItemNames) return ObjectKind::bluesky;
  if (has(names, "type") && has(names, "actor") && has(names, "object")) return ObjectKind::activity;
  const bool is_noted = has(names, "status") && has(names, "metadata") && has(names, "media");
  if (is_noted && names.size() <= kRecordNames) return ObjectKind::archive_record;
  const bool is_shown = has(names, "html") || has(names, "provider_name") || has(names, "thumbnail_url");
  if (has(names, "version") && has(names, "type") && is_shown && !has(names, "id")) return ObjectKind::oembed;
  if (has(names, "body") && has(names, "thread_id") && has(names, "author_forwarded_from_id")) {
    return ObjectKind::mapped_4cat;
  }
  if (has(names, "visibility") && has(names, "content") && has(names, "account")) return ObjectKind::status;
  const bool has_entries = has(names, "entries") || has(names, "_type");
  if (has(names, "extractor_key") && has(names, "webpage_url") && (!has_entries || has(names, "duration"))) {
    return ObjectKind::video_info;
  }
  return personal_kind(names);
}

Result<bool> take_known(const Document& document, const JsonValue& value, ObjectKind kind, Intake& intake) {
  switch (kind) {
    case ObjectKind::post_v1:
    case ObjectKind::post_v2:
      GAVAH_TRY(take_post(document, value, kind, {}, intake));
      return true;
    case ObjectKind::bluesky:
      GAVAH_TRY(take_bluesky(document, value, intake));
      return true;
    case ObjectKind::activity:
      GAVAH_TRY(take_activity(document, value, intake));
      return true;
    case ObjectKind::status:
      GAVAH_TRY(take_value(document, value, "post", "mastodon-status", {}, intake));
      return true;
    case ObjectKind::video_info:
      GAVAH_TRY(take_video_info(document, value, intake));
      return true;
    case ObjectKind::meta_post:
      GAVAH_TRY(take_value(document, value, "post", "meta-post", {}, intake));
      return true;
    case ObjectKind::signal:
      GAVAH_TRY(take_value(document, value, "message", "signal", {}, intake));
      return true;
    case ObjectKind::oembed:
      GAVAH_TRY(take_value(document, value, "answer of oEmbed", "oembed", {}, intake));
      return true;
    case ObjectKind::compliance:
      intake.pass_over("compliance notice");
      return true;
    case ObjectKind::archive_record:
      GAVAH_TRY(take_value(document, value, "record", "archive-record", {}, intake));
      return true;
    case ObjectKind::mapped_4cat:
      GAVAH_TRY(take_row_object(document, value, intake));
      return true;
    case ObjectKind::page_v2:
    case ObjectKind::unknown:
      break;
  }
  return false;
}

std::string unread_json(const MemberNames& names) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kSigns{
      {{"guild", "a Discord export"},
       {"sender_name", "messages of Instagram or Facebook"},
       {"participants", "messages of Instagram or Facebook"},
       {"@graph", "linked data (CASE or another JSON-LD)"},
       {"didDoc", "a Bluesky identity document"},
       {"cid", "a Bluesky record"},
       {"domainCert", "a signature of a web archive"},
       {"extractor_key", "what yt-dlp says of a list of videos"}}};
  for (const auto& [name, what] : kSigns) {
    if (has(names, name)) return format("{}; this version does not read it", what);
  }
  return "JSON, but of no known export";
}

Result<void> take_value(const Document& document, const JsonValue& value, std::string_view what, std::string format,
                        std::map<std::string, std::string> hints, Intake& intake) {
  std::string where = inner_path(document.path, value.where);
  if (const auto sound = Json::check(value.bytes); !sound) {
    if (!intake.owns(sound.error())) return sound;
    intake.add_problem(what, std::move(where), sound.error().message);
    return {};
  }
  Part part = json_part(document, value.range(), std::move(format), std::move(where));
  part.hints = std::move(hints);
  return intake.take(std::move(part), value.bytes);
}

Part json_part(const Document& document, ByteRange range, std::string format, std::string where) {
  Part part;
  part.chain = chain_to(document, range, "none");
  part.format = std::move(format);
  part.media_type = "application/json";
  part.path = std::move(where);
  return part;
}

std::string scalar_member(std::string_view object, std::string_view name) {
  std::string out;
  const JsonScanner scanner({{{std::string(name)}, JsonPath::Give::value}}, ~std::uint64_t{0});
  const auto done = scanner.scan(object, [&](const JsonMatch& match) -> Result<Next> {
    GAVAH_ASSIGN(const Json json, Json::parse(match.bytes));
    if (json.string() != nullptr) out = *json.string();
    if (json.integer()) out = std::to_string(*json.integer());
    return Next::stop;
  });
  static_cast<void>(done);  // a member that cannot be read is as good as none
  return out;
}

Result<void> read_json(const Document& document, Intake& intake) {
  const std::string ending(document.name.substr(document.name.size() - std::min<std::size_t>(document.name.size(), 8)));
  if (is_lines_name(ending)) return read_json_lines(document, intake);
  GAVAH_ASSIGN(const Outline outline, outline_of(document, intake));
  if (outline.has_more) return read_json_lines(document, intake);
  intake.set_format(document, "json");
  if (outline.first == '{') return read_object(document, outline, intake);
  if (outline.first == '[') return read_posts(document, {{{"*"}, JsonPath::Give::value}}, intake);
  return fail(ErrorCode::invalid_input, "JSON, but of no known export");
}

}  // namespace gavah::capture
