// Telegram Desktop exports (result.json).
#include <array>
#include <utility>

#include "base/byte_window.h"
#include "base/format.h"
#include "base/json.h"
#include "base/json_scanner.h"
#include "capture/album.h"
#include "capture/json_export.h"
#include "capture/pass_over.h"

namespace gavah::capture {
namespace {

struct Chat {
  std::string title;
  std::string id;
  std::string type;
};

/// Which list a chat is in, and its place there. A single chat is (0, 0).
using ChatKey = std::pair<std::size_t, std::uint64_t>;

constexpr std::array<std::string_view, 3> kLists{"", "chats", "left_chats"};
constexpr std::array<std::string_view, 3> kChatFields{"name", "id", "type"};

/// The path of a chat's member in that list.
std::vector<std::string> path_in(std::size_t list, std::string_view member) {
  if (list == 0) return {std::string(member)};
  return {std::string(kLists[list]), "list", "*", std::string(member)};
}

ChatKey key_of(std::size_t list, const JsonMatch& match) { return {list, list == 0 ? 0 : (*match.indices)[2]}; }

std::string decoded(std::string_view scalar) {
  const auto json = Json::parse(scalar);
  if (!json) return {};
  if (json->string() != nullptr) return *json->string();
  return json->integer() ? std::to_string(*json->integer()) : std::string();
}

/// Members of a message that tell of albums.
constexpr auto kAlbumMembers =
    std::to_array<std::string_view>({"from_id", "date_unixtime", "date", "forwarded_from", "reply_to_message_id",
                                     "grouped_id", "photo", "file", "media_type", "mime_type", "text", "id"});

/// What of a message tells of albums.
AlbumItem album_item(std::string_view message) {
  AlbumItem out;
  if (message.find("\"photo\"") == std::string_view::npos && message.find("\"file\"") == std::string_view::npos)
    return out;
  static const JsonScanner kScanner = [] {
    std::vector<JsonPath> paths;
    for (const std::string_view member : kAlbumMembers) paths.push_back({{std::string(member)}, JsonPath::Give::value});
    return JsonScanner(std::move(paths), ~std::uint64_t{0});
  }();
  std::array<std::string, kAlbumMembers.size()> found;
  const auto done = kScanner.scan(message, [&](const JsonMatch& match) -> Result<JsonScanner::Next> {
    found[match.path] = kAlbumMembers[match.path] == "text" ? std::string(match.bytes) : decoded(match.bytes);
    return JsonScanner::Next::go_on;
  });
  if (!done) return out;
  out.author = found[0];
  out.moment = found[1].empty() ? found[2] : found[1];
  out.origin = found[3];
  out.reply = found[4];
  out.group = found[5];
  const bool is_film = found[8] == "video_file" || (found[8].empty() && found[9].starts_with("video/"));
  out.is_picture = !found[6].empty() || (!found[7].empty() && is_film);
  out.has_words = !found[10].empty() && found[10] != "\"\"" && found[10] != "[]";
  if (const auto id = Json::parse(found[11]); id) out.id = id->integer();
  return out;
}

class TelegramReader {
 public:
  TelegramReader(const Document& document, Intake& intake) : document_(document), intake_(intake) {}

  Result<void> read() {
    GAVAH_TRY(find_chats());
    std::vector<JsonPath> paths;
    for (std::size_t list = 0; list < kLists.size(); ++list) {
      std::vector<std::string> steps = path_in(list, "messages");
      steps.emplace_back("*");
      paths.push_back({std::move(steps), JsonPath::Give::value});
    }
    const JsonScanner scanner(std::move(paths), intake_.limits().max_part_bytes);
    ByteWindow window(document_.bytes);
    return scanner.each(window, [&](const JsonMatch& match) { return take_message(match); });
  }

 private:
  /// A first pass for the chats' names, which may stand behind the messages. A broken document is told by the second.
  Result<void> find_chats() {
    std::vector<JsonPath> paths;
    for (std::size_t list = 0; list < kLists.size(); ++list) {
      for (const std::string_view field : kChatFields) paths.push_back({path_in(list, field), JsonPath::Give::value});
    }
    constexpr std::uint64_t kMaxFieldBytes = 64 * 1024;
    ByteWindow window(document_.bytes);
    const JsonScanner scanner(std::move(paths), kMaxFieldBytes);
    const auto done = scanner.each(window, [&](const JsonMatch& match) -> Result<void> {
      Chat& chat = chats_[key_of(match.path / kChatFields.size(), match)];
      const std::array<std::string*, 3> fields{&chat.title, &chat.id, &chat.type};
      *fields[match.path % kChatFields.size()] = decoded(match.bytes);
      return {};
    });
    if (!done && !intake_.owns(done.error())) return std::unexpected(done.error());
    return {};
  }

  Result<void> take_message(const JsonMatch& match) {
    const ChatKey key = key_of(match.path, match);
    const std::string pointer =
        key.first == 0 ? format("/messages/{}", match.indices->back())
                       : format("/{}/list/{}/messages/{}", kLists[key.first], key.second, match.indices->back());
    const std::string where = inner_path(document_.path, pointer.substr(1));
    GAVAH_ASSIGN(const bool passed, is_passed_over("message", pointer.substr(1), document_, intake_));
    if (passed) return {};
    if (const auto sound = Json::check(match.bytes); !sound) {
      if (!intake_.owns(sound.error())) return sound;
      intake_.add_problem("message", where, sound.error().message);
      return {};
    }
    const std::string type = scalar_member(match.bytes, "type");
    if (key != chat_of_album_) albums_.end();
    chat_of_album_ = key;
    if (type != "message") {
      albums_.end();
      intake_.pass_over(type == "service" ? "service message" : "entry that is no message");
      return {};
    }
    Part part = json_part(document_, match.range, "telegram", where);
    const Chat& chat = chats_[key];
    if (!chat.title.empty()) part.hints["chat_title"] = chat.title;
    if (!chat.id.empty()) part.hints["chat_id"] = chat.id;
    if (!chat.type.empty()) part.hints["chat_type"] = chat.type;
    if (const auto first = albums_.next(album_item(match.bytes))) part.hints["album"] = std::to_string(*first);
    return intake_.take(std::move(part), match.bytes);
  }

  const Document& document_;
  Intake& intake_;
  std::map<ChatKey, Chat> chats_;
  Albums albums_;
  ChatKey chat_of_album_;
};

}  // namespace

Result<void> read_telegram(const Document& document, Intake& intake) { return TelegramReader(document, intake).read(); }

}  // namespace gavah::capture
