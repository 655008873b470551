#include <gtest/gtest.h>

#include "small_case.h"

// Editions whose files are read in several blocks, side by side.
namespace gavah::tests {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{1} << 20U;  // as verify reads lines

bool is_claim(std::string_view line) { return line.find(R"(,"slot":"claims",)") != std::string_view::npos; }

std::uint64_t tally_of(const verify::Verdict& verdict, std::string_view what) {
  for (const auto& tally : verdict.checked) {
    if (tally.what == what) return tally.count;
  }
  return UINT64_MAX;
}

TEST(Large, ClaimsAreWalkedAcrossTheSeamsOfBlocksOnAnyNumberOfThreads) {
  SmallCase large = make_large_case(2'500);
  MemoryDisk disk;
  ASSERT_TRUE(large.write(disk, "/edition"));
  const std::string claims = disk.read("/edition/claims.jsonl").value();
  std::uint64_t lines = 0;
  std::size_t seams = 0;  // that lie before a claim, whose evidence is in the block before
  for (std::size_t begin = 0, end = 0; begin < claims.size(); begin = end + 1) {
    end = claims.find('\n', begin);
    if (!is_claim(std::string_view(claims).substr(begin, end - begin))) continue;
    ++lines;
    if (begin / kBlockBytes != end / kBlockBytes) ++seams;
  }
  ASSERT_GT(seams, 0U) << "the case must be such that a seam matters";
  std::string alone;
  for (const std::size_t threads : {1U, 2U, 4U}) {
    const auto verdict = verify::verify_edition(disk, "/edition", {.pin = large.pin(), .threads = threads});
    ASSERT_TRUE(verdict.has_value());
    EXPECT_NE(verdict->outcome, verify::Outcome::failed) << to_text(*verdict);
    EXPECT_EQ(tally_of(*verdict, "opened claims, each against its event's leaf"), lines);
    EXPECT_EQ(tally_of(*verdict, "of them walked down to preserved bytes"), lines);
    if (alone.empty()) alone = to_text(*verdict);
    EXPECT_EQ(to_text(*verdict), alone) << threads;
  }
}

TEST(Large, PartsFillPacksAndOnlyTheLongestLiesAlone) {
  SmallCase large = make_small_case();
  std::vector<std::string> texts;
  for (char each = 'a'; each <= 'q'; ++each) texts.emplace_back(proof::kMaxPackedPartBytes, each);
  texts.emplace_back(proof::kMaxPackedPartBytes + 1, 'z');
  large.policy.evidence = proof::Evidence::all;
  large.add_capture(texts);
  large.plan();
  MemoryDisk disk;
  ASSERT_TRUE(large.write(disk, "/edition"));
  EXPECT_LE(disk.files().at("/edition/evidence/pack/0").size(), proof::kMaxPackBytes);
  EXPECT_GT(disk.files().at("/edition/evidence/pack/0").size(), proof::kMaxPackBytes - proof::kMaxPackedPartBytes);
  EXPECT_EQ(disk.files().at("/edition/evidence/pack/1").size() % proof::kMaxPackedPartBytes, 0U);
  std::string& alone = disk.files().at("/edition/evidence/" + sha256(texts.back()).hex());
  const auto verify = [&] { return verify::verify_edition(disk, "/edition", {.pin = large.pin()}).value(); };
  EXPECT_NE(verify().outcome, verify::Outcome::failed) << to_text(verify());
  alone.back() = 'y';
  EXPECT_EQ(verify().outcome, verify::Outcome::failed);
  alone.back() = 'z';
  disk.files().at("/edition/evidence/pack/1").back() = '!';
  EXPECT_EQ(verify().outcome, verify::Outcome::failed);
}

}  // namespace
}  // namespace gavah::tests
