// rooms: extract capture model base
// Everything that is extracted of the pages of the evaluation sets: one digest of all reports, which a change of speed
// leaves as it was, and the best rate of some rounds over pages in memory.
//   reports_bench [ROUNDS] [--write FILE]
// --write keeps the reports as JSON Lines. Input: GAVAH_SHARED_DATA, else ../shared/data beside the repository. One
// thread; time is the core's, of extract() alone. For a profile: perf record build/release/bench/reports_bench 10
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>

#include "base/digest.h"
#include "base/disk.h"
#include "capture/inflate_whole.h"
#include "extract/extract.h"

namespace gavah {
namespace {

constexpr std::uint64_t kPageBytes = std::uint64_t{256} << 20U;
constexpr auto kSets = std::to_array<const char*>(
    {"scrapinghub-aeb", "trafilatura-eval", "wcxb", "htmldate-eval", "mozilla-readability", "embedded-social-index"});

struct Page {
  std::string name;
  std::string bytes;
};

std::vector<Page> read_pages() {
  const char* shared = std::getenv("GAVAH_SHARED_DATA");
  const std::filesystem::path source = GAVAH_SOURCE_DIR;
  const std::filesystem::path data =
      (shared != nullptr ? std::filesystem::path(shared) : source / "../shared/data") / "extraction";
  std::vector<std::filesystem::path> roots = {source / "tests/pages"};
  for (const char* set : kSets) roots.push_back(data / set);
  RealDisk disk;
  std::vector<Page> out;
  for (const auto& root : roots) {
    if (!std::filesystem::exists(root)) continue;
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
      const std::string name = entry.path().filename();
      if (name.ends_with(".html") || name.ends_with(".html.gz")) paths.push_back(entry.path());
    }
    std::ranges::sort(paths);
    for (const auto& path : paths) {
      auto bytes = disk.read(path);
      if (!bytes) continue;
      if (path.extension() == ".gz") {
        auto inflated = capture::inflate_whole(*bytes, capture::Deflated::gzip, kPageBytes);
        if (!inflated) continue;
        *bytes = std::move(inflated->bytes);
      }
      out.push_back({path.filename(), std::move(*bytes)});
    }
  }
  return out;
}

std::vector<Report> extracted(const Page& page) {
  const Capture capture;
  Part part;
  part.format = "html";
  part.url = "https://news.example/" + page.name;
  return extract::extract({capture, part, page.bytes}, IdSecret{});
}

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

void print_digest(const std::vector<Page>& pages, const std::string& file) {
  std::ofstream out;
  if (!file.empty()) out.open(file);
  std::size_t count = 0;
  std::string lines;
  for (const Page& page : pages) {
    for (const Report& report : extracted(page)) {
      lines += to_json(report) + "\n";
      ++count;
    }
  }
  out << lines;
  std::printf("%zu reports of %zu pages: %s\n", count, pages.size(), sha256(lines).hex().c_str());
}

}  // namespace
}  // namespace gavah

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  const auto write = std::ranges::find(words, "--write");
  const bool is_counted = !words.empty() && write != words.begin();
  const int rounds = is_counted ? std::atoi(words[0].c_str()) : 3;
  const std::vector<gavah::Page> pages = gavah::read_pages();
  gavah::print_digest(pages, write != words.end() && write + 1 != words.end() ? write[1] : "");
  double bytes = 0;
  for (const gavah::Page& page : pages) bytes += static_cast<double>(page.bytes.size());
  double best = 1e9;
  std::size_t reports = 0;  // so that nothing is left out by the compiler
  for (int round = 0; round < rounds; ++round) {
    const double begin = gavah::cpu_seconds();
    for (const gavah::Page& page : pages) reports += gavah::extracted(page).size();
    best = std::min(best, gavah::cpu_seconds() - begin);
  }
  std::printf("%.1f MB, best of %d rounds: %.3f s, %.1f MB/s, %.0f pages/s (%zu)\n", bytes / 1e6, rounds, best,
              bytes / 1e6 / best, static_cast<double>(pages.size()) / best, reports);
  return 0;
}
