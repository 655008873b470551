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

/// One line of an index (CDXJ): where a record lies.
struct WaczIndexEntry {
  std::string file;  ///< below archive/
  std::uint64_t offset = 0;
  std::uint64_t size_bytes = 0;
};

/// A page that the package's list names: what a person opened, unlike what it loaded.
struct WaczPage {
  std::string url;
  std::string title;
  std::string id;
};

/// True for a member that only a WACZ, or a ZIP of WACZ files, has.
[[nodiscard]] bool is_wacz_member(std::string_view name);
/// True for a member that holds documents: a web archive, or a WACZ inside a WACZ.
[[nodiscard]] bool is_wacz_document(std::string_view name);

/// The resources of a datapackage.json.
Result<std::vector<WaczResource>> parse_wacz_package(std::string_view json);

/// The entry of a line "com,example)/ 20200102030405 {…}"; nothing when it is none.
std::optional<WaczIndexEntry> parse_wacz_index_line(std::string_view line);
/// The page of a line of pages.jsonl; nothing for its head and for what is none.
std::optional<WaczPage> parse_wacz_page(std::string_view line);

}  // namespace gavah::capture
