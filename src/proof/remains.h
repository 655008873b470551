#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/digest.h"
#include "base/random.h"
#include "base/result.h"
#include "model/capture.h"
#include "proof/entry.h"

namespace gavah::proof {

/// What stays of a capture when some of its parts are destroyed: the bytes of the others in an object of their own, and
/// where each lies there. A `redact` leaf commits to it: slot `remains` is {"object":HEX64,"sha256":HEX64,"size":N},
/// list `remains/parts` the parts in full, ascending, with their chains through that object.
struct Remains {
  Digest object;  ///< SHA-256 of the encrypted payload
  Digest sha256;  ///< of its plaintext
  std::uint64_t size_bytes = 0;
  std::vector<Part> parts;
};
void set_remains(Entry& redaction, const Remains& remains, Random& random);
/// not_found when the leaf cites no capture as `within`, or was itself redacted since; corrupt when it is malformed.
Result<Remains> remains_from(const SealedEntry& redaction);
/// The object alone; nothing when the leaf says of no capture what stays. Errors as of remains_from().
Result<std::optional<Digest>> remaining_object(const SealedEntry& redaction);

/// Takes out of a capture's entry what says anything about the parts that are gone: the entry's key, of which the
/// slots' keys stay; `sha256` and `size` of the whole, `same-bytes` and `chains` (two neighbours say how long what
/// stood between them was), with the keys of those slots; of each record of `parts` that is not of `remains` all but
/// its hash. What is left opens the siblings' records as before. Done twice it changes nothing.
void reduce(SealedEntry& capture, const Remains& remains);

/// How a capture that was reduced reads: `before` without the parts that are gone.
Capture reduced(Capture before, const Remains& remains);

}  // namespace gavah::proof
