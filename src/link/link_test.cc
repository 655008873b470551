#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/random.h"
#include "link/link_case.h"

namespace gavah::link {
namespace {

/// Reports and claims drawn from few days, towns, acts, sources and words, so that much of it links.
Case drawn(std::uint64_t seed) {
  SeededRandom random(seed);
  const auto below = [&](std::uint8_t limit) { return static_cast<std::size_t>(random.array<1>()[0] % limit); };
  const std::vector<Place> towns = {velmar(), kestrin(), arvanik(), lantern_square(), narvania()};
  const std::vector<std::string> acts = {"gathering", "march", "strike", "killing", "live fire", "arrest"};
  const std::vector<std::string> sources = {"a", "b", "c", "d", ""};
  const std::vector<std::string> openings = {"Many people", "A crowd", "Witnesses say that workers", "About 90 men"};
  Case story;
  story.family("a", "A", "one");
  story.family("b", "B", "one");
  for (int i = 0; i < 60; ++i) {
    const std::string name = "r" + std::to_string(i);
    const std::string day = "2024-04-1" + std::to_string(below(10));
    story.report(name, sources[below(5)], day, openings[below(4)] + " came together and asked for bread and for work.");
    for (std::size_t k = 0; k <= below(3); ++k) {
      Claim& claim = story.claim(name, acts[below(6)], "2024-04-1" + std::to_string(below(10)), {towns[below(5)]});
      if (below(6) == 0) claim.polarity = Polarity::denied;
      if (below(8) == 0) claim.umbrella = true;
      if (below(5) == 0) claim.time = {};
      if (below(4) == 0) claim.stage = Stage::continuing;
      claim.counts = {count_of("killed", static_cast<std::int64_t>(below(9)), std::nullopt)};
    }
  }
  story.decide(Verb::merge, {*story.claims[0].anchor, *story.claims[5].anchor});
  story.decide(Verb::split, {*story.claims[9].anchor});
  return story;
}

template <class T>
void shuffle(std::vector<T>& items, SeededRandom& random) {
  for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[random.array<1>()[0] % i]);
}

TEST(Link, OrderOfInputAndNumberOfThreadsChangeNothing) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Case story = drawn(seed);
    const std::string expected = text_of(story.run(1));
    SeededRandom random(seed + 100);
    shuffle(story.reports, random);
    shuffle(story.claims, random);
    shuffle(story.sources, random);
    shuffle(story.decisions, random);
    EXPECT_EQ(text_of(story.run(3)), expected) << "seed " << seed;
  }
}

TEST(Link, EveryReportIsInOneLineageAndEveryClaimInAtMostOneEvent) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Case story = drawn(seed);
    const LinkOutput out = story.run();
    std::vector<ReportId> reports;
    for (const Lineage& lineage : out.lineages) {
      reports.insert(reports.end(), lineage.reports.begin(), lineage.reports.end());
      EXPECT_THAT(lineage.reports, testing::Contains(lineage.origin));
    }
    std::ranges::sort(reports);
    EXPECT_EQ(reports.size(), story.reports.size());
    EXPECT_TRUE(std::ranges::adjacent_find(reports) == reports.end());
    std::vector<ClaimId> claims;
    for (const Event& event : out.events) claims.insert(claims.end(), event.claims.begin(), event.claims.end());
    std::ranges::sort(claims);
    EXPECT_TRUE(std::ranges::adjacent_find(claims) == claims.end()) << "seed " << seed;
  }
}

TEST(Link, DigestReadsBackAsItWasWritten) {
  Report report = drawn(3).reports[0];
  report.url = "https://www.compass.example/a/?utm_source=x&id=4#top";
  report.links = {"https://x.com/somebody/status/123?s=20"};
  report.relations.push_back({RelationKind::forwards, "https://t.me/channel/4", std::nullopt});
  report.media.push_back({std::nullopt, "image/png", "People carry bread through a narrow street"});
  report.text += " According to the Compass, 41 were there.";
  const ReportDigest made = digest(report);
  EXPECT_EQ(made.url, "compass.example/a?id=4");
  EXPECT_THAT(made.links, testing::ElementsAre("x.com/status/123"));
  EXPECT_THAT(made.cited, testing::Contains("the compass 41 were there"));
  EXPECT_FALSE(made.captions.empty());
  const std::string json = to_json(made);
  const auto read = report_digest_from_json(Json::parse(json).value());
  ASSERT_TRUE(read.has_value()) << read.error().sentence();
  EXPECT_EQ(to_json(*read), json);
}

TEST(Link, BrokenDigestIsRefused) {
  const std::string good = to_json(digest(drawn(3).reports[0]));
  for (const auto& [from, to] :
       std::vector<std::pair<std::string, std::string>>{{"\"part\":0", "\"part\":-1"},
                                                        {"\"hollow\":false", "\"hollow\":7"},
                                                        {"\"text_hash\":\"", "\"text_hash\":\"x"},
                                                        {"\"shingles\":[", "\"shingles\":[\"a\","},
                                                        {"\"cited\":[", "\"cited\":[4"}}) {
    std::string bad = good;
    const std::size_t at = bad.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    bad.replace(at, from.size(), to);
    const auto json = Json::parse(bad);
    ASSERT_TRUE(json.has_value()) << bad;
    EXPECT_FALSE(report_digest_from_json(*json).has_value()) << to;
  }
}

}  // namespace
}  // namespace gavah::link
