#pragma once

#include <string_view>
#include <vector>

#include "capture/intake.h"
#include "capture/zip_directory.h"

namespace gavah::capture {

/// True for the entry that makes a ZIP archive a spreadsheet (ECMA-376, as Excel and LibreOffice write it).
[[nodiscard]] bool is_workbook_member(std::string_view name);

/// Reads each row of each sheet as a part of format "xlsx-row": a range of the inflated sheet. Words that many cells
/// share stand in another member, and a row has only their numbers; what these say goes to the hint "strings" of the
/// part. Holds the shared strings (at most 64 MiB) and one row; sheets stream.
Result<void> read_workbook(const Document& document, const std::vector<ZipEntry>& entries, Intake& intake);

}  // namespace gavah::capture
