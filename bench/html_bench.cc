// rooms: html capture model base
// Reads the pages of the evaluation sets with our parser and with gumbo 0.10, in one run on one core.
//   html_bench [ROUNDS]
// Input: GAVAH_SHARED_DATA, else ../shared/data beside the repository; every *.html.gz and *.html of scrapinghub-aeb,
// trafilatura-eval, wcxb, htmldate-eval and mozilla-readability, as UTF-8. Time is the core's; the best of the rounds
// counts for each.
#include <gumbo.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>

#include "base/charset.h"
#include "base/disk.h"
#include "capture/inflate_whole.h"
#include "html/html.h"
#include "html/tree_builder.h"

namespace gavah {
namespace {

constexpr std::uint64_t kPageBytes = std::uint64_t{256} << 20U;

std::filesystem::path data_root() {
  const char* shared = std::getenv("GAVAH_SHARED_DATA");
  const std::filesystem::path root =
      shared != nullptr ? std::filesystem::path(shared) : std::filesystem::path(GAVAH_SOURCE_DIR) / "../shared/data";
  return root / "extraction";
}

std::vector<std::string> read_pages(const std::string& set) {
  RealDisk disk;
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(data_root() / set)) {
    const std::string name = entry.path().filename();
    if (name.ends_with(".html") || name.ends_with(".html.gz")) paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> out;
  for (const auto& path : paths) {
    auto bytes = disk.read(path);
    if (!bytes) continue;
    if (path.extension() == ".gz") {
      auto inflated = capture::inflate_whole(*bytes, capture::Deflated::gzip, kPageBytes);
      if (!inflated) continue;
      *bytes = std::move(inflated->bytes);
    }
    out.push_back(to_utf8(*bytes, "").text);
  }
  return out;
}

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

template <class Parse>
double seconds_of(const std::vector<std::string>& pages, Parse parse) {
  const double begin = cpu_seconds();
  for (const std::string& page : pages) parse(page);
  return cpu_seconds() - begin;
}

std::size_t sum = 0;  // so that nothing is left out by the compiler

void measure(const std::string& set, int rounds) {
  const std::vector<std::string> pages = read_pages(set);
  double bytes = 0;
  for (const std::string& page : pages) bytes += static_cast<double>(page.size()) / 1e6;
  double document = 1e9, tree = 1e9, tokens = 1e9, gumbo = 1e9;
  for (int round = 0; round < rounds; ++round) {
    document =
        std::min(document, seconds_of(pages, [](const std::string& page) { sum += html::parse(page).nodes().size(); }));
    tree = std::min(tree, seconds_of(pages, [](const std::string& page) {
                      html::TreeBuilder builder(page, {});
                      sum += builder.build().nodes.size();
                    }));
    tokens = std::min(tokens, seconds_of(pages, [](const std::string& page) {
                        html::TextArena arena;
                        std::vector<html::Attribute> attributes;
                        html::Tokenizer tokenizer(page, arena, attributes);
                        while (true) {
                          const html::Token& token = tokenizer.next();
                          if (token.kind == html::TokenKind::end) break;
                          attributes.clear();
                          if (token.tag == html::Tag::script && token.kind == html::TokenKind::start_tag)
                            tokenizer.enter(html::Content::script);
                          if (token.tag == html::Tag::style && token.kind == html::TokenKind::start_tag)
                            tokenizer.enter(html::Content::rawtext);
                          ++sum;
                        }
                      }));
    if (round > 0) continue;
    gumbo = std::min(gumbo, seconds_of(pages, [](const std::string& page) {
                       GumboOutput* output = gumbo_parse_with_options(&kGumboDefaultOptions, page.data(), page.size());
                       sum += output->root->v.element.children.length;
                       gumbo_destroy_output(&kGumboDefaultOptions, output);
                     }));
  }
  std::printf("%-20s %5zu pages %6.1f MB  document %6.1f MB/s  tree %6.1f  tokens %6.1f  gumbo %5.1f  ratio %5.1f\n",
              set.c_str(), pages.size(), bytes, bytes / document, bytes / tree, bytes / tokens, bytes / gumbo,
              gumbo / document);
}

}  // namespace
}  // namespace gavah

int main(int argc, char** argv) {
  const int rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 3;
  if (!std::filesystem::exists(gavah::data_root())) {
    std::printf("the evaluation sets are not here: %s\n", gavah::data_root().c_str());
    return 4;
  }
  for (const char* set : {"scrapinghub-aeb", "trafilatura-eval", "wcxb", "htmldate-eval", "mozilla-readability"})
    gavah::measure(set, rounds);
  return gavah::sum == 0 ? 1 : 0;
}
