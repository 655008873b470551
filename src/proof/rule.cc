#include "proof/rule.h"

#include "base/format.h"
#include "base/json.h"
#include "base/utf8.h"
#include "proof/leaf.h"
#include "proof/slot_table.h"

namespace gavah::proof {
namespace {

constexpr std::array<std::string_view, 10> kTestable{"act/family",   "act/name",    "extent",         "place/country",
                                                     "place/county", "place/exact", "place/province", "place/town",
                                                     "side",         "status"};
constexpr std::array<std::string_view, 13> kCells{
    "act/family", "act/name", "extent", "place/country", "place/county", "place/exact", "place/province",
    "place/town", "side",     "status", "time/day",      "time/month",   "time/year"};
constexpr std::array<std::string_view, 9> kOfVictims{"act/family",   "act/name",         "place/country",
                                                     "place/county", "place/exact",      "place/province",
                                                     "place/town",   "victim/condition", "victim/role"};
constexpr std::array<std::string_view, 12> kCellsOfVictims{
    "act/family", "act/name",         "place/country", "place/county", "place/exact", "place/province",
    "place/town", "victim/condition", "victim/role",   "time/day",     "time/month",  "time/year"};

bool has(std::span<const std::string_view> paths, std::string_view path) {
  return std::ranges::find(paths, path) != paths.end();
}

bool is_rule_name(std::string_view name) {
  constexpr std::size_t kMaxNameBytes = 64;  // it is also a file's name
  return !name.empty() && name.size() <= kMaxNameBytes &&
         std::ranges::all_of(name, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

Result<void> check_filters(const Rule& rule) {
  const auto& where = rule.where;
  for (std::size_t i = 0; i < where.size(); ++i) {
    const SlotFilter& filter = where[i];
    if (!has(testable_slots(rule.unit), filter.path)) {
      return fail(ErrorCode::invalid_input, format("a rule may not test '{}'", utf8_prefix(filter.path, 60)));
    }
    if (i > 0 && where[i - 1].path >= filter.path) {
      return fail(ErrorCode::invalid_input, "the conditions of a rule are not ascending by slot");
    }
    const auto& values = filter.values;
    if (values.empty() || std::ranges::adjacent_find(values, std::greater_equal<>()) != values.end()) {
      return fail(ErrorCode::invalid_input, format("the values for '{}' are not ascending", filter.path));
    }
  }
  return {};
}

/// What only rules of events have.
Result<void> check_unit(const Rule& rule) {
  if (rule.unit == Unit::events) return {};
  if (rule.umbrellas != Umbrellas::excluded) return fail(ErrorCode::invalid_input, "no victim is an umbrella");
  if (rule.sum) return fail(ErrorCode::invalid_input, "victims are counted, not summed");
  return {};
}

Result<void> check_rule(const Rule& rule) {
  if (!is_rule_name(rule.name)) return fail(ErrorCode::invalid_input, "a rule's name is 1 to 64 of a-z, 0-9 and '-'");
  GAVAH_TRY(check_unit(rule));
  GAVAH_TRY(check_filters(rule));
  if (rule.window && rule.window->from >= rule.window->to) {
    return fail(ErrorCode::invalid_input, "a rule's window ends before it begins");
  }
  if (rule.cells.size() > kMaxCells) return fail(ErrorCode::invalid_input, "a rule has more than three cell levels");
  for (std::size_t i = 0; i < rule.cells.size(); ++i) {
    const bool repeated = std::find(rule.cells.begin(), rule.cells.begin() + static_cast<std::ptrdiff_t>(i),
                                    rule.cells[i]) != rule.cells.begin() + static_cast<std::ptrdiff_t>(i);
    if (!has(cell_slots(rule.unit), rule.cells[i]) || repeated) {
      return fail(ErrorCode::invalid_input, format("'{}' is no level for a cell", utf8_prefix(rule.cells[i], 60)));
    }
  }
  const auto kinds = count_kinds();
  if (rule.sum && std::ranges::find(kinds, std::string_view(*rule.sum)) == kinds.end()) {
    return fail(ErrorCode::invalid_input, format("there is no count of '{}'", utf8_prefix(*rule.sum, 60)));
  }
  return {};
}

std::vector<std::string> read_texts(ObjectReader& in, std::string_view key) {
  std::vector<std::string> out;
  for (const Json& item : in.array(key)) {
    if (item.string() == nullptr) in.complain(key, "holds something that is no text");
    out.push_back(item.string() == nullptr ? std::string() : *item.string());
  }
  return out;
}

void read_where(ObjectReader& in, Rule& rule) {
  for (const Json& json : in.array("where")) {
    ObjectReader condition(json);
    SlotFilter filter;
    filter.path = condition.text("slot");
    filter.values = read_texts(condition, "in");
    if (const auto finished = condition.finish(); !finished) in.complain("where", finished.error().message);
    rule.where.push_back(std::move(filter));
  }
}

void read_window(ObjectReader& in, Rule& rule) {
  const Json* json = in.object("window");
  if (json == nullptr) return;
  ObjectReader window(*json);
  rule.window = Window{window.parsed("from", Day::parse), window.parsed("to", Day::parse)};
  if (const auto finished = window.finish(); !finished) in.complain("window", finished.error().message);
}

void read_measure(ObjectReader& in, Rule& rule) {
  const Json* json = in.object("measure");
  if (json == nullptr) return;
  ObjectReader measure(*json);
  rule.sum = measure.optional_text("sum");
}

void write_texts(JsonWriter& out, std::string_view key, const std::vector<std::string>& texts) {
  out.key(key).begin_array();
  for (const std::string& text : texts) out.text(text);
  out.end_array();
}

}  // namespace

std::string Rule::canonical() const {
  JsonWriter out;
  out.begin_object().member("type", "rule").member("format", kFormat).member("name", name);
  out.member("unit", unit == Unit::victims ? "victims" : "events");
  out.member("umbrellas", umbrellas == Umbrellas::only ? "only" : "excluded").key("where").begin_array();
  for (const SlotFilter& filter : where) {
    out.begin_object().member("slot", filter.path);
    write_texts(out, "in", filter.values);
    out.end_object();
  }
  out.end_array().key("window");
  if (window) {
    out.begin_object().member("from", window->from.text()).member("to", window->to.text()).end_object();
  } else {
    out.null();
  }
  write_texts(out, "cells", cells);
  out.key("measure").begin_object();
  if (sum) {
    out.member("sum", *sum);
  } else {
    out.member("count", "entries");
  }
  out.end_object().end_object();
  return out.take() + "\n";
}

Digest Rule::digest() const { return sha256(canonical()); }

Result<Rule> Rule::parse(std::string_view text) {
  if (text.size() > kMaxRuleBytes) return fail(ErrorCode::invalid_input, "a rule is longer than 64 KiB");
  GAVAH_ASSIGN_AS(const Json json, Json::parse(text, Json::DuplicateKeys::reject), "reading a rule");
  ObjectReader in(json);
  Rule rule;
  rule.name = in.text("name");
  rule.unit = in.text("unit") == "victims" ? Unit::victims : Unit::events;
  const std::string umbrellas = in.text("umbrellas");
  rule.umbrellas = umbrellas == "only" ? Umbrellas::only : Umbrellas::excluded;
  read_where(in, rule);
  read_window(in, rule);
  rule.cells = read_texts(in, "cells");
  read_measure(in, rule);
  GAVAH_TRY_AS(in.finish(), "reading a rule");
  GAVAH_TRY(check_rule(rule));
  if (rule.canonical() != text) {
    return fail(ErrorCode::invalid_input, format("rule '{}' is not in canonical form", rule.name));
  }
  return rule;
}

std::vector<Rule> standard_rules() {
  std::vector<Rule> rules;
  const auto counting = [&](std::string name, std::vector<std::string> cells) {
    rules.push_back(Rule{std::move(name), Umbrellas::excluded, {}, std::nullopt, std::move(cells), std::nullopt});
  };
  counting("events", {});
  counting("events-by-act", {"act/name"});
  counting("events-by-month", {"time/month"});
  counting("events-by-province", {"place/province"});
  for (const auto* kind : {"killed", "injured", "arrested", "executed"}) {
    rules.push_back(Rule{std::string(kind) + "-in-events", Umbrellas::excluded, {}, std::nullopt, {}, kind});
  }
  rules.push_back(Rule{"umbrellas", Umbrellas::only, {}, std::nullopt, {}, std::nullopt});
  counting("victims", {});
  counting("victims-by-condition", {"victim/condition"});
  for (auto rule = rules.end() - 2; rule != rules.end(); ++rule) rule->unit = Unit::victims;
  return rules;
}

std::span<const std::string_view> testable_slots(Unit unit) {
  return unit == Unit::events ? std::span<const std::string_view>(kTestable) : kOfVictims;
}

std::span<const std::string_view> cell_slots(Unit unit) {
  return unit == Unit::events ? std::span<const std::string_view>(kCells) : kCellsOfVictims;
}

}  // namespace gavah::proof
