#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "capture/intake.h"
#include "capture/zip_directory.h"

namespace gavah::capture {

/// The first rows of a table as they would be shown, the header among them.
using TableSample = std::vector<std::vector<std::string>>;
constexpr std::size_t kSampleRows = 500;

/// The first rows of the first sheet that has any.
Result<TableSample> sample_workbook(const Document& document, const std::vector<ZipEntry>& entries, Intake& intake);

}  // namespace gavah::capture
