// rooms: capture model base
// Reads a web archive through capture::read and prints "RECORDS SECONDS PARTS PROBLEMS BYTES": every record, all its
// digests compared, bodies decoded, each part given a SHA-256, its chain and its address.
//   warc_bench FILE [ROUNDS] [records]
// With "records" the SHA-256 of the parts is left to the caller, as a sandbox's parent does it: all else is the same.
// Seconds are the processor's of this thread, the best of the rounds; the file is in the page cache after the first.
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <memory>

#include "base/disk.h"
#include "base/format.h"
#include "capture/capture.h"

namespace gavah {
namespace {

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

struct Round {
  std::uint64_t records = 0;
  std::uint64_t part_bytes = 0;
  double seconds = 0;
  capture::Container container;
};

Result<Round> read_once(const ByteSource& file, const std::string& name, capture::PartDigests digests) {
  Round out;
  const capture::ReadOptions options{.limits = {}, .mapping = {}, .part_digests = digests};
  const double begin = cpu_seconds();
  GAVAH_ASSIGN(out.container, capture::read(file, name, options, [&](const Part& part, std::string_view bytes) {
                 out.part_bytes += bytes.size() + part.chain.size();
                 return Result<void>();
               }));
  out.seconds = cpu_seconds() - begin;
  out.records = out.container.part_count;
  for (const auto& [kind, count] : out.container.passed_over) out.records += count;
  return out;
}

Result<void> run(const std::string& path, int rounds, capture::PartDigests digests) {
  RealDisk disk;
  GAVAH_ASSIGN(const auto file, disk.open(path));
  Round best;
  for (int i = 0; i < rounds; ++i) {
    GAVAH_ASSIGN(Round round, read_once(*file, std::string(base_name(path)), digests));
    if (i == 0 || round.seconds < best.seconds) best = std::move(round);
  }
  std::printf("%s\n", format("{} {:.4f} {} {} {}", best.records, best.seconds, best.container.part_count,
                             best.container.problem_count, best.part_bytes)
                          .c_str());
  return {};
}

}  // namespace
}  // namespace gavah

int main(int count, char** words) {
  if (count < 2) {
    std::fputs("usage: warc_bench FILE [ROUNDS]\n", stderr);
    return 2;
  }
  const auto digests = count > 3 ? gavah::capture::PartDigests::left_to_caller : gavah::capture::PartDigests::computed;
  const auto done = gavah::run(words[1], count > 2 ? std::atoi(words[2]) : 1, digests);
  if (done) return 0;
  std::fprintf(stderr, "%s\n", done.error().sentence().c_str());
  return 1;
}
