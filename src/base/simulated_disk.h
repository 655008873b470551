#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/disk.h"

namespace gavah {

/// What becomes of contents and names that were not synced when a simulated machine dies.
enum class Loss {
  nothing,     ///< only the process died: all of it is there
  everything,  ///< none of it
  some,  ///< each sector of 512 bytes and each name at any state it had since its sync, drawn one by one: torn and
         ///< reordered writes
};

/// What goes wrong at one call that changes something.
struct DiskFault {
  enum class Kind {
    dies_before,  ///< the machine dies before the call does anything
    dies_after,   ///< or right after it
    fails_once,   ///< the call fails, the next is well; of a write, half was written
    keeps_failing,
  };
  Kind kind = Kind::dies_before;
  std::uint64_t call = 0;  ///< counted from 0 since begin()
  std::string words = "Input/output error";
};

/// A disk in memory that knows what was synced, dies or fails at a chosen call, and gives what a real disk may hold
/// after that. Strict: a name lives through a crash only when its directory was synced (or all was), contents only when
/// the file was; a failed sync throws away what it should have kept, and a second one does not say so. Calls that
/// change something are counted: making, writing, cutting, renaming, removing, syncing. Any thread. Files that were
/// open when the machine died give errors for ever; locks went with it.
class SimulatedDisk final : public Disk {
 public:
  SimulatedDisk() = default;
  /// A settled disk with the contents of another: everything in it is durable.
  SimulatedDisk(const SimulatedDisk& other);
  SimulatedDisk& operator=(const SimulatedDisk&) = delete;

  /// Counts calls from 0 again; `fault` strikes when its call comes.
  void begin(std::optional<DiskFault> fault);
  std::uint64_t calls() const;
  bool is_dead() const;
  /// The machine comes up again with what the disk kept; well from here on.
  void restart(Loss loss, std::uint64_t seed);
  /// Flips one bit of a file, in what programs see and in what is durable.
  void flip(const std::string& path, std::uint64_t bit);
  /// Every file, in order of path.
  std::vector<std::string> paths() const;

  Result<std::string> read(const std::string& path) override;
  Result<std::unique_ptr<ByteSource>> open(const std::string& path) override;
  Result<EntryKind> kind(const std::string& path) override;
  Result<std::vector<DirectoryEntry>> list(const std::string& directory) override;
  Result<void> make_directories(const std::string& path) override;
  Result<std::unique_ptr<FileWriter>> create(const std::string& path) override;
  Result<std::unique_ptr<RandomAccessFile>> open_file(const std::string& path, OpenMode mode) override;
  Result<void> rename(const std::string& from, const std::string& to) override;
  Result<void> remove(const std::string& path) override;
  Result<void> sync_directory(const std::string& path) override;
  Result<void> sync_all(const std::string& path) override;

 private:
  friend class SimulatedFile;
  struct Inode;
  using Node = std::shared_ptr<Inode>;  ///< null: a directory
  using Names = std::map<std::string, Node>;
  /// What one call did to names: each path and what it leads to since; nothing when it was removed.
  using NameChange = std::vector<std::pair<std::string, std::optional<Node>>>;

  Result<void> check_alive() const;
  bool has_parent(const std::string& path) const;
  /// Counts a call and lets the fault strike before it; `finish` strikes after it.
  Result<void> start_call();
  Result<void> finish_call();
  Result<void> change(Inode& inode, std::uint64_t offset, std::string_view bytes);
  Result<void> cut(Inode& inode, std::uint64_t size_bytes);
  Result<void> sync(Inode& inode);
  void rename_locked(NameChange change);
  static void apply(Names& names, const NameChange& change);

  mutable std::recursive_mutex mutex_;
  Names names_;    ///< as programs see them
  Names durable_;  ///< as they were synced
  std::vector<NameChange> unsynced_;
  std::optional<DiskFault> fault_;
  std::uint64_t calls_ = 0;
  std::uint64_t generation_ = 0;  ///< restarts so far
  bool is_dead_ = false;
};

}  // namespace gavah
