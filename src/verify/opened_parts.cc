#include "verify/opened_parts.h"

#include <algorithm>
#include <numeric>

#include "base/format.h"

namespace gavah::verify {
namespace {

using proof::LeafIndex;

constexpr std::size_t kMaxOpenPacks = 256;  // files; 4 GiB of parts, and a quarter of what a process may hold open
const std::string kParts = "parts.jsonl";

/// One line, as far as it can be judged alone. Nothing when it does not hold.
std::optional<OpenedPart> read_line(std::string_view text, const EditionState& edition, Findings& findings) {
  const auto line = proof::list_line_from(text);
  if (!findings.expect(line, Check::evidence, kParts)) return std::nullopt;
  const auto wrong = [&](std::string message) {
    findings.add(Check::evidence, kParts, line->leaf, std::move(message));
    return std::nullopt;
  };
  const auto head = head_of(*line, edition, kParts, findings);
  if (!head) return std::nullopt;
  if (line->slot != "parts") return wrong("its list is none of parts");
  if (!findings.expect(proof::check_record(line->opening, *head), Check::evidence, kParts, line->leaf)) {
    return std::nullopt;
  }
  const auto record = proof::part_record_from(line->opening.record.bytes);
  if (!findings.expect(record, Check::evidence, kParts, line->leaf)) return std::nullopt;
  if (record->part != line->opening.index) {
    wrong(format("part {} stands at place {} of its list", record->part, line->opening.index));
  }
  if (std::ranges::binary_search(edition.destroyed, std::pair(line->leaf, record->part))) {
    wrong(format("part {} was destroyed, yet it is opened", record->part));
  }
  if (edition.policy && edition.policy->evidence == proof::Evidence::none) {
    findings.add(Check::policy, kParts, line->leaf, "opens a part, which the policy withholds");
  }
  return OpenedPart{{line->leaf, record->part}, *record, {}};
}

}  // namespace

std::optional<proof::ListHead> head_of(const proof::ListLine& line, const EditionState& edition,
                                       const std::string& file, Findings& findings) {
  const proof::OpenedEntry* entry = edition.opened_leaf(line.leaf);
  const auto value = entry == nullptr ? std::nullopt : entry->value(line.slot);
  if (!value || entry->entry != line.entry) {
    findings.add(Check::evidence, file, line.leaf, format("no record opens the list '{}'", line.slot));
    return std::nullopt;
  }
  const auto head = proof::ListHead::parse(*value);
  if (!findings.expect(head, Check::evidence, file, line.leaf)) return std::nullopt;
  return *head;
}

void OpenedParts::read(std::size_t threads, const EditionState& edition, Findings& findings) {
  const auto stamp = edition.stamps.find(kParts);
  if (stamp != edition.stamps.end()) {
    folder_.read_lines<std::optional<OpenedPart>>(
        stamp->second, Check::evidence, threads, findings,
        [&](std::string_view line, Findings& found) { return read_line(line, edition, found); },
        [&](std::vector<std::optional<OpenedPart>>&& lines) {
          for (std::optional<OpenedPart>& part : lines) {
            if (part) add(*std::move(part), findings);
          }
        });
  }
  give_places(findings);
  check_files(edition, findings);
  for_each_parallel(packed_.size(), threads, findings, [&](std::size_t pack, Findings& found) {
    const auto listed = edition.stamps.find(proof::pack_path(pack));
    if (listed != edition.stamps.end()) check_pack(pack, listed->second, found);
  });
  for (std::size_t pack = 0; pack < std::min(packed_.size(), kMaxOpenPacks); ++pack) {
    auto file = folder_.open(proof::pack_path(pack));
    open_packs_.push_back(file ? *std::move(file) : nullptr);
  }
  findings.checked("parts of captures, by the SHA-256 that their capture committed to", parts_.size());
}

void OpenedParts::add(OpenedPart&& part, Findings& findings) {
  if (!parts_.empty() && parts_.back().key >= part.key) {
    return findings.add(Check::evidence, kParts, part.key.first, "the lines are not ascending, or open a part twice");
  }
  parts_.push_back(std::move(part));
}

void OpenedParts::give_places(Findings& findings) {
  std::vector<std::size_t> by_bytes(parts_.size());
  std::iota(by_bytes.begin(), by_bytes.end(), std::size_t{0});
  std::ranges::sort(by_bytes, {}, [&](std::size_t i) { return std::pair(parts_[i].record.sha256, i); });
  std::vector<std::size_t> first(parts_.size());
  for (std::size_t i = 0; i < by_bytes.size(); ++i) {
    const bool is_same = i > 0 && parts_[by_bytes[i]].record.sha256 == parts_[by_bytes[i - 1]].record.sha256;
    first[by_bytes[i]] = is_same ? first[by_bytes[i - 1]] : by_bytes[i];
  }
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    OpenedPart& part = parts_[i];
    const OpenedPart& same = parts_[first[i]];
    if (part.record.size_bytes != same.record.size_bytes) {
      findings.add(Check::evidence, kParts, part.key.first, "gives the same SHA-256 another length");
    }
    part.place = first[i] == i ? layout_.place(part.record.size_bytes) : same.place;
    if (first[i] != i || !part.place.pack) continue;
    packed_.resize(layout_.sizes_bytes().size());
    packed_.back().push_back(&part);
  }
}

/// Every part's file is listed, with the length that its parts give it, and no other lies beside them.
void OpenedParts::check_files(const EditionState& edition, Findings& findings) const {
  std::set<std::string> wanted;
  const auto want = [&](const std::string& path, LeafIndex leaf, std::uint64_t size_bytes, const Digest* digest) {
    const auto stamp = edition.stamps.find(path);
    const bool holds = stamp != edition.stamps.end() && stamp->second.size_bytes == size_bytes &&
                       (digest == nullptr || stamp->second.sha256 == *digest);
    if (!holds) findings.add(Check::evidence, path, leaf, "is not what the parts' captures committed to");
    wanted.insert(path);
  };
  for (std::size_t pack = 0; pack < packed_.size(); ++pack) {
    want(proof::pack_path(pack), packed_[pack].front()->key.first, layout_.sizes_bytes()[pack], nullptr);
  }
  for (const OpenedPart& part : parts_) {
    if (part.place.pack) continue;
    want(path_of(part.place, part.record.sha256), part.key.first, part.record.size_bytes, &part.record.sha256);
  }
  for (auto file = edition.stamps.lower_bound(std::string(proof::kEvidenceFolder));
       file != edition.stamps.end() && file->first.starts_with(proof::kEvidenceFolder); ++file) {
    if (!wanted.contains(file->first)) {
      findings.add(Check::evidence, file->first, "no part of a capture has these bytes");
    }
  }
}

void OpenedParts::check_pack(std::uint64_t pack, const proof::FileStamp& stamp, Findings& findings) const {
  StampedFile file(folder_.disk(), folder_.directory(), stamp);
  const std::string bytes = file.next(proof::kMaxPackBytes);
  while (!file.next(proof::kMaxPackBytes).empty()) {
  }
  file.finish(findings);
  for (const OpenedPart* part : packed_[pack]) {
    const std::string_view all(bytes);
    const std::size_t begin = std::min<std::size_t>(part->place.begin, all.size());
    if (sha256(all.substr(begin, part->record.size_bytes)) == part->record.sha256) continue;
    findings.add(Check::evidence, stamp.path, part->key.first,
                 format("byte {} is not where part {} of the capture begins", part->place.begin, part->key.second));
  }
}

void OpenedParts::check_cited(const std::set<PartKey>& cited, const EditionState& edition, Findings& findings) const {
  if (!edition.policy || edition.policy->evidence != proof::Evidence::cited) return;
  for (const OpenedPart& part : parts_) {
    if (cited.contains(part.key)) continue;
    findings.add(Check::policy, kParts, part.key.first,
                 format("opens part {}, and no opened claim lies in it", part.key.second));
  }
}

const OpenedPart* OpenedParts::find(const PartKey& key) const {
  const auto part = std::ranges::lower_bound(parts_, key, {}, &OpenedPart::key);
  return part == parts_.end() || part->key != key ? nullptr : &*part;
}

std::optional<std::string> OpenedParts::bytes_of(const OpenedPart& part, const ByteRange& range) const {
  const ByteRange there{part.place.begin + range.begin, part.place.begin + range.end};
  const auto read = [&](const ByteSource& file) -> std::optional<std::string> {
    auto bytes = file.read(there);
    return bytes ? std::optional<std::string>(*std::move(bytes)) : std::nullopt;
  };
  if (part.place.pack && *part.place.pack < open_packs_.size()) {
    const auto& file = open_packs_[*part.place.pack];
    return file == nullptr ? std::nullopt : read(*file);
  }
  const auto file = folder_.open(path_of(part.place, part.record.sha256));
  return file ? read(**file) : std::nullopt;
}

}  // namespace gavah::verify
