#pragma once

#include <string>

#include "pipeline/pipeline.h"

namespace gavah::cli {

/// What a person reads of a preview: what the file is, its parts, the first of them, problems, the drafted mapping.
std::string preview_text(const pipeline::FilePreview& preview);
/// The same as one line of JSON.
std::string preview_json(const pipeline::FilePreview& preview);

}  // namespace gavah::cli
