#pragma once

#include <memory>

#include "base/result.h"
#include "pipeline/pipeline.h"
#include "server/server.h"

namespace gavah::cli {

/// The server::View of a chronicle. The snapshot is made at once (some seconds at 100,000 events) and again when the
/// index says that it was derived anew. `chronicle` must outlive it. One thread.
Result<std::unique_ptr<server::View>> view_of(pipeline::Chronicle& chronicle);

}  // namespace gavah::cli
