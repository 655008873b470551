#include "publish/rule_file.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/format.h"
#include "base/json.h"
#include "base/utf8.h"
#include "publish/nearest.h"

namespace gavah::publish {
namespace {

using proof::Rule;

constexpr std::array<std::string_view, 11> kMembers{"type",   "format", "name",    "unit", "umbrellas", "where",
                                                    "window", "cells",  "measure", "sum",  "note"};

std::string shown(std::string_view word) { return format("'{}'", utf8_prefix(word, 60)); }
std::unexpected<Error> wrong(std::string message) { return fail(ErrorCode::invalid_input, std::move(message)); }

std::string list_of(std::span<const std::string_view> words) {
  std::string out;
  for (const std::string_view word : words) out.append(out.empty() ? "" : ", ").append(word);
  return out;
}

/// One text, or a list of texts.
Result<std::vector<std::string>> texts_of(const Json& json, std::string_view member) {
  std::vector<std::string> out;
  if (json.string() != nullptr) {
    out.push_back(*json.string());
    return out;
  }
  if (!json.is_array()) return wrong(format("\"{}\" is neither a text nor a list of texts", member));
  for (const Json& item : json.items()) {
    if (item.string() == nullptr) return wrong(format("\"{}\" holds something that is no text", member));
    out.push_back(*item.string());
  }
  return out;
}

/// Reads one file. Lives for one call.
class Reader {
 public:
  Reader(const Json& json, const RuleWords& words) : json_(json), words_(words) {}

  Result<Rule> read() {
    GAVAH_TRY(check_members());
    const Json* name = json_.find("name");
    if (name == nullptr || name->string() == nullptr) return wrong("a rule needs a \"name\"");
    rule_.name = *name->string();
    GAVAH_TRY(read_unit());
    GAVAH_TRY(read_where());
    GAVAH_TRY(read_window());
    GAVAH_TRY(read_cells());
    GAVAH_TRY(read_measure());
    // What is left (the form of a name, windows of victims, …) the strict reader explains.
    return Rule::parse(rule_.canonical());
  }

 private:
  Result<void> check_members() {
    if (!json_.is_object()) return wrong("a rule is one JSON object");
    for (const auto& [name, value] : json_.members()) {
      if (std::ranges::find(kMembers, std::string_view(name)) != kMembers.end()) continue;
      return wrong(format("a rule has no member {}{}", shown(name), suggestion(name, kMembers)));
    }
    return {};
  }

  Result<std::string> word(std::string_view key, std::span<const std::string_view> allowed) {
    const Json* json = json_.find(key);
    if (json == nullptr) return std::string(allowed.front());
    if (json->string() == nullptr) return wrong(format("\"{}\" is no text", key));
    if (std::ranges::find(allowed, std::string_view(*json->string())) == allowed.end()) {
      return wrong(format("\"{}\" is one of {}, not {}{}", key, list_of(allowed), shown(*json->string()),
                          suggestion(*json->string(), allowed)));
    }
    return *json->string();
  }

  Result<void> read_unit() {
    constexpr std::array<std::string_view, 2> kUnits{"events", "victims"};
    constexpr std::array<std::string_view, 2> kUmbrellas{"excluded", "only"};
    GAVAH_ASSIGN(const std::string unit, word("unit", kUnits));
    rule_.unit = unit == "victims" ? proof::Unit::victims : proof::Unit::events;
    GAVAH_ASSIGN(const std::string umbrellas, word("umbrellas", kUmbrellas));
    rule_.umbrellas = umbrellas == "only" ? proof::Umbrellas::only : proof::Umbrellas::excluded;
    return {};
  }

  Result<void> read_where() {
    const Json* where = json_.find("where");
    if (where == nullptr || where->is_null()) return {};
    if (where->is_object()) {
      for (const auto& [slot, values] : where->members()) GAVAH_TRY(add_condition(slot, values));
    } else if (where->is_array()) {
      for (const Json& condition : where->items()) {
        const Json* values = condition.find("in");
        if (values == nullptr) return wrong("a condition of \"where\" is {\"slot\": PATH, \"in\": [VALUE, …]}");
        GAVAH_TRY(add_condition(std::string(condition.text_of("slot")), *values));
      }
    } else {
      return wrong("\"where\" is neither an object nor a list");
    }
    std::ranges::sort(rule_.where, {}, &proof::SlotFilter::path);
    return {};
  }

  Result<void> add_condition(const std::string& slot, const Json& values) {
    const auto testable = proof::testable_slots(rule_.unit);
    if (std::ranges::find(testable, std::string_view(slot)) == testable.end()) {
      return wrong(format("\"where\": a rule may not test {}; it may test {}{}", shown(slot), list_of(testable),
                          suggestion(slot, testable)));
    }
    if (std::ranges::find(rule_.where, slot, &proof::SlotFilter::path) != rule_.where.end()) {
      return wrong(format("\"where\" tests {} twice: give all its values in one list", shown(slot)));
    }
    GAVAH_ASSIGN(auto texts, texts_of(values, slot));
    const std::set<std::string> unique(texts.begin(), texts.end());
    if (unique.empty()) return wrong(format("\"where\": {} is compared with nothing", shown(slot)));
    for (const std::string& text : unique) GAVAH_TRY(check_value(slot, text));
    rule_.where.push_back({slot, {unique.begin(), unique.end()}});
    return {};
  }

  /// The words that a slot can hold, where they are known.
  std::vector<std::string_view> known_values(std::string_view slot) const {
    if (slot == "extent") return {"moment", "continuing", "umbrella"};
    if (slot == "side") return {"protest", "state", "other", "unknown"};
    if (slot == "status") return {"verified", "corroborated", "single", "contested", "refuted"};
    std::set<std::string_view> out;
    for (const auto& [act, family] : words_.act_families) {
      if (slot == "act/name") out.insert(act);
      if (slot == "act/family") out.insert(family);
    }
    return {out.begin(), out.end()};
  }

  Result<void> check_value(std::string_view slot, const std::string& value) const {
    if (slot.starts_with("place/")) {
      if (!words_.knows_area || words_.knows_area(value)) return {};
      return wrong(format("\"where\": the gazetteer has no {} for {} (gavah list CHRONICLE events shows ids)",
                          shown(value), slot));
    }
    const auto known = known_values(slot);
    if (known.empty() || std::ranges::find(known, std::string_view(value)) != known.end()) return {};
    return wrong(format("\"where\": {} is never {}{}", slot, shown(value), suggestion(value, known)));
  }

  Result<void> read_window() {
    const Json* window = json_.find("window");
    if (window == nullptr || window->is_null()) return {};
    if (window->string() != nullptr) return read_short_window(*window->string());
    const auto from = Day::parse(window->text_of("from"));
    const auto to = Day::parse(window->text_of("to"));
    if (!from || !to) {
      return wrong(R"("window" is "YYYY", "YYYY-MM" or {"from": "YYYY-MM-DD", "to": the first day after})");
    }
    rule_.window = proof::Window{*from, *to};
    return {};
  }

  Result<void> read_short_window(const std::string& text) {
    constexpr std::size_t kYear = 4;   // "YYYY"
    constexpr std::size_t kMonth = 7;  // "YYYY-MM"
    const auto first = Day::parse(text.size() == kYear ? text + "-01-01" : text + "-01");
    if (!first || (text.size() != kYear && text.size() != kMonth)) {
      return wrong(format(R"("window": {} is neither "YYYY" nor "YYYY-MM")", shown(text)));
    }
    const Day later = first->plus(text.size() == kYear ? 366 : 31);
    rule_.window = proof::Window{*first, Day::from_civil(later.year(), text.size() == kYear ? 1 : later.month(), 1)};
    return {};
  }

  Result<void> read_cells() {
    const Json* cells = json_.find("cells");
    if (cells == nullptr || cells->is_null()) return {};
    GAVAH_ASSIGN(rule_.cells, texts_of(*cells, "cells"));
    const auto allowed = proof::cell_slots(rule_.unit);
    for (const std::string& cell : rule_.cells) {
      if (std::ranges::find(allowed, std::string_view(cell)) != allowed.end()) continue;
      return wrong(format("\"cells\": {} is no level for a cell; there are {}{}", shown(cell), list_of(allowed),
                          suggestion(cell, allowed)));
    }
    return {};
  }

  Result<void> read_measure() {
    const Json* measure = json_.find("measure");
    const Json* sum = json_.find("sum");
    if (measure != nullptr && sum != nullptr) return wrong(R"(a rule has "sum" or "measure", not both)");
    if (measure != nullptr) sum = measure->find("sum");
    if (sum == nullptr || sum->is_null()) return {};
    const auto kinds = proof::count_kinds();
    if (sum->string() == nullptr) return wrong("\"sum\" is no text");
    if (std::ranges::find(kinds, std::string_view(*sum->string())) == kinds.end()) {
      return wrong(format("\"sum\": there is no count of {}; there are {}{}", shown(*sum->string()), list_of(kinds),
                          suggestion(*sum->string(), kinds)));
    }
    rule_.sum = *sum->string();
    return {};
  }

  const Json& json_;
  const RuleWords& words_;
  Rule rule_;
};

}  // namespace

Result<Rule> rule_from_file(std::string_view text, const RuleWords& words) {
  if (text.size() > proof::kMaxRuleBytes) return fail(ErrorCode::invalid_input, "a rule is longer than 64 KiB");
  GAVAH_ASSIGN_AS(const Json json, Json::parse(text, Json::DuplicateKeys::reject), "reading a rule");
  return Reader(json, words).read();
}

}  // namespace gavah::publish
