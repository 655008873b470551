#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/disk.h"
#include "base/instant.h"
#include "base/random.h"
#include "base/result.h"
#include "confine/confine.h"

namespace gavah::pipeline {

inline constexpr std::string_view kProgramName = "gavah 0.1.0 (format gavah/0)";

/// What a workflow takes from outside, injected so that tests repeat. Where workflows run beside one another (a server
/// and its desk), all it gives is used from their threads, as SystemWorld's may be.
class World {
 public:
  virtual ~World() = default;
  virtual Disk& disk() = 0;
  virtual const Clock& clock() = 0;
  virtual Random& random() = 0;
  /// Where the highest signed head of each log is remembered: outside of any chronicle, so that a restored backup
  /// cannot roll it back silently.
  virtual std::string state_directory() = 0;
  /// The confined workers that parse what came from outside; null where a person said to do without (and in tests
  /// whose bytes nobody sent). An error when this machine cannot confine them: then nothing is parsed.
  virtual Result<confine::Workers*> workers() = 0;
};

/// This machine. The state directory is $XDG_STATE_HOME/gavah, or ~/.local/state/gavah. The clock is the system's,
/// unless $SOURCE_DATE_EPOCH holds seconds since 1970 (reproducible demonstrations and tests).
class SystemWorld final : public World {
 public:
  SystemWorld();
  /// Forks what workers are made from: first thing in the program, before keys are opened and before there are threads.
  void start_workers();
  /// Parses in this process from now on.
  void forgo_workers();
  Disk& disk() override { return disk_; }
  const Clock& clock() override { return *clock_; }
  Random& random() override { return random_; }
  std::string state_directory() override;
  /// refused when they were neither started nor forgone.
  Result<confine::Workers*> workers() override;

 private:
  RealDisk disk_;
  SystemRandom random_;
  std::unique_ptr<Clock> clock_;
  Result<std::unique_ptr<confine::Workers>> workers_;
};

/// How far a long piece of work has come: "deriving", 1200, 60000 (0: not known yet); of "adding" in bytes. Called by
/// one thread at a time.
using Progress = std::function<void(std::string_view stage, std::uint64_t done, std::uint64_t total)>;

/// Asks for the passphrase of a protected chronicle.
using AskPassphrase = std::function<Result<std::string>()>;

/// Takes one line of output, without its end.
using LineSink = std::function<Result<void>(std::string_view line)>;

}  // namespace gavah::pipeline
