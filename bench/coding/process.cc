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

Run run_code(const std::string& input, const std::string& threads) {
  const std::string path = program();
  const auto start = std::chrono::steady_clock::now();
  const pid_t child = ::fork();
  if (child == 0) {
    const int in = ::open(input.c_str(), O_RDONLY | O_CLOEXEC);
    const int out = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    ::dup2(in, STDIN_FILENO);
    ::dup2(out, STDOUT_FILENO);
    ::execl(path.c_str(), path.c_str(), "code", "--threads", threads.c_str(), nullptr);
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
Run best_of(const std::string& input, const std::string& threads) {
  constexpr int kRuns = 5;
  Run best = run_code(input, threads);
  for (int i = 1; i < kRuns && best.succeeded; ++i) {
    const Run again = run_code(input, threads);
    if (again.seconds < best.seconds) best = again;
  }
  return best;
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
  std::puts(format("process: start-up {:.0f} ms (mark 150), {:.0f} MiB with the built-in gazetteer (mark 300)",
                   start.seconds * 1000, start.peak_mib)
                .c_str());
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
