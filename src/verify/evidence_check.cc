#include <algorithm>
#include <set>
#include <unordered_set>

#include "base/format.h"
#include "base/json.h"
#include "proof/proof.h"
#include "verify/edition_state.h"

namespace gavah::verify {
namespace {

using proof::LeafIndex;
using proof::LeafType;
using PartKey = std::pair<LeafIndex, PartNumber>;

const std::string kClaims = "claims.jsonl";
const std::string kParts = "parts.jsonl";
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

/// The head that the list's slot opens to; nothing when it is not opened, which is said.
std::optional<proof::ListHead> head_of(const proof::ListLine& line, const EditionState& edition,
                                       const std::string& file, Findings& findings) {
  const proof::OpenedEntry* entry = edition.opened_leaf(line.leaf);
  const std::string* value = entry == nullptr ? nullptr : entry->value(line.slot);
  if (value == nullptr || entry->entry != line.entry) {
    findings.add(Check::evidence, file, line.leaf, format("no record opens the list '{}'", line.slot));
    return std::nullopt;
  }
  const auto head = proof::ListHead::parse(*value);
  if (!findings.expect(head, Check::evidence, file, line.leaf)) return std::nullopt;
  return *head;
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
    const auto origin = Json::parse(line->opening.record.bytes, Json::DuplicateKeys::reject);
    out.holds = findings.expect(origin, Check::evidence, kClaims, line->leaf);
  }
  return out;
}

/// A line of parts.jsonl, as checked.
struct OpenedPart {
  LeafIndex capture = 0;
  std::optional<proof::PartRecord> record;
  std::string path;
};

/// The file's own hash was compared with the manifest's; here it is compared with what the capture committed to.
OpenedPart read_part_line(std::string_view text, const EditionState& edition, Findings& findings) {
  OpenedPart out;
  const auto line = proof::list_line_from(text);
  if (!findings.expect(line, Check::evidence, kParts)) return out;
  const auto head = head_of(*line, edition, kParts, findings);
  if (!head) return out;
  if (!findings.expect(proof::check_record(line->opening, *head), Check::evidence, kParts, line->leaf)) return out;
  const auto record = proof::part_record_from(line->opening.record.bytes);
  if (!findings.expect(record, Check::evidence, kParts, line->leaf)) return out;
  out.capture = line->leaf;
  out.path = "evidence/" + record->sha256.hex();
  const auto stamp = edition.stamps.find(out.path);
  const bool same = line->slot == "parts" && stamp != edition.stamps.end() &&
                    stamp->second.size_bytes == record->size_bytes && stamp->second.sha256 == record->sha256;
  if (!same) {
    findings.add(Check::evidence, out.path, line->leaf, "is not the part that the capture committed to");
    return out;
  }
  out.record = *record;
  return out;
}

/// Parts whose bytes travel with the edition, by capture leaf and number.
class Parts {
 public:
  void read(std::size_t threads, const EditionState& edition, Findings& findings) {
    std::vector<std::string_view> lines;
    if (!split_lines(edition.file(kParts), lines)) findings.add(Check::evidence, kParts, "its last line is cut");
    std::vector<OpenedPart> read(lines.size());
    for_each_parallel(lines.size(), threads, findings,
                      [&](std::size_t i, Findings& found) { read[i] = read_part_line(lines[i], edition, found); });
    std::unordered_set<std::string> cited;
    for (OpenedPart& part : read) {
      if (!part.record) continue;
      const auto file = edition.files.find(part.path);
      if (!parts_.emplace(PartKey{part.capture, part.record->part}, &file->second).second) {
        findings.add(Check::evidence, kParts, part.capture, format("part {} is opened twice", part.record->part));
      }
      cited.insert(std::move(part.path));
    }
    for (const auto& [path, bytes] : edition.files) {
      if (path.starts_with("evidence/") && !cited.contains(path)) {
        findings.add(Check::evidence, path, "no part of a capture has these bytes");
      }
    }
    findings.checked("parts of captures, by the SHA-256 that their capture committed to", parts_.size());
  }
  /// Null when the part's bytes are not in the edition.
  const std::string* bytes(const PartKey& key) const {
    const auto part = parts_.find(key);
    return part == parts_.end() ? nullptr : part->second;
  }

 private:
  std::map<PartKey, const std::string*> parts_;
};

/// How far the walk from members to bytes goes.
struct Walk {
  std::uint64_t whole = 0;      ///< down to preserved bytes
  std::uint64_t no_bytes = 0;   ///< the part's bytes are not in the edition
  std::uint64_t no_anchor = 0;  ///< a claim without an anchor or a passage
};

void walk_claim(const proof::EvidenceRecord& evidence, const proof::ClaimRecord& claim, LeafIndex leaf,
                const Parts& parts, Walk& walk, Findings& findings) {
  const ByteRange* range = evidence.anchor ? std::get_if<ByteRange>(&evidence.anchor->where) : nullptr;
  if (range == nullptr || !claim.passage) {
    ++walk.no_anchor;
    return;
  }
  if (claim.passage->size() != range->size()) {
    return findings.add(Check::evidence, kClaims, leaf, "a passage is not as long as its anchor");
  }
  const std::string* bytes = parts.bytes({*evidence.leaf, evidence.anchor->part});
  if (bytes == nullptr) {
    ++walk.no_bytes;
    return;
  }
  const bool equal =
      range->end <= bytes->size() && std::string_view(*bytes).substr(range->begin, range->size()) == *claim.passage;
  if (!equal) return findings.add(Check::evidence, kClaims, leaf, "a passage is not what its anchor's bytes say");
  ++walk.whole;
}

void check_order(const std::vector<Opened>& lines, Findings& findings) {
  const auto key = [](const Opened& line) { return std::tuple(line.entry, line.index, line.slot); };
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (lines[i - 1].holds && lines[i].holds && key(lines[i - 1]) >= key(lines[i])) {
      findings.add(Check::evidence, kClaims, lines[i].leaf, "the lines are not ascending, or open a record twice");
    }
  }
}

void walk_all(const std::vector<Opened>& lines, const Parts& parts, Findings& findings) {
  Walk walk;
  std::uint64_t opened = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!lines[i].claim) continue;
    ++opened;
    const bool has_evidence =
        i > 0 && lines[i - 1].evidence && lines[i - 1].leaf == lines[i].leaf && lines[i - 1].index == lines[i].index;
    if (!has_evidence) {
      findings.add(Check::evidence, kClaims, lines[i].leaf, "a claim is opened without its evidence");
      continue;
    }
    walk_claim(*lines[i - 1].evidence, *lines[i].claim, lines[i].leaf, parts, walk, findings);
  }
  findings.checked("opened claims, each against its event's leaf", opened);
  findings.checked("of them walked down to preserved bytes", walk.whole);
  findings.withheld("opened claims whose part's bytes are not in the edition", walk.no_bytes);
  findings.withheld("opened claims without a passage of bytes", walk.no_anchor);
}

/// Lineages and records of evidence that are opened of one leaf.
struct Seen {
  std::set<std::uint32_t> lineages;
  std::uint64_t records = 0;
};

/// What is closed of the evidence of entries.
struct Closed {
  std::uint64_t claims = 0;
  std::uint64_t lists = 0;
};

/// Independent lineages, where all evidence of an entry is open, and at most as many as stated where it is not.
void check_lineages_of(const proof::OpenedEntry& entry, const std::unordered_map<LeafIndex, Seen>& seen, Closed& closed,
                       Findings& findings) {
  const std::string* head = entry.value("evidence");
  const auto parsed = proof::ListHead::parse(head == nullptr ? std::string_view() : std::string_view(*head));
  if (!parsed) {
    ++closed.lists;
    return;
  }
  const auto opened = seen.find(entry.leaf);
  const std::uint64_t records = opened == seen.end() ? 0 : opened->second.records;
  const std::uint64_t lineages = opened == seen.end() ? 0 : opened->second.lineages.size();
  closed.claims += parsed->count - std::min(parsed->count, records);
  const std::string* stated = entry.value("lineages");
  if (stated == nullptr) return;
  const std::uint64_t wanted = proof::index_from(*stated).value_or(0);
  if (records == parsed->count ? lineages != wanted : lineages > wanted) {
    findings.add(Check::evidence, kClaims, entry.leaf,
                 format("states {} independent lineages, its evidence gives {}", *stated, lineages));
  }
}

void check_lineages(const std::vector<Opened>& lines, const EditionState& edition, Findings& findings) {
  std::unordered_map<LeafIndex, Seen> seen;
  for (const Opened& line : lines) {
    if (!line.evidence) continue;
    Seen& here = seen[line.leaf];
    here.lineages.insert(line.evidence->lineage);
    ++here.records;
  }
  Closed closed;
  for (const proof::OpenedEntry& entry : edition.events) check_lineages_of(entry, seen, closed, findings);
  for (const proof::OpenedEntry& entry : edition.others) {
    if (entry.type == LeafType::victim) check_lineages_of(entry, seen, closed, findings);
  }
  findings.withheld("claims, with their passages and evidence", closed.claims);
  findings.withheld("entries whose list of evidence is closed", closed.lists);
}

}  // namespace

void check_evidence(std::size_t threads, const EditionState& edition, Findings& findings) {
  std::vector<std::string_view> lines;
  if (!split_lines(edition.file(kClaims), lines)) findings.add(Check::evidence, kClaims, "its last line is cut");
  std::vector<Opened> opened(lines.size());
  for_each_parallel(lines.size(), threads, findings,
                    [&](std::size_t i, Findings& found) { opened[i] = read_claim_line(lines[i], edition, found); });
  Parts parts;
  parts.read(threads, edition, findings);
  check_order(opened, findings);
  walk_all(opened, parts, findings);
  check_lineages(opened, edition, findings);
}

}  // namespace gavah::verify
