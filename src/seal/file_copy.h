#pragma once

#include <string>

#include "base/digest.h"
#include "base/disk.h"
#include "base/result.h"

namespace gavah::seal {

/// Copies a file to a path where none is; gives the digest of what was read. Not durable.
Result<Digest> copy_file(Disk& disk, const std::string& from, const std::string& to);
/// Reads a copy again: corrupt when it has another digest.
Result<void> check_copy(Disk& disk, const std::string& path, const Digest& expected);

}  // namespace gavah::seal
