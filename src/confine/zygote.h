#pragma once

#include <sys/types.h>

#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include "base/result.h"
#include "confine/channel.h"
#include "confine/confine.h"

namespace gavah::confine {

/// The small process that workers are forked from: started before there are keys and threads, and confined but for
/// making processes. Any thread.
class Zygote {
 public:
  static Result<Zygote> start(const std::vector<Task>& tasks, const Limits& limits);

  /// Forks a worker whose socket is `socket`; gives its number.
  Result<pid_t> fork_worker(Descriptor socket, std::uint64_t cpu_seconds);
  /// Ends a worker, if it still runs, and says how it ended, as waitpid does.
  Result<int> end_worker(pid_t worker);
  const Protection& protection() const { return protection_; }

 private:
  Zygote(Descriptor control, const Protection& protection)
      : control_(std::move(control)), mutex_(std::make_unique<std::mutex>()), protection_(protection) {}

  Descriptor control_;
  std::unique_ptr<std::mutex> mutex_;
  Protection protection_;
};

}  // namespace gavah::confine
