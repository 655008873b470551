#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "base/json.h"
#include "capture/intake.h"

namespace gavah::capture {

/// What a JSON object is, by the names of its members.
enum class ObjectKind {
  post_v1,         ///< a post of the X API v1.1, compatible or extended form
  post_v2,         ///< one element of the X API v2
  page_v2,         ///< a response of the X API v2: data, includes, errors
  compliance,      ///< a notice that a post is to be deleted
  bluesky,         ///< a record of the AT Protocol, alone or in a view, a feed item or an event of the firehose
  activity,        ///< an activity of ActivityPub: what an outbox (Mastodon) lists
  status,          ///< a post as the API of Mastodon gives it
  video_info,      ///< what yt-dlp writes about a video (.info.json)
  meta_post,       ///< a post, story, reel or comment of a download of Facebook or Instagram
  signal,          ///< a message of Signal, as its database (sigtop) or signal-export gives it
  mapped_4cat,     ///< a message of 4CAT's Telegram source, in the columns of its CSV
  archive_record,  ///< what auto-archiver noted of one address (metadata.json)
  oembed,          ///< what a platform answers to those who embed a post (oembed.com, 1.0)
  unknown,
};

using MemberNames = std::set<std::string, std::less<>>;

/// The names of an object's members; empty when it is none. Broken JSON gives those before the break.
MemberNames member_names(std::string_view object);

ObjectKind object_kind(const MemberNames& names);

/// What the file is that is JSON but not read, for the quarantine: "a Discord export", …
std::string unread_json(const MemberNames& names);

/// The value of a member whose value is a string or an integer, decoded; empty when there is none.
std::string scalar_member(std::string_view object, std::string_view name);

/// One value found in a document: where it stands there, and its bytes.
struct JsonValue {
  std::uint64_t begin = 0;
  std::string_view bytes;
  std::string where;  ///< "line 3", "/messages/17"

  ByteRange range() const { return {begin, begin + bytes.size()}; }
};

/// The part that stands at `range` of a document of JSON.
Part json_part(const Document& document, ByteRange range, std::string format, std::string where);

/// Hands over one post of that kind. `hints` go to the part. Bytes that are no JSON are a problem.
Result<void> take_post(const Document& document, const JsonValue& value, ObjectKind kind,
                       std::map<std::string, std::string> hints, Intake& intake);

/// Hands over a post of any kind but the others above; a notice of another kind is passed over. False when `value` is
/// none of them.
Result<bool> take_known(const Document& document, const JsonValue& value, ObjectKind kind, Intake& intake);

/// Hands over a record of Bluesky that is a post or a repost. What is neither (a like, a profile, a deletion) is passed
/// over and counted.
Result<void> take_bluesky(const Document& document, const JsonValue& value, Intake& intake);

/// Hands over one document about a video, and each comment below it. When it was taken goes to the parts.
Result<void> take_video_info(const Document& document, const JsonValue& value, Intake& intake);

/// Hands over a value as it is, unless it is no JSON, which is a problem.
Result<void> take_value(const Document& document, const JsonValue& value, std::string_view what, std::string format,
                        std::map<std::string, std::string> hints, Intake& intake);

/// The frames of a chat history that Signal writes, one a line: people and groups first, then what they said.
class SignalFrames {
 public:
  /// True when an object with these members is a frame.
  static bool is_frame(const MemberNames& names);
  Result<void> take(const Document& document, const JsonValue& value, Intake& intake);

 private:
  /// People and groups whose names are kept; beyond that messages have no author.
  static constexpr std::size_t kNames = 200'000;

  Result<void> take_item(const Document& document, const JsonValue& value, const Json& item, Intake& intake);
  void note_recipient(const Json& recipient);

  std::map<std::string, std::string, std::less<>> names_;  ///< of recipients, by id
  std::map<std::string, std::string, std::less<>> chats_;  ///< recipients, by id of the chat
};

/// Conversations of Facebook and Instagram: each of messages[].
Result<void> read_meta_messages(const Document& document, Intake& intake);

/// The thread of a post as getPostThread gives it: the posts above it, itself, the replies.
Result<void> read_bluesky_thread(const Document& document, Intake& intake);

/// Hands over an activity that says something: Create, Update, Announce. Others (Like, Delete) are passed over.
Result<void> take_activity(const Document& document, const JsonValue& value, Intake& intake);

/// Hands over the posts of a v2 page. `page` are the bytes of `document` from `begin` on.
Result<void> take_v2_page(const Document& document, const ByteSource& page, std::uint64_t begin,
                          const std::string& where, Intake& intake);

/// One JSON value a line.
Result<void> read_json_lines(const Document& document, Intake& intake);

/// A Telegram Desktop export (result.json): one chat, or chats.list[] and left_chats.list[].
Result<void> read_telegram(const Document& document, Intake& intake);

}  // namespace gavah::capture
