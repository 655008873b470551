// `gavah code` as people run it: a process, JSON Lines in on a file, JSON Lines out to a file that nobody keeps.
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "base/format.h"
#include "coding/coding.h"
#include "coding/made_gazetteer.h"
#include "place/place.h"

namespace gavah::code::bench {
namespace {

struct Run {
  double seconds = 0;            ///< from start to end
  double processor_seconds = 0;  ///< of all threads
  double peak_mib = 0;
  bool succeeded = false;
};

/// $GAVAH_PROGRAM, or the program that was built beside this one.
std::string program() {
  const char* stated = std::getenv("GAVAH_PROGRAM");
  if (stated != nullptr) return stated;
  return (std::filesystem::read_symlink("/proc/self/exe").parent_path().parent_path() / "gavah").string();
}

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

Run run_code(const std::string& input, const std::string& threads, const std::string& gazetteer = "built-in") {
  const std::string path = program();
  const auto start = std::chrono::steady_clock::now();
  const pid_t child = ::fork();
  if (child == 0) {
    const int in = ::open(input.c_str(), O_RDONLY | O_CLOEXEC);
    const int out = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    ::dup2(in, STDIN_FILENO);
    ::dup2(out, STDOUT_FILENO);
    ::execl(path.c_str(), path.c_str(), "code", "--gazetteer", gazetteer.c_str(), "--threads", threads.c_str(),
            nullptr);
    std::_Exit(127);
  }
  int status = 0;
  rusage usage{};
  Run out;
  out.succeeded =
      child > 0 && ::wait4(child, &status, 0, &usage) == child && WIFEXITED(status) != 0 && WEXITSTATUS(status) == 0;
  out.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  out.processor_seconds = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
  out.peak_mib = static_cast<double>(usage.ru_maxrss) / 1024;
  return out;
}

/// The best of a few runs: what else the machine does only adds.
Run best_of(const std::string& input, const std::string& threads, const std::string& gazetteer = "built-in") {
  constexpr int kRuns = 5;
  Run best = run_code(input, threads, gazetteer);
  for (int i = 1; i < kRuns && best.succeeded; ++i) {
    const Run again = run_code(input, threads, gazetteer);
    if (again.seconds < best.seconds) best = again;
  }
  return best;
}

/// A program that has loaded all it needs and waits for its first line.
class Waiting {
 public:
  explicit Waiting(const std::string& gazetteer) {
    std::array<int, 2> line{};
    if (::pipe2(line.data(), O_CLOEXEC) != 0) return;
    const std::string path = program();
    child_ = ::fork();
    if (child_ == 0) {
      ::dup2(line[0], STDIN_FILENO);
      ::execl(path.c_str(), path.c_str(), "code", "--gazetteer", gazetteer.c_str(), nullptr);
      std::_Exit(127);
    }
    ::close(line[0]);
    line_ = line[1];
  }
  Waiting(const Waiting&) = delete;
  Waiting& operator=(const Waiting&) = delete;
  ~Waiting() {
    ::close(line_);
    ::waitpid(child_, nullptr, 0);
  }
  /// Its share of memory, each page counted by how many processes have it.
  double share_mib() const {
    std::ifstream in(format("/proc/{}/smaps_rollup", child_));
    for (std::string word; in >> word;) {
      double kib = 0;
      if (word == "Pss:" && in >> kib) return kib / 1024;
    }
    return 0;
  }

 private:
  pid_t child_ = -1;
  int line_ = -1;
};

/// Of two waiting programs: the mean share, once it stays as it is.
double share_of_two(const std::string& gazetteer) {
  const Waiting first(gazetteer);
  const Waiting second(gazetteer);
  double before = -1;
  double now = 0;
  for (int i = 0; i < 50 && (now == 0 || now != before); ++i) {
    ::usleep(500'000);
    before = std::exchange(now, (first.share_mib() + second.share_mib()) / 2);
  }
  return now;
}

double ms_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

/// Looks for every place by its name.
double lookups_per_second(const place::Gazetteer& gazetteer) {
  std::size_t found = 0;
  const auto start = std::chrono::steady_clock::now();
  for (place::EntryNumber i = 0; i < gazetteer.size(); ++i) found += gazetteer.named(gazetteer.entry(i).name).size();
  const double seconds = ms_since(start) / 1000;
  return found == 0 ? 0 : static_cast<double>(gazetteer.size()) / seconds;
}

/// What a gazetteer of 200,000 places costs, as a dump and compiled.
void measure_large_gazetteer(const std::filesystem::path& folder, const std::string& empty) {
  constexpr std::uint32_t kTowns = 200'000;
  const std::string dump_file = (folder / "made.tsv").string();
  const std::string compiled_file = (folder / "made.places").string();
  const std::string dump = made_gazetteer(kTowns);
  std::ofstream(dump_file, std::ios::binary) << dump;
  const std::string_view dumps[] = {dump};
  auto start = std::chrono::steady_clock::now();
  const auto compiled = place::Gazetteer::compile(dumps);
  const double compile_ms = ms_since(start);
  if (!compiled) return static_cast<void>(std::puts(compiled.error().sentence().c_str()));
  std::ofstream(compiled_file, std::ios::binary) << *compiled;
  start = std::chrono::steady_clock::now();
  const auto opened = place::Gazetteer::open(SharedBytes::of(*compiled));
  const double open_ms = ms_since(start);
  if (!opened) return static_cast<void>(std::puts(opened.error().sentence().c_str()));
  std::puts(
      format("made gazetteer: {} places, dump {:.1f} MiB, compiled {:.1f} MiB; compiling {:.0f} ms, opening {:.1f} ms; "
             "{:.0f} names looked up a second",
             opened->size(), static_cast<double>(dump.size()) / (1 << 20),
             static_cast<double>(compiled->size()) / (1 << 20), compile_ms, open_ms, lookups_per_second(*opened))
          .c_str());
  for (const std::string& file : {compiled_file, dump_file}) {
    const Run run = best_of(empty, "1", file);
    std::puts(format("  as a {}: start-up {:.0f} ms (mark 150), {:.0f} MiB (mark 300), {:.0f} MiB each where two run",
                     file == dump_file ? "dump" : "compiled file", run.seconds * 1000, run.peak_mib, share_of_two(file))
                  .c_str());
  }
}

}  // namespace

void measure_process(const std::vector<Lines>& sets) {
  const auto folder = std::filesystem::temp_directory_path() / format("gavah_code_bench.{}", ::getpid());
  std::filesystem::create_directories(folder);
  const std::string empty = (folder / "empty").string();
  std::ofstream{empty};
  const Run start = best_of(empty, "1");
  if (!start.succeeded) {
    std::puts(format("process: {} does not run", program()).c_str());
    std::filesystem::remove_all(folder);
    return;
  }
  std::puts(
      format("process: start-up {:.0f} ms (mark 150), {:.0f} MiB with the built-in gazetteer (mark 300), {:.0f} MiB "
             "each where two run",
             start.seconds * 1000, start.peak_mib, share_of_two("built-in"))
          .c_str());
  measure_large_gazetteer(folder, empty);
  for (const Lines& set : sets) {
    const std::string file = (folder / "lines.jsonl").string();
    std::ofstream(file, std::ios::binary) << set.text;
    double one = 0;
    for (const std::string threads : {"1", "2"}) {
      const Run run = best_of(file, threads);
      const double rate = static_cast<double>(set.documents) / (run.seconds - start.seconds);
      if (one == 0) one = rate;
      std::puts(
          format("  {:<6} {} documents, {} thread(s): {:.0f} documents/s of wall clock after start-up (x{:.2f}; "
                 "{:.0f} with it, {:.0f} by processor time), {:.0f} MiB",
                 set.name, set.documents, threads, rate, rate / one, static_cast<double>(set.documents) / run.seconds,
                 static_cast<double>(set.documents) / (run.processor_seconds - start.processor_seconds), run.peak_mib)
              .c_str());
    }
  }
  std::filesystem::remove_all(folder);
}

}  // namespace gavah::code::bench
