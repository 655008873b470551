#include "publish/publish.h"

#include <algorithm>

#include "base/check.h"
#include "base/embedded.h"
#include "base/format.h"
#include "pipeline/edition_place.h"
#include "pipeline/evidence.h"
#include "pipeline/workflows.h"

namespace gavah::pipeline {
namespace {

/// Everything of a chronicle that publishing looks at, read once.
struct Register {
  std::vector<Event> events;
  std::vector<Victim> victims;
  std::vector<Claim> claims;
  std::vector<publish::ReportNote> reports;
  std::vector<Lineage> lineages;
  std::vector<Decision> decisions;
  std::vector<publish::Orphan> orphans;
  std::vector<publish::CaptureParts> captures;
  std::vector<proof::Rule> rules;
};

template <class T, class Parse>
Result<std::vector<T>> read_rows(store::Index& index, store::IndexTable table, Parse parse) {
  std::vector<T> out;
  GAVAH_TRY(index.for_each_json(table, [&](std::string_view line) -> Result<void> {
    GAVAH_ASSIGN(const Json json, Json::parse(line));
    GAVAH_ASSIGN(T row, parse(json));
    out.push_back(std::move(row));
    return {};
  }));
  return out;
}

Result<publish::Orphan> orphan_from_json(const Json& json) {
  GAVAH_ASSIGN(const DecisionId id, DecisionId::from_hex(json.text_of("decision")));
  return publish::Orphan{id, std::string(json.text_of("why"))};
}

Result<std::vector<publish::CaptureParts>> read_captures(Chronicle& chronicle) {
  std::vector<publish::CaptureParts> out;
  store::Ledger& ledger = chronicle.stored().ledger();
  GAVAH_TRY(
      ledger.for_each_json(proof::LeafType::capture, 0, [&](proof::LeafIndex, std::string_view line) -> Result<void> {
        GAVAH_ASSIGN(const Json json, Json::parse(line));
        GAVAH_ASSIGN(Capture capture, capture_from_json(json));
        out.push_back({std::move(capture), {}});
        return {};
      }));
  for (auto& item : out) {
    GAVAH_ASSIGN(item.parts, ledger.parts(item.capture.id));
  }
  return out;
}

Result<Register> read_register(Chronicle& chronicle, store::Index& index) {
  Register out;
  GAVAH_ASSIGN(out.events, read_rows<Event>(index, store::IndexTable::events, event_from_json));
  GAVAH_ASSIGN(out.victims, read_rows<Victim>(index, store::IndexTable::victims, victim_from_json));
  GAVAH_ASSIGN(out.claims, read_rows<Claim>(index, store::IndexTable::claims, claim_from_json));
  GAVAH_ASSIGN(out.lineages, read_rows<Lineage>(index, store::IndexTable::lineages, lineage_from_json));
  GAVAH_ASSIGN(out.orphans, read_rows<publish::Orphan>(index, store::IndexTable::orphans, orphan_from_json));
  GAVAH_TRY(index.for_each_json(store::IndexTable::reports, [&](std::string_view line) -> Result<void> {
    GAVAH_ASSIGN(const Json json, Json::parse(line));
    GAVAH_ASSIGN(const Report report, report_from_json(json));
    out.reports.push_back(publish::note_of(report));
    return {};
  }));
  GAVAH_ASSIGN(auto all, chronicle.decisions());
  out.decisions = standing(std::move(all));
  GAVAH_ASSIGN(out.captures, read_captures(chronicle));
  out.rules = proof::standard_rules();
  return out;
}

/// Act to family, from the codebook.
Result<std::map<std::string, std::string>> act_families() {
  const auto bytes = embedded_data("codebook/acts.json");
  GAVAH_CHECK(bytes.has_value());
  GAVAH_ASSIGN(const Json book, Json::parse(*bytes));
  std::map<std::string, std::string> out;
  const Json* acts = book.is_array() ? &book : book.find("acts");
  GAVAH_CHECK(acts != nullptr);
  for (const Json& act : acts->items()) out[std::string(act.text_of("key"))] = act.text_of("family");
  return out;
}

Result<publish::PolicyFile> read_policy(Disk& disk, const std::string& file) {
  if (file.empty()) return publish::PolicyFile{publish::Policy::safe(), {}};
  GAVAH_ASSIGN_AS(const std::string text, disk.read(file), "reading the policy");
  auto read = publish::policy_from_file(text);
  if (!read) return fail_with(std::move(read), file);
  return read;
}

constexpr std::size_t kMaxRuleFiles = 1'000;  // a folder of more holds something else

/// The rules of a folder, in the order of its files; each under a name of its own.
Result<std::vector<proof::Rule>> read_rules(Disk& disk, const std::string& directory, const publish::RuleWords& words) {
  std::vector<proof::Rule> out;
  GAVAH_ASSIGN_AS(const auto files, disk.list(directory), "reading the rules");
  if (files.size() > kMaxRuleFiles) return fail(ErrorCode::invalid_input, format("{} holds too many files", directory));
  for (const DirectoryEntry& file : files) {
    if (file.kind == EntryKind::directory || !file.name.ends_with(".json")) continue;
    const std::string path = join_path(directory, file.name);
    GAVAH_ASSIGN(const std::string text, disk.read(path));
    auto rule = publish::rule_from_file(text, words);
    if (!rule) return fail_with(std::move(rule), path);
    if (std::ranges::find(out, rule->name, &proof::Rule::name) != out.end()) {
      return fail(ErrorCode::invalid_input,
                  format("{}: a rule named '{}' stands in another file too", path, rule->name));
    }
    out.push_back(*std::move(rule));
  }
  return out;
}

class Publication {
 public:
  Publication(Chronicle& chronicle, const PublishOptions& options, store::Index& index)
      : chronicle_(chronicle), options_(options), index_(index), walker_(chronicle) {}

  Result<PublishSummary> run() {
    if (options_.dry_run == DryRun::no && disk().exists(options_.out))
      return fail(ErrorCode::refused, format("{} exists; an edition is never written over", options_.out));
    GAVAH_ASSIGN(const bool is_current, is_derived(chronicle_));
    if (!is_current)
      return fail(ErrorCode::refused, "something was added or decided since the last derive: run gavah derive first");
    GAVAH_ASSIGN(publish::PolicyFile policy, read_policy(disk(), options_.policy_file));
    policy_ = std::move(policy.policy);
    summary_.warnings = std::move(policy.warnings);
    GAVAH_TRY(recheck());
    report_progress("reading");
    GAVAH_ASSIGN(register_, read_register(chronicle_, index_));
    GAVAH_TRY(add_rules());
    if (options_.dry_run == DryRun::yes) {
      GAVAH_TRY(preview());
      return std::move(summary_);
    }
    GAVAH_ASSIGN(seal::LogWriter * writer, chronicle_.writer());
    GAVAH_TRY(append_plan(*writer));
    GAVAH_TRY(stamp());
    GAVAH_TRY(write(*writer));
    return std::move(summary_);
  }

 private:
  Disk& disk() { return chronicle_.world().disk(); }
  void report_progress(std::string_view stage) {
    if (options_.progress) options_.progress(stage, 0, 0);
  }

  /// The operator's own rules; one of a standard rule's name takes its place.
  Result<void> add_rules() {
    GAVAH_ASSIGN(families_, act_families());
    if (options_.rules_directory.empty()) return {};
    GAVAH_ASSIGN(const Toolkit* toolkit, chronicle_.toolkit());
    const publish::RuleWords words{
        families_, [&](std::string_view area) { return toolkit->gazetteer().find(std::string(area)).has_value(); }};
    GAVAH_ASSIGN(std::vector<proof::Rule> own, read_rules(disk(), options_.rules_directory, words));
    for (proof::Rule& rule : own) {
      std::erase_if(register_.rules, [&](const proof::Rule& other) { return other.name == rule.name; });
      register_.rules.push_back(std::move(rule));
    }
    return {};
  }

  void tell(const publish::Plan& plan) {
    for (const auto& [what, count] :
         {std::pair{"created", plan.created}, std::pair{"amended", plan.amended}, std::pair{"merged", plan.merged},
          std::pair{"split", plan.split}, std::pair{"withdrawn", plan.withdrawn}, std::pair{"withheld", plan.withheld},
          std::pair{"kept apart", plan.distinct},
          std::pair{"victims wait for the policy's batch to be full", plan.waiting}}) {
      if (count > 0) summary_.changes.push_back(format("{} {}", count, what));
    }
    for (const auto* sentences : {&plan.rules, &plan.disagreements}) {
      summary_.changes.insert(summary_.changes.end(), sentences->begin(), sentences->end());
    }
  }

  /// Everything stored, and every page of the index, before anything is said about it.
  Result<void> recheck() {
    report_progress("rechecking what is stored");
    GAVAH_ASSIGN(const AuditSummary found, audit(chronicle_));
    if (!found.faults.empty()) {
      return fail(ErrorCode::corrupt,
                  format("the chronicle is damaged, nothing is published: {}", found.faults.front()));
    }
    const store::DatabaseFile file = chronicle_.stored().index_file(chronicle_.stored().index_path());
    GAVAH_ASSIGN(store::Database pages,
                 store::Database::open(file, store::Durability::derived, store::Access::read_only));
    GAVAH_TRY_AS(pages.check_integrity(), "the index is damaged, gavah rebuild makes it again");
    return {};
  }

  /// What the plan would append and open. Reads only, and needs no writer's lock.
  Result<void> preview() {
    return with_plan([&](const publish::PlanInput& input, publish::Plan plan) -> Result<void> {
      GAVAH_ASSIGN(summary_.preview, publish::preview(input, plan));
      return {};
    });
  }

  Result<void> append_plan(seal::LogWriter& writer) {
    GAVAH_TRY(writer.heartbeat());
    return with_plan([&](const publish::PlanInput& input, publish::Plan plan) -> Result<void> {
      report_progress("sealing the register");
      for (const auto& rule : register_.rules) GAVAH_TRY(chronicle_.stored().add_bound_file(rule.canonical()));
      GAVAH_TRY(writer.append_at(input.log.size(), std::move(plan.entries)));
      GAVAH_TRY(writer.seal());
      return {};
    });
  }

  Result<void> with_plan(const std::function<Result<void>(const publish::PlanInput&, publish::Plan)>& use) {
    report_progress("comparing with the register");
    GAVAH_ASSIGN(const auto log, chronicle_.stored().sealed_entries());
    GAVAH_ASSIGN(const SourceRegistry* registry, chronicle_.sources());
    GAVAH_ASSIGN(const Toolkit* toolkit, chronicle_.toolkit());
    const publish::PlanInput input{
        .events = register_.events,
        .victims = register_.victims,
        .claims = register_.claims,
        .reports = register_.reports,
        .lineages = register_.lineages,
        .decisions = register_.decisions,
        .orphans = register_.orphans,
        .sources = registry->sources(),
        .captures = register_.captures,
        .log = log,
        .rules = register_.rules,
        .act_families = families_,
        .policy = policy_,
        .program = toolkit->fingerprint(),
        .report = [&](ReportId id) { return index_.report(id); },
        .part_bytes = [&](const Part& part) { return walker_.part_bytes(part); },
    };
    GAVAH_ASSIGN(publish::Plan plan, publish::plan(input, chronicle_.world().random()));
    tell(plan);
    return use(input, std::move(plan));
  }

  /// A proof of time over the head that the edition will have. Whoever gives none keeps nobody from publishing: the
  /// edition goes without, and the next one carries a later stamp. What makes the log doubt itself ends it all.
  Result<void> stamp() {
    if (!options_.stamp) return {};
    const auto stamped = options_.stamp(chronicle_);
    if (stamped) return {};
    if (stamped.error().code == ErrorCode::fatal || stamped.error().code == ErrorCode::corrupt) return stamped;
    summary_.unstamped = stamped.error().sentence();
    return {};
  }

  Result<std::map<std::string, std::string>> area_names() {
    GAVAH_ASSIGN(const Toolkit* toolkit, chronicle_.toolkit());
    std::map<std::string, std::string> out;
    for (const Event& event : register_.events) {
      for (const Place& place : event.places) {
        for (const auto& id : place.path) {
          const auto number = toolkit->gazetteer().find(id);
          if (number) out[id] = toolkit->gazetteer().entry(*number).name;
        }
      }
    }
    return out;
  }

  /// The public files that key and heartbeat leaves bind.
  Result<std::map<std::string, std::string>> bound_files(std::span<const proof::SealedEntry> log) {
    std::map<std::string, std::string> out;
    for (const auto& entry : log) {
      const bool is_bound = entry.leaf.type == proof::LeafType::key || entry.leaf.type == proof::LeafType::heartbeat;
      if (!is_bound || !entry.leaf.bind) continue;
      if (auto file = chronicle_.stored().bound_file(*entry.leaf.bind)) out[entry.leaf.bind->hex()] = std::move(*file);
    }
    return out;
  }

  /// Proofs of time over this log's earlier heads.
  Result<std::map<std::string, std::string>> token_files() {
    const store::Tokens tokens(disk(), chronicle_.stored().path("tokens"));
    GAVAH_ASSIGN(const auto kept, tokens.files());
    std::map<std::string, std::string> out;
    for (const auto& [path, bytes] : kept) out[join_path("tokens", path)] = bytes;
    return out;
  }

  /// The edition that the log names last.
  Result<std::optional<std::string>> previous(std::span<const proof::SealedEntry> log) {
    std::optional<Digest> wanted;
    for (const auto& entry : log) {
      if (entry.leaf.type == proof::LeafType::edition) wanted = entry.leaf.bind;
    }
    if (!wanted) return std::optional<std::string>();
    std::vector<std::string> places{options_.previous};
    if (options_.previous.empty()) {
      GAVAH_ASSIGN(places, edition_places(chronicle_.stored()));
    }
    for (const std::string& directory : places) {
      const auto manifest = disk().read(join_path(directory, "edition.json"));
      if (manifest && sha256(*manifest) == *wanted) return std::optional<std::string>(directory);
    }
    return fail(ErrorCode::not_found, format("the edition before this one is not at {}; name it with --previous",
                                             places.empty() ? std::string("any place that is known") : places.front()));
  }

  /// The edition lies beside its name until the log names it: whoever finds one under its name finds its leaf.
  Result<void> write(seal::LogWriter& writer) {
    report_progress("writing the edition");
    GAVAH_ASSIGN(const auto log, chronicle_.stored().sealed_entries());
    publish::EditionInput input;
    input.log = log;
    GAVAH_ASSIGN(input.checkpoint, chronicle_.stored().checkpoint_note());
    input.origin = chronicle_.origin();
    input.policy = policy_;
    GAVAH_ASSIGN(input.area_names, area_names());
    GAVAH_ASSIGN(input.bound_files, bound_files(log));
    GAVAH_ASSIGN(input.extra_files, token_files());
    GAVAH_ASSIGN(input.previous, previous(log));
    if (!options_.verifier.empty()) input.extra_files["verify.html"] = options_.verifier;
    input.day = chronicle_.world().clock().now().day();
    input.release = &chronicle_.stored().keys().release;
    input.part_bytes = [&](proof::LeafIndex leaf, PartNumber number) { return part_at(leaf, number); };
    const std::string unnamed = unnamed_place(options_.out);
    if (disk().exists(unnamed)) GAVAH_TRY_AS(disk().remove_tree(unnamed), "removing what an earlier run left");
    GAVAH_TRY(remember_place(chronicle_.stored(), options_.out, input.previous));
    GAVAH_ASSIGN(publish::EditionWritten written, publish::write_edition(input, disk(), unnamed));
    GAVAH_TRY(chronicle_.stored().add_bound_file(written.manifest));
    std::vector<proof::Entry> edition;
    edition.push_back(std::move(written.entry));
    GAVAH_TRY(writer.append_at(log.size(), std::move(edition)));
    GAVAH_TRY(finish_edition(chronicle_.stored()));
    GAVAH_TRY(writer.seal());
    summary_.events = written.disclosed;
    summary_.withheld = written.withheld;
    summary_.totals = register_.rules.size();
    summary_.log_size = log.size();
    return {};
  }

  Result<std::string> part_at(proof::LeafIndex leaf, PartNumber number) {
    const auto found = std::ranges::find_if(register_.captures, [&](const publish::CaptureParts& item) {
      return item.capture.leaf && static_cast<proof::LeafIndex>(*item.capture.leaf) == leaf;
    });
    const auto missing = [&] {
      return fail(ErrorCode::not_found, format("there is no part {} at leaf {}", number, leaf));
    };
    if (found == register_.captures.end()) return missing();
    const auto part = std::ranges::lower_bound(found->parts, number, {}, &Part::number);
    if (part == found->parts.end() || part->number != number) return missing();
    return walker_.part_bytes(*part);
  }

  Chronicle& chronicle_;
  const PublishOptions& options_;
  store::Index& index_;
  EvidenceWalker walker_;
  publish::Policy policy_;
  std::map<std::string, std::string> families_;  ///< act to family
  Register register_;
  PublishSummary summary_;
};

}  // namespace

Result<PublishSummary> publish(Chronicle& chronicle, const PublishOptions& options) {
  // Taken first, so that nothing changes while it is read; who only looks leaves it to others.
  if (options.dry_run == DryRun::no) GAVAH_TRY(chronicle.writer());
  GAVAH_ASSIGN(store::Index * index, chronicle.index());
  return Publication(chronicle, options, *index).run();
}

}  // namespace gavah::pipeline
