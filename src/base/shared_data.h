#pragma once

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

// For tests only: they alone are compiled with GAVAH_SOURCE_DIR.

namespace gavah {

/// Path of a file or folder of the shared real data, which is not part of the repository: below $GAVAH_SHARED_DATA when
/// that is set, else below ../shared/data beside the repository. Nothing when it is not there: the test skips.
inline std::optional<std::string> shared_data(std::string_view name) {
  const char* set = std::getenv("GAVAH_SHARED_DATA");
#ifdef GAVAH_SOURCE_DIR
  const std::string root = set != nullptr ? std::string(set) : std::string(GAVAH_SOURCE_DIR) + "/../shared/data";
#else
  const std::string root = set != nullptr ? std::string(set) : std::string("../shared/data");
#endif
  const std::string path = root + "/" + std::string(name);
  std::error_code ignored_error;
  if (!std::filesystem::exists(path, ignored_error)) return std::nullopt;
  return path;
}

}  // namespace gavah
