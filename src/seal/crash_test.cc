#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <map>

#include "base/format.h"
#include "base/scratch_folder.h"
#include "seal/seal.h"

namespace gavah::seal {
namespace {

namespace fs = std::filesystem;

/// The real disk, which kills the process (SIGKILL, as a power cut would end it) at one of its writing calls, before or
/// after the call has happened. Calls are counted from 0.
class KillingDisk final : public Disk {
 private:
  template <class Call>
  auto at_call(Call call) {
    if (calls_ == call_ && moment_ == Moment::before) ::kill(::getpid(), SIGKILL);
    auto result = call();
    if (calls_++ == call_) ::kill(::getpid(), SIGKILL);
    return result;
  }

 public:
  enum class Moment { before, after };
  KillingDisk(std::int64_t call, Moment moment) : call_(call), moment_(moment) {}

  Result<std::string> read(const std::string& path) override { return disk_.read(path); }
  Result<std::unique_ptr<ByteSource>> open(const std::string& path) override { return disk_.open(path); }
  Result<EntryKind> kind(const std::string& path) override { return disk_.kind(path); }
  Result<std::vector<DirectoryEntry>> list(const std::string& directory) override { return disk_.list(directory); }
  Result<void> make_directories(const std::string& path) override {
    return at_call([&] { return disk_.make_directories(path); });
  }
  Result<std::unique_ptr<FileWriter>> create(const std::string& path) override {
    return at_call([&] { return disk_.create(path); });
  }
  Result<std::unique_ptr<RandomAccessFile>> open_file(const std::string& path, OpenMode mode) override;
  Result<void> rename(const std::string& from, const std::string& to) override {
    return at_call([&] { return disk_.rename(from, to); });
  }
  Result<void> remove(const std::string& path) override {
    return at_call([&] { return disk_.remove(path); });
  }
  Result<void> sync_directory(const std::string&) override {
    return at_call([] { return Result<void>(); });
  }
  Result<void> sync_all(const std::string&) override {
    return at_call([] { return Result<void>(); });
  }

 private:
  RealDisk disk_;
  std::int64_t call_;
  Moment moment_;
  std::int64_t calls_ = 0;
};

/// A database's file. Its own calls are no points to die at (tests/faults has them all), and nothing is flushed: the
/// machine stays up.
class KillingFile final : public RandomAccessFile {
 public:
  explicit KillingFile(std::unique_ptr<RandomAccessFile> file) : file_(std::move(file)) {}
  Result<std::uint64_t> size() override { return file_->size(); }
  Result<std::size_t> read(std::uint64_t offset, std::span<char> out) override { return file_->read(offset, out); }
  Result<void> write(std::uint64_t offset, std::string_view bytes) override { return file_->write(offset, bytes); }
  Result<void> truncate(std::uint64_t size_bytes) override { return file_->truncate(size_bytes); }
  Result<void> sync() override { return {}; }
  Result<bool> lock(ByteRange range, FileLock kind) override { return file_->lock(range, kind); }
  Result<std::span<char>> map(ByteRange range) override { return file_->map(range); }

 private:
  std::unique_ptr<RandomAccessFile> file_;
};

Result<std::unique_ptr<RandomAccessFile>> KillingDisk::open_file(const std::string& path, OpenMode mode) {
  GAVAH_ASSIGN(auto file, disk_.open_file(path, mode));
  return std::unique_ptr<RandomAccessFile>(new KillingFile(std::move(file)));
}

constexpr int kRounds = 3;

Result<std::string> no_passphrase() { return std::string(); }

/// Adds captures and a decision, seals, and says after each acknowledgement how many leaves there are.
void work(Disk& disk, const std::string& directory, const std::string& state, int acknowledged) {
  SeededRandom random(77);
  const FixedClock clock(Instant::parse("2026-03-21T10:00:00Z").value());
  auto chronicle = store::Chronicle::open(disk, directory, no_passphrase);
  if (!chronicle) return;
  auto log = LogWriter::open(*chronicle, state, clock, random);
  if (!log) return;
  const auto say = [&] {
    const std::uint64_t size = log->size();
    [[maybe_unused]] const auto written = ::write(acknowledged, &size, sizeof size);
  };
  for (int round = 0; round < kRounds; ++round) {
    std::vector<StagedCapture> staged;
    for (int i = 0; i < 2; ++i) {
      const std::string bytes = format("page {} of round {}", i, round);
      auto one = log->stage(MemorySource(bytes), Capture{}, {});
      if (!one) return;
      staged.push_back(*std::move(one));
    }
    if (!log->append_captures(std::move(staged))) return;
    say();
    if (!log->seal()) return;
    Decision decision;
    decision.reason = "reason";
    if (!log->append_decision(decision)) return;
    say();
  }
}

struct Outcome {
  bool was_killed = false;
  std::uint64_t acknowledged = 0;
};

Outcome run_child(const std::string& directory, const std::string& state, std::int64_t call,
                  KillingDisk::Moment moment) {
  int pipe_ends[2];
  EXPECT_EQ(::pipe(pipe_ends), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    KillingDisk disk(call, moment);
    work(disk, directory, state, pipe_ends[1]);
    ::_exit(0);
  }
  ::close(pipe_ends[1]);
  Outcome out;
  std::uint64_t size = 0;
  while (::read(pipe_ends[0], &size, sizeof size) == sizeof size) out.acknowledged = size;
  ::close(pipe_ends[0]);
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  out.was_killed = WIFSIGNALED(status);
  return out;
}

/// Every file below log/ but the checkpoint and partial tiles of earlier sizes, which may or may not be there.
std::map<std::string, std::string> needed_files(Disk& disk, const std::string& log, std::uint64_t size) {
  std::map<std::string, std::string> out;
  for (const auto& name : proof::tiles_of(size)) {
    const std::string path = proof::path_of(name);
    out[path] = disk.read(join_path(log, path)).value_or("missing");
  }
  for (const auto& name : proof::bundles_of(size)) {
    const std::string path = proof::path_of(name);
    out[path] = disk.read(join_path(log, path)).value_or("missing");
  }
  return out;
}

class CrashTest : public testing::TestWithParam<KillingDisk::Moment> {};

TEST_P(CrashTest, NothingAcknowledgedIsLostAndRecoveryGivesTheBytesOfAnUndisturbedLog) {
  const ScratchFolder folder;
  RealDisk disk;
  SeededRandom random(1);
  const FixedClock clock(Instant::parse("2026-03-21T10:00:00Z").value());
  CreateOptions options;
  options.origin = "chronicle.example/case";
  options.protection = store::Protection::unprotected;
  ASSERT_TRUE(create(disk, folder.path("start"), folder.path("start-state"), options, clock, random));
  int trials = 0;
  for (std::int64_t call = 0;; ++call, ++trials) {
    const std::string directory = folder.path("case");
    const std::string state = folder.path("state");
    fs::copy(folder.path("start"), directory, fs::copy_options::recursive);
    fs::copy(folder.path("start-state"), state, fs::copy_options::recursive);
    const Outcome outcome = run_child(directory, state, call, GetParam());

    auto chronicle = store::Chronicle::open(disk, directory, no_passphrase).value();
    const std::uint64_t stored = chronicle.ledger().size().value();
    EXPECT_GE(stored, outcome.acknowledged) << "killed at call " << call;
    SystemRandom fresh;
    {
      const auto log = LogWriter::open(chronicle, state, clock, fresh);
      ASSERT_TRUE(log) << "killed at call " << call << ": " << log.error().sentence();
    }
    EXPECT_EQ(chronicle.head().value().size, stored) << call;
    const AuditReport report = audit(chronicle, state).value();
    EXPECT_TRUE(report.is_sound()) << call << ": " << report.faults.front().what << " " << report.faults.front().why;

    // The same leaves written undisturbed, from nothing.
    MemoryDisk memory;
    store::Tiles undisturbed(memory, "log");
    const auto leaves = [&](proof::LeafIndex begin, proof::LeafIndex end, const auto& visit) {
      return chronicle.ledger().for_each_leaf(begin, end, visit);
    };
    const auto range = undisturbed.grow(0, stored, leaves);
    ASSERT_TRUE(range);
    EXPECT_EQ(range->root(), chronicle.head().value().root);
    EXPECT_EQ(needed_files(disk, directory + "/log", stored), needed_files(memory, "log", stored)) << call;
    EXPECT_EQ(chronicle.checkpoint_note().value(),
              proof::sign_checkpoint({"chronicle.example/case", stored, range->root()}, chronicle.keys().log).value());
    fs::remove_all(directory);
    fs::remove_all(state);
    if (!outcome.was_killed) break;
  }
  EXPECT_GT(trials, 40) << "each writing call was a point to die at";
}

INSTANTIATE_TEST_SUITE_P(BeforeAndAfterEachCall, CrashTest,
                         testing::Values(KillingDisk::Moment::before, KillingDisk::Moment::after),
                         [](const auto& moment) {
                           return moment.param == KillingDisk::Moment::before ? "Before" : "After";
                         });

}  // namespace
}  // namespace gavah::seal
