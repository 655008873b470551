#include <algorithm>
#include <memory>
#include <mutex>

#include "age/age.h"
#include "base/format.h"
#include "base/ordered.h"
#include "pipeline/intake.h"
#include "pipeline/workflows.h"

namespace gavah::pipeline {
namespace {

constexpr std::size_t kBatchCaptures = 512;          // captures acknowledged in one transaction, with one flush
constexpr std::uint64_t kBatchParts = 200'000;       // so that a failure late in a folder does not lose the hour before
constexpr std::uint64_t kBatchBytes = 16ULL << 20U;  // what the captures of a batch hold in memory
constexpr std::size_t kReadAhead = 64;               // files read and encrypted beyond the one being taken

class OwnedBytes final : public ByteSource {
 public:
  explicit OwnedBytes(std::string bytes) : bytes_(std::move(bytes)) {}
  std::uint64_t size() const override { return bytes_.size(); }
  Result<std::string> read(ByteRange range) const override { return MemorySource(bytes_).read(range); }

 private:
  std::string bytes_;
};

/// How far the reading of all files has come, in bytes. Every file is gone through twice: to read it, and to seal it.
class Meter {
 public:
  explicit Meter(const Progress& progress) : progress_(progress) {}
  void expect(std::uint64_t bytes) { total_ += bytes; }
  void add(std::uint64_t bytes) {
    if (!progress_) return;
    const std::lock_guard lock(mutex_);
    done_ += bytes;
    progress_("adding", done_, std::max(done_, total_));
  }

 private:
  const Progress& progress_;
  std::mutex mutex_;
  std::uint64_t done_ = 0;
  std::uint64_t total_ = 0;
};

/// A file whose reading is counted: its size in all, however often it is read. One thread.
class MeteredSource final : public ByteSource {
 public:
  MeteredSource(std::unique_ptr<ByteSource> bytes, Meter& meter)
      : bytes_(std::move(bytes)), meter_(meter), left_(bytes_->size()) {}
  MeteredSource(const MeteredSource&) = delete;
  MeteredSource& operator=(const MeteredSource&) = delete;
  ~MeteredSource() override { meter_.add(left_); }

  std::uint64_t size() const override { return bytes_->size(); }
  Result<std::string> read(ByteRange range) const override {
    const std::uint64_t counted = std::min(left_, range.size() / 2);
    left_ -= counted;
    meter_.add(counted);
    return bytes_->read(range);
  }

 private:
  std::unique_ptr<ByteSource> bytes_;
  Meter& meter_;
  mutable std::uint64_t left_;
};

/// What a capture that waits for its batch holds in memory; most pages some hundred bytes.
std::uint64_t held_bytes(const seal::StagedCapture& staged) {
  std::uint64_t out = staged.parts.held_bytes();
  for (const auto& [name, value] : staged.capture.hints) out += name.size() + value.size();
  return out;
}

/// One file read and, when it could be read, encrypted into objects/.
struct Taken {
  std::optional<seal::StagedCapture> staged;
  std::vector<SetAside> problems;
  std::optional<std::string> unreadable;
  std::optional<Error> error;
};

class Addition {
 public:
  Addition(Chronicle& chronicle, const AddOptions& options, seal::LogWriter& writer, const Parser& parser)
      : chronicle_(chronicle), options_(options), writer_(writer), parser_(parser), meter_(options.progress) {}

  Result<AddSummary> run() {
    GAVAH_ASSIGN(const auto files, intake_files(disk(), options_, summary_.problems));
    if (options_.progress) expect_sizes(files);
    make_in_order<Taken>(
        files.size(), 0, kReadAhead, [&](std::size_t i) { return take_in(files[i]); },
        [&](std::size_t i, Taken&& taken) { return accept(files[i], std::move(taken)); });
    // What was taken before a failure is acknowledged all the same.
    const Result<void> appended = append_batch();
    if (failure_) return std::unexpected(*failure_);
    GAVAH_TRY(appended);
    GAVAH_TRY(writer_.seal());
    return std::move(summary_);
  }

 private:
  Disk& disk() { return chronicle_.world().disk(); }

  void expect_sizes(const std::vector<IntakeFile>& files) {
    for (const IntakeFile& file : files) {
      const auto bytes = file.path == "-" ? nullptr : disk().open(file.path).value_or(nullptr);
      if (bytes) meter_.expect(bytes->size());
    }
  }

  Result<std::unique_ptr<ByteSource>> open(const IntakeFile& file) {
    if (file.path != "-") {
      GAVAH_ASSIGN(auto bytes, disk().open(file.path));
      return std::unique_ptr<ByteSource>(new MeteredSource(std::move(bytes), meter_));
    }
    if (!options_.standard_input) return fail(ErrorCode::not_found, "there is no standard input");
    GAVAH_ASSIGN(std::string bytes, options_.standard_input());
    return std::unique_ptr<ByteSource>(new OwnedBytes(std::move(bytes)));
  }

  /// Called on several threads.
  Taken take_in(const IntakeFile& file) {
    Taken out;
    const auto bytes = open(file);
    if (!bytes) {
      // One unreadable file never stops a batch.
      out.problems.push_back({file.name, bytes.error().message});
      return out;
    }
    store::PartSpool parts = writer_.spool();
    auto read = read_file(parser_, **bytes, file,
                          {[&](Part part) { return parts.add(std::move(part)); }, [&] { return parts.clear(); }});
    if (!read) {
      out.error = read.error();
      return out;
    }
    for (const auto& problem : read->container.problems) {
      out.problems.push_back({format("{}: {} {}", file.name, problem.what, problem.where), problem.reason});
    }
    if (const auto gap = read->container.hints.find("incomplete"); gap != read->container.hints.end()) {
      out.problems.push_back({file.name, "incomplete: " + gap->second});
    }
    if (read->container.unreadable) {
      out.unreadable = read->container.unreadable;
      return out;
    }
    read->capture.added = chronicle_.world().clock().now();
    auto staged = writer_.stage(**bytes, std::move(read->capture), std::move(parts));
    if (!staged) {
      out.error = staged.error();
    } else {
      out.staged = std::move(*staged);
    }
    return out;
  }

  Continue accept(const IntakeFile& file, Taken&& taken) {
    for (auto& problem : taken.problems) summary_.problems.push_back(std::move(problem));
    if (taken.unreadable) {
      if (auto kept = quarantine(file, *taken.unreadable); !kept) taken.error = kept.error();
    }
    if (taken.error) {
      failure_ = *taken.error;
      return Continue::no;
    }
    if (taken.staged) {
      batch_parts_ += taken.staged->parts.count();
      batch_bytes_ += held_bytes(*taken.staged);
      batch_.push_back(std::move(*taken.staged));
    }
    const bool has_room = batch_.size() < kBatchCaptures && batch_parts_ < kBatchParts && batch_bytes_ < kBatchBytes;
    if (has_room) return Continue::yes;
    if (auto appended = append_batch(); !appended) {
      failure_ = appended.error();
      return Continue::no;
    }
    return Continue::yes;
  }

  Result<void> append_batch() {
    if (batch_.empty()) return {};
    GAVAH_ASSIGN(const auto captures, writer_.append_captures(std::move(batch_)));
    batch_.clear();
    batch_parts_ = 0;
    batch_bytes_ = 0;
    for (const Capture& capture : captures) {
      ++summary_.captures;
      summary_.parts += capture.part_count;
      summary_.bytes += capture.size_bytes;
      if (!capture.same_bytes.empty()) ++summary_.same_bytes;
    }
    return {};
  }

  /// Keeps bytes that could not be read, and the reason beside them, both sealed.
  Result<void> quarantine(const IntakeFile& file, const std::string& reason) {
    store::Quarantine kept(disk(), chronicle_.stored().quarantine_path());
    const age::Recipient recipient = chronicle_.stored().config().recipient;
    Random& random = chronicle_.world().random();
    const std::string id = to_hex(random.bytes(16));
    GAVAH_ASSIGN(const auto bytes, open(file));
    GAVAH_ASSIGN(const age::Sealed sealed, kept.keep_bytes(id, *bytes, recipient, random));
    JsonWriter line;
    line.begin_object()
        .member("type", "quarantine")
        .member("id", id)
        .member("name", file.name)
        .member("reason", reason);
    line.member("size_bytes", sealed.plain_size_bytes).member("sha256", sealed.plain_digest.hex());
    line.member("added", chronicle_.world().clock().now().text()).key("about");
    write_about(line, file.about);
    line.member("age_header", sealed.header).end_object();
    GAVAH_TRY(kept.keep_record(id, line.str(), recipient, random));
    summary_.quarantined.push_back({file.name, reason});
    return {};
  }

  Chronicle& chronicle_;
  const AddOptions& options_;
  seal::LogWriter& writer_;
  const Parser parser_;
  Meter meter_;
  AddSummary summary_;
  std::vector<seal::StagedCapture> batch_;
  std::uint64_t batch_parts_ = 0;
  std::uint64_t batch_bytes_ = 0;
  std::optional<Error> failure_;
};

}  // namespace

Result<AddSummary> add(Chronicle& chronicle, const AddOptions& options) {
  GAVAH_ASSIGN(confine::Workers * workers, chronicle.world().workers());
  GAVAH_ASSIGN(seal::LogWriter * writer, chronicle.writer());
  return Addition(chronicle, options, *writer, Parser(workers)).run();
}

}  // namespace gavah::pipeline
