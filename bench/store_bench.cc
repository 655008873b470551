// rooms: seal store age proof model base
#include <benchmark/benchmark.h>

#include "base/format.h"
#include "base/scratch_folder.h"
#include "seal/seal.h"
#include "store/store.h"

// What is written, and how durably: index rows are derived (no sync); captures are acknowledged only after one flush of
// the file system for the objects and two synced transactions (keyring, ledger) a batch. Folder: $TMPDIR or /tmp.

namespace gavah {
namespace {

std::int64_t count_of(const benchmark::State& state, std::size_t each) {
  return static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(each);
}

std::string words(std::size_t size_bytes, std::uint64_t seed) {
  SeededRandom random(seed);
  std::string out = to_hex(random.bytes(32));
  while (out.size() < size_bytes) out.append(" word ").append(std::to_string(out.size()));
  out.resize(size_bytes);
  return out;
}

std::vector<Report> reports(std::size_t count, std::size_t size_bytes) {
  const std::string text = words(size_bytes, 1);
  std::vector<Report> out(count);
  for (std::size_t i = 0; i < count; ++i) {
    out[i].id = ReportId::from_bytes(sha256(std::to_string(i)).view());
    out[i].capture = CaptureId::from_bytes(sha256(std::to_string(i / 10)).view());
    out[i].text = text;
  }
  return out;
}

/// A file for an index, sealed or (argument 0) with open pages.
store::DatabaseFile index_file(const ScratchFolder& folder, std::int64_t is_sealed) {
  static RealDisk disk;
  store::DatabaseFile out{&disk, folder.path("index.sqlite"), std::nullopt};
  if (is_sealed != 0) out.sealing = store::PageSealing{"index", {{1U, store::PageKey{}}}};
  return out;
}

void IndexRows(benchmark::State& state) {
  const auto rows = reports(100'000, 1'700);
  const std::size_t line_bytes = to_json(rows.front()).size();
  for ([[maybe_unused]] auto round : state) {
    const ScratchFolder folder;
    auto index = store::Index::create_scratch(index_file(folder, state.range(0))).value();
    for (std::size_t at = 0; at < rows.size(); at += 10'000) {
      if (!index.put(std::span<const Report>(rows).subspan(at, 10'000))) state.SkipWithError("put");
    }
    if (!index.finish()) state.SkipWithError("finish");
  }
  state.SetLabel(
      format("{} bytes a row, pages {}, synced at the end", line_bytes, state.range(0) != 0 ? "sealed" : "open"));
  state.SetItemsProcessed(count_of(state, rows.size()));
}
BENCHMARK(IndexRows)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond)->UseRealTime();

void ContentDigest(benchmark::State& state) {
  const auto rows = reports(100'000, 1'700);
  const ScratchFolder folder;
  auto index = store::Index::create_scratch(index_file(folder, state.range(0))).value();
  if (!index.put(std::span<const Report>(rows)) || !index.finish()) state.SkipWithError("put");
  for ([[maybe_unused]] auto round : state) benchmark::DoNotOptimize(index.content_digest().value());
  state.SetItemsProcessed(count_of(state, rows.size()));
}
BENCHMARK(ContentDigest)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond)->UseRealTime();

/// A chronicle to write to.
struct Case {
  Case() {
    seal::CreateOptions options;
    options.protection = store::Protection::unprotected;
    if (!seal::create(disk, folder.path("case"), folder.path("state"), options, clock, random)) std::abort();
    const auto nothing = [] { return Result<std::string>(std::string()); };
    chronicle = std::make_unique<store::Chronicle>(store::Chronicle::open(disk, folder.path("case"), nothing).value());
    log = std::make_unique<seal::LogWriter>(
        seal::LogWriter::open(*chronicle, folder.path("state"), clock, random).value());
  }
  ScratchFolder folder;
  RealDisk disk;
  SystemClock clock;
  SystemRandom random;
  std::unique_ptr<store::Chronicle> chronicle;
  std::unique_ptr<seal::LogWriter> log;
};

Part whole(std::string_view bytes) {
  Part part;
  part.chain = {{{0, bytes.size()}, "none"}};
  part.format = "html";
  part.size_bytes = bytes.size();
  part.digest = sha256(bytes);
  return part;
}

/// 20,000 pages of 20 kB, a batch of `range` at a time, then one signed head.
void AddPages(benchmark::State& state) {
  std::string page = words(20'000, 2);
  const std::size_t batch = static_cast<std::size_t>(state.range(0));
  constexpr std::size_t kPages = 20'000;
  for ([[maybe_unused]] auto round : state) {
    Case work;
    for (std::size_t at = 0; at < kPages; at += batch) {
      std::vector<seal::StagedCapture> staged;
      for (std::size_t i = 0; i < batch; ++i) {
        Capture capture;
        capture.name = format("page-{}.html", at + i);
        page.replace(0, 8, format("{:08}", at + i));
        staged.push_back(work.log->stage(MemorySource(page), std::move(capture), {whole(page)}).value());
      }
      if (!work.log->append_captures(std::move(staged))) state.SkipWithError("append");
    }
    if (!work.log->seal()) state.SkipWithError("seal");
  }
  state.SetLabel("fsynced before each acknowledgement, one thread");
  state.SetItemsProcessed(count_of(state, kPages));
  state.SetBytesProcessed(count_of(state, kPages * page.size()));
}
BENCHMARK(AddPages)->Arg(100)->Arg(500)->Iterations(1)->Unit(benchmark::kMillisecond)->UseRealTime();

/// One capture of 80,000 posts: each is a part.
void AddPosts(benchmark::State& state) {
  constexpr std::size_t kPosts = 80'000;
  const std::string post = words(600, 3) + "\n";
  std::string file;
  std::vector<Part> parts;
  for (std::size_t i = 0; i < kPosts; ++i) {
    Part part = whole(post);
    part.number = static_cast<PartNumber>(i);
    part.chain = {{{file.size(), file.size() + post.size()}, "none"}};
    parts.push_back(part);
    file += post;
  }
  for ([[maybe_unused]] auto round : state) {
    Case work;
    std::vector<seal::StagedCapture> staged;
    staged.push_back(work.log->stage(MemorySource(file), Capture{}, parts).value());
    if (!work.log->append_captures(std::move(staged)) || !work.log->seal()) state.SkipWithError("append");
  }
  state.SetItemsProcessed(count_of(state, kPosts));
}
BENCHMARK(AddPosts)->Iterations(1)->Unit(benchmark::kMillisecond)->UseRealTime();

/// Small entries, `range` to one acknowledgement.
void AppendEntries(benchmark::State& state) {
  Case work;
  const std::size_t batch = static_cast<std::size_t>(state.range(0));
  std::vector<Source> sources(batch);
  for (std::size_t i = 0; i < batch; ++i) sources[i].id = format("source-{}", i);
  for ([[maybe_unused]] auto round : state) {
    if (!work.log->append_sources(sources)) state.SkipWithError("append");
  }
  state.SetLabel("fsynced before each acknowledgement");
  state.SetItemsProcessed(count_of(state, batch));
}
BENCHMARK(AppendEntries)->Arg(1)->Arg(100)->Arg(10'000)->Unit(benchmark::kMillisecond)->UseRealTime();

/// Writing tiles and signing, for entries already acknowledged.
void SealEntries(benchmark::State& state) {
  for ([[maybe_unused]] auto round : state) {
    state.PauseTiming();
    auto work = std::make_unique<Case>();
    std::vector<Source> sources(100'000);
    for (std::size_t i = 0; i < sources.size(); ++i) sources[i].id = format("source-{}", i);
    if (!work->log->append_sources(sources)) state.SkipWithError("append");
    state.ResumeTiming();
    if (!work->log->seal()) state.SkipWithError("seal");
  }
  state.SetItemsProcessed(count_of(state, 100'000));
}
BENCHMARK(SealEntries)->Iterations(1)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace gavah

BENCHMARK_MAIN();
