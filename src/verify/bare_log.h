#pragma once

#include <cstddef>
#include <string>

#include "base/disk.h"
#include "base/result.h"
#include "verify/pin.h"
#include "verify/verdict.h"

namespace gavah::verify {

/// Checks a log that stands alone, as C2SP tlog-tiles has it, whatever its entries are: the checkpoint's signature by a
/// key of the pin that may sign its size, every entry, bundle and tile up to the root, and the heads that the pin
/// remembers. Of the pin only origin, log keys and heads are looked at. Files of a larger tree or of smaller ones may
/// lie beside. A log that is wrong is a Verdict with failures; an Error means that there is no log to read. Memory: 32
/// bytes for 256 entries, and a bundle a thread.
Result<Verdict> verify_log(Disk& disk, const std::string& directory, const Pin& pin, std::size_t threads = 0);

/// True for a directory that has a checkpoint and is neither edition nor chronicle.
[[nodiscard]] bool is_bare_log(Disk& disk, const std::string& directory);

}  // namespace gavah::verify
