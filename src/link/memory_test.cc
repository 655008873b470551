#include <gtest/gtest.h>
#include <sys/resource.h>

#include <cstdlib>
#include <fstream>

#include "base/format.h"
#include "link/link_case.h"

namespace gavah::link {
namespace {

#if defined(__has_feature)
#define GAVAH_HAS_FEATURE(name) __has_feature(name)
#else
#define GAVAH_HAS_FEATURE(name) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || GAVAH_HAS_FEATURE(address_sanitizer) || defined(__SANITIZE_THREAD__) || \
    GAVAH_HAS_FEATURE(thread_sanitizer) || GAVAH_HAS_FEATURE(memory_sanitizer)
constexpr bool kIsSanitized = true;
#else
constexpr bool kIsSanitized = false;
#endif

/// Posts that differ in their numbers alone, a day apart, so that each shares its signature's bands with hundreds.
std::vector<ReportDigest> posts_in_one_wording(std::size_t count) {
  std::vector<ReportDigest> out;
  for (std::size_t i = 0; i < count; ++i) {
    Report report;
    report.id = id_of<ReportId>(format("post {}", i));
    report.source = "compass";
    report.published = TimeInterval::of_instant(Instant{1'700'000'000 + static_cast<std::int64_t>(i) * 86'400});
    report.text = format(
        "Report {}: workers gathered at the gate of the old mill in the harbour again and {} of them "
        "signed letter {} to the council.",
        i, i * 7919 % 100'003, i * 104'729 % 1'000'003);
    out.push_back(digest(report));
  }
  return out;
}

/// Bytes of private memory that this process has mapped (VmData).
std::uint64_t mapped_bytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmData:")) return std::stoull(line.substr(7)) * 1024;
  }
  return 0;
}

TEST(LinkMemory, PostsInOneWordingTakeLessThanOneKilobyteEachToLink) {
  if (kIsSanitized) GTEST_SKIP() << "a sanitizer's memory is no measure";
  constexpr std::size_t kPosts = 40'000;
  const std::vector<ReportDigest> posts = posts_in_one_wording(kPosts);
  const auto link_within = [&](std::uint64_t bytes) {
    const std::uint64_t limit = mapped_bytes() + bytes;
    const rlimit data{limit, limit};
    if (setrlimit(RLIMIT_DATA, &data) != 0) std::_Exit(2);
    const LinkOutput out = link({posts, {}, {}, {}}, IdSecret{}, 1);
    std::_Exit(out.lineages.size() == kPosts ? 0 : 1);
  };
  EXPECT_EXIT(link_within(kPosts * 1000), testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace gavah::link
