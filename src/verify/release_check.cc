#include "base/format.h"
#include "proof/proof.h"
#include "verify/edition_state.h"

namespace gavah::verify {
namespace {

const std::string kPolicy = "policy.json";

template <class T>
std::uint64_t count_fresh(const std::set<T>& now, const std::set<T>& before) {
  std::uint64_t out = 0;
  for (const T& each : now) {
    if (!before.contains(each)) ++out;
  }
  return out;
}

void expect_batch(std::string_view what, std::uint64_t fresh, const EditionState& edition, Findings& findings) {
  if (fresh == 0 || fresh >= edition.policy->batch) return;
  findings.add(Check::policy, kPolicy,
               format("{} {} are opened that the edition before did not open, and the policy's batch is {}", fresh,
                      what, edition.policy->batch));
}

}  // namespace

void read_released(const EditionFolder& folder, const EditionState& copy, Released& out, Findings& findings) {
  const auto each_line = [&](const std::string& path, const std::function<void(std::string_view)>& take) {
    const auto stamp = copy.stamps.find(path);
    if (stamp == copy.stamps.end()) return;
    folder.read_each_line(stamp->second, Check::change, findings, take);
  };
  each_line("records.jsonl", [&](std::string_view line) {
    if (!line.starts_with(R"({"type":"source",)")) return;
    const auto leaf = proof::leaf_of_record_line(line);
    if (findings.expect(leaf, Check::change, "previous: records.jsonl")) out.sources.insert(*leaf);
  });
  each_line("claims.jsonl", [&](std::string_view text) {
    if (text.find(R"(,"slot":"origins",)") == std::string_view::npos) return;
    const auto line = proof::list_line_from(text);
    if (!findings.expect(line, Check::change, "previous: claims.jsonl")) return;
    if (line->slot == "origins") out.origins.emplace(line->leaf, line->opening.index);
  });
}

void check_release(const EditionState& edition, const Released& before, Findings& findings) {
  if (!edition.policy) return;
  std::set<proof::LeafIndex> sources;
  for (const proof::OpenedEntry& opened : edition.others) {
    if (opened.type == proof::LeafType::source) sources.insert(opened.leaf);
  }
  expect_batch("sources", count_fresh(sources, before.sources), edition, findings);
  expect_batch("origins of claims", count_fresh(edition.origins, before.origins), edition, findings);
}

}  // namespace gavah::verify
