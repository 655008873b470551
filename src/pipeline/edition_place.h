#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/store.h"

namespace gavah::pipeline {

// Where a chronicle's editions lie: the file `last-edition` in it has the newest place first, a line each. An edition
// is written beside its name, its leaf is acknowledged, then it takes its name: under its name it is in the log.

/// Where an edition lies until the log names it.
std::string unnamed_place(const std::string& place);
/// Places to look for editions at, the newest first; none when none was written.
Result<std::vector<std::string>> edition_places(store::Chronicle& chronicle);
/// Keeps the place of an edition that is about to be written, and that of the one before it.
Result<void> remember_place(store::Chronicle& chronicle, const std::string& place,
                            const std::optional<std::string>& before);
/// Gives the newest edition its name when the log's newest edition leaf binds it, else removes what lies beside the
/// name. Nothing to do is fine. The caller holds the writer's lock.
Result<void> finish_edition(store::Chronicle& chronicle);

}  // namespace gavah::pipeline
