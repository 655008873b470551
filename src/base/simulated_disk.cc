#include "base/simulated_disk.h"

#include <algorithm>
#include <ranges>
#include <set>

#include "base/check.h"
#include "base/format.h"
#include "base/random.h"

namespace gavah {
namespace {

constexpr std::size_t kSectorBytes = 512;  ///< what a disk writes whole

/// A draw from a seeded source.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : random_(seed) {}
  std::size_t below(std::size_t count) {
    const auto raw = random_.array<4>();
    const std::uint32_t value = std::uint32_t{raw[0]} << 24U | std::uint32_t{raw[1]} << 16U |
                                std::uint32_t{raw[2]} << 8U | std::uint32_t{raw[3]};
    return value % count;
  }

 private:
  SeededRandom random_;
};

bool is_root(std::string_view path) { return path == "/" || path == "."; }

std::unexpected<Error> missing(const std::string& path) {
  return fail(ErrorCode::not_found, format("{} does not exist", path));
}

}  // namespace

/// A file's contents: what programs see, what is durable, and what happened in between.
struct SimulatedDisk::Inode {
  struct Change {
    std::uint64_t offset = 0;
    std::string bytes;
    std::optional<std::uint64_t> cut_to;  ///< in place of a write
  };
  struct Lock {
    const void* owner;
    ByteRange range;
    FileLock kind;
  };
  std::string bytes;
  std::string durable;
  std::vector<Change> changes;
  std::vector<Lock> locks;
  std::map<std::uint64_t, std::string> shared;  ///< mapped memory, by where it begins
  bool has_lost_sync = false;

  static void apply(std::string& to, const Change& change) {
    if (change.cut_to) {
      to.resize(*change.cut_to);
      return;
    }
    if (to.size() < change.offset + change.bytes.size()) to.resize(change.offset + change.bytes.size());
    to.replace(change.offset, change.bytes.size(), change.bytes);
  }

  void settle() {
    if (has_lost_sync) return;
    for (const Change& change : changes) apply(durable, change);
    changes.clear();
  }

  /// Each sector as it was after one of the writes to it, or before all of them; the size at one of its states.
  std::string torn(Dice& dice) const {
    std::string now = durable;
    std::vector<std::size_t> sizes = {durable.size()};
    std::map<std::size_t, std::vector<std::string>> versions;
    const auto sector = [](const std::string& of, std::size_t number) {
      std::string out = number * kSectorBytes < of.size() ? of.substr(number * kSectorBytes, kSectorBytes) : "";
      out.resize(kSectorBytes);
      return out;
    };
    for (const Change& change : changes) {
      const std::size_t begin = change.cut_to ? *change.cut_to : change.offset;
      const std::size_t end = change.cut_to ? std::max<std::size_t>(now.size(), begin) : begin + change.bytes.size();
      for (std::size_t i = begin / kSectorBytes; i * kSectorBytes < end; ++i) {
        if (versions[i].empty()) versions[i].push_back(sector(durable, i));
      }
      apply(now, change);
      for (std::size_t i = begin / kSectorBytes; i * kSectorBytes < end; ++i) versions[i].push_back(sector(now, i));
      sizes.push_back(now.size());
    }
    std::string out = durable;
    const std::size_t size = sizes[dice.below(sizes.size())];
    for (const auto& [number, states] : versions) {
      const std::string& chosen = states[dice.below(states.size())];
      if (out.size() < (number + 1) * kSectorBytes) out.resize((number + 1) * kSectorBytes);
      out.replace(number * kSectorBytes, kSectorBytes, chosen);
    }
    out.resize(size);
    return out;
  }
};

/// One open file: writer, source and random access in one.
class SimulatedFile final : public RandomAccessFile, public FileWriter, public ByteSource {
 public:
  SimulatedFile(SimulatedDisk& disk, std::shared_ptr<SimulatedDisk::Inode> inode, std::string path)
      : disk_(disk), inode_(std::move(inode)), path_(std::move(path)), generation_(disk.generation_) {}
  SimulatedFile(const SimulatedFile&) = delete;
  SimulatedFile& operator=(const SimulatedFile&) = delete;
  ~SimulatedFile() override {
    const std::lock_guard guard(disk_.mutex_);
    std::erase_if(inode_->locks, [&](const auto& lock) { return lock.owner == this; });
  }

  Result<std::uint64_t> size() override {
    const std::lock_guard guard(disk_.mutex_);
    GAVAH_TRY(check());
    return inode_->bytes.size();
  }
  std::uint64_t size() const override {
    const std::lock_guard guard(disk_.mutex_);
    return inode_->bytes.size();
  }
  Result<std::size_t> read(std::uint64_t offset, std::span<char> out) override {
    const std::lock_guard guard(disk_.mutex_);
    GAVAH_TRY(check());
    if (offset >= inode_->bytes.size()) return 0;
    return std::string_view(inode_->bytes).substr(offset).copy(out.data(), out.size());
  }
  Result<std::string> read(ByteRange range) const override {
    const std::lock_guard guard(disk_.mutex_);
    GAVAH_TRY(check());
    return MemorySource(inode_->bytes).read(range);
  }
  Result<void> write(std::uint64_t offset, std::string_view bytes) override {
    const std::lock_guard guard(disk_.mutex_);
    GAVAH_TRY(check());
    return disk_.change(*inode_, offset, bytes);
  }
  Result<void> append(std::string_view bytes) override {
    const std::lock_guard guard(disk_.mutex_);
    GAVAH_TRY(check());
    return disk_.change(*inode_, inode_->bytes.size(), bytes);
  }
  Result<void> truncate(std::uint64_t size_bytes) override {
    const std::lock_guard guard(disk_.mutex_);
    GAVAH_TRY(check());
    return disk_.cut(*inode_, size_bytes);
  }
  Result<void> sync() override {
    const std::lock_guard guard(disk_.mutex_);
    GAVAH_TRY(check());
    return disk_.sync(*inode_);
  }
  Result<bool> lock(ByteRange range, FileLock kind) override;
  Result<std::span<char>> map(ByteRange range) override;

 private:
  Result<void> check() const {
    GAVAH_TRY(disk_.check_alive());
    if (generation_ == disk_.generation_) return {};
    return fail(ErrorCode::unavailable, format("{} was open when the machine died", path_));
  }

  SimulatedDisk& disk_;
  std::shared_ptr<SimulatedDisk::Inode> inode_;
  std::string path_;
  std::uint64_t generation_;
};

Result<bool> SimulatedFile::lock(ByteRange range, FileLock kind) {
  const std::lock_guard guard(disk_.mutex_);
  GAVAH_TRY(check());
  auto& locks = inode_->locks;
  const auto overlaps = [&](const ByteRange& other) { return other.begin < range.end && range.begin < other.end; };
  for (const auto& held : locks) {
    const bool conflicts =
        kind == FileLock::exclusive || (kind == FileLock::shared && held.kind == FileLock::exclusive);
    if (held.owner != this && conflicts && overlaps(held.range)) return false;
  }
  std::vector<SimulatedDisk::Inode::Lock> kept;
  for (const auto& held : locks) {
    if (held.owner != this || !overlaps(held.range)) {
      kept.push_back(held);
      continue;
    }
    if (held.range.begin < range.begin) kept.push_back({this, {held.range.begin, range.begin}, held.kind});
    if (range.end < held.range.end) kept.push_back({this, {range.end, held.range.end}, held.kind});
  }
  if (kind != FileLock::none) kept.push_back({this, range, kind});
  locks = std::move(kept);
  return true;
}

Result<std::span<char>> SimulatedFile::map(ByteRange range) {
  const std::lock_guard guard(disk_.mutex_);
  GAVAH_TRY(check());
  if (inode_->bytes.size() < range.end) inode_->bytes.resize(range.end);
  std::string& memory = inode_->shared[range.begin];
  if (memory.size() < range.size())
    memory.append(inode_->bytes, range.begin + memory.size(), range.size() - memory.size());
  return std::span<char>(memory);
}

SimulatedDisk::SimulatedDisk(const SimulatedDisk& other) {
  const std::lock_guard guard(other.mutex_);
  for (const auto& [path, node] : other.names_) {
    Node copy;
    if (node) {
      copy = std::make_shared<Inode>();
      copy->bytes = node->bytes;
      copy->durable = node->bytes;
    }
    names_.emplace(path, std::move(copy));
  }
  durable_ = names_;
}

void SimulatedDisk::begin(std::optional<DiskFault> fault) {
  const std::lock_guard guard(mutex_);
  fault_ = std::move(fault);
  calls_ = 0;
}

std::uint64_t SimulatedDisk::calls() const {
  const std::lock_guard guard(mutex_);
  return calls_;
}

bool SimulatedDisk::is_dead() const {
  const std::lock_guard guard(mutex_);
  return is_dead_;
}

bool SimulatedDisk::has_parent(const std::string& path) const {
  const std::string parent(parent_path(path));
  const auto found = names_.find(parent);
  return is_root(parent) || (found != names_.end() && !found->second);
}

Result<void> SimulatedDisk::check_alive() const {
  if (is_dead_) return fail(ErrorCode::unavailable, "the machine is down");
  return {};
}

Result<void> SimulatedDisk::start_call() {
  GAVAH_TRY(check_alive());
  const std::uint64_t call = calls_++;
  if (!fault_ || call < fault_->call) return {};
  using Kind = DiskFault::Kind;
  if (fault_->kind == Kind::dies_before && call == fault_->call) {
    is_dead_ = true;
    return check_alive();
  }
  if (fault_->kind == Kind::keeps_failing || (fault_->kind == Kind::fails_once && call == fault_->call)) {
    return fail(ErrorCode::unavailable, fault_->words);
  }
  return {};
}

Result<void> SimulatedDisk::finish_call() {
  if (fault_ && fault_->kind == DiskFault::Kind::dies_after && calls_ == fault_->call + 1) is_dead_ = true;
  return check_alive();
}

void SimulatedDisk::restart(Loss loss, std::uint64_t seed) {
  const std::lock_guard guard(mutex_);
  Dice dice(seed);
  if (loss == Loss::nothing) durable_ = names_;
  std::set<std::string> lost;
  for (const NameChange& change : unsynced_) {
    if (loss != Loss::some) break;
    // What builds on a change that was lost is lost with it.
    const bool builds_on_lost = std::ranges::any_of(change, [&](const auto& one) { return lost.contains(one.first); });
    if (builds_on_lost || dice.below(2) == 0) {
      for (const auto& one : change) lost.insert(one.first);
    } else {
      apply(durable_, change);
    }
  }
  unsynced_.clear();
  Names kept;
  for (const auto& [path, node] : durable_) {
    const std::string parent(parent_path(path));
    if (!is_root(parent) && !kept.contains(parent)) continue;
    Node fresh;
    if (node) {
      fresh = std::make_shared<Inode>();
      fresh->bytes = loss == Loss::nothing ? node->bytes : loss == Loss::everything ? node->durable : node->torn(dice);
      fresh->durable = fresh->bytes;
    }
    kept.emplace(path, std::move(fresh));
  }
  names_ = kept;
  durable_ = std::move(kept);
  fault_.reset();
  is_dead_ = false;
  ++generation_;
}

void SimulatedDisk::flip(const std::string& path, std::uint64_t bit) {
  const std::lock_guard guard(mutex_);
  const Node& node = names_.at(path);
  for (std::string* bytes : {&node->bytes, &node->durable}) {
    GAVAH_CHECK(bit / 8 < bytes->size());
    (*bytes)[bit / 8] = static_cast<char>((*bytes)[bit / 8] ^ (1 << (bit % 8)));
  }
}

std::vector<std::string> SimulatedDisk::paths() const {
  const std::lock_guard guard(mutex_);
  std::vector<std::string> out;
  for (const auto& [path, node] : names_) {
    if (node) out.push_back(path);
  }
  return out;
}

Result<void> SimulatedDisk::change(Inode& inode, std::uint64_t offset, std::string_view bytes) {
  auto started = start_call();
  if (!started && !is_dead_) bytes = bytes.substr(0, bytes.size() / 2);
  if (is_dead_) return started;
  inode.changes.push_back({offset, std::string(bytes), std::nullopt});
  Inode::apply(inode.bytes, inode.changes.back());
  GAVAH_TRY(std::move(started));
  return finish_call();
}

Result<void> SimulatedDisk::cut(Inode& inode, std::uint64_t size_bytes) {
  GAVAH_TRY(start_call());
  inode.changes.push_back({0, {}, size_bytes});
  inode.bytes.resize(size_bytes);
  for (auto& [begin, memory] : inode.shared) std::fill(memory.begin(), memory.end(), '\0');
  return finish_call();
}

Result<void> SimulatedDisk::sync(Inode& inode) {
  if (auto started = start_call(); !started) {
    if (is_dead_) return started;
    inode.has_lost_sync = true;
    return fail(ErrorCode::fatal, format("syncing: {}", started.error().message));
  }
  inode.settle();
  return finish_call();
}

void SimulatedDisk::apply(Names& names, const NameChange& change) {
  for (const auto& [path, node] : change) {
    if (node) {
      names[path] = *node;
    } else {
      names.erase(path);
    }
  }
}

void SimulatedDisk::rename_locked(NameChange change) {
  apply(names_, change);
  unsynced_.push_back(std::move(change));
}

Result<std::string> SimulatedDisk::read(const std::string& path) {
  const std::lock_guard guard(mutex_);
  GAVAH_TRY(check_alive());
  const auto found = names_.find(path);
  if (found == names_.end()) return missing(path);
  if (!found->second) return fail(ErrorCode::invalid_input, format("{} is not a regular file", path));
  return found->second->bytes;
}

Result<std::unique_ptr<ByteSource>> SimulatedDisk::open(const std::string& path) {
  const std::lock_guard guard(mutex_);
  GAVAH_TRY(check_alive());
  const auto found = names_.find(path);
  if (found == names_.end()) return missing(path);
  if (!found->second) return fail(ErrorCode::invalid_input, format("{} is not a regular file", path));
  return std::unique_ptr<ByteSource>(new SimulatedFile(*this, found->second, path));
}

Result<EntryKind> SimulatedDisk::kind(const std::string& path) {
  const std::lock_guard guard(mutex_);
  GAVAH_TRY(check_alive());
  const auto found = names_.find(path);
  if (found == names_.end()) return missing(path);
  return found->second ? EntryKind::file : EntryKind::directory;
}

Result<std::vector<DirectoryEntry>> SimulatedDisk::list(const std::string& directory) {
  const std::lock_guard guard(mutex_);
  GAVAH_TRY(check_alive());
  if (!is_root(directory) && !names_.contains(directory)) return missing(directory);
  const std::string prefix = join_path(directory, "");
  std::vector<DirectoryEntry> out;
  for (auto at = names_.lower_bound(prefix); at != names_.end() && at->first.starts_with(prefix); ++at) {
    const std::string name = at->first.substr(prefix.size());
    if (name.find('/') != std::string::npos) continue;
    out.push_back({name, at->second ? EntryKind::file : EntryKind::directory});
  }
  return out;
}

Result<void> SimulatedDisk::make_directories(const std::string& path) {
  const std::lock_guard guard(mutex_);
  GAVAH_TRY(check_alive());
  std::vector<std::string> wanted;
  for (std::string_view at = path; !is_root(at); at = parent_path(at)) {
    const auto found = names_.find(std::string(at));
    if (found != names_.end() && found->second) {
      return fail(ErrorCode::refused, format("{} exists and is not a directory", at));
    }
    if (found == names_.end()) wanted.emplace_back(at);
  }
  if (wanted.empty()) return {};
  GAVAH_TRY(start_call());
  for (const auto& name : std::views::reverse(wanted)) rename_locked({{name, Node()}});
  return finish_call();
}

Result<std::unique_ptr<FileWriter>> SimulatedDisk::create(const std::string& path) {
  const std::lock_guard guard(mutex_);
  GAVAH_TRY(start_call());
  if (names_.contains(path)) return fail(ErrorCode::refused, format("{} exists", path));
  if (!has_parent(path)) return missing(path);
  const Node node = std::make_shared<Inode>();
  rename_locked({{path, node}});
  GAVAH_TRY(finish_call());
  return std::unique_ptr<FileWriter>(new SimulatedFile(*this, node, path));
}

Result<std::unique_ptr<RandomAccessFile>> SimulatedDisk::open_file(const std::string& path, OpenMode mode) {
  const std::lock_guard guard(mutex_);
  GAVAH_TRY(check_alive());
  const auto found = names_.find(path);
  if (found != names_.end() && !found->second) {
    return fail(ErrorCode::invalid_input, format("{} is not a regular file", path));
  }
  if (found == names_.end()) {
    if (mode != OpenMode::create || !has_parent(path)) return missing(path);
    GAVAH_TRY(start_call());
    rename_locked({{path, std::make_shared<Inode>()}});
    GAVAH_TRY(finish_call());
  }
  return std::unique_ptr<RandomAccessFile>(new SimulatedFile(*this, names_.at(path), path));
}

Result<void> SimulatedDisk::rename(const std::string& from, const std::string& to) {
  const std::lock_guard guard(mutex_);
  GAVAH_TRY(start_call());
  const auto found = names_.find(from);
  if (found == names_.end()) return missing(from);
  if (!has_parent(to)) return missing(to);
  NameChange change;
  if (!found->second) {
    if (names_.contains(to)) return fail(ErrorCode::refused, format("{} exists", to));
    const std::string prefix = from + "/";
    for (auto at = names_.lower_bound(prefix); at != names_.end() && at->first.starts_with(prefix); ++at) {
      change.emplace_back(at->first, std::nullopt);
      change.emplace_back(to + at->first.substr(from.size()), at->second);
    }
  }
  change.emplace_back(to, found->second);
  change.emplace_back(from, std::nullopt);
  rename_locked(std::move(change));
  return finish_call();
}

Result<void> SimulatedDisk::remove(const std::string& path) {
  const std::lock_guard guard(mutex_);
  GAVAH_TRY(start_call());
  if (!names_.contains(path)) return missing(path);
  rename_locked({{path, std::nullopt}});
  return finish_call();
}

Result<void> SimulatedDisk::sync_directory(const std::string& path) {
  const std::lock_guard guard(mutex_);
  if (auto started = start_call(); !started) {
    if (is_dead_) return started;
    return fail(ErrorCode::fatal, format("syncing: {}", started.error().message));
  }
  // What touches a name of this directory, and what else touches the same names before.
  std::set<std::string> touched;
  for (const NameChange& change : unsynced_) {
    const bool is_here = std::ranges::any_of(change, [&](const auto& one) { return parent_path(one.first) == path; });
    if (!is_here) continue;
    for (const auto& one : change) touched.insert(one.first);
  }
  std::vector<NameChange> rest;
  for (NameChange& change : unsynced_) {
    const bool settles = std::ranges::any_of(change, [&](const auto& one) { return touched.contains(one.first); });
    if (settles) {
      apply(durable_, change);
    } else {
      rest.push_back(std::move(change));
    }
  }
  unsynced_ = std::move(rest);
  return finish_call();
}

Result<void> SimulatedDisk::sync_all(const std::string&) {
  const std::lock_guard guard(mutex_);
  if (auto started = start_call(); !started) {
    if (is_dead_) return started;
    for (const auto& [path, node] : names_) {
      if (node && !node->changes.empty()) node->has_lost_sync = true;
    }
    return fail(ErrorCode::fatal, format("syncing: {}", started.error().message));
  }
  for (const auto& [path, node] : names_) {
    if (node) node->settle();
  }
  durable_ = names_;
  unsynced_.clear();
  return finish_call();
}

}  // namespace gavah
