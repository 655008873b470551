#pragma once

#include "proof/proof.h"

namespace gavah::publish {

// What an edition opens is part of the format, so that whoever verifies reads it too: proof/policy.h.
using proof::Disclosure;
using proof::Evidence;
using proof::Passages;
using proof::Policy;

}  // namespace gavah::publish
