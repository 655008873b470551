#include "capture/media_names.h"

#include <gtest/gtest.h>

#include "base/format.h"
#include "capture/reading_for_tests.h"

namespace gavah::capture {
namespace {

const std::string kPhoto = std::string("\xff\xd8\xff\xe0") + "pixels";

/// "path: post N" or "path: alone" of each media part.
std::string ties(const Reading& read) {
  std::string out;
  for (const auto& [part, bytes] : read.parts) {
    if (part.format != "media") continue;
    out += part.path + (part.hints.contains("post") ? ": post " + part.hints.at("post") : "");
    out += part.hints.contains("alone") ? ": alone " : " ";
  }
  return out;
}

TEST(MediaNames, ANameIsFoundWhereverItStands) {
  for (const std::string_view words : {R"("photo": "photos\/IMG 1.jpg")", "<img src='photos/IMG 1.jpg'>",
                                       "IMG 1.jpg (file attached)", "<attached: IMG 1.jpg>", "see IMG 1.jpg.",
                                       "\xE2\x80\x8EIMG 1.jpg (\xD9\xBE\xDB\x8C\xD9\x88\xD8\xB3\xD8\xAA)"}) {
    MediaNames names;
    names.add("a/photos/IMG 1.jpg");
    names.look(words, 3);
    EXPECT_TRUE(names.named_by("a/photos/IMG 1.jpg")) << words;
  }
}

TEST(MediaNames, APartOfALongerNameIsNotTheName) {
  MediaNames names;
  names.add("1.jpg");
  names.look(R"("IMG1.jpg" "1.jpgx" "1.jpeg")", 0);
  EXPECT_FALSE(names.named_by("1.jpg"));
}

TEST(MediaNames, OfTwoFilesWithOneNameTheFolderDecides) {
  MediaNames names;
  names.add("x/photos/1.jpg");
  names.add("x/videos/1.jpg");
  names.look("1.jpg", 1);
  EXPECT_FALSE(names.named_by("x/photos/1.jpg"));
  names.look(R"("videos\/1.jpg")", 2);
  EXPECT_FALSE(names.named_by("x/photos/1.jpg"));
  EXPECT_EQ(names.named_by("x/videos/1.jpg"), 2U);
}

TEST(MediaNames, BeyondTheMostNamesakesNoneIsTied) {
  MediaNames names;
  for (std::size_t i = 0; i <= MediaNames::kMaxNamesakes; ++i) names.add(format("f{}/a.jpg", i));
  const std::string last = format("f{}/a.jpg", MediaNames::kMaxNamesakes);
  names.look("f7/a.jpg " + last, 3);
  EXPECT_EQ(names.named_by("f7/a.jpg"), 3U);
  EXPECT_EQ(names.named_by(last), std::nullopt);
}

TEST(MediaNames, TheFirstPartThatNamesAFileHasIt) {
  MediaNames names;
  names.add("1.jpg");
  names.look("1.jpg", 4);
  names.look("1.jpg", 5);
  EXPECT_EQ(names.named_by("1.jpg"), 4U);
}

TEST(MediaNames, PicturesOfATelegramExportStandBesideTheirMessage) {
  const Reading read = read_for_test(
      zipped(
          {{"e/photos/1.jpg", kPhoto},
           {"e/photos/2.jpg", kPhoto},
           {"e/result.json",
            R"({"name":"K","type":"public_channel","id":7,"messages":[{"id":1,"type":"message","date":"2031-01-01T00:00:00","text":"a"},{"id":2,"type":"message","date":"2031-01-01T00:00:00","photo":"photos/1.jpg","text":"b"}]})"}}),
      "e.zip");
  EXPECT_EQ(ties(read), "e/photos/1.jpg: post 1 e/photos/2.jpg: alone ");
}

TEST(MediaNames, PicturesOfAnXArchiveAreNamedByTheirPostsWithoutTheId) {
  const Reading read = read_for_test(
      zipped(
          {{"data/account.js", R"(window.YTD.account.part0 = [{"account":{"username":"a","accountId":"1"}}])"},
           {"data/tweets.js",
            R"(window.YTD.tweets.part0 = [{"tweet":{"id_str":"77","full_text":"x","created_at":"Sat May 03 08:30:00 +0000 2031","entities":{"media":[{"media_url_https":"https://pbs.twimg.com/media/Fabc.jpg"}]}}}])"},
           {"data/tweets_media/77-Fabc.jpg", kPhoto}}),
      "x.zip");
  EXPECT_EQ(ties(read), "data/tweets_media/77-Fabc.jpg: post 0 ");
}

TEST(MediaNames, AnArchiveOfPicturesAloneSaysThatTheyAre) {
  EXPECT_EQ(ties(read_for_test(zipped({{"a.jpg", kPhoto}, {"b.jpg", kPhoto}}), "a.zip")), "a.jpg: alone b.jpg: alone ");
}

}  // namespace
}  // namespace gavah::capture
