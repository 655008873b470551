#include "capture/album.h"

#include <gtest/gtest.h>

#include "base/format.h"
#include "capture/reading_for_tests.h"

namespace gavah::capture {
namespace {

AlbumItem picture(std::int64_t id, std::string_view moment = "1935563400") {
  AlbumItem out;
  out.id = id;
  out.author = "channel9";
  out.moment = moment;
  out.is_picture = true;
  return out;
}

std::string photo(int id, std::string_view more = R"("text":"")") {
  return format(
      R"({{"id":{},"type":"message","date_unixtime":"1935563400","from_id":"channel9","photo":"p{}.jpg",{}}})", id, id,
      more);
}

std::string chat(std::string_view messages) {
  return format(R"({{"name":"Docks","type":"public_channel","id":9,"messages":[{}]}})", messages);
}

/// The album of each part, "-" where it has none.
std::string albums_in(std::string_view export_bytes, std::string_view name) {
  std::string out;
  for (const auto& [part, bytes] : read_for_test(export_bytes, name).parts) {
    out += (part.hints.contains("album") ? part.hints.at("album") : "-") + " ";
  }
  return out;
}

TEST(Album, PicturesOfOneSenderInOneSecondAreOneAlbum) {
  Albums albums;
  EXPECT_EQ(albums.next(picture(4)), std::nullopt);
  EXPECT_EQ(albums.next(picture(5)), 4);
  EXPECT_EQ(albums.next(picture(7)), 4) << "one of it was deleted";
  EXPECT_EQ(albums.next(picture(8, "1935563401")), std::nullopt);
  EXPECT_EQ(albums.next(picture(9, "1935563401")), 8);
  albums.end();
  EXPECT_EQ(albums.next(picture(10, "1935563401")), std::nullopt);
}

TEST(Album, AnotherSenderOriginOrAnswerBeginsAnew) {
  for (std::string AlbumItem::* const member : {&AlbumItem::author, &AlbumItem::origin, &AlbumItem::reply}) {
    Albums albums;
    albums.next(picture(1));
    AlbumItem other = picture(2);
    other.*member = "other";
    EXPECT_EQ(albums.next(other), std::nullopt);
  }
}

TEST(Album, TwoWithWordsAreTwoMessages) {
  Albums albums;
  AlbumItem item = picture(1);
  item.has_words = true;
  albums.next(item);
  item.id = 2;
  EXPECT_EQ(albums.next(item), std::nullopt);
  EXPECT_EQ(albums.next(picture(3)), 2) << "the second may have pictures of its own";
}

TEST(Album, TenAreTheMostAndWordsAloneEndIt) {
  Albums albums;
  for (std::int64_t id = 1; id <= 10; ++id) albums.next(picture(id));
  EXPECT_EQ(albums.next(picture(11)), std::nullopt);
  AlbumItem words = picture(12);
  words.is_picture = false;
  EXPECT_EQ(albums.next(words), std::nullopt);
  EXPECT_EQ(albums.next(picture(13)), std::nullopt);
}

TEST(Album, AGroupThatIsStatedDecides) {
  Albums albums;
  AlbumItem item = picture(1);
  item.group = "77";
  albums.next(item);
  item.id = 2;
  item.moment = "1935563401";
  item.has_words = true;
  EXPECT_EQ(albums.next(item), 1);
  item.group = "78";
  EXPECT_EQ(albums.next(item), std::nullopt);
}

TEST(Album, MessagesOfAnExportNameTheFirstOfTheirAlbum) {
  EXPECT_EQ(albums_in(chat(photo(1) + "," + photo(2, R"("text":"کارگران")") + "," + photo(3)), "result.json"),
            "- 1 1 ");
  EXPECT_EQ(albums_in(chat(photo(1) + R"(,{"id":2,"type":"service"},)" + photo(3)), "result.json"), "- - ");
  const std::string sticker = R"("media_type":"sticker","file":"s.webp","text":"")";
  EXPECT_EQ(albums_in(chat(photo(1) + "," +
                           format(R"({{"id":2,"type":"message","date_unixtime":"1935563400","from_id":"channel9",{}}})",
                                  sticker)),
                      "result.json"),
            "- - ");
  const std::string film = R"("media_type":"video_file","file":"v.mp4","text":"")";
  EXPECT_EQ(albums_in(chat(photo(1) + "," +
                           format(R"({{"id":2,"type":"message","date_unixtime":"1935563400","from_id":"channel9",{}}})",
                                  film)),
                      "result.json"),
            "- 1 ");
}

TEST(Album, NoneReachesFromOneChatIntoTheNext) {
  const std::string two = format(R"({{"chats":{{"list":[{},{}]}}}})", chat(photo(1)), chat(photo(2)));
  EXPECT_EQ(albums_in(two, "result.json"), "- - ");
}

}  // namespace
}  // namespace gavah::capture
