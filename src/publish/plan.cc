#include "publish/plan.h"

#include <algorithm>

#include "base/format.h"
#include "proof/proof.h"
#include "publish/planning.h"

namespace gavah::publish {

using proof::Entry;
using proof::LeafIndex;
using proof::LeafType;

Result<const std::vector<Anchor>*> Planning::anchors_at(LeafIndex entry) {
  const LeafIndex leaf = appending.entries().find(entry)->current;
  const auto known = anchors_.find(leaf);
  if (known != anchors_.end()) return &known->second;
  GAVAH_ASSIGN(const auto evidence, evidence_of(appending.at(leaf)));
  return &anchors_.emplace(leaf, anchors_of(evidence)).first->second;
}

Result<void> Planning::cite_in_chunks(LeafType type, std::string_view role, const std::vector<LeafIndex>& entries,
                                      std::string_view reason) {
  for (std::size_t begin = 0; begin < entries.size(); begin += kMaxCited) {
    const std::size_t end = std::min(entries.size(), begin + kMaxCited);
    std::vector<LeafIndex> chunk(entries.begin() + static_cast<std::ptrdiff_t>(begin),
                                 entries.begin() + static_cast<std::ptrdiff_t>(end));
    GAVAH_TRY(appending.append(act_on(type, role, std::move(chunk), reason)));
  }
  return {};
}

Result<void> adopt_rules(Planning& planning) {
  Appending& appending = planning.appending;
  for (const proof::Rule& rule : planning.input.rules) {
    std::optional<LeafIndex> old;
    bool is_in_force = false;
    for (const LeafIndex leaf : appending.entries().rules()) {
      const std::string* name = appending.at(leaf).find("name");
      if (name != nullptr && *name == rule.name) old = leaf;
      is_in_force = is_in_force || appending.at(leaf).leaf.bind == rule.digest();
    }
    if (is_in_force) continue;
    Entry entry;
    entry.type = LeafType::rule;
    if (old) entry.refs = {{"replaces", {*old}}};
    entry.bind = rule.digest();
    std::string text = rule.canonical();
    text.pop_back();
    entry.set("name", rule.name);
    entry.set("text", std::move(text));
    GAVAH_TRY(appending.append(std::move(entry)));
    planning.plan.rules.push_back(old ? format("rule '{}' replaces the one at leaf {}", rule.name, *old)
                                      : format("rule '{}' is adopted", rule.name));
  }
  return {};
}

namespace {

constexpr std::size_t kMaxOrphansNamed = 5;  // a person settles them one by one

Result<void> check_orphans(std::span<const Orphan> orphans) {
  if (orphans.empty()) return {};
  std::string list;
  for (std::size_t i = 0; i < std::min(orphans.size(), kMaxOrphansNamed); ++i) {
    list += format("\n  decision {}: {}", orphans[i].decision.hex(), orphans[i].why);
  }
  if (orphans.size() > kMaxOrphansNamed) list += format("\n  … and {} more", orphans.size() - kMaxOrphansNamed);
  return fail(
      ErrorCode::refused,
      format("{} decisions have lost what they were about and must be settled before publishing:{}\n"
             "Settle each: gavah decide CHRONICLE revoke {} --reason '…', decide it again on the words that say "
             "so now, where it still holds, then gavah derive",
             orphans.size(), list, orphans.front().decision.hex()));
}

}  // namespace

Result<Plan> plan(const PlanInput& input, Random& random) {
  GAVAH_TRY(check_orphans(input.orphans));
  GAVAH_ASSIGN(Appending appending, Appending::from(input.log));
  GAVAH_ASSIGN(Disclosing disclosing, Disclosing::from(input.log, input.policy));
  Planning planning(input, random, std::move(appending), std::move(disclosing));
  GAVAH_TRY(adopt_rules(planning));
  GAVAH_TRY(register_events(planning));
  GAVAH_TRY(register_victims(planning));
  GAVAH_TRY(withhold_entries(planning));
  GAVAH_TRY(keep_apart(planning));
  GAVAH_TRY(dispose_parts(planning));
  planning.plan.entries = planning.appending.take();
  return std::move(planning.plan);
}

}  // namespace gavah::publish
