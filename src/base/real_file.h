#pragma once

#include <memory>
#include <string>

#include "base/disk.h"
#include "base/random_access_file.h"

namespace gavah {

/// Disk::open_file of the operating system's files. Locks are those of the open file description (F_OFD_SETLK), so that
/// closing one object drops no other's.
Result<std::unique_ptr<RandomAccessFile>> open_real_file(const std::string& path, OpenMode mode);

}  // namespace gavah
