#pragma once

#include <string>

#include "base/disk.h"

namespace gavah::tests {

inline const std::string kVectors = GAVAH_SOURCE_DIR "/spec/vectors";

/// A file below kVectors, as it is committed.
inline std::string committed(const std::string& name) {
  RealDisk disk;
  return disk.read(join_path(kVectors, name)).value();
}

}  // namespace gavah::tests
