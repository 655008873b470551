// Archives that X gives to its accounts. Their files are scripts that assign JSON to a name; they are read as JSON
// behind the assignment and never run.
#include "capture/x_archive.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/byte_window.h"
#include "base/format.h"
#include "base/json.h"
#include "base/json_scanner.h"
#include "capture/json_export.h"

namespace gavah::capture {
namespace {

using Next = JsonScanner::Next;

constexpr std::string_view kNow = "window.YTD.";
constexpr std::string_view kBefore2019 = "Grailbird.data.";
/// Names and the sign of assignment stand in the first 60 bytes.
constexpr std::size_t kAssignmentBytes = 256;

struct Assignment {
  std::string name;  ///< "tweets", "note_tweet", "like"
  std::size_t value = 0;
};

std::optional<Assignment> assignment_in(std::string_view head) {
  std::size_t at = head.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  at = std::min(head.find_first_not_of(" \t\r\n", at), head.size());
  std::string_view rest = head.substr(at, kAssignmentBytes);
  const bool is_now = rest.starts_with(kNow);
  if (!is_now && !rest.starts_with(kBefore2019)) return std::nullopt;
  rest.remove_prefix(is_now ? kNow.size() : kBefore2019.size());
  const std::size_t sign = rest.find('=');
  const std::size_t name_end = rest.find_first_of(is_now ? ". =" : "_ =");
  if (sign == std::string_view::npos || name_end == std::string_view::npos) return std::nullopt;
  return Assignment{std::string(rest.substr(0, name_end)),
                    static_cast<std::size_t>(rest.data() - head.data()) + sign + 1};
}

/// Which files hold posts, and what wraps each of them there.
struct Kind {
  std::string_view name;
  std::string_view wrapper;  ///< may be missing in older archives
};
constexpr std::array kKinds{Kind{"tweets", "tweet"}, Kind{"tweet", "tweet"}, Kind{"community_tweet", "tweet"},
                            Kind{"deleted_tweets", "tweet"}, Kind{"note_tweet", "noteTweet"}};

class XArchiveReader {
 public:
  XArchiveReader(const Document& document, Intake& intake) : document_(document), intake_(intake) {}

  Result<void> read() {
    const std::uint64_t size = document_.bytes.size();
    GAVAH_ASSIGN(const std::string head, document_.bytes.read({0, std::min<std::uint64_t>(size, kAssignmentBytes)}));
    const auto assignment = assignment_in(head);
    if (!assignment) return fail(ErrorCode::invalid_input, "a file of an X archive that assigns nothing");
    const auto kind = std::ranges::find(kKinds, assignment->name, &Kind::name);
    if (kind == kKinds.end()) {
      intake_.pass_over(format("file of an X archive without posts: {}", assignment->name.substr(0, 60)));
      return {};
    }
    const std::size_t first = head.find_first_not_of(" \t\r\n", assignment->value);
    if (first == std::string::npos || head[first] != '[') {
      return fail(ErrorCode::invalid_input, "a file of an X archive that assigns something other than a list");
    }
    values_ = {first, size};
    name_ = assignment->name;
    GAVAH_ASSIGN(const bool is_wrapped, find_wrapper(kind->wrapper));
    JsonPath path{{"*"}};
    if (is_wrapped) path.steps.emplace_back(kind->wrapper);
    const JsonScanner scanner({path}, intake_.limits().max_part_bytes);
    ByteWindow window(document_.bytes, values_);
    return scanner.each(window, [&](const JsonMatch& match) { return take(match); });
  }

 private:
  /// Looks at the first element. What is broken is told when the posts are read.
  Result<bool> find_wrapper(std::string_view wrapper) {
    bool is_wrapped = false;
    const JsonScanner scanner({{{"*", "*"}, JsonPath::Give::mark}}, intake_.limits().max_part_bytes);
    ByteWindow window(document_.bytes, values_);
    const auto done = scanner.scan(window, [&](const JsonMatch& match) -> Result<Next> {
      if (match.indices->front() > 0) return Next::stop;
      is_wrapped = is_wrapped || match.name == wrapper;
      return is_wrapped ? Next::stop : Next::go_on;
    });
    if (!done && !intake_.owns(done.error())) return std::unexpected(done.error());
    return is_wrapped;
  }

  Result<void> take(const JsonMatch& match) {
    const JsonValue value{match.range.begin, match.bytes, format("{}/{}", name_, count_++)};
    if (name_ != "note_tweet") {
      auto hints = document_.hints;
      if (name_ == "deleted_tweets") hints["deleted"] = "1";
      return take_post(document_, value, ObjectKind::post_v1, std::move(hints), intake_);
    }
    const std::string where = inner_path(document_.path, value.where);
    if (const auto sound = Json::check(value.bytes); !sound) {
      if (!intake_.owns(sound.error())) return sound;
      intake_.add_problem("post", where, sound.error().message);
      return {};
    }
    Part part = json_part(document_, value.range(), "x-note", where);
    part.hints = document_.hints;
    return intake_.take(std::move(part), value.bytes);
  }

  const Document& document_;
  Intake& intake_;
  ByteRange values_;
  std::string name_;
  std::uint64_t count_ = 0;
};

}  // namespace

bool is_x_archive_file(std::string_view head) { return assignment_in(head).has_value(); }

std::map<std::string, std::string> read_x_account(std::string_view account) {
  std::map<std::string, std::string> out;
  const auto assignment = assignment_in(account);
  if (!assignment || assignment->name != "account") return out;
  const auto json = Json::parse(account.substr(assignment->value));
  if (!json || json->items().empty()) return out;
  const Json* stated = json->items().front().find("account");
  if (stated == nullptr) return out;
  if (const auto name = stated->text_of("username"); !name.empty()) out["author_handle"] = name;
  if (const auto name = stated->text_of("accountDisplayName"); !name.empty()) out["author_name"] = name;
  return out;
}

Result<void> read_x_archive_file(const Document& document, Intake& intake) {
  intake.set_format(document, "json");
  return XArchiveReader(document, intake).read();
}

}  // namespace gavah::capture
