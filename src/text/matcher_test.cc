#include "text/matcher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <random>

#include "text/token.h"

namespace gavah::text {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> words_found(const Matcher& matcher, std::string_view text) {
  std::vector<std::string> out;
  const Folded folded = fold(text);
  for (const auto& match : matcher.find(folded)) {
    out.push_back(std::string(text.substr(match.span.begin, match.span.size())) + ":" + std::to_string(match.payload));
  }
  return out;
}

Matcher matcher_of(std::vector<Matcher::Pattern> patterns) { return *Matcher::build(patterns); }

TEST(Matcher, ExactPatternsAreWholeWords) {
  const Matcher matcher = matcher_of({{"strike", 1, WordEdge::exact}});
  EXPECT_THAT(words_found(matcher, "Strike, strikes, a STRIKE; outstrike strike2"),
              ElementsAre("Strike:1", "STRIKE:1"));
}

TEST(Matcher, InflectedPatternsTakeEndingsAndParticles) {
  const Matcher matcher = matcher_of({{"معترض", 1, WordEdge::inflected}, {"تهران", 2, WordEdge::inflected}});
  EXPECT_THAT(
      words_found(matcher,
                  "معترضان و معترض‌ها، معترضی، وتهران، بتهران، تهرانی؛ "
                  "معترضگر"),
      ElementsAre("معترض:1", "معترض:1", "معترض:1", "تهران:2", "تهران:2", "تهران:2"));
  const Matcher arabic = matcher_of({{"متظاهر", 1, WordEdge::inflected}});
  EXPECT_THAT(words_found(arabic, "والمتظاهرين للمتظاهرون"), ElementsAre("متظاهر:1", "متظاهر:1"));
}

TEST(Matcher, StemsTakeAnyEnding) {
  const Matcher matcher = matcher_of({{"arrest", 3, WordEdge::stem}, {"بازداشت", 4, WordEdge::stem}});
  EXPECT_THAT(words_found(matcher, "rearrest arrested arresting بازداشت‌شدگان بازداشتگاه"),
              ElementsAre("arrest:3", "arrest:3", "بازداشت:4", "بازداشت:4"));
}

TEST(Matcher, PatternsWithZwnjMatchSpacedAndMarkedText) {
  const Matcher matcher = matcher_of({{"تیراندازی می‌کند", 1, WordEdge::exact}});
  EXPECT_THAT(words_found(matcher, "تیراندازي  می کُند"), ElementsAre("تیراندازي  می کُند:1"));
}

TEST(Matcher, LongerAndTwinPatternsAreAllReportedAndLongestKept) {
  const Matcher matcher = matcher_of({{"hunger strike", 1, WordEdge::exact},
                                      {"hunger", 2, WordEdge::exact},
                                      {"strike", 3, WordEdge::exact},
                                      {"hunger strike", 4, WordEdge::exact}});
  const std::string text = "a hunger strike";
  const Folded folded = fold(text);
  EXPECT_EQ(matcher.find(folded).size(), 4U);
  const auto kept = longest_matches(matcher.find(folded));
  ASSERT_EQ(kept.size(), 2U);
  EXPECT_EQ(kept[0].payload, 1U);
  EXPECT_EQ(kept[1].payload, 4U);
}

TEST(Matcher, WordSpanHoldsWhatIsAttached) {
  const std::string text = "والمتظاهرين";
  const Folded folded = fold(text);
  const auto found = matcher_of({{"متظاهر", 1, WordEdge::inflected}}).find(folded);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(text.substr(found[0].word.begin, found[0].word.size()), text);
}

TEST(Matcher, PatternsWithNothingToMatchAreRefused) {
  EXPECT_FALSE(Matcher::build(std::vector<Matcher::Pattern>{{" ‌ ", 1, WordEdge::exact}}));
  EXPECT_TRUE(matcher_of({}).find(fold("text")).empty());
}

/// Exact patterns, found the slow way.
std::vector<std::string> slow_find(const std::vector<Matcher::Pattern>& patterns, const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (at > 0 && is_word_byte(static_cast<unsigned char>(text[at])) &&
        is_word_byte(static_cast<unsigned char>(text[at - 1]))) {
      continue;
    }
    std::vector<std::pair<std::size_t, std::uint32_t>> here;
    for (const auto& pattern : patterns) {
      const std::size_t end = at + pattern.text.size();
      if (text.compare(at, pattern.text.size(), pattern.text) != 0) continue;
      if (end < text.size() && is_word_byte(static_cast<unsigned char>(text[end - 1])) &&
          is_word_byte(static_cast<unsigned char>(text[end]))) {
        continue;
      }
      here.emplace_back(pattern.text.size(), pattern.payload);
    }
    std::sort(here.begin(), here.end(),
              [](auto a, auto b) { return a.first != b.first ? a.first > b.first : a.second < b.second; });
    for (const auto& [size, payload] : here) out.push_back(text.substr(at, size) + ":" + std::to_string(payload));
  }
  return out;
}

TEST(Matcher, AgreesWithASlowSearchOnRandomTexts) {
  std::mt19937 random(11);
  const auto random_text = [&](std::size_t letters) {
    std::string out;
    for (std::size_t i = 0; i < letters; ++i) out.push_back("ab .b-a "[random() % 7]);
    return folded_key(out);
  };
  for (int round = 0; round < 300; ++round) {
    std::vector<Matcher::Pattern> patterns;
    for (std::uint32_t i = 0; i < 20; ++i) {
      const std::string text = random_text(1 + random() % 6);
      if (!text.empty()) patterns.push_back({text, i, WordEdge::exact});
    }
    const std::string text = random_text(60);
    ASSERT_EQ(words_found(matcher_of(patterns), text), slow_find(patterns, text)) << text;
  }
}

TEST(Matcher, OpensFromItsBytesAndFindsTheSame) {
  const Matcher built = matcher_of({{"strike", 1, WordEdge::exact},
                                    {"hunger strike", 2, WordEdge::inflected},
                                    {"معترض", 3, WordEdge::inflected},
                                    {"معترض", 4, WordEdge::stem}});
  const std::string bytes = built.bytes();
  // What lies on a multiple of eight, as the program's own data does.
  std::vector<std::uint64_t> aligned(bytes.size() / 8);
  std::memcpy(aligned.data(), bytes.data(), bytes.size());
  const std::string_view view(reinterpret_cast<const char*>(aligned.data()), bytes.size());
  const auto opened = Matcher::open(view);
  ASSERT_TRUE(opened.has_value());
  const std::string text = "A hunger strike; معترضان strike";
  EXPECT_EQ(words_found(*opened, text), words_found(built, text));
  EXPECT_EQ(words_found(*opened, text).size(), 5U);
  EXPECT_FALSE(Matcher::open(view.substr(0, view.size() - 8)).has_value());
  EXPECT_FALSE(Matcher::open(view.substr(0, 8)).has_value());
}

}  // namespace
}  // namespace gavah::text
