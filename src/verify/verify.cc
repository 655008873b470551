#include "verify/verify.h"

#include "base/format.h"
#include "verify/edition_state.h"

namespace gavah::verify {
namespace {

std::string unwitnessed_because(const Pin& pin) {
  const std::string_view consequence = "that every reader sees the same log is the operator's word.";
  if (!pin.policy) return format("The pin names no witnesses: {}", consequence);
  if (!pin.policy->needs_witness()) return format("The pin's policy asks for no witness: {}", consequence);
  return format("The pin's quorum of witnesses has not signed this head: {}", consequence);
}

/// True when the edition carries what nothing is compared with.
bool has_pages(const EditionState& edition) {
  const auto site = edition.stamps.lower_bound("site/");
  return (site != edition.stamps.end() && site->first.starts_with("site/")) || edition.stamps.contains("verify.html") ||
         edition.stamps.contains("places.json");
}

}  // namespace

Result<Verdict> verify_edition(Disk& disk, const std::string& directory, const VerifyOptions& options) {
  GAVAH_ASSIGN_AS(const EntryKind kind, disk.kind(directory), format("verifying {}", directory));
  if (kind != EntryKind::directory) {
    return fail(ErrorCode::invalid_input, format("{} is no directory of an edition", directory));
  }
  const EditionFolder folder(disk, directory);
  EditionState edition;
  Findings findings;
  if (!check_files(folder, options.pin, ReadLater::not_now, options.threads, edition, findings)) {
    return std::move(findings).finish(Outcome::failed);
  }
  check_log(folder, options.threads, edition, findings);
  const bool is_witnessed = check_trust(options, edition, findings);
  if (edition.leaves.size() == edition.manifest.size) {
    read_policy(edition, findings);
    check_records(folder, options.pin.origin, options.threads, edition, findings);
    check_policy(edition, findings);
    check_totals(options.threads, edition, findings);
    check_dispositions(folder, options.threads, edition, findings);
    check_evidence(folder, options.threads, edition, findings);
    check_changes(disk, options.previous, options.pin, edition, findings);
    check_time(options.pin, edition, findings);
  }
  if (!is_witnessed) findings.unchecked(unwitnessed_because(options.pin));
  if (has_pages(edition)) {
    findings.unchecked(
        "Pages below site/, verify.html and the names in places.json are for readers and were not compared with the "
        "records: the numbers that hold are in totals.json.");
  }
  findings.unchecked("Whether what was captured is true: no log can prove that.");
  return std::move(findings).finish(is_witnessed ? Outcome::witnessed : Outcome::unwitnessed);
}

}  // namespace gavah::verify
