// What yt-dlp writes about a video (.info.json): the video, and the comments below it.
#include <charconv>
#include <utility>

#include "base/byte_window.h"
#include "base/format.h"
#include "base/json.h"
#include "base/json_scanner.h"
#include "capture/json_export.h"

namespace gavah::capture {
namespace {

/// Seconds as an integer; nothing for anything else.
std::optional<Instant> moment_of(std::string_view object, std::string_view name) {
  const std::string written = scalar_member(object, name);
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(written.data(), written.data() + written.size(), seconds);
  if (written.empty() || error != std::errc() || seconds <= 0) return std::nullopt;
  return Instant{seconds};
}

}  // namespace

Result<void> take_video_info(const Document& document, const JsonValue& value, Intake& intake) {
  const std::string where = inner_path(document.path, value.where);
  if (const auto sound = Json::check(value.bytes); !sound) {
    if (!intake.owns(sound.error())) return sound;
    intake.add_problem("video", where, sound.error().message);
    return {};
  }
  Part part = json_part(document, value.range(), "video-info", where);
  part.url = scalar_member(value.bytes, "webpage_url");
  part.captured = moment_of(value.bytes, "epoch");
  for (const char* name : {"availability", "live_status"}) {
    if (std::string stated = scalar_member(value.bytes, name); !stated.empty()) part.hints[name] = std::move(stated);
  }
  const std::string url = part.url;
  const std::optional<Instant> captured = part.captured;
  GAVAH_TRY(intake.take(std::move(part), value.bytes));
  std::uint64_t count = 0;
  const JsonScanner scanner({{{"comments", "*"}}}, intake.limits().max_part_bytes);
  const auto done = scanner.scan(value.bytes, [&](const JsonMatch& match) -> Result<JsonScanner::Next> {
    const std::uint64_t begin = value.begin + match.range.begin;
    Part comment = json_part(document, {begin, begin + match.bytes.size()}, "video-comment",
                             format("{}/comments/{}", where, count++));
    comment.captured = captured;
    comment.hints["video"] = url;
    GAVAH_TRY(intake.take(std::move(comment), match.bytes));
    return JsonScanner::Next::go_on;
  });
  if (!done) return std::unexpected(done.error());
  return {};
}

}  // namespace gavah::capture
