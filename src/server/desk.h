#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/decision.h"
#include "model/span.h"

namespace gavah::server {

/// Words of a report that a claim is coded from.
struct DeskWords {
  ReportId report;
  Span span;  ///< bytes of the report's text
};

/// What a person asks to have decided through the pages.
struct DeskRequest {
  Verb verb = Verb::code;
  std::string item;                ///< id of a claim, event, report or (revoke) decision; empty for `code`
  std::optional<DeskWords> words;  ///< of `code`
  std::string slot;
  std::string value;
  std::string reason;
};

inline constexpr std::size_t kMaxDecisionBytes = 64U << 10;  ///< bytes of a request: a claim by hand has a few hundred

/// {"verb","item","report","span":[a,b],"slot","value","reason"}: verb and reason always, the rest as the verb needs.
/// Only code, correct, reject, withhold and revoke; others are for the command line. invalid_input with the reason.
Result<DeskRequest> desk_request_from(std::string_view body);

enum class DeskStep { idle, working, done, failed };

/// How far the newest decision is.
struct DeskState {
  std::uint64_t job = 0;  ///< counted from 1 in a run; 0: none yet
  DeskStep step = DeskStep::idle;
  std::string stage;  ///< "sealing", "deriving", "linking"
  std::uint64_t done = 0;
  std::uint64_t total = 0;  ///< 0: not known
  std::string decision_id;  ///< empty until it is sealed
  std::string error;        ///< a sentence; of a failed one
};

/// Seals what a person decides and derives anew, so that the pages show it. Called from the one thread in
/// Server::run(); decide() returns at once, and the work goes on beside it.
class Desk {
 public:
  virtual ~Desk() = default;

  /// Who decides; never empty.
  virtual const std::string& by() const = 0;
  /// Gives the number of the job. unavailable while the one before is still worked on.
  virtual Result<std::uint64_t> decide(DeskRequest request) = 0;
  virtual DeskState state() const = 0;
};

/// {"by":null} without a desk, else with {"job","step","stage","done","total","decision","error"}.
std::string desk_json(const Desk* desk);

}  // namespace gavah::server
