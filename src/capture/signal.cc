// Chat histories that Signal writes, one frame a line.
#include <array>
#include <utility>

#include "base/format.h"
#include "base/json.h"
#include "capture/json_export.h"

namespace gavah::capture {
namespace {

constexpr std::array kFrames{"account",   "recipient",           "chat",      "chatItem", "stickerPack",
                             "adHocCall", "notificationProfile", "chatFolder"};

/// What is given of a name, first and last.
std::string joined(std::string_view first, std::string_view last) {
  if (first.empty() || last.empty()) return std::string(first.empty() ? last : first);
  return format("{} {}", first, last);
}

std::string id_text(const Json* value) {
  if (value == nullptr) return {};
  if (value->string() != nullptr) return *value->string();
  return value->integer() ? std::to_string(*value->integer()) : std::string();
}

/// As the one whose phone it is sees a person: the name in the address book, else the one they gave themselves.
std::string name_of_contact(const Json& contact) {
  for (const auto& [first, last] :
       {std::pair{"systemGivenName", "systemFamilyName"}, std::pair{"profileGivenName", "profileFamilyName"}}) {
    if (std::string name = joined(contact.text_of(first), contact.text_of(last)); !name.empty()) return name;
  }
  return std::string(contact.text_of("username"));
}

}  // namespace

bool SignalFrames::is_frame(const MemberNames& names) {
  if (names.size() != 1) return names.contains("backupTimeMs") && names.contains("version");
  for (const char* frame : kFrames) {
    if (names.contains(frame)) return true;
  }
  return false;
}

void SignalFrames::note_recipient(const Json& recipient) {
  const std::string id = id_text(recipient.find("id"));
  std::string name;
  if (const Json* contact = recipient.find("contact"); contact != nullptr) name = name_of_contact(*contact);
  if (const Json* title = recipient.find_path({"group", "snapshot", "title", "title"}); title != nullptr) {
    name = id_text(title);
  }
  if (!id.empty() && !name.empty() && names_.size() < kNames) names_[id] = std::move(name);
}

Result<void> SignalFrames::take(const Document& document, const JsonValue& value, Intake& intake) {
  GAVAH_ASSIGN(const Json frame, Json::parse(value.bytes));
  if (const Json* recipient = frame.find("recipient"); recipient != nullptr) {
    note_recipient(*recipient);
  } else if (const Json* chat = frame.find("chat"); chat != nullptr && chats_.size() < kNames) {
    chats_[id_text(chat->find("id"))] = id_text(chat->find("recipientId"));
  } else if (const Json* item = frame.find("chatItem"); item != nullptr) {
    return take_item(document, value, *item, intake);
  }
  intake.pass_over("frame that is no message");
  return {};
}

Result<void> SignalFrames::take_item(const Document& document, const JsonValue& value, const Json& item,
                                     Intake& intake) {
  if (item.find("updateMessage") != nullptr) {
    intake.pass_over("notice of the chat program");
    return {};
  }
  std::map<std::string, std::string> hints;
  if (const auto author = names_.find(id_text(item.find("authorId"))); author != names_.end()) {
    hints["author"] = author->second;
  }
  if (const auto chat = chats_.find(id_text(item.find("chatId"))); chat != chats_.end()) {
    if (const auto title = names_.find(chat->second); title != names_.end()) hints["chat_title"] = title->second;
  }
  return take_value(document, value, "message", "signal", std::move(hints), intake);
}

}  // namespace gavah::capture
