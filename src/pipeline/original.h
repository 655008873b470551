#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "model/capture.h"
#include "pipeline/chronicle.h"

namespace gavah::pipeline {

/// The page, in whatever capture of the chronicle, that a record "as it was before" (part format "revisit") refers to.
struct Original {
  Part part;
  std::string ground;  ///< what says so: "its payload digest sha1:…", "its address and date"
};

/// Looks through all captures: one whose payload digest is that which the record states, else one of the address and
/// date that it refers to, of which no other digest is known. Pictures and the like are found too. Nothing where it
/// was never added, or was destroyed.
Result<std::optional<Original>> original_of(Chronicle& chronicle, const Part& revisit);

}  // namespace gavah::pipeline
