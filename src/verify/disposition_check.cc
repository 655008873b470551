#include <algorithm>
#include <set>

#include "base/format.h"
#include "proof/proof.h"
#include "verify/edition_state.h"

namespace gavah::verify {
namespace {

using proof::LeafIndex;

const std::string kFile = "dispositions.jsonl";

struct Disposition {
  std::optional<LeafIndex> capture;  ///< nothing when the line does not hold
  std::map<std::string, std::uint64_t> statuses;
  std::vector<PartNumber> linked;  ///< ascending
  std::vector<PartNumber> destroyed;
};

void check_statuses(const proof::DispositionLine& line, std::uint64_t part_count, Disposition& out,
                    Findings& findings) {
  if (line.records.size() != part_count) {
    findings.add(Check::disposition, kFile, line.leaf,
                 format("the capture has {} parts, {} have a status", part_count, line.records.size()));
  }
  std::vector<PartNumber> parts;
  for (const proof::ListRecord& record : line.records) {
    const auto status = proof::status_record_from(record.bytes);
    if (!findings.expect(status, Check::disposition, kFile, line.leaf)) continue;
    if (status->part >= part_count) {
      findings.add(Check::disposition, kFile, line.leaf, format("the capture has no part {}", status->part));
    }
    parts.push_back(status->part);
    if (status->status == "linked") out.linked.push_back(status->part);
    if (status->status == "destroyed") out.destroyed.push_back(status->part);
    ++out.statuses[status->status];
  }
  std::ranges::sort(parts);
  std::ranges::sort(out.linked);
  if (std::ranges::adjacent_find(parts) != parts.end()) {
    findings.add(Check::disposition, kFile, line.leaf, "a part has two statuses");
  }
}

void check_line(std::string_view text, const EditionState& edition, Disposition& out, Findings& findings) {
  const auto line = proof::disposition_line_from(text);
  if (!findings.expect(line, Check::disposition, kFile)) return;
  const auto* capture = edition.entries.find_capture(line->capture);
  if (capture == nullptr || capture->dispose != line->leaf) {
    return findings.add(Check::disposition, kFile, line->leaf,
                        format("is not the latest disposition of the capture at leaf {}", line->capture));
  }
  const proof::OpenedEntry* dispose = edition.opened_leaf(line->leaf);
  const auto head = dispose == nullptr ? std::nullopt : dispose->value("statuses");
  const auto parsed = !head ? Result<proof::ListHead>(fail(ErrorCode::not_found, "no record opens its list"))
                            : proof::ListHead::parse(*head);
  if (!findings.expect(parsed, Check::disposition, kFile, line->leaf)) return;
  if (!proof::is_whole_list(line->records, *parsed)) {
    return findings.add(Check::disposition, kFile, line->leaf, "the statuses are not those of the leaf");
  }
  const proof::OpenedEntry* opened = edition.opened_leaf(line->capture);
  const auto count = opened == nullptr ? std::nullopt : opened->value("part-count");
  if (!count) {
    return findings.add(Check::disposition, kFile, line->capture, "the capture does not open how many parts it has");
  }
  const auto parts = opened->value("parts");
  const auto listed = proof::ListHead::parse(parts.value_or(std::string_view()));
  if (listed && std::to_string(listed->count) != *count) {
    findings.add(Check::disposition, kFile, line->capture,
                 format("the capture states {} parts and its list has {}", *count, listed->count));
  }
  check_statuses(*line, proof::index_from(*count).value_or(UINT64_MAX), out, findings);
  const bool is_said = capture->reductions == 0 ? out.destroyed.empty() : out.destroyed.size() >= capture->reductions;
  if (!is_said) {
    findings.add(Check::disposition, kFile, line->capture,
                 format("{} leaves destroyed parts of the capture, and {} parts are called destroyed",
                        capture->reductions, out.destroyed.size()));
  }
  out.capture = line->capture;
}

}  // namespace

void check_dispositions(const EditionFolder& folder, std::size_t threads, EditionState& edition, Findings& findings) {
  std::set<LeafIndex> disposed;
  std::map<std::string, std::uint64_t> statuses;
  std::optional<LeafIndex> last;
  const auto read = [&](std::string_view line, Findings& found) {
    Disposition out;
    check_line(line, edition, out, found);
    return out;
  };
  const auto take = [&](std::vector<Disposition>&& lines) {
    for (const Disposition& disposition : lines) {
      if (!disposition.capture) continue;
      const LeafIndex capture = *disposition.capture;
      if (last && *last >= capture) findings.add(Check::disposition, kFile, capture, "the lines are not ascending");
      last = capture;
      disposed.insert(capture);
      for (const PartNumber part : disposition.linked) edition.linked.emplace_back(capture, part);
      for (const PartNumber part : disposition.destroyed) edition.destroyed.emplace_back(capture, part);
      for (const auto& [status, count] : disposition.statuses) statuses[status] += count;
    }
  };
  const auto stamp = edition.stamps.find(kFile);
  if (stamp != edition.stamps.end()) {
    folder.read_lines<Disposition>(stamp->second, Check::disposition, threads, findings, read, take);
  }
  std::ranges::sort(edition.linked);
  std::ranges::sort(edition.destroyed);
  std::uint64_t redacted = 0;
  for (const auto& capture : edition.entries.captures()) {
    if (capture.redacted) {
      ++redacted;
    } else if (!disposed.contains(capture.capture)) {
      findings.add(Check::disposition, kFile, capture.capture, "no line says what became of this capture");
    }
  }
  findings.checked("captures, each with what became of every part", disposed.size());
  for (const auto& [status, count] : statuses) findings.checked("parts: " + status, count);
  findings.withheld("captures that were redacted", redacted);
}

}  // namespace gavah::verify
