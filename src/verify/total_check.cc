#include <algorithm>

#include "base/format.h"
#include "base/json.h"
#include "base/parallel.h"
#include "proof/proof.h"
#include "verify/edition_state.h"

namespace gavah::verify {
namespace {

using proof::LeafIndex;
using proof::LeafType;

const std::string kTotals = "totals.json";
const std::string kManifest = "edition.json";

/// Each rule's file against the leaf that bound it; every rule in force is there.
void read_rules(EditionState& edition, Findings& findings) {
  std::vector<LeafIndex> named;
  for (const proof::RuleStamp& stamp : edition.manifest.rules) {
    const std::string path = "rules/" + stamp.name + ".json";
    named.push_back(stamp.leaf);
    const bool is_rule = stamp.leaf < edition.leaves.size() && edition.leaves[stamp.leaf].type == LeafType::rule;
    if (!is_rule || edition.leaves[stamp.leaf].bind != stamp.sha256) {
      findings.add(Check::rule, path, stamp.leaf, "the leaf does not bind this rule");
      continue;
    }
    auto rule = proof::Rule::parse(edition.file(path));
    if (!findings.expect(rule, Check::rule, path, stamp.leaf)) continue;
    if (rule->digest() != stamp.sha256 || rule->name != stamp.name) {
      findings.add(Check::rule, path, stamp.leaf, "the rule is not the one that the log binds");
      continue;
    }
    edition.rules.push_back({*std::move(rule), stamp.leaf});
  }
  for (const LeafIndex leaf : edition.entries.rules()) {
    if (std::ranges::count(named, leaf) != 1) {
      findings.add(Check::rule, kManifest, leaf, "the rule is in force and the edition does not count by it once");
    }
  }
  for (const LeafIndex leaf : named) {
    if (std::ranges::count(edition.entries.rules(), leaf) == 0) {
      findings.add(Check::rule, kManifest, leaf, "the edition counts by a rule that is not in force");
    }
  }
  for (const auto& [path, stamp] : edition.stamps) {
    if (!path.starts_with("rules/")) continue;
    const bool known = std::ranges::any_of(
        edition.manifest.rules, [&](const proof::RuleStamp& rule) { return path == "rules/" + rule.name + ".json"; });
    if (!known) findings.add(Check::rule, path, "is no rule of this edition");
  }
}

std::string numbers_of(const Json& total) {
  const Json* all = total.find("all");
  return all == nullptr ? std::string("nothing") : JsonWriter().value(*all).take();
}

void compare(const std::vector<proof::Total>& recounted, std::string_view stated, Findings& findings) {
  if (proof::totals_json(recounted) == stated) return;
  const auto json = Json::parse(stated, Json::DuplicateKeys::reject);
  const Json* list = json ? json->find("totals") : nullptr;
  if (list == nullptr) return findings.add(Check::total, kTotals, "is not readable");
  const std::uint64_t before = findings.failure_count();
  for (std::size_t i = 0; i < recounted.size(); ++i) {
    const std::string mine = proof::to_json(recounted[i]);
    if (i >= list->items().size()) {
      findings.add(Check::total, kTotals, recounted[i].leaf, format("there is no total of '{}'", recounted[i].rule));
      continue;
    }
    const Json& theirs = list->items()[i];
    if (JsonWriter().value(theirs).str() == mine) continue;
    const auto ours = Json::parse(mine);
    findings.add(Check::total, kTotals, recounted[i].leaf,
                 format("'{}' says {}, its members give {}{}", recounted[i].rule, numbers_of(theirs), numbers_of(*ours),
                        numbers_of(theirs) == numbers_of(*ours) ? ", and its cells differ" : ""));
  }
  if (findings.failure_count() == before) findings.add(Check::total, kTotals, "holds more than its rules give");
}

void report_totals(const std::vector<proof::Total>& totals, const EditionState& edition, Findings& findings) {
  compare(totals, edition.file(kTotals), findings);
  std::uint64_t cells = 0;
  for (const proof::Total& total : totals) cells += total.cells.size() + 1;
  findings.checked("totals, recounted from their members", totals.size());
  findings.checked("numbers in them, cells included", cells);
}

void check_accounting(const EditionState& edition, Findings& findings) {
  const auto check = [&](LeafType type, const proof::Accounting& stated) {
    const proof::Accounting counted = edition.entries.accounting(type);
    const auto records =
        static_cast<std::uint64_t>(std::ranges::count(edition.events, type, &proof::OpenedEntry::type) +
                                   std::ranges::count(edition.others, type, &proof::OpenedEntry::type));
    if (!stated.balances()) {
      findings.add(Check::accounting, kManifest, format("the identity does not hold for {} entries", name_of(type)));
    } else if (stated != counted) {
      findings.add(Check::accounting, kManifest, format("the log gives other numbers of {} entries", name_of(type)));
    }
    if (records != counted.disclosed) {
      findings.add(Check::accounting, "records.jsonl",
                   format("{} {} entries are disclosed, {} have a record", counted.disclosed, name_of(type), records));
    }
    findings.withheld(format("{} entries, counted in upper ends only", name_of(type)), counted.withheld);
  };
  check(LeafType::event, edition.manifest.events);
  check(LeafType::victim, edition.manifest.victims);
  findings.checked("accounting identities", 2);
}

void check_duplicates(const EditionState& edition, Findings& findings) {
  std::map<LeafIndex, proof::OpenedEntry> distincts;
  for (const proof::OpenedEntry& opened : edition.others) {
    if (opened.type == LeafType::distinct) distincts.emplace(opened.leaf, opened);
  }
  const auto overlaps = proof::find_overlaps(edition.events, edition.entries.distincts(), distincts);
  if (!findings.expect(overlaps, Check::duplicate, "records.jsonl")) return;
  for (const proof::Overlap& overlap : overlaps->unexplained) {
    std::string list;
    for (std::size_t i = 0; i < std::min<std::size_t>(overlap.entries.size(), 10); ++i) {
      list.append(i == 0 ? "" : ", ").append(std::to_string(overlap.entries[i]));
    }
    findings.add(Check::duplicate, "records.jsonl", overlap.entries.front(),
                 format("entries {} may be one act twice: nothing opened tells them apart and no distinct leaf cites "
                        "them together",
                        list));
  }
  findings.checked("events that a machine keeps apart from others like them", overlaps->by_program);
  findings.checked("events that a person keeps apart from others like them", overlaps->by_person);
}

/// Recounts every total, and looks for duplicates beside that: each takes a thread.
void recount_all(std::size_t threads, const EditionState& edition, Findings& findings) {
  std::vector<proof::Total> totals;
  Findings duplicates;
  parallel_for(2, threads, [&](std::size_t i) {
    if (i == 0) {
      check_duplicates(edition, duplicates);
    } else {
      totals = proof::recount(edition.rules, edition.population());
    }
  });
  report_totals(totals, edition, findings);
  check_accounting(edition, findings);
  findings.take_over(std::move(duplicates));
}

}  // namespace

void check_totals(std::size_t threads, EditionState& edition, Findings& findings) {
  read_rules(edition, findings);
  recount_all(threads, edition, findings);
}

}  // namespace gavah::verify
