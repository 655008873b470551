#pragma once

#include <cstdint>

#include "base/result.h"
#include "confine/confine.h"

namespace gavah::confine {

/// Moves this process into namespaces of its own, as far as the kernel lets it; what it makes from then on is in a
/// process namespace of its own too. Call with one thread. Says which it got; to get none is no error.
Protection enter_namespaces();

/// Takes from this process and all it makes: files (Landlock, every right that the kernel knows), new privileges,
/// capabilities, core dumps, written files; closes every descriptor but `keep`; empties the environment, bytes
/// included. Sets `protection.landlock_abi`. unavailable, with a sentence, when the kernel cannot.
Result<void> give_up_files(int keep, Protection& protection);

/// The limits of one worker. 0 or an errno.
int limit_worker(std::uint64_t memory_bytes, std::uint64_t cpu_seconds);

/// Closes every descriptor of this process but `keep`.
void close_all_but(int keep);

}  // namespace gavah::confine
