#pragma once

#include <string>
#include <utility>

#include "base/disk.h"
#include "store/sqlite.h"

// For tests only.

namespace gavah::store {

/// A sealed database of the real disk, under a key that every test has.
inline DatabaseFile sealed_for_test(std::string path, Disk& disk) {
  PageKey key{};
  key.fill(0x5a);
  return {&disk, std::move(path), PageSealing{"test", {{1U, key}}}};
}
inline DatabaseFile sealed_for_test(std::string path) {
  static RealDisk disk;
  return sealed_for_test(std::move(path), disk);
}

}  // namespace gavah::store
