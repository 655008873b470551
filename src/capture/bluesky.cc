// Bluesky (AT Protocol): records, post views, feed items, threads, events of the firehose.
#include <utility>

#include "base/byte_window.h"
#include "base/format.h"
#include "base/json.h"
#include "base/json_scanner.h"
#include "capture/json_export.h"

namespace gavah::capture {
namespace {

/// Levels of a thread that are read; the API gives six of replies unasked, and 80 of the posts above. A scan takes 64
/// paths, and each level is one.
constexpr std::size_t kReplyLevels = 24;
constexpr std::size_t kParentLevels = 34;

/// The record in any of its wrappings, or null.
const Json* record_in(const Json& item) {
  for (const Json* record : {item.find("value"), item.find("record"), item.find_path({"post", "record"}),
                             item.find_path({"commit", "record"})}) {
    if (record != nullptr && record->is_object()) return record;
  }
  return item.find("createdAt") != nullptr ? &item : nullptr;
}

bool is_statement(const Json& record) {
  const std::string_view type = record.text_of("$type");
  return type == "app.bsky.feed.post" || type == "app.bsky.feed.repost";
}

/// thread, thread.parent, thread.parent.parent, …; thread.replies.*, thread.replies.*.replies.*, …
std::vector<JsonPath> thread_paths() {
  std::vector<JsonPath> paths;
  std::vector<std::string> steps{"thread"};
  for (std::size_t level = 0; level <= kParentLevels; ++level) {
    steps.emplace_back("post");
    paths.push_back({steps, JsonPath::Give::value});
    steps.back() = "parent";
  }
  paths.push_back({steps, JsonPath::Give::mark});
  steps = {"thread"};
  for (std::size_t level = 0; level < kReplyLevels; ++level) {
    steps.insert(steps.end(), {"replies", "*", "post"});
    paths.push_back({steps, JsonPath::Give::value});
    steps.pop_back();
  }
  steps.insert(steps.end(), {"replies", "*"});
  paths.push_back({steps, JsonPath::Give::mark});
  return paths;
}

}  // namespace

Result<void> take_bluesky(const Document& document, const JsonValue& value, Intake& intake) {
  const std::string where = inner_path(document.path, value.where);
  const auto item = Json::parse(value.bytes);
  if (!item) {
    if (!intake.owns(item.error())) return std::unexpected(item.error());
    intake.add_problem("post", where, item.error().message);
    return {};
  }
  const Json* record = record_in(*item);
  if (record == nullptr || !is_statement(*record)) {
    intake.pass_over("Bluesky record that is no post");
    return {};
  }
  return intake.take(json_part(document, value.range(), "bluesky", where), value.bytes);
}

Result<void> read_bluesky_thread(const Document& document, Intake& intake) {
  static const std::vector<JsonPath> kPaths = thread_paths();
  const JsonScanner scanner(kPaths, intake.limits().max_part_bytes);
  ByteWindow window(document.bytes);
  std::uint64_t count = 0;
  GAVAH_TRY(scanner.each(window, [&](const JsonMatch& match) -> Result<void> {
    if (kPaths[match.path].give == JsonPath::Give::mark) {
      intake.add_problem("post", document.path, "the thread goes on deeper than is read");
      return {};
    }
    return take_bluesky(document, {match.range.begin, match.bytes, format("thread/{}", count++)}, intake);
  }));
  if (count == 0) return fail(ErrorCode::invalid_input, "JSON with a thread, but there is no post in it");
  return {};
}

}  // namespace gavah::capture
