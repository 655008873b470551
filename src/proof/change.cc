#include "proof/change.h"

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

std::vector<LeafIndex> all_entries(const EditionState& before, const EditionState& now) {
  std::vector<LeafIndex> out;
  for (const auto& state : {before, now}) {
    for (const OpenedEntry& entry : state.events) out.push_back(entry.entry);
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

std::optional<Cause> cause_of(LeafIndex entry, LeafIndex rule_leaf, const EditionState& before, const Digest& policy,
                              const Register& entries) {
  const RegisterEntry* found = entries.find(entry);
  if (found != nullptr && found->last_act >= before.size) return Cause{CauseKind::leaf, found->last_act};
  if (rule_leaf >= before.size) return Cause{CauseKind::rule, rule_leaf};
  if (policy != before.policy) return Cause{CauseKind::policy, std::nullopt};
  return std::nullopt;
}

ChangeList changes_between(const EditionState& before, const EditionState& now, const Register& entries) {
  ChangeList out;
  const std::vector<LeafIndex> all = all_entries(before, now);
  for (const RuleInForce& current : now.rules) {
    const auto old =
        std::ranges::find(before.rules, current.rule.name, [](const RuleInForce& rule) { return rule.rule.name; });
    if (old == before.rules.end()) continue;
    for (const LeafIndex entry : all) {
      std::string from = share(old->rule, entry_in(before.events, entry));
      std::string to = share(current.rule, entry_in(now.events, entry));
      if (from == to) continue;
      const auto cause = cause_of(entry, current.leaf, before, now.policy, entries);
      if (!cause) {
        out.unexplained.emplace_back(current.rule.name, entry);
        continue;
      }
      out.changes.push_back({current.rule.name, entry, std::move(from), std::move(to), cause->kind, cause->leaf});
    }
  }
  return out;
}

}  // namespace gavah::proof
