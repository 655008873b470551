// Posts of X (Twitter): API v1.1 and v2.
#include "base/byte_window.h"
#include "base/format.h"
#include "base/json.h"
#include "base/json_scanner.h"
#include "capture/json_export.h"
#include "capture/pass_over.h"

namespace gavah::capture {
namespace {

struct Author {
  std::string handle;
  std::string name;
};

/// The posts of one page of the v2 API: those asked for, and those that they refer to.
class V2Page {
 public:
  V2Page(const Document& document, const ByteSource& page, std::uint64_t begin, const std::string& where,
         Intake& intake)
      : document_(document), page_(page), begin_(begin), where_(where), intake_(intake) {}

  Result<void> take() {
    GAVAH_ASSIGN(const bool is_whole, find_authors());
    GAVAH_TRY(take_all({data_is_one_ ? JsonPath{{"data"}} : JsonPath{{"data", "*"}}}, Role::asked_for));
    if (is_whole) GAVAH_TRY(take_all({JsonPath{{"includes", "tweets", "*"}}}, Role::included));
    if (error_count_ > 0) intake_.pass_over("error entry of the API", error_count_);
    return {};
  }

 private:
  enum class Role { asked_for, included };

  /// A first pass for what comes after the posts that need it. False when the page is broken: the pass over the posts
  /// then tells where.
  Result<bool> find_authors() {
    const JsonScanner scanner(
        {{{"includes", "users", "*"}}, {{"data"}, JsonPath::Give::mark}, {{"errors", "*"}, JsonPath::Give::mark}},
        intake_.limits().max_part_bytes);
    ByteWindow window(page_);
    const auto done = scanner.each(window, [&](const JsonMatch& match) -> Result<void> {
      if (match.path == 0) note_author(match.bytes);
      if (match.path == 1) data_is_one_ = match.bytes == "{";
      if (match.path == 2) ++error_count_;
      return {};
    });
    if (!done && !intake_.owns(done.error())) return std::unexpected(done.error());
    return done.has_value();
  }

  void note_author(std::string_view bytes) {
    const auto user = Json::parse(bytes);
    if (!user) return;
    const std::string id(user->text_of("id"));
    if (!id.empty()) authors_[id] = {std::string(user->text_of("username")), std::string(user->text_of("name"))};
  }

  Result<void> take_all(std::vector<JsonPath> paths, Role role) {
    const JsonScanner scanner(std::move(paths), intake_.limits().max_part_bytes);
    ByteWindow window(page_);
    std::uint64_t number = 0;
    return scanner.each(window, [&](const JsonMatch& match) { return take_one(match, role, number++); });
  }

  Result<void> take_one(const JsonMatch& match, Role role, std::uint64_t number) {
    const std::string_view list = role == Role::included ? "/includes/tweets" : "/data";
    const std::string where = format("{}{}/{}", where_, list, number);
    GAVAH_ASSIGN(const bool passed, is_passed_over("post", where, document_, intake_));
    if (passed) return {};
    const std::string id = scalar_member(match.bytes, "id");
    if (role == Role::asked_for) {
      ids_.insert(id);
    } else if (ids_.contains(id)) {
      intake_.pass_over("included copy of a post that the page holds");
      return {};
    }
    std::map<std::string, std::string> hints;
    const std::string author_id = scalar_member(match.bytes, "author_id");
    if (!author_id.empty()) hints["author_id"] = author_id;
    if (const auto author = authors_.find(author_id); author != authors_.end()) {
      hints["author_handle"] = author->second.handle;
      hints["author_name"] = author->second.name;
    }
    if (role == Role::included) hints["included"] = "1";
    return take_post(document_, {begin_ + match.range.begin, match.bytes, where}, ObjectKind::post_v2, std::move(hints),
                     intake_);
  }

  const Document& document_;
  const ByteSource& page_;
  std::uint64_t begin_;
  const std::string& where_;
  Intake& intake_;
  std::map<std::string, Author> authors_;
  std::set<std::string> ids_;
  bool data_is_one_ = false;
  std::uint64_t error_count_ = 0;
};

}  // namespace

Result<void> take_post(const Document& document, const JsonValue& value, ObjectKind kind,
                       std::map<std::string, std::string> hints, Intake& intake) {
  const std::string where = inner_path(document.path, value.where);
  if (const auto sound = Json::check(value.bytes); !sound) {
    if (!intake.owns(sound.error())) return sound;
    intake.add_problem("post", where, sound.error().message);
    return {};
  }
  Part part = json_part(document, value.range(), kind == ObjectKind::post_v1 ? "x-v1" : "x-v2", where);
  part.hints = std::move(hints);
  return intake.take(std::move(part), value.bytes);
}

Result<void> take_v2_page(const Document& document, const ByteSource& page, std::uint64_t begin,
                          const std::string& where, Intake& intake) {
  return V2Page(document, page, begin, where, intake).take();
}

}  // namespace gavah::capture
