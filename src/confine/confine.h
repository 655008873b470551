#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/byte_source.h"
#include "base/result.h"
#include "confine/flat.h"

namespace gavah::confine {

/// What one item may cost. Pages and posts need a hundredth of this; what needs more is set aside.
struct Limits {
  /// Address space of a worker (RLIMIT_AS), program and libraries included.
  std::uint64_t memory_bytes = 512ULL << 20U;
  /// Time in which the caller waits for the worker, for one item: this much, and a second more for each so many bytes
  /// of input. The slowest readers (brotli, deep JSON) do 20 MB/s on a slow laptop.
  std::uint32_t wait_ms = 10'000;
  std::uint64_t bytes_a_second = 4ULL << 20U;
  /// All that a worker may answer to one item.
  std::uint64_t answer_bytes = 1ULL << 30U;
  /// Items after which a worker is replaced, so that what took one over cannot speak for many. A fork costs about
  /// half a millisecond.
  std::uint32_t items_a_worker = 32;
};

/// What a task sees inside of a worker.
class Inside {
 public:
  virtual ~Inside() = default;
  /// The item's bytes, fetched from the caller as they are asked for.
  virtual const ByteSource& input() const = 0;
  /// Hands one message to the caller's taker, in order. At most 64 MiB.
  virtual Result<void> emit(std::string_view message) = 0;
  /// Sees to it that what was emitted arrives whatever happens next. Costs a system call; without it messages gather.
  virtual Result<void> flush() = 0;
};

/// Something that is done to hostile bytes. `run` is called in a worker, `warm_up` once before any worker is made: it
/// is the place to load what must not be loaded later (tables, configuration), because a worker can open nothing.
struct Task {
  std::string_view name;
  Result<void> (*run)(std::string_view request, Inside& inside) = nullptr;
  void (*warm_up)() = nullptr;
};

/// What stands between a worker and the machine.
struct Protection {
  std::uint32_t landlock_abi = 0;  ///< version of the kernel's Landlock; every right it knows is taken away
  bool own_user_namespace = false;
  bool own_network_namespace = false;
  bool own_process_namespace = false;  ///< processes and System V IPC
  /// "seccomp, Landlock 7, limits, namespaces of users, network, processes".
  std::string sentence() const;
};

/// How a worker was lost.
enum class Loss {
  broke_down,   ///< it was killed, or its memory gave out
  over_limits,  ///< the caller ended it: out of time, too long an answer, or one without form
};

/// How an item ended that did not fail.
struct Outcome {
  /// Set when the worker was lost over it (killed, out of memory, out of time): one sentence. What it had emitted until
  /// then reached the taker, and is worth nothing.
  std::optional<std::string> lost;
  Loss how = Loss::broke_down;  ///< when it was lost
};

/// Who takes the messages of a worker.
struct Taker {
  /// One message. It is hostile: read it with a FlatReader. An error ends the item.
  std::function<Result<void>(std::string_view message)> take;
  /// Forget what was taken: the item begins anew, in a worker that has done nothing else. Empty: there is nothing to
  /// forget.
  std::function<void()> forget = {};
};

/// True in a worker that is locked in: for readers that must run nowhere else.
[[nodiscard]] bool is_confined();

/// Processes in which hostile bytes are parsed. A worker is forked from a small process that was itself forked before
/// any key was opened; it has no file, no environment, no network, no other process in sight, and about twenty system
/// calls, none of which opens anything. It asks for its input and gives its answer over one socket. The design is
/// docs/decisions/018.
///
/// Fails closed: where seccomp or Landlock or a limit cannot be set up, start() refuses.
class Workers {
 public:
  /// Call it first thing in the program: before keys are opened and before there are threads. The tasks are those that
  /// run() knows. unavailable, with one sentence, when this system cannot confine a worker.
  static Result<std::unique_ptr<Workers>> start(std::vector<Task> tasks, const Limits& limits = {});
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  /// Has a worker do `task` on `input`; each message goes to `taker`, on this thread. Errors are those of the task
  /// (invalid_input or corrupt), of `input` and of `taker` (as they were); unavailable when no worker can be made. A
  /// worker that is lost is no error, and never the fault of an item before: an item that loses a worker which had done
  /// others is given to a new one. A worker does one task, on many items: two tasks on an item are two processes. Any
  /// thread, within a taker too; of each task at most as many workers live as there are calls at a time.
  Result<Outcome> run(std::string_view task, std::string_view request, const ByteSource& input, const Taker& taker);

  const Protection& protection() const;

 private:
  struct State;
  explicit Workers(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace gavah::confine
