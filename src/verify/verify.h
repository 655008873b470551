#pragma once

// The front door of verify/: an edition, or a log alone, and a pin in; a verdict out.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/disk.h"
#include "base/instant.h"
#include "base/result.h"
#include "verify/bare_log.h"
#include "verify/excerpt_check.h"
#include "verify/pin.h"
#include "verify/remembered.h"
#include "verify/verdict.h"

namespace gavah::verify {

struct VerifyOptions {
  Pin pin;
  std::optional<std::string> previous =
      std::nullopt;         ///< directory of the edition before this one, when the reader has it
  std::size_t threads = 0;  ///< 0: all cores; changes the time, never the verdict
  /// An add-checkpoint body that leads from this edition's head to a cosigned one, in place of the edition's own.
  std::optional<std::string> cosigned = std::nullopt;
  /// The present: cosignatures dated later than it (and kMaxClockSkewSeconds) do not count. Nothing: none is too late.
  std::optional<Instant> now = std::nullopt;
  /// Cosignatures older than that do not count; needs `now`.
  std::optional<std::uint32_t> max_age_days = std::nullopt;
  /// Signed notes of this log that the reader accepted before (verify/remembered.h).
  std::vector<std::string> remembered = {};
};

inline constexpr std::int64_t kMaxClockSkewSeconds = 600;  ///< how far a witness' clock may run before the reader's

/// What a fork file proves under a pin, a page for people. invalid_input says why it proves nothing.
Result<std::string> verify_fork(std::string_view fork, const Pin& pin);

/// Checks an edition from the files in `directory` and the pin alone. An edition that is wrong is a Verdict with
/// failures, not an Error; an Error (unavailable, not_found) means that the directory could not be read at all.
Result<Verdict> verify_edition(Disk& disk, const std::string& directory, const VerifyOptions& options);

}  // namespace gavah::verify
