#include "publish/edition.h"

#include <algorithm>
#include <set>

#include "base/check.h"
#include "base/format.h"
#include "base/json.h"
#include "proof/proof.h"
#include "publish/disclosure.h"
#include "publish/edition_files.h"
#include "publish/previous_edition.h"
#include "publish/release.h"

namespace gavah::publish {
namespace {

using proof::EntryState;
using proof::LeafIndex;
using proof::LeafType;
using proof::SealedEntry;
using PartKey = std::pair<LeafIndex, PartNumber>;

/// Makes one edition. Lives for one call of write_edition().
class Maker {
 public:
  Maker(const EditionInput& input, Disk& disk, const std::string& directory, Disclosing disclosing)
      : input_(input),
        disk_(disk),
        files_(disk, directory),
        disclosing_(std::move(disclosing)),
        policy_text_(to_json(input.policy) + "\n") {}

  Result<EditionWritten> run() {
    GAVAH_TRY(replay());
    GAVAH_TRY(read_rules());
    GAVAH_TRY(write_log());
    GAVAH_TRY(open_entries());
    GAVAH_TRY(check_levels());
    GAVAH_TRY(check_batch());
    GAVAH_TRY(check_overlaps());
    GAVAH_TRY(write_claims());
    GAVAH_TRY(write_evidence());
    GAVAH_TRY(write_dispositions());
    GAVAH_TRY(write_records());
    GAVAH_TRY(write_totals());
    GAVAH_TRY(write_changes());
    GAVAH_TRY(write_companions());
    return sign();
  }

 private:
  Result<void> replay();
  Result<void> read_rules();
  Result<void> write_log();
  Result<void> open_entries();
  Result<void> open_others();
  Result<void> check_levels() const;
  Result<void> check_batch() const;
  Result<void> check_overlaps();
  Result<void> write_claims();
  struct Openable;
  Result<Openable> openable(const proof::OpenedEntry& opened) const;
  Result<void> open_lists(const Openable& lists, const std::vector<Release::Origin>& origins, std::string& lines);
  Result<void> write_evidence();
  Result<void> write_part(LeafIndex capture, const proof::PartRecord& record, std::size_t index,
                          const proof::ListOpener& opener, std::string& lines);
  Result<void> end_pack();
  Result<void> write_dispositions();
  Result<void> write_records();
  Result<void> write_totals();
  Result<void> write_changes();
  Result<void> write_companions();
  Result<EditionWritten> sign();
  proof::Population population() const;
  Release release() const { return {input_.policy, sha256(policy_text_), previous_ ? &*previous_ : nullptr}; }
  bool wants_part(LeafIndex capture, PartNumber part) const;

  const EditionInput& input_;
  Disk& disk_;
  EditionFiles files_;
  Disclosing disclosing_;
  proof::Register register_;
  proof::HashTree tree_;
  std::vector<std::string> leaves_;
  std::vector<proof::RuleInForce> rules_;
  std::vector<proof::OpenedEntry> opened_;       ///< every line of records.jsonl
  std::map<LeafIndex, std::size_t> capture_at_;  ///< place in opened_
  std::vector<proof::OpenedEntry> events_;       ///< those of disclosed events
  std::vector<proof::OpenedEntry> victims_;      ///< those of disclosed victims
  std::vector<proof::Total> totals_;
  std::optional<PreviousEdition> previous_;
  std::string policy_text_;
  std::set<PartKey> cited_;
  std::set<Digest> written_parts_;
  proof::PackLayout packs_;
  std::uint64_t pack_ = 0;  ///< the one that is being filled
  std::string pack_bytes_;
};

Result<void> Maker::replay() {
  GAVAH_ASSIGN_AS(const proof::Note note, proof::parse_note(input_.checkpoint), "reading the checkpoint");
  GAVAH_ASSIGN(const proof::Checkpoint head, proof::Checkpoint::parse(note.text));
  if (head.origin != input_.origin || head.size != input_.log.size()) {
    return fail(ErrorCode::invalid_input, "the checkpoint is not of this log at this size");
  }
  for (const SealedEntry& sealed : input_.log) {
    GAVAH_TRY(register_.apply(sealed.leaf));
    GAVAH_ASSIGN(std::string bytes, proof::leaf_bytes(sealed.leaf));
    tree_.append(proof::leaf_hash(bytes));
    leaves_.push_back(std::move(bytes));
  }
  GAVAH_TRY(register_.check_splits());
  if (tree_.root() != head.root) return fail(ErrorCode::fatal, "the leaves do not give the checkpoint's root");
  if (!input_.previous) return {};
  GAVAH_ASSIGN_AS(previous_, read_previous_edition(disk_, *input_.previous, register_), "reading the previous edition");
  return {};
}

Result<void> Maker::read_rules() {
  for (const LeafIndex leaf : register_.rules()) {
    const std::string* text = input_.log[leaf].find("text");
    if (text == nullptr) return fail(ErrorCode::refused, format("the rule at leaf {} has no text", leaf));
    GAVAH_ASSIGN_AS(proof::Rule rule, proof::Rule::parse(*text + "\n"), format("reading the rule at leaf {}", leaf));
    if (rule.digest() != input_.log[leaf].leaf.bind) {
      return fail(ErrorCode::corrupt, format("the rule at leaf {} is not what the leaf binds", leaf));
    }
    rules_.push_back({std::move(rule), leaf});
  }
  std::ranges::sort(rules_, {}, [](const proof::RuleInForce& rule) { return rule.rule.name; });
  const auto twice =
      std::ranges::adjacent_find(rules_, [](const auto& a, const auto& b) { return a.rule.name == b.rule.name; });
  if (twice != rules_.end()) return fail(ErrorCode::refused, format("two rules are named {}", twice->rule.name));
  for (const proof::RuleInForce& rule : rules_) {
    GAVAH_TRY(files_.write("rules/" + rule.rule.name + ".json", rule.rule.canonical()));
  }
  return {};
}

Result<void> Maker::write_log() {
  const std::uint64_t size = leaves_.size();
  for (const proof::TileName& tile : proof::tiles_of(size)) {
    std::vector<Digest> hashes;
    for (std::uint64_t i = 0; i < tile.width; ++i) {
      const proof::NodeAddress address{tile.level * proof::kTileHeight, tile.number * proof::kTileWidth + i};
      GAVAH_ASSIGN(const Digest hash, tree_.node(address));
      hashes.push_back(hash);
    }
    GAVAH_TRY(files_.write("log/" + proof::path_of(tile), proof::tile_bytes(hashes)));
  }
  for (const proof::BundleName& bundle : proof::bundles_of(size)) {
    const std::span entries(leaves_);
    const auto slice = entries.subspan(bundle.number * proof::kTileWidth, bundle.width);
    GAVAH_TRY(files_.write("log/" + proof::path_of(bundle), proof::bundle_bytes(slice)));
  }
  GAVAH_TRY(files_.write("log/checkpoint", input_.checkpoint));
  return files_.write("checkpoint", input_.checkpoint);
}

Result<void> Maker::open_entries() {
  for (const proof::RegisterEntry& entry : register_.entries()) {
    if (entry.state != EntryState::disclosed) continue;
    const SealedEntry& sealed = input_.log[entry.current];
    GAVAH_ASSIGN(const auto evidence, evidence_of(sealed));
    const auto anchors = anchors_of(evidence);
    if (disclosing_.withholding(anchors)) {
      return fail(ErrorCode::refused,
                  format("a decision withholds entry {}, but no leaf does: plan first", entry.index));
    }
    opened_.push_back(disclosing_.open(entry.type, entry.index, sealed, anchors));
  }
  GAVAH_TRY(open_others());
  release().close_what_stands_out(opened_);
  for (std::size_t i = 0; i < opened_.size(); ++i) {
    const LeafType type = opened_[i].type;
    if (type == LeafType::event) events_.push_back(opened_[i]);
    if (type == LeafType::victim) victims_.push_back(opened_[i]);
    if (type == LeafType::capture) capture_at_.emplace(opened_[i].leaf, i);
  }
  return {};
}

/// Leaves that are no entries: what the policy opens of them, and what checking needs.
Result<void> Maker::open_others() {
  std::set<LeafIndex> verifying;
  for (const proof::OpenedEntry& event : opened_) {
    const auto decision = event.value("status/decision");
    if (decision) verifying.insert(proof::index_from(*decision).value_or(0));
  }
  for (const SealedEntry& sealed : input_.log) {
    const LeafType type = sealed.leaf.type;
    if (register_.find(sealed.index) != nullptr || type == LeafType::amend || type == LeafType::heartbeat) continue;
    if (register_.is_redacted(sealed.index) || sealed.values.empty()) continue;
    proof::OpenedEntry opened = disclosing_.open(type, sealed.index, sealed, {});
    if (type == LeafType::decision && verifying.contains(sealed.index) && !opened.find("verb")) {
      const std::vector<std::string> verb{"verb"};
      opened = proof::open_entry(type, sealed.index, sealed, verb);
    }
    if (opened.slots.empty()) continue;
    opened_.push_back(std::move(opened));
  }
  return {};
}

Result<void> Maker::check_levels() const {
  const auto clashes = proof::level_clashes(events_);
  if (clashes.empty()) return {};
  return fail(ErrorCode::refused,
              format("{}; correct one of them, derive and publish again", clashes.front().sentence()));
}

Result<void> Maker::check_batch() const {
  const std::uint64_t size = previous_ ? previous_->stamp.size : 0;
  std::vector<proof::Leaf> leaves;
  for (const SealedEntry& sealed : input_.log.subspan(std::min<std::size_t>(size, input_.log.size()))) {
    leaves.push_back(sealed.leaf);
  }
  const std::uint64_t acts = proof::victims_acted_on(leaves, size, register_);
  if (acts == 0 || acts >= input_.policy.batch) return {};
  return fail(ErrorCode::refused, format("{} victims entered or changed since the last edition, and the policy's batch "
                                         "is {}: publish with the policy under which they were entered",
                                         acts, input_.policy.batch));
}

Result<void> Maker::check_overlaps() {
  std::map<LeafIndex, proof::OpenedEntry> distincts;
  for (const proof::OpenedEntry& opened : opened_) {
    if (opened.type == LeafType::distinct) distincts.emplace(opened.leaf, opened);
  }
  GAVAH_ASSIGN(const auto overlaps, proof::find_overlaps(events_, register_.distincts(), distincts));
  if (overlaps.unexplained.empty()) return {};
  const auto& first = overlaps.unexplained.front().entries;
  return fail(ErrorCode::refused,
              format("entries {} and {} overlap and no distinct leaf cites them: plan first", first[0], first[1]));
}

/// The records of an entry's lists that the policy opens.
struct Maker::Openable {
  const proof::OpenedEntry* opened = nullptr;
  std::vector<proof::EvidenceRecord> evidence;
  std::vector<std::size_t> claims;  ///< places in the lists
};

Result<Maker::Openable> Maker::openable(const proof::OpenedEntry& opened) const {
  Openable out;
  out.opened = &opened;
  if (!opened.value("evidence") || !opened.value("claims")) return out;
  const SealedEntry& sealed = input_.log[opened.leaf];
  GAVAH_ASSIGN(out.evidence, evidence_of(sealed));
  const auto& claims = sealed.list("claims");
  for (std::size_t i = 0; i < out.evidence.size() && i < claims.size(); ++i) {
    GAVAH_ASSIGN_AS(const proof::ClaimRecord claim, proof::claim_record_from(claims[i].bytes),
                    format("reading claim {} of leaf {}", i, sealed.index));
    if (disclosing_.opens_claim(out.evidence[i], claim)) out.claims.push_back(i);
  }
  return out;
}

Result<void> Maker::open_lists(const Openable& lists, const std::vector<Release::Origin>& origins, std::string& lines) {
  if (lists.claims.empty()) return {};
  const proof::OpenedEntry& opened = *lists.opened;
  const SealedEntry& sealed = input_.log[opened.leaf];
  const proof::ListOpener evidence_opener(sealed.list("evidence"));
  const proof::ListOpener claim_opener(sealed.list("claims"));
  const proof::ListOpener origin_opener(sealed.list("origins"));
  const auto add = [&](std::string_view slot, const proof::ListOpener& opener, std::size_t i) {
    lines.append(proof::to_json(proof::ListLine{opened.entry, opened.leaf, std::string(slot), opener.open(i)}));
    lines.push_back('\n');
  };
  for (const std::size_t i : lists.claims) {
    add("evidence", evidence_opener, i);
    add("claims", claim_opener, i);
    if (std::ranges::binary_search(origins, Release::Origin{opened.leaf, i})) add("origins", origin_opener, i);
    if (lists.evidence[i].leaf) cited_.emplace(*lists.evidence[i].leaf, lists.evidence[i].anchor->part);
  }
  return {};
}

Result<void> Maker::write_claims() {
  std::vector<Openable> lists;
  std::vector<Release::Origin> origins;
  for (const proof::OpenedEntry& opened : opened_) {
    if (opened.type != LeafType::event && opened.type != LeafType::victim) continue;
    GAVAH_ASSIGN(Openable openable, this->openable(opened));
    const bool with_origins = disclosing_.policy().origins == Disclosure::opened && opened.value("origins");
    for (const std::size_t i : openable.claims) {
      if (with_origins) origins.emplace_back(opened.leaf, i);
    }
    lists.push_back(std::move(openable));
  }
  origins = release().origins(std::move(origins));
  std::string lines;
  for (const Openable& openable : lists) GAVAH_TRY(open_lists(openable, origins, lines));
  return files_.write("claims.jsonl", lines);
}

bool Maker::wants_part(LeafIndex capture, PartNumber part) const {
  const Evidence wanted = disclosing_.policy().evidence;
  if (wanted == Evidence::none) return false;
  const CaptureId id = CaptureId::from_bytes(input_.log[capture].leaf.id.view());
  if (disclosing_.closes_part(id, part)) return false;
  return wanted == Evidence::all || cited_.contains({capture, part});
}

Result<void> Maker::write_part(LeafIndex capture, const proof::PartRecord& record, std::size_t index,
                               const proof::ListOpener& opener, std::string& lines) {
  if (!wants_part(capture, record.part)) return {};
  lines.append(proof::to_json(proof::ListLine{capture, capture, "parts", opener.open(index)})).push_back('\n');
  if (!written_parts_.insert(record.sha256).second) return {};
  GAVAH_ASSIGN_AS(const std::string bytes, input_.part_bytes(capture, record.part),
                  format("reading part {} of the capture at leaf {}", record.part, capture));
  if (sha256(bytes) != record.sha256) {
    return fail(ErrorCode::corrupt, format("part {} of the capture at leaf {} has changed", record.part, capture));
  }
  const proof::PartPlace place = packs_.place(record.size_bytes);
  if (!place.pack) return files_.write(path_of(place, record.sha256), bytes);
  if (*place.pack != pack_) GAVAH_TRY(end_pack());
  pack_ = *place.pack;
  pack_bytes_.append(bytes);
  return {};
}

Result<void> Maker::end_pack() {
  return files_.write(proof::pack_path(pack_), std::exchange(pack_bytes_, std::string()));
}

Result<void> Maker::write_evidence() {
  std::string lines;
  const std::vector<std::string> head{"parts"};
  for (const auto& capture : register_.captures()) {
    const SealedEntry& sealed = input_.log[capture.capture];
    if (capture.redacted || sealed.values.empty()) continue;
    const std::size_t before = lines.size();
    const auto& records = sealed.list("parts");
    const proof::ListOpener opener(records);
    for (std::size_t i = 0; i < records.size(); ++i) {
      if (records[i].destroyed) continue;
      GAVAH_ASSIGN(const proof::PartRecord record, proof::part_record_from(records[i].bytes));
      GAVAH_TRY(write_part(capture.capture, record, i, opener, lines));
    }
    if (lines.size() == before) continue;
    proof::OpenedEntry& opened = opened_[capture_at_.at(capture.capture)];
    const proof::OpenedEntry with_head = proof::open_entry(LeafType::capture, capture.capture, sealed, head);
    if (!opened.find("parts")) opened.slots.add(*with_head.find("parts"));
  }
  if (!packs_.sizes_bytes().empty()) GAVAH_TRY(end_pack());
  return files_.write("parts.jsonl", lines);
}

Result<void> Maker::write_dispositions() {
  std::string lines;
  for (const auto& capture : register_.captures()) {
    if (capture.redacted) continue;
    if (!capture.dispose) {
      return fail(ErrorCode::refused, format("the capture at leaf {} has no disposition: plan first", capture.capture));
    }
    const auto& records = input_.log[*capture.dispose].list("statuses");
    lines.append(proof::to_json(proof::DispositionLine{capture.capture, *capture.dispose, records})).push_back('\n');
  }
  return files_.write("dispositions.jsonl", lines);
}

Result<void> Maker::write_records() {
  std::ranges::sort(opened_, {}, &proof::OpenedEntry::entry);
  std::string lines;
  for (const proof::OpenedEntry& opened : opened_) {
    lines.append(proof::record_line(opened, input_.log[opened.leaf])).push_back('\n');
  }
  return files_.write("records.jsonl", lines);
}

proof::Population Maker::population() const {
  return {events_, victims_, register_.accounting(LeafType::event).withheld,
          register_.accounting(LeafType::victim).withheld + input_.policy.batch - 1};
}

Result<void> Maker::write_totals() {
  totals_ = proof::recount(rules_, population());
  return files_.write("totals.json", proof::totals_json(totals_));
}

Result<void> Maker::write_changes() {
  std::string lines;
  if (previous_) {
    const proof::EditionState before{previous_->events, previous_->rules, previous_->stamp.size,
                                     previous_->stamp.policy, previous_->victims};
    const proof::EditionState now{events_, rules_, input_.log.size(), sha256(policy_text_), victims_};
    const proof::ChangeList list = proof::changes_between(before, now, register_);
    if (!list.unexplained.empty()) {
      return fail(ErrorCode::refused, format("entry {} changed in '{}' and nothing in the log says why",
                                             list.unexplained.front().second, list.unexplained.front().first));
    }
    for (const proof::Change& change : list.changes) lines.append(proof::to_json(change)).push_back('\n');
  }
  return files_.write("changes.jsonl", lines);
}

Result<void> Maker::write_companions() {
  JsonWriter places;
  places.begin_object();
  for (const auto& [id, name] : input_.area_names) places.member(id, name);
  places.end_object();
  GAVAH_TRY(files_.write("places.json", places.take() + "\n"));
  for (const auto& [digest, bytes] : input_.bound_files) GAVAH_TRY(files_.write("bound/" + digest, bytes));
  for (const auto& [path, bytes] : input_.extra_files) GAVAH_TRY(files_.write(path, bytes));
  return files_.write("policy.json", policy_text_);
}

Result<EditionWritten> Maker::sign() {
  proof::Manifest manifest;
  manifest.number = previous_ ? previous_->stamp.number + 1 : 1;
  manifest.day = input_.day;
  manifest.origin = input_.origin;
  manifest.size = input_.log.size();
  manifest.root = tree_.root();
  manifest.policy = sha256(policy_text_);
  for (const proof::RuleInForce& rule : rules_) {
    manifest.rules.push_back({rule.rule.name, rule.leaf, rule.rule.digest()});
  }
  if (previous_) manifest.previous = previous_->stamp;
  manifest.events = register_.accounting(LeafType::event);
  manifest.victims = register_.accounting(LeafType::victim);
  GAVAH_CHECK(manifest.events.balances() && manifest.victims.balances());
  GAVAH_ASSIGN(manifest.files, files_.finish());
  EditionWritten out;
  GAVAH_ASSIGN_AS(out.manifest, proof::sign_note(manifest.text(), *input_.release), "signing edition.json");
  GAVAH_TRY(files_.write_manifest(out.manifest));
  out.number = manifest.number;
  out.disclosed = manifest.events.disclosed + manifest.victims.disclosed;
  out.withheld = manifest.events.withheld + manifest.victims.withheld;
  out.files = files_.count();
  out.entry.type = LeafType::edition;
  out.entry.bind = sha256(out.manifest);
  if (!register_.editions().empty()) out.entry.refs = {{"previous", {register_.editions().back()}}};
  out.entry.set("policy", to_json(input_.policy));
  return out;
}

}  // namespace

Result<EditionWritten> write_edition(const EditionInput& input, Disk& disk, const std::string& directory) {
  GAVAH_CHECK(input.release != nullptr);
  if (disk.exists(directory)) return fail(ErrorCode::refused, format("{} exists already", directory));
  const std::string partial = directory + ".partial";
  if (disk.exists(partial)) GAVAH_TRY_AS(disk.remove_tree(partial), "removing what an earlier run left");
  GAVAH_ASSIGN(Disclosing disclosing, Disclosing::from(input.log, input.policy));
  auto written = Maker(input, disk, partial, std::move(disclosing)).run();
  if (!written) {
    // What could not be finished goes; the first failure is the one to report.
    if (disk.exists(partial)) static_cast<void>(disk.remove_tree(partial));
    return fail_with(std::move(written), format("writing the edition {}", directory));
  }
  GAVAH_TRY(disk.sync_all(partial));
  GAVAH_TRY(disk.rename(partial, directory));
  GAVAH_TRY(disk.sync_directory(std::string(parent_path(directory))));
  return written;
}

}  // namespace gavah::publish
