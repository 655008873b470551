#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/simulated_disk.h"
#include "pipeline/pipeline.h"

namespace gavah::tests {

/// A machine whose disk is simulated.
class SimulatedWorld final : public pipeline::World {
 public:
  explicit SimulatedWorld(SimulatedDisk& disk) : disk_(&disk) {}
  Disk& disk() override { return *disk_; }
  const Clock& clock() override { return clock_; }
  Random& random() override { return random_; }
  std::string state_directory() override { return "/state"; }
  Result<confine::Workers*> workers() override { return nullptr; }

 private:
  SimulatedDisk* disk_;
  FixedClock clock_{Instant::parse("2031-05-06T10:00:00Z").value()};
  SystemRandom random_;  ///< pieces of work draw on several threads
};

/// Whether a workflow told its user that it was done.
enum class Said { nothing, done };

/// One thing that can go wrong: which workflow, where, how, and what the disk keeps.
struct FaultPoint {
  std::size_t workflow = 0;
  DiskFault fault;
  Loss loss = Loss::nothing;
  std::uint64_t seed = 0;
  std::string text() const;
};

/// Runs every workflow of a chronicle against every fault of the disk, restarts, and looks whether what was promised
/// holds: what a workflow acknowledged is there; the log opens, recovers and signs; the audit finds nothing; the index
/// can be derived and is the one that an undisturbed machine makes; an edition can be published and verifies.
class Sweep {
 public:
  Sweep();
  std::size_t workflow_count() const { return workflows_.size(); }
  const std::string& name(std::size_t workflow) const { return workflows_[workflow].name; }
  /// Calls that change something in an undisturbed run.
  std::uint64_t calls(std::size_t workflow) const { return workflows_[workflow].calls; }
  /// Every call, every kind of fault, every loss; `seeds` draws of Loss::some from `first_seed` on.
  std::vector<FaultPoint> points(std::size_t workflow, std::uint64_t first_seed, std::uint64_t seeds) const;
  /// Nothing when all held; else what did not.
  std::optional<std::string> run(const FaultPoint& point) const;

  /// Flips the bit of a derived case that `seed` draws. Nothing when it was found: when the chronicle was opened,
  /// before the log was signed, or before an edition was published; else which it was.
  std::optional<std::string> flip(std::uint64_t seed) const;

 private:
  struct Workflow {
    std::string name;
    std::shared_ptr<const SimulatedDisk> start;
    std::string directory;
    /// True when it said that it was done.
    std::function<bool(const Sweep&, SimulatedWorld&)> work;
    /// What must hold afterwards, besides what always must.
    std::function<std::optional<std::string>(const Sweep&, SimulatedWorld&, Said)> check;
    std::uint64_t calls = 0;
  };
  friend struct Workflows;

  Result<std::unique_ptr<pipeline::Chronicle>> open(SimulatedWorld& world, const std::string& directory) const;
  std::optional<std::string> check_chronicle(SimulatedWorld& world, const std::string& directory,
                                             std::uint64_t leaves) const;
  /// And what was derived is what is derived from nothing.
  std::optional<std::string> check_derivation(SimulatedWorld& world, const std::string& directory,
                                              std::uint64_t leaves) const;
  void prepare();

  std::shared_ptr<const pipeline::Toolkit> toolkit_;
  std::vector<Workflow> workflows_;
  std::shared_ptr<const SimulatedDisk> derived_;  ///< a case that is ready to be published
};

}  // namespace gavah::tests
