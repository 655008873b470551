#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "publish/policy.h"

namespace gavah::publish {

/// A policy as a person wrote it, and what in it that person may not have meant, a sentence each.
struct PolicyFile {
  Policy policy;
  std::vector<std::string> warnings;
};

/// Reads a policy from one JSON object. Every member is optional and replaces that of "base": "safe" (the default) or
/// "open":
///   "levels": {"act": "family|name", "time": "year|month|day|interval", "place": "country|province|county|town|exact",
///              "counts": "bounds|interval", or "withheld" for each}        how far down events are opened
///   "event_slots", "victim_slots", "capture_slots", "source_slots", "decision_slots", "act_slots": [PATH,…] in place
///   of the base's, in any order
///   "passages": "none|without persons|all", "evidence": "none|cited|all", "victims", "origins": "withheld|opened"
///   "batch", "min_cell": a number from 1;  "name": TEXT;  "note": TEXT for readers of the file, not published
/// invalid_input names the member, the word that is wrong and the nearest right one.
Result<PolicyFile> policy_from_file(std::string_view json);

}  // namespace gavah::publish
