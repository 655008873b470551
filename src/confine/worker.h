#pragma once

#include <vector>

#include "confine/call_filter.h"
#include "confine/channel.h"
#include "confine/confine.h"

namespace gavah::confine {

/// What a worker is confined by, besides what it has from the zygote.
struct Bounds {
  const CallFilter& filter;
  std::uint64_t memory_bytes = 0;
  std::uint64_t cpu_seconds = 0;
};

/// The life of a worker, in its own process: locks itself in, then does tasks until the other end goes away.
[[noreturn]] void run_worker(Descriptor socket, const std::vector<Task>& tasks, const Bounds& bounds);

}  // namespace gavah::confine
