// Telegram Desktop exports (result.json).
#include <array>
#include <utility>

#include "base/byte_window.h"
#include "base/format.h"
#include "base/json.h"
#include "base/json_scanner.h"
#include "capture/json_export.h"

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
    if (const auto sound = Json::check(match.bytes); !sound) {
      if (!intake_.owns(sound.error())) return sound;
      intake_.add_problem("message", where, sound.error().message);
      return {};
    }
    const std::string type = scalar_member(match.bytes, "type");
    if (type != "message") {
      intake_.pass_over(type == "service" ? "service message" : "entry that is no message");
      return {};
    }
    Part part = json_part(document_, match.range, "telegram", where);
    const Chat& chat = chats_[key];
    if (!chat.title.empty()) part.hints["chat_title"] = chat.title;
    if (!chat.id.empty()) part.hints["chat_id"] = chat.id;
    if (!chat.type.empty()) part.hints["chat_type"] = chat.type;
    return intake_.take(std::move(part), match.bytes);
  }

  const Document& document_;
  Intake& intake_;
  std::map<ChatKey, Chat> chats_;
};

}  // namespace

Result<void> read_telegram(const Document& document, Intake& intake) { return TelegramReader(document, intake).read(); }

}  // namespace gavah::capture
