#include "publish/previous_edition.h"

#include "base/format.h"
#include "base/json.h"
#include "proof/proof.h"

namespace gavah::publish {
namespace {

Result<std::vector<proof::TotalStamp>> total_stamps(std::string_view totals) {
  GAVAH_ASSIGN(const Json json, Json::parse(totals));
  std::vector<proof::TotalStamp> out;
  const Json* list = json.find("totals");
  if (list == nullptr) return fail(ErrorCode::corrupt, "totals.json holds no totals");
  for (const Json& total : list->items()) {
    const Json* all = total.find("all");
    if (all == nullptr) return fail(ErrorCode::corrupt, "a total has no overall number");
    ObjectReader in(*all);
    proof::TotalStamp stamp;
    stamp.rule = std::string(total.text_of("rule"));
    stamp.bounds.low = in.integer("low");
    stamp.bounds.high = in.optional_integer("high");
    GAVAH_TRY(in.finish());
    out.push_back(std::move(stamp));
  }
  return out;
}

/// Calls `visit` for each line.
template <class Visit>
Result<void> for_each_line(std::string_view text, Visit visit) {
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    GAVAH_TRY(visit(text.substr(begin, end - begin)));
    begin = end + 1;
  }
  return {};
}

Result<void> read_record(std::string_view line, const proof::Register& entries, PreviousEdition& out) {
  const bool is_event = line.starts_with(R"({"type":"event",)");
  const bool is_victim = line.starts_with(R"({"type":"victim",)");
  const bool is_source = line.starts_with(R"({"type":"source",)");
  if (!is_event && !is_victim && !is_source) return {};
  GAVAH_ASSIGN(const proof::LeafIndex leaf, proof::leaf_of_record_line(line));
  if (leaf >= entries.size()) return fail(ErrorCode::corrupt, "a record is of no leaf of this log");
  const proof::LeafType table = entries.type_of(leaf);
  GAVAH_ASSIGN(const proof::RecordLine record, proof::parse_record_line(line, table));
  proof::OpenedEntry opened = proof::opened_from(record, table);
  if (is_source) {
    out.released.sources.insert(leaf);
  } else if (is_event) {
    out.events.push_back(std::move(opened));
  } else {
    if (!opened.slots.empty()) out.released.victims.insert(leaf);
    out.victims.push_back(std::move(opened));
  }
  return {};
}

Result<void> read_claim_line(std::string_view line, PreviousEdition& out) {
  if (line.find(R"(,"slot":"origins",)") == std::string_view::npos) return {};
  GAVAH_ASSIGN(const proof::ListLine opened, proof::list_line_from(line));
  if (opened.slot == "origins") out.released.origins.emplace(opened.leaf, opened.opening.index);
  return {};
}

}  // namespace

Result<PreviousEdition> read_previous_edition(Disk& disk, const std::string& directory,
                                              const proof::Register& entries) {
  PreviousEdition out;
  GAVAH_ASSIGN(const std::string manifest_bytes, disk.read(join_path(directory, "edition.json")));
  GAVAH_ASSIGN(const proof::Note note, proof::parse_note(manifest_bytes));
  GAVAH_ASSIGN(const proof::Manifest manifest, proof::Manifest::parse(note.text));
  out.stamp.manifest = sha256(manifest_bytes);
  out.stamp.number = manifest.number;
  out.stamp.size = manifest.size;
  out.stamp.policy = manifest.policy;
  GAVAH_ASSIGN(const std::string totals, disk.read(join_path(directory, "totals.json")));
  GAVAH_ASSIGN(out.stamp.totals, total_stamps(totals));
  GAVAH_ASSIGN(const std::string records, disk.read(join_path(directory, "records.jsonl")));
  GAVAH_TRY(for_each_line(records, [&](std::string_view line) { return read_record(line, entries, out); }));
  GAVAH_ASSIGN(const std::string claims, disk.read(join_path(directory, "claims.jsonl")));
  GAVAH_TRY(for_each_line(claims, [&](std::string_view line) { return read_claim_line(line, out); }));
  for (const proof::RuleStamp& stamp : manifest.rules) {
    GAVAH_ASSIGN(const std::string text, disk.read(join_path(directory, "rules/" + stamp.name + ".json")));
    GAVAH_ASSIGN(proof::Rule rule, proof::Rule::parse(text));
    out.rules.push_back({std::move(rule), stamp.leaf});
  }
  return out;
}

}  // namespace gavah::publish
