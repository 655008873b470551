#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/json.h"
#include "cli/command.h"

namespace gavah::cli {

/// Opens the chronicle that a command names; says on standard error when its keys lie in the clear.
Result<std::unique_ptr<pipeline::Chronicle>> open_chronicle(pipeline::World& world, const std::string& directory,
                                                            pipeline::Access access);
/// The same, for who has another way to the passphrase.
Result<std::unique_ptr<pipeline::Chronicle>> open_chronicle(pipeline::World& world,
                                                            const pipeline::OpenOptions& options);

/// Prints each thing that was set aside on standard error, at most 20 of them and then how many more.
void complain_of(const std::vector<pipeline::SetAside>& items, std::string_view what);

/// Progress on standard error for a workflow.
pipeline::Progress progress_line();

}  // namespace gavah::cli
