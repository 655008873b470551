// Activities of ActivityPub, as the outbox of a Mastodon archive lists them.
#include <utility>

#include "base/format.h"
#include "base/json.h"
#include "capture/json_export.h"

namespace gavah::capture {

Result<void> take_activity(const Document& document, const JsonValue& value, Intake& intake) {
  const std::string where = inner_path(document.path, value.where);
  if (const auto sound = Json::check(value.bytes); !sound) {
    if (!intake.owns(sound.error())) return sound;
    intake.add_problem("activity", where, sound.error().message);
    return {};
  }
  const std::string type = scalar_member(value.bytes, "type");
  if (type != "Create" && type != "Update" && type != "Announce") {
    intake.pass_over("activity that says nothing");
    return {};
  }
  Part part = json_part(document, value.range(), "activity", where);
  part.media_type = "application/activity+json";
  return intake.take(std::move(part), value.bytes);
}

}  // namespace gavah::capture
