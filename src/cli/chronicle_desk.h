#pragma once

#include <memory>
#include <string>

#include "pipeline/pipeline.h"
#include "server/server.h"

namespace gavah::cli {

/// Where and as whom a person decides.
struct DeskSeat {
  std::string directory;
  std::string by;
  pipeline::AskPassphrase ask_passphrase;  ///< called from the desk's own thread, once a decision
};

/// The server::Desk of a chronicle. Each decision opens the chronicle for writing, seals, derives and lets it go again,
/// beside whoever reads it. `world` must outlive it; destruction waits for the decision in work.
std::unique_ptr<server::Desk> desk_of(pipeline::World& world, DeskSeat seat);

}  // namespace gavah::cli
