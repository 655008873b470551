#include "publish/excerpt.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/format.h"

namespace gavah::publish {
namespace {

using proof::LeafIndex;
using proof::LeafType;

/// Reads the leaves that an excerpt is about, and how they lie in the tree.
class LeafReader {
 public:
  LeafReader(Disk& disk, const std::string& directory, std::uint64_t size)
      : disk_(disk), log_(join_path(directory, "log")), size_(size) {}

  Result<std::string> bytes(LeafIndex index) {
    const std::uint64_t number = index / proof::kTileWidth;
    const auto width =
        static_cast<std::uint32_t>(std::min<std::uint64_t>(proof::kTileWidth, size_ - number * proof::kTileWidth));
    if (index >= size_) return fail(ErrorCode::not_found, format("the edition's log has no leaf {}", index));
    if (number_ != number) {
      GAVAH_ASSIGN(bundle_, disk_.read(join_path(log_, proof::path_of(proof::BundleName{number, width}))));
      number_ = number;
    }
    GAVAH_ASSIGN(const auto entries, proof::entries_from_bundle(bundle_, width));
    return std::string(entries[index % proof::kTileWidth]);
  }

  Result<proof::ExcerptLeaf> leaf(LeafIndex index) {
    if (!nodes_) {
      nodes_ = proof::nodes_from_tiles(
          size_, [this](const proof::TileName& tile) { return disk_.read(join_path(log_, proof::path_of(tile))); });
    }
    proof::ExcerptLeaf out;
    out.index = index;
    GAVAH_ASSIGN(out.bytes, bytes(index));
    GAVAH_ASSIGN(out.proof, proof::inclusion_proof(index, size_, nodes_));
    return out;
  }

  Result<LeafType> type_of(LeafIndex index) {
    GAVAH_ASSIGN(const std::string text, bytes(index));
    GAVAH_ASSIGN(const proof::Leaf leaf, proof::parse_leaf(text));
    return leaf.type;
  }

 private:
  Disk& disk_;
  std::string log_;
  std::uint64_t size_;
  std::optional<std::uint64_t> number_;
  std::string bundle_;
  proof::NodeReader nodes_;
};

/// Makes one excerpt. Lives for one call.
class ExcerptMaker {
 public:
  ExcerptMaker(Disk& disk, std::string directory, const ExcerptChoice& choice)
      : disk_(disk), directory_(std::move(directory)), choice_(choice) {}

  Result<proof::Excerpt> make() {
    GAVAH_ASSIGN(out_.manifest, read("edition.json"));
    GAVAH_ASSIGN(out_.checkpoint, read("checkpoint"));
    GAVAH_ASSIGN(const proof::Note note, proof::parse_note(out_.manifest));
    GAVAH_ASSIGN(manifest_, proof::Manifest::parse(note.text));
    leaves_.emplace(disk_, directory_, manifest_.size);
    GAVAH_TRY(take_file("policy.json"));
    GAVAH_TRY(choice_.entry ? take_entry() : take_total());
    for (const LeafIndex index : wanted_) {
      GAVAH_ASSIGN(proof::ExcerptLeaf leaf, leaves_->leaf(index));
      out_.leaves.push_back(std::move(leaf));
    }
    return std::move(out_);
  }

 private:
  Result<std::string> read(const std::string& path) { return disk_.read(join_path(directory_, path)); }
  Result<void> take_file(const std::string& path) {
    GAVAH_ASSIGN(out_.files[path], read(path));
    return {};
  }
  /// A record and what it is about.
  Result<proof::OpenedEntry> read_record(std::string_view line) {
    GAVAH_ASSIGN(const LeafIndex leaf, proof::leaf_of_record_line(line));
    GAVAH_ASSIGN(const LeafType table, leaves_->type_of(leaf));
    GAVAH_ASSIGN(const proof::RecordLine record, proof::parse_record_line(line, table));
    return proof::opened_from(record, table);
  }
  void take_record(std::string_view line, const proof::OpenedEntry& opened) {
    wanted_.insert(opened.leaf);
    wanted_.insert(opened.entry);
    out_.records.emplace_back(line);
  }

  Result<void> take_entry();
  Result<void> take_claims(LeafIndex entry, std::set<LeafIndex>& captures);
  Result<void> take_parts(const std::set<LeafIndex>& captures);
  Result<void> take_records_of(const std::set<LeafIndex>& others);
  Result<void> take_total();

  template <class Visit>
  Result<void> for_each_line(const std::string& path, Visit visit) {
    GAVAH_ASSIGN(const std::string text, read(path));
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      GAVAH_TRY(visit(std::string_view(text).substr(begin, end - begin)));
      begin = end + 1;
    }
    return {};
  }

  Disk& disk_;
  std::string directory_;
  const ExcerptChoice& choice_;
  proof::Manifest manifest_;
  std::optional<LeafReader> leaves_;
  std::set<LeafIndex> wanted_;
  proof::Excerpt out_;
};

bool is_entry_line(std::string_view line) {
  return line.starts_with(R"({"type":"event",)") || line.starts_with(R"({"type":"victim",)");
}

Result<void> ExcerptMaker::take_entry() {
  out_.entry = choice_.entry;
  std::optional<proof::OpenedEntry> found;
  std::string record;
  GAVAH_TRY(for_each_line("records.jsonl", [&](std::string_view line) -> Result<void> {
    if (found || !is_entry_line(line)) return {};
    if (line.find(format(",\"entry\":{},", *choice_.entry)) == std::string_view::npos) return {};
    GAVAH_ASSIGN(proof::OpenedEntry opened, read_record(line));
    if (opened.entry != *choice_.entry) return {};
    record = line;
    found = std::move(opened);
    return {};
  }));
  if (!found) return fail(ErrorCode::not_found, format("the edition discloses no entry {}", *choice_.entry));
  wanted_.insert(found->leaf);
  wanted_.insert(found->entry);
  std::set<LeafIndex> captures;
  GAVAH_TRY(take_claims(found->entry, captures));
  wanted_.insert(captures.begin(), captures.end());
  GAVAH_TRY(take_parts(captures));
  std::set<LeafIndex> others;
  for (const std::string& line : out_.parts) {
    GAVAH_ASSIGN(const proof::ListLine part, proof::list_line_from(line));
    others.insert(part.leaf);
  }
  const auto status = found->value("status");
  const auto decision = found->value("status/decision");
  if (status && *status == "verified" && decision) {
    others.insert(proof::index_from(*decision).value_or(0));
  }
  others.insert(found->entry);
  return take_records_of(others);
}

Result<void> ExcerptMaker::take_claims(LeafIndex entry, std::set<LeafIndex>& captures) {
  GAVAH_TRY(for_each_line("claims.jsonl", [&](std::string_view text) -> Result<void> {
    if (text.find(format(",\"entry\":{},", entry)) == std::string_view::npos) return {};
    GAVAH_ASSIGN(const proof::ListLine line, proof::list_line_from(text));
    if (line.entry != entry || (choice_.claim && line.opening.index != *choice_.claim)) return {};
    out_.claims.emplace_back(text);
    if (line.slot != "evidence") return {};
    GAVAH_ASSIGN(const proof::EvidenceRecord evidence, proof::evidence_record_from(line.opening.record.bytes));
    if (evidence.leaf) captures.insert(*evidence.leaf);
    return {};
  }));
  if (!choice_.claim || !out_.claims.empty()) return {};
  return fail(ErrorCode::not_found, format("the edition opens no claim {} of entry {}", *choice_.claim, entry));
}

Result<void> ExcerptMaker::take_parts(const std::set<LeafIndex>& captures) {
  std::set<std::pair<LeafIndex, PartNumber>> cited;
  for (const std::string& text : out_.claims) {
    GAVAH_ASSIGN(const proof::ListLine line, proof::list_line_from(text));
    if (line.slot != "evidence") continue;
    GAVAH_ASSIGN(const proof::EvidenceRecord evidence, proof::evidence_record_from(line.opening.record.bytes));
    if (evidence.leaf) cited.emplace(*evidence.leaf, evidence.anchor->part);
  }
  return for_each_line("parts.jsonl", [&](std::string_view text) -> Result<void> {
    GAVAH_ASSIGN(const proof::ListLine line, proof::list_line_from(text));
    if (!captures.contains(line.leaf)) return {};
    GAVAH_ASSIGN(const proof::PartRecord part, proof::part_record_from(line.opening.record.bytes));
    if (cited.contains({line.leaf, part.part})) out_.parts.emplace_back(text);
    return {};
  });
}

Result<void> ExcerptMaker::take_records_of(const std::set<LeafIndex>& others) {
  return for_each_line("records.jsonl", [&](std::string_view line) -> Result<void> {
    constexpr std::string_view kKey = ",\"entry\":";
    const std::size_t at = line.find(kKey);
    const std::size_t end = at == std::string_view::npos ? at : line.find(',', at + kKey.size());
    if (end == std::string_view::npos) return {};
    const auto entry = proof::index_from(line.substr(at + kKey.size(), end - at - kKey.size()));
    if (!entry || !others.contains(*entry)) return {};
    GAVAH_ASSIGN(const proof::OpenedEntry opened, read_record(line));
    take_record(line, opened);
    return {};
  });
}

Result<void> ExcerptMaker::take_total() {
  out_.total = choice_.total;
  const auto stamp = std::ranges::find(manifest_.rules, *choice_.total, &proof::RuleStamp::name);
  if (stamp == manifest_.rules.end()) {
    std::string names;
    for (const proof::RuleStamp& rule : manifest_.rules) names.append(names.empty() ? "" : ", ").append(rule.name);
    return fail(ErrorCode::not_found, format("the edition counts by no rule '{}'; it has {}", *choice_.total, names));
  }
  wanted_.insert(stamp->leaf);
  const std::string path = "rules/" + stamp->name + ".json";
  GAVAH_TRY(take_file(path));
  GAVAH_TRY(take_file("totals.json"));
  GAVAH_ASSIGN(const proof::Rule rule, proof::Rule::parse(out_.files.at(path)));
  const bool of_victims = rule.unit == proof::Unit::victims;
  const std::string_view type = of_victims ? R"({"type":"victim",)" : R"({"type":"event",)";
  return for_each_line("records.jsonl", [&](std::string_view line) -> Result<void> {
    if (!line.starts_with(type)) return {};
    GAVAH_ASSIGN(const proof::OpenedEntry opened, read_record(line));
    if (proof::membership(rule, opened) != proof::Membership::out) take_record(line, opened);
    return {};
  });
}

}  // namespace

Result<proof::Excerpt> make_excerpt(Disk& disk, const std::string& directory, const ExcerptChoice& choice) {
  if (choice.entry.has_value() == choice.total.has_value()) {
    return fail(ErrorCode::invalid_input, "an excerpt is of one entry or of one total");
  }
  auto made = ExcerptMaker(disk, directory, choice).make();
  if (!made) return fail_with(std::move(made), format("taking an excerpt of {}", directory));
  if (made->text().size() > proof::kMaxExcerptBytes) {
    return fail(ErrorCode::refused, "the total has too many members for an excerpt: hand over the edition");
  }
  return made;
}

}  // namespace gavah::publish
