#pragma once

// The front door of verify/: an edition, or a log alone, and a pin in; a verdict out.
#include <optional>
#include <string>

#include "base/disk.h"
#include "base/result.h"
#include "verify/bare_log.h"
#include "verify/pin.h"
#include "verify/verdict.h"

namespace gavah::verify {

struct VerifyOptions {
  Pin pin;
  std::optional<std::string> previous =
      std::nullopt;         ///< directory of the edition before this one, when the reader has it
  std::size_t threads = 0;  ///< 0: all cores; changes the time, never the verdict
};

/// Checks an edition from the files in `directory` and the pin alone. An edition that is wrong is a Verdict with
/// failures, not an Error; an Error (unavailable, not_found) means that the directory could not be read at all.
Result<Verdict> verify_edition(Disk& disk, const std::string& directory, const VerifyOptions& options);

}  // namespace gavah::verify
