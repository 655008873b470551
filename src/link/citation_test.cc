#include "link/citation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "link/caption.h"

namespace gavah::link {
namespace {

std::vector<std::string> cited(std::string_view words) {
  const text::Folded folded = text::fold(words);
  return cited_phrases(folded, text::tokenize(folded), 8);
}

TEST(Citation, NamesFollowTheirCue) {
  EXPECT_THAT(cited("According to the Harbour News, two men were held."),
              testing::Contains(testing::StartsWith("the harbour news")));
  EXPECT_THAT(cited("به گزارش خبرگزاری اینترپرس، صدها نفر تجمع کردند."),
              testing::Contains(testing::StartsWith("خبرگزاری اینترپرس")));
  EXPECT_THAT(cited("Two men were held, Interpress reported."), testing::Contains(testing::HasSubstr("interpress")));
}

TEST(Citation, WordsWithoutCueCiteNobody) { EXPECT_TRUE(cited("Interpress has a bureau in the capital.").empty()); }

TEST(Citation, ListEndsAtItsLimit) {
  std::string words;
  for (int i = 0; i < 50; ++i) words += "according to a" + std::to_string(i) + ". ";
  EXPECT_EQ(cited(words).size(), 8U);
}

TEST(Caption, SameCaptionUnderAnotherDateIsTheSame) {
  EXPECT_EQ(caption_hash("A crowd fills the old square at night, 12 April 2024"),
            caption_hash("A crowd fills the old square at night (Friday, May 17)"));
  EXPECT_EQ(caption_hash("جمعیت در میدان بزرگ شهر، ۲۴ فروردین ۱۴۰۳"),
            caption_hash("جمعیت در میدان بزرگ شهر، جمعه ۵ خرداد"));
  EXPECT_NE(caption_hash("A crowd fills the old square at night"),
            caption_hash("A crowd leaves the old square at night"));
}

TEST(Caption, FewWordsSayNothing) { EXPECT_EQ(caption_hash("File photo, 12 April 2024"), std::nullopt); }

}  // namespace
}  // namespace gavah::link
