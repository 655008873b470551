#include "text/sentence.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "text/reading.h"

namespace gavah::text {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> sentences_of(std::string_view text) {
  const Reading reading(text);
  std::vector<std::string> out;
  std::uint32_t next_token = 0;
  for (const Sentence& sentence : reading.sentences()) {
    out.emplace_back(reading.words(sentence.span));
    EXPECT_EQ(sentence.first_token, next_token);
    next_token = sentence.past_token;
  }
  EXPECT_EQ(next_token, reading.tokens().size());
  return out;
}

TEST(Sentence, FullStopsThatEndNothingDoNotCut) {
  EXPECT_THAT(
      sentences_of(
          "Dr. Vale met Gen. J. R. Orr on Nov. 16 at 9 p.m. in St. Anne. It rained 3.5 cm. Then U.S. forces left."),
      ElementsAre("Dr. Vale met Gen. J. R. Orr on Nov. 16 at 9 p.m. in St. Anne.", "It rained 3.5 cm.",
                  "Then U.S. forces left."));
}

TEST(Sentence, QuotesStayWithTheSentenceTheyClose) {
  EXPECT_THAT(sentences_of("\"They fired.\" He ran. \"Why?\" she asked."),
              ElementsAre("\"They fired.\"", "He ran.", "\"Why?\" she asked."));
}

TEST(Sentence, PersianAndArabicMarksCut) {
  EXPECT_THAT(sentences_of("چه شد؟ «همه رفتند.» باران آمد.شب شد."),
              ElementsAre("چه شد؟", "«همه رفتند.»", "باران آمد.", "شب شد."));
}

TEST(Sentence, BlocksAndShortLinesCut) {
  EXPECT_THAT(sentences_of("Strike in Varna\nWorkers stopped\n\nThe end"),
              ElementsAre("Strike in Varna", "Workers stopped", "The end"));
}

TEST(Sentence, HardWrappedLinesGoOn) {
  EXPECT_THAT(
      sentences_of("The workers of the northern mill stopped their machines on\nTuesday morning and walked to the "
                   "square in front of the\ntown hall. They stayed."),
      ElementsAre("The workers of the northern mill stopped their machines on\nTuesday morning and walked to the "
                  "square in front of the\ntown hall.",
                  "They stayed."));
}

TEST(Sentence, BlocksAreNumbered) {
  const Reading reading("They came.\n\nIt rained. They left.\n\nEnd");
  std::vector<std::uint32_t> blocks;
  for (const auto& sentence : reading.sentences()) blocks.push_back(sentence.block);
  EXPECT_THAT(blocks, ElementsAre(0, 1, 1, 2));
}

TEST(Sentence, EmptyTextHasNone) { EXPECT_TRUE(sentences_of(" \n ").empty()); }

}  // namespace
}  // namespace gavah::text
