#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "base/random.h"
#include "base/result.h"
#include "model/capture.h"
#include "model/claim.h"
#include "model/decision.h"
#include "model/event.h"
#include "model/lineage.h"
#include "model/report.h"
#include "model/source.h"
#include "proof/proof.h"
#include "publish/policy.h"

namespace gavah::publish {

struct CaptureParts {
  Capture capture;  ///< `leaf` must be set
  std::vector<Part> parts;
};

/// What publishing needs to know of a report; its text is asked for only where a passage is new.
struct ReportNote {
  ReportId id;
  CaptureId capture;
  PartNumber part = 0;
  ReportKind kind = ReportKind::article;
  std::string source;
  std::string url;
  TimeInterval published;
  std::string hollow;
};
ReportNote note_of(const Report& report);

/// A decision that has no effect any more; link finds them.
struct Orphan {
  DecisionId decision;
  std::string why;
};

/// Everything that the register is compared with. Spans must outlive the call.
struct PlanInput {
  std::span<const Event> events;
  std::span<const Victim> victims;
  std::span<const Claim> claims;  ///< as corrected; those that events and victims name are among them
  std::span<const ReportNote> reports;
  std::span<const Lineage> lineages;
  std::span<const Decision> decisions;  ///< those that stand; `leaf` must be set
  std::span<const Orphan> orphans;
  std::span<const Source> sources;
  std::span<const CaptureParts> captures;
  std::span<const proof::SealedEntry> log;  ///< every entry, in the order of the log; log.size() is the tree's size
  std::span<const proof::Rule> rules;       ///< to adopt; one replaces the rule in force under its name
  std::map<std::string, std::string> act_families;  ///< act to family, from the codebook
  Policy policy;
  std::string program;  ///< what derived all this ("gavah 0.1.0 codebook 3fe2…"), for dispositions
  /// The text of a report and the bytes of a part; asked for only where an entry is new or changed.
  std::function<Result<Report>(ReportId)> report;
  std::function<Result<std::string>(const Part&)> part_bytes;
};

/// What to append, in this order and with nothing in between: the first gets index input.log.size().
struct Plan {
  std::vector<proof::Entry> entries;
  // What they are, for people.
  std::uint64_t created = 0;
  std::uint64_t amended = 0;
  std::uint64_t merged = 0;
  std::uint64_t split = 0;
  std::uint64_t withdrawn = 0;
  std::uint64_t withheld = 0;
  std::uint64_t disposed = 0;
  std::uint64_t distinct = 0;
  std::uint64_t waiting = 0;               ///< victims that wait until the policy's batch is full
  std::vector<std::string> rules;          ///< what becomes of each rule, a sentence each
  std::vector<std::string> disagreements;  ///< what a person should look at, a sentence each
  std::uint64_t unanchored = 0;            ///< events and victims without any anchored claim: they cannot be registered
};

/// Compares events and victims with the register by shared anchors of evidence. An entry and an event that share an
/// anchor are the same; one event that meets two entries merges them; an entry whose evidence went to two events is
/// split; an entry that nothing meets any more is withdrawn. Entries whose opened act, place and day overlap get a
/// `distinct` leaf that says a machine kept them apart, unless a person's already does.
/// Victims enter and change at least the policy's batch at a time. refused, naming them and what to do, when there are
/// orphan decisions. Deterministic but for the salts, which come from `random`.
Result<Plan> plan(const PlanInput& input, Random& random);

}  // namespace gavah::publish
