#include "code/codebook.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/json.h"

namespace gavah::code {
namespace {

constexpr std::array<std::string_view, 3> kSides{"protest", "state", "other"};
constexpr std::array<std::string_view, 7> kFamilies{"protest", "violence by crowd", "state force", "custody",
                                                    "justice", "restriction",       "relief"};
constexpr std::array<std::string_view, 6> kTexts{"key", "family", "side", "definition", "acled", "plover"};
constexpr std::array<std::string_view, 3> kLists{"includes", "excludes", "slots"};

std::unexpected<Error> complaint(std::string_view file, std::string_view item, std::string_view what) {
  return fail(ErrorCode::invalid_input, std::string(file).append(": ").append(item).append(": ").append(what));
}

template <class List>
bool holds(const List& list, std::string_view value) {
  return std::ranges::find(list, value) != list.end();
}

/// A key names the file of its page, stands before the slash of a correction, and is opened in editions.
bool is_key(std::string_view key) {
  constexpr std::size_t kKeyLimitBytes = 64;
  return key.size() <= kKeyLimitBytes && !key.starts_with('.') && std::ranges::none_of(key, [](unsigned char byte) {
           return byte < 0x20 || byte == 0x7f || byte == '/' || byte == '\\';
         });
}

Result<void> check_act(const Json& json, const std::string& name, std::size_t number) {
  for (const auto field : kTexts) {
    if (json.text_of(field).empty())
      return complaint("acts.json", name, std::string("no text in '").append(field).append("'"));
  }
  if (!is_key(json.text_of("key"))) {
    return complaint("acts.json", name,
                     "a key has at most 64 bytes, no slash and no control character, and begins with no dot");
  }
  for (const auto field : kLists) {
    const Json* list = json.find(field);
    if (list == nullptr || list->items().empty()) {
      return complaint("acts.json", name, std::string("the list '").append(field).append("' is empty or missing"));
    }
  }
  const Json* stated = json.find("number");
  if (stated == nullptr || stated->integer() != static_cast<std::int64_t>(number)) {
    return complaint("acts.json", name, "the number should be " + std::to_string(number));
  }
  if (!holds(kSides, json.text_of("side")))
    return complaint("acts.json", name, "the side is none of protest, state, other");
  if (!holds(kFamilies, json.text_of("family"))) return complaint("acts.json", name, "the family is unknown");
  return {};
}

Result<void> read_examples(const Json& json, const std::string& name, std::vector<WorkedExample>& out) {
  std::set<std::string> languages;
  const Json* list = json.find("examples");
  for (const Json& item : list != nullptr ? list->items() : Json::Array{}) {
    const std::string lang(item.text_of("lang"));
    if (lang.empty() || item.text_of("text").empty()) {
      return complaint("acts.json", name, "a worked example needs 'lang' and 'text'");
    }
    languages.insert(lang);
    out.push_back({name, lang, std::string(item.text_of("text"))});
  }
  if (!languages.contains("en") || !languages.contains("fa")) {
    return complaint("acts.json", name, "worked examples in 'en' and in 'fa' are needed");
  }
  return {};
}

Result<std::vector<std::string>> read_keys(const Json& codes, std::string_view list_name) {
  std::vector<std::string> keys;
  const Json* list = codes.find(list_name);
  if (list == nullptr || list->items().empty())
    return complaint("codes.json", list_name, "the list is missing or empty");
  for (const Json& item : list->items()) {
    std::string key(item.string() != nullptr ? std::string_view(*item.string()) : item.text_of("key"));
    if (key.empty()) return complaint("codes.json", list_name, "an entry has no key");
    if (holds(keys, key)) return complaint("codes.json", list_name, "'" + key + "' stands twice");
    keys.push_back(std::move(key));
  }
  return keys;
}

/// Where the act of that key begins, from 1; 0 when it is not found.
std::uint32_t line_of(std::string_view json, std::string_view key) {
  const std::string quoted = std::string(R"("key": ")").append(key).append("\"");
  const auto at = json.rfind(quoted);
  if (key.empty() || at == std::string_view::npos) return 0;
  return static_cast<std::uint32_t>(std::ranges::count(json.substr(0, at), '\n') + 1);
}

template <class List, class Project>
std::optional<std::size_t> index_of(const List& list, std::string_view key, Project project) {
  const auto found = std::ranges::find(list, key, project);
  if (found == list.end()) return std::nullopt;
  return static_cast<std::size_t>(found - list.begin());
}

}  // namespace

Result<void> Codebook::read_act(const Json& item, std::size_t number) {
  const std::string name(item.text_of("key"));
  GAVAH_TRY(check_act(item, name.empty() ? "act " + std::to_string(number) : name, number));
  if (act_named(name)) return complaint("acts.json", name, "the key stands twice: give each act a key of its own");
  GAVAH_TRY(read_examples(item, name, examples_));
  const std::string count_kind(item.text_of("count"));
  if (!count_kind_named(count_kind)) {
    return complaint("acts.json", name,
                     "unknown count kind '" + count_kind + "': 'count' is one of count_kinds in codes.json");
  }
  acts_.push_back({name, std::string(item.text_of("family")), std::string(item.text_of("side")), count_kind});
  return {};
}

Result<Codebook> Codebook::parse(std::string_view acts_json, std::string_view codes_json,
                                 std::vector<Finding>* findings) {
  Codebook book;
  GAVAH_ASSIGN_AS(const Json codes, Json::parse(codes_json), "reading codes.json");
  GAVAH_ASSIGN(book.count_kinds_, read_keys(codes, "count_kinds"));
  GAVAH_ASSIGN(const auto classes, read_keys(codes, "actor_classes"));
  for (std::size_t i = 0; i < classes.size(); ++i) {
    const std::string_view side = codes.find("actor_classes")->items()[i].text_of("side");
    if (!holds(kSides, side)) return complaint("codes.json", classes[i], "the side is none of protest, state, other");
    book.actor_classes_.push_back({classes[i], std::string(side)});
  }
  for (const auto list : {"stages", "polarities", "attributions", "time_precisions", "place_precisions"}) {
    GAVAH_TRY(read_keys(codes, list));
  }
  GAVAH_ASSIGN_AS(const Json acts, Json::parse(acts_json), "reading acts.json");
  const Json* list = acts.find("acts");
  if (list == nullptr || list->items().empty()) return complaint("acts.json", "acts", "the list is missing or empty");
  std::size_t number = 0;
  for (const Json& item : list->items()) {
    const auto read = book.read_act(item, ++number);
    if (read) continue;
    if (findings == nullptr) return std::unexpected(read.error());
    const std::string key(item.text_of("key"));
    findings->push_back({"codebook/acts.json", line_of(acts_json, key), read.error().message});
    // The lexicons that name it are not wrong for that.
    if (!key.empty() && !book.act_named(key)) book.acts_.push_back({key, "", "", ""});
  }
  return book;
}

std::optional<std::size_t> Codebook::act_named(std::string_view key) const { return index_of(acts_, key, &Act::key); }
std::optional<std::size_t> Codebook::actor_class_named(std::string_view key) const {
  return index_of(actor_classes_, key, &ActorClass::key);
}
std::optional<std::size_t> Codebook::count_kind_named(std::string_view key) const {
  return index_of(count_kinds_, key, std::identity{});
}

}  // namespace gavah::code
