#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/result.h"

namespace gavah::capture {

/// One file that a WACZ's datapackage.json lists (WACZ 1.1.1, 5.2; Frictionless Data Package).
struct WaczResource {
  std::string path;
  std::optional<Digest> digest;  ///< when it is a SHA-256
  std::optional<std::uint64_t> size_bytes;
};

/// True for a member that only a WACZ, or a ZIP of WACZ files, has.
[[nodiscard]] bool is_wacz_member(std::string_view name);
/// True for a member that holds documents: a web archive, or a WACZ inside a WACZ.
[[nodiscard]] bool is_wacz_document(std::string_view name);

/// The resources of a datapackage.json.
Result<std::vector<WaczResource>> parse_wacz_package(std::string_view json);

}  // namespace gavah::capture
