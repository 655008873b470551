#include "proof/change.h"

#include <array>
#include <charconv>

#include "base/json.h"
#include "proof/total.h"

namespace gavah::proof {
namespace {

std::string_view name_of_cause(CauseKind kind) {
  if (kind == CauseKind::leaf) return "leaf";
  return kind == CauseKind::rule ? "rule" : "policy";
}

Result<CauseKind> cause_from(std::string_view name) {
  for (const CauseKind kind : {CauseKind::leaf, CauseKind::rule, CauseKind::policy}) {
    if (name_of_cause(kind) == name) return kind;
  }
  return fail(ErrorCode::invalid_input, "unknown cause");
}

const OpenedEntry* entry_in(std::span<const OpenedEntry> events, LeafIndex entry) {
  const auto found = std::ranges::lower_bound(events, entry, {}, &OpenedEntry::entry);
  return found == events.end() || found->entry != entry ? nullptr : &*found;
}

std::string share(const Rule& rule, const OpenedEntry* entry) {
  return entry == nullptr ? std::string("out") : text_of(contribution(rule, *entry));
}

std::vector<LeafIndex> all_entries(const EditionState& before, const EditionState& now, Unit unit) {
  std::vector<LeafIndex> out;
  for (const auto& state : {before, now}) {
    for (const OpenedEntry& entry : state.entries(unit)) out.push_back(entry.entry);
  }
  std::ranges::sort(out);
  out.erase(std::ranges::unique(out).begin(), out.end());
  return out;
}

/// Takes digits that fit into 64 bits off the front.
bool take_count(std::string_view& text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || text.starts_with('-')) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return true;
}

/// "out", or "in|undecided CELL unstated|LOW..HIGH", where HIGH may be empty.
bool is_share(std::string_view text) {
  if (text == "out") return true;
  if (!text.starts_with("in ") && !text.starts_with("undecided ")) return false;
  const std::size_t space = text.rfind(' ');
  if (space < text.find(' ') + 1) return false;
  std::string_view amount = text.substr(space + 1);
  if (amount == "unstated") return true;
  if (!take_count(amount) || !amount.starts_with("..")) return false;
  amount.remove_prefix(2);
  return amount.empty() || (take_count(amount) && amount.empty());
}

}  // namespace

std::string to_json(const Change& change) {
  JsonWriter out;
  out.begin_object().member("type", "change").member("rule", change.rule).member("entry", change.entry);
  out.member("from", change.from).member("to", change.to).member("cause", name_of_cause(change.cause)).key("leaf");
  if (change.leaf) {
    out.unsigned_integer(*change.leaf);
  } else {
    out.null();
  }
  out.end_object();
  return out.take();
}

Result<Change> change_from(std::string_view line) {
  GAVAH_ASSIGN(const Json json, Json::parse(line, Json::DuplicateKeys::reject));
  ObjectReader in(json);
  Change out;
  out.rule = in.text("rule");
  out.entry = static_cast<LeafIndex>(in.integer("entry"));
  out.from = in.text("from");
  out.to = in.text("to");
  out.cause = in.parsed("cause", cause_from);
  if (const auto leaf = in.optional_integer("leaf")) out.leaf = static_cast<LeafIndex>(*leaf);
  GAVAH_TRY(in.finish());
  if (to_json(out) != line) return fail(ErrorCode::invalid_input, "a change is not in canonical form");
  if (!is_share(out.from) || !is_share(out.to)) {
    return fail(ErrorCode::invalid_input, "a change is between shares that are none");
  }
  return out;
}

std::int64_t low_of(std::string_view contribution) {
  if (!contribution.starts_with("in ")) return 0;
  const std::string_view amount = contribution.substr(contribution.rfind(' ') + 1);
  std::int64_t low = 0;
  std::from_chars(amount.data(), amount.data() + amount.size(), low);
  return low;
}

std::optional<std::int64_t> high_of(std::string_view contribution) {
  if (contribution == "out" || contribution.ends_with(" unstated")) return 0;
  const std::size_t dots = contribution.rfind("..");
  if (dots == std::string_view::npos || dots + 2 == contribution.size()) return std::nullopt;
  const std::string_view digits = contribution.substr(dots + 2);
  std::int64_t high = 0;
  const auto error = std::from_chars(digits.data(), digits.data() + digits.size(), high).ec;
  return error == std::errc() && high >= 0 ? std::optional(high) : std::nullopt;
}

std::optional<Cause> cause_of(LeafIndex entry, LeafIndex rule_leaf, const EditionState& before, const Digest& policy,
                              const Register& entries) {
  const RegisterEntry* found = entries.find(entry);
  if (found != nullptr && found->last_act >= before.size) return Cause{CauseKind::leaf, found->last_act};
  if (rule_leaf >= before.size) return Cause{CauseKind::rule, rule_leaf};
  if (policy != before.policy) return Cause{CauseKind::policy, std::nullopt};
  return std::nullopt;
}

namespace {

/// One rule, before and now, over the entries of one unit.
struct Compared {
  const RuleInForce& old;
  const RuleInForce& current;
  Unit unit;

  std::string from(const EditionState& before, LeafIndex entry) const {
    return old.rule.unit == unit ? share(old.rule, entry_in(before.entries(unit), entry)) : std::string("out");
  }
  std::string to(const EditionState& now, LeafIndex entry) const {
    return current.rule.unit == unit ? share(current.rule, entry_in(now.entries(unit), entry)) : std::string("out");
  }
};

void compare(const Compared& rule, const EditionState& before, const EditionState& now, const Register& entries,
             const std::vector<LeafIndex>& all, ChangeList& out) {
  for (const LeafIndex entry : all) {
    std::string from = rule.from(before, entry);
    std::string to = rule.to(now, entry);
    if (from == to) continue;
    const std::string& name = rule.current.rule.name;
    if (const auto cause = cause_of(entry, rule.current.leaf, before, now.policy, entries)) {
      out.changes.push_back({name, entry, std::move(from), std::move(to), cause->kind, cause->leaf});
    } else {
      out.unexplained.emplace_back(name, entry);
    }
  }
}

}  // namespace

ChangeList changes_between(const EditionState& before, const EditionState& now, const Register& entries) {
  ChangeList out;
  const std::array<std::vector<LeafIndex>, 2> all{all_entries(before, now, Unit::events),
                                                  all_entries(before, now, Unit::victims)};
  for (const RuleInForce& current : now.rules) {
    const auto old =
        std::ranges::find(before.rules, current.rule.name, [](const RuleInForce& rule) { return rule.rule.name; });
    if (old == before.rules.end()) continue;
    for (const Unit unit : {Unit::events, Unit::victims}) {
      if (old->rule.unit != unit && current.rule.unit != unit) continue;
      compare({*old, current, unit}, before, now, entries, all[static_cast<std::size_t>(unit)], out);
    }
  }
  return out;
}

}  // namespace gavah::proof
