// rooms: extract capture text html model base
// False alarms of hollow captures: every page of the public sets is a real page, so each that is called hollow is
// listed, with the reason and its first words, for a person to judge.
//   hollow_bench
// Input: GAVAH_SHARED_DATA, else ../shared/data beside the repository.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "base/disk.h"
#include "base/utf8.h"
#include "capture/inflate_whole.h"
#include "extract/extract.h"

namespace gavah {
namespace {

namespace fs = std::filesystem;
constexpr std::uint64_t kPageBytes = std::uint64_t{256} << 20U;

std::vector<std::string> pages_of_the_sets() {
  const char* shared = std::getenv("GAVAH_SHARED_DATA");
  const std::string root =
      (shared != nullptr ? std::string(shared) : std::string(GAVAH_SOURCE_DIR) + "/../shared/data") + "/extraction/";
  std::vector<std::string> out;
  for (const char* set : {"scrapinghub-aeb/html", "trafilatura-eval/html", "wcxb/dev-html", "wcxb/test-html",
                          "htmldate-eval/html", "mozilla-readability/pages"}) {
    if (!fs::exists(root + set)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(root + set)) {
      const bool is_page =
          entry.path().extension() == ".gz" && !entry.path().filename().string().starts_with("expected");
      if (entry.is_regular_file() && is_page) out.push_back(entry.path().string());
    }
  }
  std::sort(out.begin(), out.end());
  return out;
}

int run() {
  RealDisk disk;
  std::size_t pages = 0;
  std::size_t flagged = 0;
  for (const std::string& path : pages_of_the_sets()) {
    const auto packed = disk.read(path);
    const auto page = packed ? capture::inflate_whole(*packed, capture::Deflated::gzip, kPageBytes) : std::nullopt;
    if (!page) continue;
    ++pages;
    const Capture capture;
    Part part;
    part.format = "html";
    const auto reports = extract::extract({capture, part, page->bytes}, IdSecret{});
    if (reports.empty() || reports[0].hollow.empty()) continue;
    ++flagged;
    std::string words(utf8_prefix(reports[0].text, 160));
    std::ranges::replace(words, '\n', ' ');
    std::printf("%s\n  %s; %zu bytes of text; title: %s\n  %s\n", path.substr(path.find("/extraction/") + 12).c_str(),
                reports[0].hollow.c_str(), reports[0].text.size(), reports[0].title.c_str(), words.c_str());
  }
  std::printf("%zu of %zu pages are called hollow\n", flagged, pages);
  return 0;
}

}  // namespace
}  // namespace gavah

int main() { return gavah::run(); }
