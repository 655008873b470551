#include "verify/excerpt_check.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/format.h"
#include "base/json.h"
#include "proof/proof.h"
#include "verify/findings.h"

namespace gavah::verify {
namespace {

using proof::LeafIndex;
using proof::LeafType;
using proof::OpenedEntry;

const std::string kCheckpoint = "checkpoint";
const std::string kManifest = "edition.json";
const std::string kTotals = "totals.json";
const std::string kPolicy = "policy.json";
const std::string kRecord = "record";
const std::string kClaim = "claim";

bool is_entry(LeafType type) { return type == LeafType::event || type == LeafType::victim; }

/// Checks one excerpt. Lives for one call of verify_excerpt().
class ExcerptCheck {
 public:
  ExcerptCheck(const proof::Excerpt& excerpt, const Pin& pin, const ReaderClock& clock, Findings& findings)
      : excerpt_(excerpt), pin_(pin), clock_(clock), findings_(findings) {}

  bool is_witnessed() const { return is_witnessed_; }

  void run() {
    if (!read_manifest() || !read_head()) return;
    read_files();
    read_leaves();
    for (const std::string& line : excerpt_.records) read_record(line);
    check_needed();
    if (excerpt_.entry) {
      check_entry();
    } else {
      check_total();
    }
    for (const auto& [index, leaf] : leaves_) {
      if (!used_.contains(index)) findings_.add(Check::log, "", index, "it holds a leaf that nothing in it is about");
    }
    findings_.checked("leaves, each in the log that was signed", leaves_.size());
    findings_.checked("records, each against its leaf", records_.size());
    findings_.checked("opened slots, each against its commitment", slots_);
  }

 private:
  bool read_manifest();
  bool read_head();
  void read_files();
  void read_leaves();
  void read_record(const std::string& line);
  bool is_of_its_entry(const OpenedEntry& opened);
  bool check_slots(const proof::RecordLine& record, const proof::Leaf& leaf);
  void check_needed();
  void check_entry();
  void read_claims();
  void read_claim(const std::string& text);
  void check_allowed(LeafIndex leaf, std::size_t slot);
  void read_evidence(const proof::ListLine& line);
  void read_parts();
  std::optional<LeafIndex> check_status(const OpenedEntry& entry);
  void check_total();
  std::optional<proof::RuleInForce> read_rule(const std::string& name);
  std::optional<std::string> stated_total(const std::string& name);
  const OpenedEntry* record_of(LeafIndex leaf) const;
  const proof::Leaf* leaf_at(LeafIndex index) const;
  const std::string* file(const std::string& path) const;

  const proof::Excerpt& excerpt_;
  const Pin& pin_;
  const ReaderClock& clock_;
  Findings& findings_;
  proof::Manifest manifest_;
  bool is_witnessed_ = false;  ///< a quorum of the pin's witnesses signed the head
  std::optional<proof::Policy> policy_;
  std::map<LeafIndex, proof::Leaf> leaves_;
  std::vector<OpenedEntry> records_;  ///< ascending by entry
  std::set<LeafIndex> used_;          ///< leaves that something here is about
  std::uint64_t slots_ = 0;
  // Of the claims.
  std::optional<proof::EvidenceRecord> evidence_;  ///< the last that was opened
  std::uint64_t evidence_at_ = 0;                  ///< its index in the list
  std::optional<std::tuple<std::uint64_t, std::size_t>> last_claim_;
  std::set<std::pair<LeafIndex, PartNumber>> cited_;  ///< parts that opened evidence lies in
  std::set<LeafIndex> captures_;                      ///< of which a part is opened
  std::uint64_t claims_ = 0;
  std::uint64_t passages_ = 0;
};

const proof::Leaf* ExcerptCheck::leaf_at(LeafIndex index) const {
  const auto found = leaves_.find(index);
  return found == leaves_.end() ? nullptr : &found->second;
}

const std::string* ExcerptCheck::file(const std::string& path) const {
  const auto found = excerpt_.files.find(path);
  return found == excerpt_.files.end() ? nullptr : &found->second;
}

const OpenedEntry* ExcerptCheck::record_of(LeafIndex leaf) const {
  const auto found = std::ranges::find(records_, leaf, &OpenedEntry::leaf);
  return found == records_.end() ? nullptr : &*found;
}

bool ExcerptCheck::read_manifest() {
  const auto opened = proof::open_note(excerpt_.manifest, pin_.release_keys);
  if (!findings_.expect(opened, Check::manifest, kManifest)) return false;
  auto manifest = proof::Manifest::parse(opened->text);
  if (!findings_.expect(manifest, Check::manifest, kManifest)) return false;
  manifest_ = *std::move(manifest);
  if (manifest_.origin == pin_.origin) return true;
  findings_.add(Check::manifest, kManifest, "it is of another log than the pin's");
  return false;
}

bool ExcerptCheck::read_head() {
  const auto opened = open_head(excerpt_.checkpoint, pin_);
  if (!findings_.expect(opened, Check::checkpoint, kCheckpoint)) return false;
  const proof::Checkpoint& head = opened->checkpoint;
  if (head.size != manifest_.size || head.root != manifest_.root) {
    findings_.add(Check::checkpoint, kCheckpoint, "it is not the head that the edition names");
    return false;
  }
  for (const Pin::Head& remembered : pin_.heads) {
    if (remembered.size != head.size || remembered.root == head.root) continue;
    findings_.add(Check::head, kCheckpoint,
                  "the reader remembers another root at this size: two histories were signed");
  }
  if (!pin_.policy) return true;
  findings_.told().witnesses = weigh(*pin_.policy, opened->cosignatures, clock_);
  is_witnessed_ = are_quorum(*pin_.policy, findings_.told().witnesses);
  return true;
}

/// The policy; of a total also its rule, by the manifest's list of rules, and the totals. Nothing else.
void ExcerptCheck::read_files() {
  for (const auto& [path, bytes] : excerpt_.files) {
    const auto rule = std::ranges::find_if(manifest_.rules, [&](const proof::RuleStamp& stamp) {
      return excerpt_.total == stamp.name && path == "rules/" + stamp.name + ".json" && sha256(bytes) == stamp.sha256;
    });
    const bool is_about = path == kPolicy || (excerpt_.total && path == kTotals);
    const auto stamp = std::ranges::find(manifest_.files, path, &proof::FileStamp::path);
    const bool is_listed = is_about && stamp != manifest_.files.end() && stamp->size_bytes == bytes.size() &&
                           stamp->sha256 == sha256(bytes);
    if (rule == manifest_.rules.end() && !is_listed) {
      findings_.add(Check::file, path, "is not the file that the edition lists, or not one that belongs here");
    }
  }
  const std::string* bytes = file(kPolicy);
  if (bytes == nullptr || sha256(*bytes) != manifest_.policy) {
    return findings_.add(Check::manifest, kPolicy, "the edition's policy did not come with it");
  }
  auto policy = proof::Policy::parse(std::string_view(*bytes).substr(0, bytes->empty() ? 0 : bytes->size() - 1));
  if (findings_.expect(policy, Check::policy, kPolicy)) policy_ = *std::move(policy);
}

void ExcerptCheck::read_leaves() {
  for (const proof::ExcerptLeaf& each : excerpt_.leaves) {
    const auto included =
        proof::verify_inclusion(each.index, manifest_.size, proof::leaf_hash(each.bytes), each.proof, manifest_.root);
    if (!findings_.expect(included, Check::log, "", each.index)) continue;
    auto leaf = proof::parse_leaf(each.bytes);
    if (findings_.expect(leaf, Check::log, "", each.index)) leaves_.emplace(each.index, *std::move(leaf));
  }
}

/// False when a value is not spelled as its kind is: nothing is counted with such a record.
bool ExcerptCheck::check_slots(const proof::RecordLine& record, const proof::Leaf& leaf) {
  bool is_spelled = true;
  const auto specs = proof::slots_of(leaf.type);
  const auto openable = policy_ ? policy_->openable(record.type) : std::vector<std::string>();
  proof::Committer committer(pin_.origin, leaf.id);
  for (const proof::LineOpening& opening : record.openings) {
    ++slots_;
    const proof::SlotSpec& spec = specs[opening.slot];
    const auto committed = proof::check_opening(opening, record.leaf, leaf, specs, committer);
    findings_.expect(committed, Check::opening, kRecord, record.leaf);
    if (opening.value) {
      const auto value = proof::check_spelling(spec.kind, *opening.value);
      is_spelled = findings_.expect(value, Check::opening, kRecord, record.leaf) && is_spelled;
    }
    const bool always = (record.type == LeafType::decision && spec.path == "verb") ||
                        (record.type == LeafType::capture && spec.path == "parts" && policy_ &&
                         policy_->evidence != proof::Evidence::none);
    if (policy_ && !always && std::ranges::find(openable, spec.path) == openable.end()) {
      findings_.add(Check::policy, kRecord, record.leaf, format("opens {}, which the policy withholds", spec.path));
    }
  }
  return is_spelled;
}

void ExcerptCheck::read_record(const std::string& line) {
  const auto leaf_index = proof::leaf_of_record_line(line);
  if (!findings_.expect(leaf_index, Check::record, kRecord)) return;
  const proof::Leaf* leaf = leaf_at(*leaf_index);
  if (leaf == nullptr) return findings_.add(Check::record, kRecord, *leaf_index, "its leaf did not come with it");
  const auto record = proof::parse_record_line(line, leaf->type);
  if (!findings_.expect(record, Check::record, kRecord, *leaf_index)) return;
  const bool is_spelled = check_slots(*record, *leaf);
  if (policy_ && policy_->victims == proof::Disclosure::withheld && record->type == LeafType::victim) {
    findings_.add(Check::policy, kRecord, record->leaf, "a victim is disclosed, and the policy withholds all");
  }
  OpenedEntry opened = proof::opened_from(*record, leaf->type);
  if (!is_of_its_entry(opened)) return;
  if (!records_.empty() && records_.back().entry >= opened.entry) {
    return findings_.add(Check::record, kRecord, opened.leaf, "the records are not ascending, or state an entry twice");
  }
  used_.insert(opened.leaf);
  used_.insert(opened.entry);
  if (is_spelled) records_.push_back(std::move(opened));
}

bool ExcerptCheck::is_of_its_entry(const OpenedEntry& opened) {
  const proof::Leaf* entry = leaf_at(opened.entry);
  const proof::Leaf* leaf = leaf_at(opened.leaf);
  const bool right_type = entry != nullptr && entry->type == opened.type;
  const bool restated = leaf->type == LeafType::amend && leaf->refs_as("entry") == std::vector{opened.entry};
  if (right_type && (opened.leaf == opened.entry || (restated && is_entry(opened.type)))) return true;
  findings_.add(Check::record, kRecord, opened.leaf, "its leaf is not of the entry that it states");
  return false;
}

void ExcerptCheck::check_entry() {
  const LeafIndex entry = *excerpt_.entry;
  const auto found = std::ranges::find(records_, entry, &OpenedEntry::entry);
  if (found == records_.end() || !is_entry(found->type)) {
    return findings_.add(Check::record, kRecord, entry, "the record that it should hold is not there");
  }
  read_claims();
  read_parts();
  const auto decision = check_status(*found);
  for (const OpenedEntry& other : records_) {
    const bool is_about = other.entry == entry || (decision && other.leaf == *decision) ||
                          (other.type == LeafType::capture && captures_.contains(other.leaf));
    if (!is_about) findings_.add(Check::record, kRecord, other.leaf, "it holds a record that it is not about");
  }
  findings_.unchecked(
      format("Whether entry {} still lives at size {}, or was amended, merged, withheld or withdrawn: "
             "that takes all leaves of the edition.",
             found->entry, manifest_.size));
  findings_.unchecked("Whether another entry is the same act: that takes the edition.");
}

/// The decision that an entry called verified cites, when it came with it.
std::optional<LeafIndex> ExcerptCheck::check_status(const OpenedEntry& entry) {
  const auto status = entry.value("status");
  if (!status || *status != "verified") return std::nullopt;
  const auto method = entry.value("status/method");
  const auto decision = entry.value("status/decision");
  const OpenedEntry* opened = !decision ? nullptr : record_of(proof::index_from(*decision).value_or(UINT64_MAX));
  const auto verb = opened == nullptr ? std::nullopt : opened->value("verb");
  if (!method || method->empty() || !verb || *verb != "verify") {
    findings_.add(Check::status, kRecord, entry.leaf, "is called verified without a method and a decision");
  }
  return opened != nullptr && opened->type == LeafType::decision ? std::optional(opened->leaf) : std::nullopt;
}

void ExcerptCheck::read_claims() {
  for (const std::string& line : excerpt_.claims) read_claim(line);
  findings_.checked("opened claims, each against its event's leaf", claims_);
  if (passages_ > 0) {
    findings_.unchecked(format("The bytes that {} passages were taken from are not in this file.", passages_));
  }
}

void ExcerptCheck::read_claim(const std::string& text) {
  constexpr std::array<std::string_view, 3> kSlots{"evidence", "claims", "origins"};
  const auto line = proof::list_line_from(text);
  if (!findings_.expect(line, Check::evidence, kClaim)) return;
  const auto wrong = [&](std::string_view why) {
    findings_.add(Check::evidence, kClaim, line->leaf, std::string(why));
  };
  const auto slot = std::ranges::find(kSlots, std::string_view(line->slot));
  const OpenedEntry* entry = record_of(line->leaf);
  if (slot == kSlots.end() || entry == nullptr || entry->entry != line->entry) return wrong("no record opens its list");
  const auto value = entry->value(line->slot);
  const auto head = proof::ListHead::parse(value.value_or(std::string_view()));
  if (!findings_.expect(head, Check::evidence, kClaim, line->leaf)) return;
  if (!findings_.expect(proof::check_record(line->opening, *head), Check::evidence, kClaim, line->leaf)) return;
  const std::tuple here{line->opening.index, static_cast<std::size_t>(slot - kSlots.begin())};
  if (last_claim_ && here <= *last_claim_) return wrong("the lines are not ascending, or open a record twice");
  last_claim_ = here;
  check_allowed(line->leaf, std::get<1>(here));
  if (std::get<1>(here) == 0) return read_evidence(*line);
  if (std::get<1>(here) == 2) return;
  const auto claim = proof::claim_record_from(line->opening.record.bytes);
  if (!findings_.expect(claim, Check::evidence, kClaim, line->leaf)) return;
  ++claims_;
  if (policy_ && policy_->passages == proof::Passages::without_persons && proof::names_persons(*claim)) {
    findings_.add(Check::policy, kClaim, line->leaf, "opens a claim that names a person, which the policy withholds");
  }
  if (!evidence_ || evidence_at_ != line->opening.index) return wrong("a claim is opened without its evidence");
  const ByteRange* range = evidence_->anchor ? std::get_if<ByteRange>(&evidence_->anchor->where) : nullptr;
  if (range == nullptr || !claim->passage) return;
  ++passages_;
  if (claim->passage->size() != range->size()) wrong("a passage is not as long as its anchor");
}

void ExcerptCheck::check_allowed(LeafIndex leaf, std::size_t slot) {
  if (!policy_) return;
  const bool is_origin = slot == 2;
  const bool is_closed =
      is_origin ? policy_->origins == proof::Disclosure::withheld : policy_->passages == proof::Passages::none;
  if (is_closed) {
    findings_.add(Check::policy, kClaim, leaf,
                  format("opens {}, which the policy withholds", is_origin ? "where a claim comes from" : "a claim"));
  }
}

void ExcerptCheck::read_evidence(const proof::ListLine& line) {
  evidence_.reset();
  evidence_at_ = line.opening.index;
  const auto record = proof::evidence_record_from(line.opening.record.bytes);
  if (!findings_.expect(record, Check::evidence, kClaim, line.leaf)) return;
  evidence_ = *record;
  if (!record->leaf) return;
  const proof::Leaf* capture = leaf_at(*record->leaf);
  const bool is_it = capture != nullptr && capture->type == LeafType::capture && record->anchor &&
                     capture->id.view() == record->anchor->capture.view();
  if (!is_it) {
    return findings_.add(Check::evidence, kClaim, line.leaf,
                         format("leaf {} is not the capture that the anchor names", *record->leaf));
  }
  used_.insert(*record->leaf);
  cited_.emplace(*record->leaf, record->anchor->part);
}

void ExcerptCheck::read_parts() {
  std::uint64_t parts = 0;
  std::optional<std::pair<LeafIndex, std::uint64_t>> last;
  for (const std::string& text : excerpt_.parts) {
    const auto line = proof::list_line_from(text);
    if (!findings_.expect(line, Check::evidence, kClaim)) continue;
    const OpenedEntry* capture = record_of(line->leaf);
    const auto value = capture == nullptr ? std::nullopt : capture->value("parts");
    const auto head = proof::ListHead::parse(value.value_or(std::string_view()));
    if (!findings_.expect(head, Check::evidence, kClaim, line->leaf)) continue;
    if (line->entry != line->leaf || line->slot != "parts") {
      findings_.add(Check::evidence, kClaim, line->leaf, "no record opens its list");
    }
    findings_.expect(proof::check_record(line->opening, *head), Check::evidence, kClaim, line->leaf);
    const auto part = proof::part_record_from(line->opening.record.bytes);
    if (!findings_.expect(part, Check::evidence, kClaim, line->leaf)) continue;
    const std::pair here{line->leaf, std::uint64_t{line->opening.index}};
    if (last && here <= *last) {
      findings_.add(Check::evidence, kClaim, line->leaf, "the parts are not ascending, or one is opened twice");
    }
    last = here;
    if (!cited_.contains({line->leaf, part->part})) {
      findings_.add(Check::evidence, kClaim, line->leaf, "no evidence here lies in that part");
    }
    if (policy_ && policy_->evidence == proof::Evidence::none) {
      findings_.add(Check::policy, kClaim, line->leaf, "opens a part, which the policy withholds");
    }
    captures_.insert(line->leaf);
    ++parts;
  }
  findings_.checked("parts of captures, each with the SHA-256 that its capture committed to", parts);
}

std::optional<proof::RuleInForce> ExcerptCheck::read_rule(const std::string& name) {
  const auto stamp = std::ranges::find(manifest_.rules, name, &proof::RuleStamp::name);
  const std::string* text = file("rules/" + name + ".json");
  const proof::Leaf* leaf = stamp == manifest_.rules.end() ? nullptr : leaf_at(stamp->leaf);
  if (text == nullptr || leaf == nullptr || leaf->type != LeafType::rule || leaf->bind != sha256(*text)) {
    findings_.add(Check::rule, name, "the rule is not one that a leaf of this log binds");
    return std::nullopt;
  }
  used_.insert(stamp->leaf);
  auto rule = proof::Rule::parse(*text);
  if (!findings_.expect(rule, Check::rule, name, stamp->leaf)) return std::nullopt;
  if (rule->name != name) {
    findings_.add(Check::rule, name, stamp->leaf, "the rule has another name");
    return std::nullopt;
  }
  return proof::RuleInForce{*std::move(rule), stamp->leaf};
}

std::optional<std::string> ExcerptCheck::stated_total(const std::string& name) {
  const std::string* text = file(kTotals);
  const auto json = Json::parse(text == nullptr ? std::string_view() : std::string_view(*text));
  const Json* list = json ? json->find("totals") : nullptr;
  for (const Json& total : list == nullptr ? Json::Array{} : list->items()) {
    if (total.text_of("rule") == name) return JsonWriter().value(total).take();
  }
  findings_.add(Check::total, kTotals, format("states no total of '{}'", name));
  return std::nullopt;
}

void ExcerptCheck::check_total() {
  const auto rule = read_rule(*excerpt_.total);
  const auto stated = stated_total(*excerpt_.total);
  if (!rule || !stated) return;
  const bool of_victims = rule->rule.unit == proof::Unit::victims;
  for (const OpenedEntry& member : records_) {
    const bool of_unit = member.type == (of_victims ? LeafType::victim : LeafType::event);
    if (!of_unit || proof::membership(rule->rule, member) == proof::Membership::out) {
      findings_.add(Check::total, kTotals, member.leaf, "it holds a record that the rule does not count");
    }
  }
  const std::uint64_t waiting = policy_ ? policy_->batch - 1 : 0;
  const proof::Population population{records_, records_, manifest_.events.withheld,
                                     manifest_.victims.withheld + waiting};
  const std::string counted = proof::to_json(proof::recount(rule->rule, rule->leaf, population));
  if (counted != *stated) {
    findings_.add(Check::total, kTotals, rule->leaf, format("says {}, the members here give {}", *stated, counted));
  }
  findings_.checked("totals, recounted from their members", 1);
  findings_.unchecked("Whether an entry that is not here counts too: that nothing was left out takes the edition.");
  findings_.unchecked(
      format("Whether each member still lives at size {}, whether two are one act, and how many are "
             "withheld: the edition says so, and only with all leaves can it be checked.",
             manifest_.size));
}

/// Nothing came along that is about something else.
void ExcerptCheck::check_needed() {
  for (const OpenedEntry& record : records_) {
    const bool allowed = is_entry(record.type) || record.type == LeafType::capture || record.type == LeafType::decision;
    if (!allowed) findings_.add(Check::record, kRecord, record.leaf, "it holds a record that it is not about");
  }
  if (excerpt_.total && (!excerpt_.claims.empty() || !excerpt_.parts.empty())) {
    findings_.add(Check::evidence, kClaim, "a total comes without claims");
  }
}

}  // namespace

Verdict verify_excerpt(std::string_view bytes, const Pin& pin, const ReaderClock& clock) {
  Findings findings;
  bool is_witnessed = false;
  const auto excerpt = proof::Excerpt::parse(bytes);
  if (findings.expect(excerpt, Check::file, "")) {
    ExcerptCheck check(*excerpt, pin, clock, findings);
    check.run();
    is_witnessed = check.is_witnessed();
  }
  if (!is_witnessed) {
    findings.unchecked(
        "No quorum of witnesses has signed this head: that every reader sees the same log is the "
        "operator's word.");
  }
  findings.unchecked("Whether what was captured is true: no log can prove that.");
  return std::move(findings).finish(is_witnessed ? Outcome::witnessed : Outcome::unwitnessed);
}

}  // namespace gavah::verify
