#include <algorithm>
#include <numeric>
#include <set>

#include "base/format.h"
#include "proof/proof.h"
#include "verify/edition_state.h"
#include "verify/opened_parts.h"

namespace gavah::verify {
namespace {

using proof::LeafIndex;
using proof::LeafType;

const std::string kClaims = "claims.jsonl";
constexpr std::array<std::string_view, 3> kSlots{"evidence", "claims", "origins"};

/// An opened record of an entry's lists, as checked.
struct Opened {
  bool holds = false;
  LeafIndex entry = 0;
  LeafIndex leaf = 0;
  std::uint64_t index = 0;
  std::size_t slot = 0;  ///< in kSlots
  std::optional<proof::EvidenceRecord> evidence;
  std::optional<proof::ClaimRecord> claim;
};

/// A part that evidence lies in is called linked; what was redacted has no status any more.
void check_linked(const proof::EvidenceRecord& record, LeafIndex leaf, const EditionState& edition,
                  Findings& findings) {
  const auto* capture = edition.entries.find_capture(*record.leaf);
  if (capture == nullptr || capture->redacted) return;
  if (std::ranges::binary_search(edition.linked, PartKey{*record.leaf, record.anchor->part})) return;
  findings.add(Check::disposition, kClaims, leaf,
               format("rests on part {} of the capture at leaf {}, which is not called linked", record.anchor->part,
                      *record.leaf));
}

/// The words of the policy about lists: what it says of a record that is open.
void check_allowed(const Opened& opened, const EditionState& edition, Findings& findings) {
  if (!edition.policy) return;
  const proof::Policy& policy = *edition.policy;
  const auto wrong = [&](std::string_view what) {
    findings.add(Check::policy, kClaims, opened.leaf, format("opens {}, which the policy withholds", what));
  };
  if (opened.slot == 2 && policy.origins == proof::Disclosure::withheld) wrong("where a claim comes from");
  if (opened.slot != 2 && policy.passages == proof::Passages::none) wrong("a claim");
  const bool no_persons = policy.passages == proof::Passages::without_persons;
  if (opened.claim && no_persons && proof::names_persons(*opened.claim)) wrong("a claim that names a person");
}

void read_evidence(const proof::ListLine& line, const EditionState& edition, Opened& out, Findings& findings) {
  const auto record = proof::evidence_record_from(line.opening.record.bytes);
  if (!findings.expect(record, Check::evidence, kClaims, line.leaf)) return;
  if (record->leaf.has_value() != record->anchor.has_value()) {
    return findings.add(Check::evidence, kClaims, line.leaf, "a record of evidence is anchored by half");
  }
  if (record->leaf) {
    const bool is_capture =
        *record->leaf < edition.leaves.size() && edition.leaves[*record->leaf].type == LeafType::capture;
    if (!is_capture || edition.leaves[*record->leaf].id.view() != record->anchor->capture.view()) {
      return findings.add(Check::evidence, kClaims, line.leaf,
                          format("leaf {} is not the capture that the anchor names", *record->leaf));
    }
  }
  if (record->leaf) check_linked(*record, line.leaf, edition, findings);
  out.evidence = *record;
  out.holds = true;
}

Opened read_claim_line(std::string_view text, const EditionState& edition, Findings& findings) {
  Opened out;
  const auto line = proof::list_line_from(text);
  if (!findings.expect(line, Check::evidence, kClaims)) return out;
  const auto slot = std::ranges::find(kSlots, std::string_view(line->slot));
  if (slot == kSlots.end()) {
    findings.add(Check::evidence, kClaims, line->leaf, format("'{}' is no list of an entry", line->slot));
    return out;
  }
  const auto head = head_of(*line, edition, kClaims, findings);
  if (!head) return out;
  if (!findings.expect(proof::check_record(line->opening, *head), Check::evidence, kClaims, line->leaf)) return out;
  out.entry = line->entry;
  out.leaf = line->leaf;
  out.index = line->opening.index;
  out.slot = static_cast<std::size_t>(slot - kSlots.begin());
  if (out.slot == 0) {
    read_evidence(*line, edition, out, findings);
  } else if (out.slot == 1) {
    auto record = proof::claim_record_from(line->opening.record.bytes);
    out.holds = findings.expect(record, Check::evidence, kClaims, line->leaf);
    if (out.holds) out.claim = *std::move(record);
  } else {
    proof::LineScanner origin(line->opening.record.bytes);
    origin.value();
    out.holds = origin.at_end();
    if (!out.holds) findings.add(Check::evidence, kClaims, line->leaf, "a record is not in canonical form");
  }
  if (out.holds) check_allowed(out, edition, findings);
  return out;
}

/// How far the walk from a claim to bytes goes.
enum class Step {
  to_bytes,   ///< down to preserved bytes
  no_bytes,   ///< the part's bytes are not in the edition
  no_anchor,  ///< a claim without an anchor or a passage
  failed
};

/// From a claim to the bytes that its passage was taken from.
class Walker {
 public:
  explicit Walker(const OpenedParts& parts) : parts_(parts) {}

  Step walk(const proof::EvidenceRecord& evidence, const proof::ClaimRecord& claim, LeafIndex leaf,
            Findings& findings) const {
    const ByteRange* range = evidence.anchor ? std::get_if<ByteRange>(&evidence.anchor->where) : nullptr;
    if (range == nullptr || !claim.passage) return Step::no_anchor;
    const auto wrong = [&](std::string_view why) {
      findings.add(Check::evidence, kClaims, leaf, std::string(why));
      return Step::failed;
    };
    if (claim.passage->size() != range->size()) return wrong("a passage is not as long as its anchor");
    const OpenedPart* part = parts_.find({*evidence.leaf, evidence.anchor->part});
    if (part == nullptr) return Step::no_bytes;
    if (range->end > part->record.size_bytes || parts_.bytes_of(*part, *range) != *claim.passage) {
      return wrong("a passage is not what its anchor's bytes say");
    }
    return Step::to_bytes;
  }

 private:
  const OpenedParts& parts_;
};

/// What of the evidence of one leaf is opened.
struct Seen {
  std::set<std::uint32_t> lineages;
  std::uint64_t records = 0;
};

/// Lines of claims.jsonl that follow one another.
struct ClaimLines {
  std::vector<Opened> lines;
  std::array<std::uint64_t, 4> steps{};  ///< of the claims in all lines but the first
};

/// The lines of claims.jsonl as they come, in order: what is true of their sequence, and the walk from each claim.
class Claims {
 public:
  explicit Claims(const OpenedParts& parts) : parts_(parts), walker_(parts) {}

  /// Reads lines that follow one another. Any thread.
  ClaimLines read(std::span<const std::string_view> lines, const EditionState& edition, Findings& findings) const {
    ClaimLines out;
    out.lines.reserve(lines.size());
    for (const std::string_view line : lines) {
      out.lines.push_back(read_claim_line(line, edition, findings));
      if (out.lines.size() > 1) walk(out.lines[out.lines.size() - 2], out.lines.back(), out.steps, findings);
    }
    check_order(out.lines, findings);
    return out;
  }

  /// Takes over what read() gave for the lines that come next.
  void take(ClaimLines&& read, Findings& findings) {
    if (read.lines.empty()) return;
    const std::array<Opened, 2> seam{std::move(last_), read.lines.front()};
    check_order(seam, findings);
    walk(seam.front(), seam.back(), steps_, findings);
    for (std::size_t i = 0; i < steps_.size(); ++i) steps_[i] += read.steps[i];
    for (const Opened& line : read.lines) {
      if (line.evidence) note(line, findings);
      if (line.holds && line.slot == 2) origins_.emplace_hint(origins_.end(), line.leaf, line.index);
    }
    last_ = std::move(read.lines.back());
  }

  /// Opened records of origins, by leaf and place.
  const std::set<std::pair<LeafIndex, std::uint64_t>>& origins() const { return origins_; }

  void report(Findings& findings) const {
    const auto count = [&](Step step) { return steps_[static_cast<std::size_t>(step)]; };
    findings.checked("opened claims, each against its event's leaf",
                     std::accumulate(steps_.begin(), steps_.end(), std::uint64_t{0}));
    findings.checked("of them walked down to preserved bytes", count(Step::to_bytes));
    findings.withheld("opened claims whose part's bytes are not in the edition", count(Step::no_bytes));
    findings.withheld("opened claims without a passage of bytes", count(Step::no_anchor));
  }
  /// Parts in which opened evidence lies.
  const std::set<PartKey>& cited() const { return cited_; }
  /// Null when no evidence of that leaf is open.
  const Seen* seen(LeafIndex leaf) const {
    const auto found = seen_.find(leaf);
    return found == seen_.end() ? nullptr : &found->second;
  }

 private:
  /// Walks from `line`, when it is a claim, by the evidence in the line before it.
  void walk(const Opened& before, const Opened& line, std::array<std::uint64_t, 4>& steps, Findings& findings) const {
    if (!line.claim) return;
    Step step = Step::failed;
    if (!before.evidence || before.leaf != line.leaf || before.index != line.index) {
      findings.add(Check::evidence, kClaims, line.leaf, "a claim is opened without its evidence");
    } else {
      step = walker_.walk(*before.evidence, *line.claim, line.leaf, findings);
    }
    ++steps[static_cast<std::size_t>(step)];
  }

  static void check_order(std::span<const Opened> lines, Findings& findings) {
    const auto key = [](const Opened& line) { return std::tuple(line.entry, line.index, line.slot); };
    for (std::size_t i = 1; i < lines.size(); ++i) {
      if (lines[i - 1].holds && lines[i].holds && key(lines[i - 1]) >= key(lines[i])) {
        findings.add(Check::evidence, kClaims, lines[i].leaf, "the lines are not ascending, or open a record twice");
      }
    }
  }

  void note(const Opened& line, Findings& findings) {
    Seen& here = seen_[line.leaf];
    here.lineages.insert(line.evidence->lineage);
    ++here.records;
    if (!line.evidence->leaf) return;
    cited_.emplace(*line.evidence->leaf, line.evidence->anchor->part);
    check_copy(line, findings);
  }

  /// The same bytes are one origin, taken in once or twice: a second lineage of them would be invented.
  void check_copy(const Opened& line, Findings& findings) {
    if (line.leaf != words_leaf_) words_.clear();
    words_leaf_ = line.leaf;
    PartKey where{*line.evidence->leaf, line.evidence->anchor->part};
    Digest digest;
    if (const OpenedPart* part = parts_.find(where)) {
      digest = part->record.sha256;
      where = {};
    }
    const auto [same, is_new] =
        words_.try_emplace(std::tuple(digest, where, line.evidence->anchor->where), line.evidence->lineage);
    if (is_new || same->second == line.evidence->lineage) return;
    findings.add(Check::evidence, kClaims, line.leaf, "the same bytes are counted as two independent lineages");
  }

  const OpenedParts& parts_;
  /// Which lineage the bytes that evidence of one leaf lies in are of.
  std::map<std::tuple<Digest, PartKey, decltype(Anchor::where)>, std::uint32_t> words_;
  LeafIndex words_leaf_ = 0;
  std::set<PartKey> cited_;
  std::set<std::pair<LeafIndex, std::uint64_t>> origins_;
  Walker walker_;
  Opened last_;  ///< of the lines taken before
  std::array<std::uint64_t, 4> steps_{};
  std::unordered_map<LeafIndex, Seen> seen_;
};

/// What is closed of the evidence of entries.
struct Closed {
  std::uint64_t claims = 0;
  std::uint64_t lists = 0;
};

/// Evidence, claims and origins are three lists of the same records, and a report has one of them at least.
void check_lengths(const proof::OpenedEntry& entry, std::uint64_t count, Findings& findings) {
  for (const auto* path : {"claims", "origins"}) {
    const auto head = entry.value(path);
    const auto parsed = proof::ListHead::parse(head.value_or(std::string_view()));
    if (!parsed || parsed->count == count) continue;
    findings.add(Check::evidence, kClaims, entry.leaf,
                 format("its list of evidence has {} records, that of {} has {}", count, path, parsed->count));
  }
  const auto reports = entry.value("reports");
  if (!reports || proof::index_from(*reports).value_or(UINT64_MAX) <= count) return;
  findings.add(Check::evidence, kClaims, entry.leaf, format("states {} reports and has {} claims", *reports, count));
}

/// Independent lineages, where all evidence of an entry is open, and at most as many as stated where it is not.
void check_lineages_of(const proof::OpenedEntry& entry, const Claims& claims, Closed& closed, Findings& findings) {
  const auto head = entry.value("evidence");
  const auto parsed = proof::ListHead::parse(head.value_or(std::string_view()));
  if (!parsed) {
    ++closed.lists;
    return;
  }
  check_lengths(entry, parsed->count, findings);
  const Seen* seen = claims.seen(entry.leaf);
  const std::uint64_t records = seen == nullptr ? 0 : seen->records;
  const std::uint64_t lineages = seen == nullptr ? 0 : seen->lineages.size();
  closed.claims += parsed->count - std::min(parsed->count, records);
  const auto stated = entry.value("lineages");
  if (!stated) return;
  const std::uint64_t wanted = proof::index_from(*stated).value_or(0);
  if (records == parsed->count ? lineages != wanted : lineages > wanted) {
    findings.add(Check::evidence, kClaims, entry.leaf,
                 format("states {} independent lineages, its evidence gives {}", *stated, lineages));
  }
}

void check_lineages(const Claims& claims, const EditionState& edition, Findings& findings) {
  Closed closed;
  for (const proof::OpenedEntry& entry : edition.events) check_lineages_of(entry, claims, closed, findings);
  for (const proof::OpenedEntry& entry : edition.others) {
    if (entry.type == LeafType::victim) check_lineages_of(entry, claims, closed, findings);
  }
  findings.withheld("claims, with their passages and evidence", closed.claims);
  findings.withheld("entries whose list of evidence is closed", closed.lists);
}

}  // namespace

void check_evidence(const EditionFolder& folder, std::size_t threads, EditionState& edition, Findings& findings) {
  OpenedParts parts(folder);
  parts.read(threads, edition, findings);
  Claims claims(parts);
  const auto stamp = edition.stamps.find(kClaims);
  if (stamp != edition.stamps.end()) {
    folder.read_line_blocks<ClaimLines>(
        stamp->second, Check::evidence, threads, findings,
        [&](std::span<const std::string_view> lines, Findings& found) { return claims.read(lines, edition, found); },
        [&](ClaimLines&& lines) { claims.take(std::move(lines), findings); });
  }
  edition.origins = claims.origins();
  claims.report(findings);
  parts.check_cited(claims.cited(), edition, findings);
  check_lineages(claims, edition, findings);
}

}  // namespace gavah::verify
