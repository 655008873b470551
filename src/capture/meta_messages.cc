// Conversations as Facebook and Instagram give them to their users (message_1.json).
#include <utility>

#include "base/byte_window.h"
#include "base/format.h"
#include "base/json.h"
#include "base/json_scanner.h"
#include "capture/json_export.h"
#include "capture/pass_over.h"

namespace gavah::capture {

Result<void> read_meta_messages(const Document& document, Intake& intake) {
  const JsonScanner scanner({{{"messages", "*"}}}, intake.limits().max_part_bytes);
  ByteWindow window(document.bytes);
  return scanner.each(window, [&](const JsonMatch& match) -> Result<void> {
    const std::string pointer = format("messages/{}", match.indices->back());
    const std::string where = inner_path(document.path, pointer);
    GAVAH_ASSIGN(const bool passed, is_passed_over("message", pointer, document, intake));
    if (passed) return {};
    if (const auto sound = Json::check(match.bytes); !sound) {
      if (!intake.owns(sound.error())) return sound;
      intake.add_problem("message", where, sound.error().message);
      return {};
    }
    if (scalar_member(match.bytes, "sender_name").empty()) {
      intake.pass_over("entry that is no message");
      return {};
    }
    return intake.take(json_part(document, match.range, "meta-message", where), match.bytes);
  });
}

}  // namespace gavah::capture
