#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/instant.h"
#include "base/json.h"
#include "model/anchor.h"

namespace gavah {

enum class Verb { code, correct, reject, dispose, merge, split, distinct, verify, withhold, withdraw, revoke };

/// What a person decided, with a reason, sealed in the log. It acts on anchors, never on derived ids, so that a
/// rebuild with another codebook keeps it or lists it as an orphan.
///   code      anchors[0]: the bytes coded; value: a claim object (act and slots)
///   correct   anchors[0]: a claim's anchor; slot: "act", "person", "count:killed", …, after "ACT/" of the claims of
///             one act there alone, after "ACT N of M/" of the N-th of the M claims that were coded with the act there;
///             value: the new value
///   reject    anchors[0]: a claim's anchor; slot: "ACT" or "ACT N of M", when the anchor carries several claims
///   dispose   anchors[0]: a part (bytes may be empty); value: "irrelevant" | "hollow" | "backlog"
///   merge     two or more anchors: the events that hold claims there are one
///   split     anchors: the claims there leave their event and become one of their own
///   distinct  two or more anchors: the events that hold claims there are not the same
///   verify    anchors[0]: an event's claim; value: the method
///   withhold  anchors: what publish must not disclose; slot: a slot name or empty for all
///   withdraw  anchors[0]: the event to withdraw from the register
///   revoke    value: the id of an earlier decision, which has no effect from then on; anchors: that decision's
struct Decision {
  DecisionId id;
  Verb verb = Verb::code;
  std::vector<Anchor> anchors;
  std::string slot;
  std::string value;  ///< text, or one JSON value
  std::string reason;
  std::string by;
  Day day;
  std::optional<std::int64_t> leaf;
};

/// Those that still have an effect, in the order given: no `revoke`, and none that a standing `revoke` names. Whoever
/// revokes a `revoke` makes the decision behind it stand again. `all` is oldest first.
std::vector<Decision> standing(std::vector<Decision> all);

std::string_view name_of(Verb verb);
Result<Verb> verb_from(std::string_view name);
std::string to_json(const Decision& decision);
Result<Decision> decision_from_json(const Json& json);

}  // namespace gavah
