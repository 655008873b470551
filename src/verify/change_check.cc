#include <algorithm>
#include <tuple>

#include "base/format.h"
#include "base/json.h"
#include "proof/proof.h"
#include "verify/edition_state.h"

namespace gavah::verify {
namespace {

using proof::LeafIndex;

const std::string kChanges = "changes.jsonl";
const std::string kManifest = "edition.json";

/// The previous edition, as far as the reader's copy goes.
struct Previous {
  proof::Manifest manifest;
  std::vector<proof::OpenedEntry> events;
  std::vector<proof::OpenedEntry> victims;
  std::vector<proof::RuleInForce> rules;
  Released released;
};

/// The edition's own chain: the log holds an `edition` leaf for each edition before this one.
void check_chain(const EditionState& edition, Findings& findings) {
  const auto& editions = edition.entries.editions();
  const auto& previous = edition.manifest.previous;
  if (editions.empty() != !previous) {
    return findings.add(Check::change, kManifest,
                        previous ? "it names an edition before it that is not in the log"
                                 : "the log holds an edition before it that it does not name");
  }
  if (edition.manifest.number != editions.size() + 1) {
    findings.add(
        Check::change, kManifest,
        format("it is edition {} by its own word and {} by the log", edition.manifest.number, editions.size() + 1));
  }
  if (!previous) return;
  if (edition.leaves[editions.back()].bind != previous->manifest) {
    findings.add(Check::change, kManifest, editions.back(), "the edition before it is not the one in the log");
  }
  // An edition's leaf comes behind the leaves that it is about, and the next edition is about that leaf too.
  const LeafIndex earliest = editions.size() > 1 ? editions[editions.size() - 2] + 1 : 0;
  const bool is_in_place = earliest <= previous->size && previous->size <= editions.back();
  if (edition.manifest.number != previous->number + 1 || !is_in_place) {
    findings.add(Check::change, kManifest, "it does not follow the edition before it");
  }
}

/// Each rule that was in force then has its total then: or a number could change without a word.
void check_totals_before(const EditionState& edition, Findings& findings) {
  const proof::PreviousStamp& previous = *edition.manifest.previous;
  for (const proof::RuleInForce& rule : edition.rules) {
    if (rule.leaf >= previous.size) continue;
    if (std::ranges::find(previous.totals, rule.rule.name, &proof::TotalStamp::rule) != previous.totals.end()) continue;
    findings.add(Check::change, kManifest, rule.leaf,
                 format("it leaves out what '{}' was in the edition before it", rule.rule.name));
  }
}

std::vector<proof::Change> read_changes(const EditionState& edition, Findings& findings) {
  std::vector<proof::Change> out;
  std::string_view rest = edition.file(kChanges);
  const auto place = [](const proof::Change& each) { return std::tie(each.rule, each.entry); };
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    auto change = proof::change_from(rest.substr(0, end));
    if (findings.expect(change, Check::change, kChanges)) {
      if (!out.empty() && place(out.back()) >= place(*change)) {
        findings.add(Check::change, kChanges, change->entry, "the changes are not ascending by rule and entry");
      }
      out.push_back(*std::move(change));
    }
    if (end == std::string_view::npos) findings.add(Check::change, kChanges, "its last line is cut");
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  return out;
}

/// What can be said of a change without the edition before: its cause is one, and where it leads is where the entry is.
void check_causes(const std::vector<proof::Change>& changes, const EditionState& edition, Findings& findings) {
  const proof::EditionState before{{}, {}, edition.manifest.previous->size, edition.manifest.previous->policy};
  for (const proof::Change& change : changes) {
    const auto rule = std::ranges::find(edition.rules, change.rule,
                                        [](const proof::RuleInForce& in_force) { return in_force.rule.name; });
    if (rule == edition.rules.end()) {
      findings.add(Check::change, kChanges, change.entry, format("'{}' is no rule of this edition", change.rule));
      continue;
    }
    const auto cause = proof::cause_of(change.entry, rule->leaf, before, edition.manifest.policy, edition.entries);
    if (!cause || cause->kind != change.cause || cause->leaf != change.leaf) {
      findings.add(Check::change, kChanges, change.entry, "the cause that it cites did not change it");
    }
    const auto counted = edition.population().entries(rule->rule.unit);
    const auto entry = std::ranges::lower_bound(counted, change.entry, {}, &proof::OpenedEntry::entry);
    const bool is_here = entry != counted.end() && entry->entry == change.entry;
    const std::string now = is_here ? proof::text_of(proof::contribution(rule->rule, *entry)) : std::string("out");
    if (now != change.to) findings.add(Check::change, kChanges, change.entry, "it is not what the change says");
  }
}

/// Adds without leaving 64 bits; nothing is unbounded, as a sum that would leave them is.
std::optional<std::int64_t> plus(std::optional<std::int64_t> a, std::optional<std::int64_t> b) {
  std::int64_t sum = 0;
  if (!a || !b || __builtin_add_overflow(*a, *b, &sum)) return std::nullopt;
  return sum;
}

/// How many more entries of the rule's unit are withheld, or may wait, than in the edition before. Of those that may
/// wait only the policy now is known: another policy is a cause of its own.
std::int64_t more_withheld(const proof::Rule& rule, const EditionState& edition) {
  const bool victims = rule.unit == proof::Unit::victims;
  const auto now = edition.entries.accounting(victims ? proof::LeafType::victim : proof::LeafType::event).withheld;
  const auto before = victims ? edition.victims_before.withheld : edition.events_before.withheld;
  return static_cast<std::int64_t>(now) - static_cast<std::int64_t>(before);
}

/// The upper end that the changes lead to; an empty optional inside: unbounded. Nothing when it cannot be followed from
/// totals alone: it was unbounded, the rule is another, or the policy changed how many victims may wait.
std::optional<std::optional<std::int64_t>> followed_high(const proof::TotalStamp& before,
                                                         const proof::RuleInForce& rule,
                                                         const std::vector<proof::Change>& changes,
                                                         const EditionState& edition) {
  const bool other_batch =
      rule.rule.unit == proof::Unit::victims && edition.manifest.previous->policy != edition.manifest.policy;
  const bool other_rule = rule.leaf >= edition.manifest.previous->size;
  if (!before.bounds.high || other_batch || other_rule) return std::nullopt;
  if (rule.rule.sum && edition.population().withheld(rule.rule.unit) > 0) return std::optional<std::int64_t>();
  std::optional<std::int64_t> high = before.bounds.high;
  for (const proof::Change& change : changes) {
    if (change.rule != before.rule) continue;
    const auto from = proof::high_of(change.from);
    if (!from) return std::nullopt;
    high = plus(high, -*from);
  }
  // What is added comes last, so that only the result can leave 64 bits.
  if (!rule.rule.sum) high = plus(high, more_withheld(rule.rule, edition));
  for (const proof::Change& change : changes) {
    if (change.rule == before.rule) high = plus(high, proof::high_of(change.to));
  }
  return high;
}

std::string text_of(const std::optional<std::int64_t>& bound) {
  return bound ? std::to_string(*bound) : std::string("unbounded");
}

/// Previous number plus changes gives the number now, at both ends.
void check_sum(const proof::TotalStamp& before, const proof::RuleInForce& rule,
               const std::vector<proof::Change>& changes, const EditionState& edition, Findings& findings) {
  const proof::Bounds now = proof::recount(rule.rule, rule.leaf, edition.population()).all.bounds;
  std::int64_t low = before.bounds.low;
  bool fits = true;
  for (const proof::Change& change : changes) {
    if (change.rule != before.rule) continue;
    fits = fits && !__builtin_add_overflow(low, proof::low_of(change.to), &low) &&
           !__builtin_sub_overflow(low, proof::low_of(change.from), &low);
  }
  if (!fits) {
    findings.add(Check::change, kChanges, format("the changes of '{}' leave 64 bits", before.rule));
  } else if (now.low != low) {
    findings.add(
        Check::change, kChanges,
        format("'{}' was {} and the changes make it {}, but it is {}", before.rule, before.bounds.low, low, now.low));
  }
  const auto high = followed_high(before, rule, changes, edition);
  if (high && *high != now.high) {
    findings.add(Check::change, kChanges,
                 format("the upper end of '{}' was {} and the changes make it {}, but it is {}", before.rule,
                        text_of(before.bounds.high), text_of(*high), text_of(now.high)));
  }
}

void check_sums(const std::vector<proof::Change>& changes, const EditionState& edition, Findings& findings) {
  for (const proof::TotalStamp& before : edition.manifest.previous->totals) {
    const auto rule = std::ranges::find(edition.rules, before.rule,
                                        [](const proof::RuleInForce& in_force) { return in_force.rule.name; });
    if (rule == edition.rules.end()) {
      findings.add(Check::change, kManifest, format("the total '{}' of the edition before it is gone", before.rule));
      continue;
    }
    check_sum(before, *rule, changes, edition, findings);
  }
}

bool read_event(std::string_view line, const EditionState& edition, Previous& out, Findings& findings) {
  const bool is_event = line.starts_with(R"({"type":"event",)");
  if (!is_event && !line.starts_with(R"({"type":"victim",)")) return true;
  const auto leaf = proof::leaf_of_record_line(line);
  if (!leaf || *leaf >= edition.leaves.size()) return false;
  const proof::LeafType table = edition.leaves[*leaf].type;
  const auto record = proof::parse_record_line(line, table);
  if (!findings.expect(record, Check::change, "previous: records.jsonl", *leaf)) return false;
  (is_event ? out.events : out.victims).push_back(proof::opened_from(*record, table));
  return true;
}

bool read_events(const EditionFolder& folder, const EditionState& copy, const EditionState& edition, Previous& out,
                 Findings& findings) {
  const auto stamp = copy.stamps.find("records.jsonl");
  if (stamp == copy.stamps.end()) return false;
  bool good = true;
  folder.read_each_line(stamp->second, Check::change, findings,
                        [&](std::string_view line) { good = good && read_event(line, edition, out, findings); });
  return good;
}

/// The overall numbers in an edition's totals.json, as the next edition's manifest repeats them.
Result<std::vector<proof::TotalStamp>> stated_totals(std::string_view totals) {
  GAVAH_ASSIGN(const Json json, Json::parse(totals, Json::DuplicateKeys::reject));
  const Json* list = json.find("totals");
  std::vector<proof::TotalStamp> out;
  for (const Json& total : list == nullptr ? Json::Array{} : list->items()) {
    const Json* all = total.find("all");
    if (all == nullptr || all->find("low") == nullptr) return fail(ErrorCode::invalid_input, "a total has no number");
    proof::TotalStamp stamp;
    stamp.rule = std::string(total.text_of("rule"));
    stamp.bounds.low = all->find("low")->integer().value_or(0);
    if (const Json* high = all->find("high")) stamp.bounds.high = high->integer();
    out.push_back(std::move(stamp));
  }
  return out;
}

/// What this edition says of the one before it is what the reader's copy says of itself.
void check_words_about(const EditionState& copy, const EditionState& edition, Findings& findings) {
  const auto totals = stated_totals(copy.file("totals.json"));
  if (!findings.expect(totals, Check::change, "previous: totals.json")) return;
  const proof::PreviousStamp& said = *edition.manifest.previous;
  if (said.number != copy.manifest.number || said.size != copy.manifest.size || said.policy != copy.manifest.policy ||
      said.totals != *totals) {
    findings.add(Check::change, kManifest, "what it says of the edition before it is not what that edition says");
  }
}

/// Reads the reader's copy: its signature, its files by the manifest, its head as a prefix of this log.
bool read_previous(Disk& disk, const std::string& directory, const Pin& pin, const EditionState& edition, Previous& out,
                   Findings& findings) {
  const EditionFolder folder(disk, directory);
  EditionState copy;
  Findings found;
  if (!check_files(folder, pin, ReadLater::also_now, 0, copy, found) || found.failure_count() > 0) {
    findings.add(Check::head, "", "the reader's copy of the edition before it is itself damaged");
    return false;
  }
  out.manifest = copy.manifest;
  const auto bytes = folder.read(kManifest);
  if (!bytes || !edition.manifest.previous || sha256(*bytes) != edition.manifest.previous->manifest) {
    findings.add(Check::head, kManifest, "the reader's copy is not the edition that this one names before it");
  } else {
    check_words_about(copy, edition, findings);
  }
  const auto root = edition.tree.root(copy.manifest.size);
  if (!root || *root != copy.manifest.root) {
    findings.add(Check::head, "checkpoint", "the log of the edition before it is no prefix of this one");
    return false;
  }
  for (const proof::RuleStamp& stamp : copy.manifest.rules) {
    auto rule = proof::Rule::parse(copy.file("rules/" + stamp.name + ".json"));
    if (!findings.expect(rule, Check::change, "previous: rules/" + stamp.name + ".json")) return false;
    out.rules.push_back({*std::move(rule), stamp.leaf});
  }
  read_released(folder, copy, out.released, findings);
  return read_events(folder, copy, edition, out, findings);
}

void compare(const std::vector<proof::Change>& stated, const Previous& previous, const EditionState& edition,
             Findings& findings) {
  const proof::EditionState before{previous.events, previous.rules, previous.manifest.size, previous.manifest.policy,
                                   previous.victims};
  const proof::EditionState now{edition.events, edition.rules, edition.manifest.size, edition.manifest.policy,
                                edition.victims};
  const proof::ChangeList list = proof::changes_between(before, now, edition.entries);
  for (const auto& [rule, entry] : list.unexplained) {
    findings.add(Check::change, kChanges, entry, format("its share in '{}' changed without a cause", rule));
  }
  if (list.changes == stated) return;
  for (const proof::Change& change : list.changes) {
    if (std::ranges::find(stated, change) == stated.end()) {
      findings.add(Check::change, kChanges, change.entry, format("its change in '{}' is not stated", change.rule));
    }
  }
  for (const proof::Change& change : stated) {
    if (std::ranges::find(list.changes, change) == list.changes.end()) {
      findings.add(Check::change, kChanges, change.entry, format("states a change in '{}' that is none", change.rule));
    }
  }
}

}  // namespace

void check_changes(Disk& disk, const std::optional<std::string>& previous, const Pin& pin, const EditionState& edition,
                   Findings& findings) {
  check_chain(edition, findings);
  const std::vector<proof::Change> changes = read_changes(edition, findings);
  if (!edition.manifest.previous) {
    check_release(edition, {}, findings);
    if (!changes.empty()) findings.add(Check::change, kChanges, "there is nothing that could have changed");
    if (previous) {
      findings.add(Check::head, kManifest, "the reader has an edition before this one, which it does not name");
    }
    return;
  }
  check_totals_before(edition, findings);
  check_causes(changes, edition, findings);
  check_sums(changes, edition, findings);
  findings.checked("changes since the edition before, each with its cause", changes.size());
  if (!previous) {
    findings.unchecked(
        "The edition before this one was not given: its members were not compared one by one, only its totals, and "
        "whether sources were opened enough at a time was not looked at.");
    return;
  }
  Previous copy;
  if (!read_previous(disk, *previous, pin, edition, copy, findings)) return;
  compare(changes, copy, edition, findings);
  check_release(edition, copy.released, findings);
}

}  // namespace gavah::verify
