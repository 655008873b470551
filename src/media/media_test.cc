#include "media/media.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/format.h"

namespace gavah::media {
namespace {

using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

std::string big(std::uint64_t value, std::size_t size) {
  std::string out;
  for (std::size_t i = size; i > 0; --i) out.push_back(static_cast<char>(value >> (8 * (i - 1))));
  return out;
}

/// One entry of an EXIF directory, big-endian; values of four bytes or less stand in the entry.
struct Tag {
  std::uint16_t number = 0;
  std::uint16_t type = 2;
  std::uint32_t count = 0;
  std::string value;
};

/// A directory that will lie at `offset`, with its long values behind it.
std::string directory(const std::vector<Tag>& tags, std::size_t offset) {
  std::string entries = big(tags.size(), 2);
  std::string values;
  const std::size_t behind = offset + 2 + 12 * tags.size() + 4;
  for (const Tag& tag : tags) {
    entries += big(tag.number, 2) + big(tag.type, 2) + big(tag.count, 4);
    if (tag.value.size() <= 4) {
      entries += tag.value + std::string(4 - tag.value.size(), '\0');
    } else {
      entries += big(behind + values.size(), 4);
      values += tag.value + std::string(tag.value.size() % 2, '\0');
    }
  }
  return entries + big(0, 4) + values;
}

Tag text_tag(std::uint16_t number, std::string value) {
  value.push_back('\0');
  const auto count = static_cast<std::uint32_t>(value.size());
  return {number, 2, count, std::move(value)};
}

Tag pointer(std::uint16_t number, std::size_t offset) { return {number, 4, 1, big(offset, 4)}; }

Tag degrees(std::uint16_t number, std::uint32_t whole, std::uint32_t minutes, std::uint32_t hundredths) {
  return {number, 5, 3, big(whole, 4) + big(1, 4) + big(minutes, 4) + big(1, 4) + big(hundredths, 4) + big(100, 4)};
}

constexpr std::size_t kPhotoAt = 400;
constexpr std::size_t kPlaceAt = 800;

std::string exif(const std::vector<Tag>& photo, const std::vector<Tag>& place) {
  std::string out = "MM" + big(42, 2) + big(8, 4);
  out += directory({text_tag(0x010E, "At the gate"), text_tag(0x010F, "Example"), text_tag(0x0110, "One"),
                    pointer(0x8769, kPhotoAt), pointer(0x8825, kPlaceAt)},
                   8);
  out.resize(kPhotoAt);
  out += directory(photo, kPhotoAt);
  out.resize(kPlaceAt);
  return out + directory(place, kPlaceAt);
}

std::string jpeg(const std::string& tiff) {
  const std::string body = std::string("Exif\0\0", 6) + tiff;
  return "\xFF\xD8\xFF\xE1" + big(body.size() + 2, 2) + body + "\xFF\xC0" + big(11, 2) + "\x08" + big(480, 2) +
         big(640, 2) + "\x01\x01\x11" + std::string(1, '\0') + "\xFF\xD9";
}

std::vector<Tag> tehran() {
  return {text_tag(1, "N"), degrees(2, 35, 41, 2112), text_tag(3, "E"), degrees(4, 51, 23, 2040)};
}

TEST(Media, APhotographSaysWhenWhereAndWithWhatItWasTaken) {
  const std::string bytes = jpeg(exif({text_tag(0x9003, "2031:05:06 10:00:01"), text_tag(0x9011, "+03:30")}, tehran()));
  EXPECT_THAT(
      facts_of(bytes),
      UnorderedElementsAre(Pair("width", "640"), Pair("height", "480"), Pair("taken", "2031-05-06T10:00:01"),
                           Pair("taken_zone", "+03:30"), Pair("camera_make", "Example"), Pair("camera_model", "One"),
                           Pair("caption", "At the gate"), Pair("gps", "35.689200,51.389000")));
}

TEST(Media, AClockWithoutZoneIsNotTakenForUtc) {
  const Facts facts = facts_of(jpeg(exif({text_tag(0x9003, "2031:05:06 10:00:01")}, {})));
  EXPECT_EQ(facts.at("taken"), "2031-05-06T10:00:01");
  EXPECT_EQ(facts.at("taken_zone"), "not stated");
  EXPECT_FALSE(facts.contains("gps"));
}

TEST(Media, AClockThatWasNeverSetSaysNothing) {
  const Facts facts = facts_of(jpeg(exif({text_tag(0x9003, "0000:00:00 00:00:00")}, {})));
  EXPECT_FALSE(facts.contains("taken"));
}

TEST(Media, SouthAndWestAreNegativeAndWhatIsNoPlaceIsNone) {
  std::vector<Tag> place{text_tag(1, "S"), degrees(2, 35, 41, 2112), text_tag(3, "W"), degrees(4, 51, 23, 2040)};
  EXPECT_EQ(facts_of(jpeg(exif({}, place))).at("gps"), "-35.689200,-51.389000");
  place[1] = degrees(2, 95, 0, 0);
  EXPECT_FALSE(facts_of(jpeg(exif({}, place))).contains("gps"));
}

std::string box(std::string_view type, std::string_view body) {
  return big(body.size() + 8, 4) + std::string(type) + std::string(body);
}

std::string movie_header(std::uint64_t created) {
  return box("mvhd", big(0, 4) + big(created, 4) + big(created, 4) + big(600, 4) + big(600 * 12 + 300, 4) +
                         std::string(80, '\0'));
}

std::string track(std::uint32_t width, std::uint32_t height) {
  return box("trak", box("tkhd", std::string(76, '\0') + big(std::uint64_t{width} << 16U, 4) +
                                     big(std::uint64_t{height} << 16U, 4)));
}

std::string user_data(std::string_view type, std::string_view text) {
  return box(type, big(text.size(), 2) + big(0x15C7, 2) + std::string(text));
}

TEST(Media, AFilmSaysHowLongItIsAndWhereItWasTaken) {
  constexpr std::uint64_t kMoment = 2'082'844'800ULL + 1'935'828'000ULL;  // 2031-05-06T10:00:00Z
  const std::string film =
      box("ftyp", "isom") +
      box("moov", movie_header(kMoment) + track(160, 90) + track(1920, 1080) + track(0, 0) +
                      box("udta", user_data("\xA9xyz", "+35.6892+051.3890+1200/") + user_data("\xA9mak", "Example")));
  EXPECT_THAT(facts_of(film),
              UnorderedElementsAre(Pair("duration_ms", "12500"), Pair("width", "1920"), Pair("height", "1080"),
                                   Pair("taken", "2031-05-06T10:00:00"), Pair("taken_zone", "UTC"),
                                   Pair("camera_make", "Example"), Pair("gps", "35.689200,51.389000")));
}

TEST(Media, TheZoneOfAFilmIsKeptWhereItIsStated) {
  const auto key = [](std::string_view name) { return big(name.size() + 8, 4) + "mdta" + std::string(name); };
  const auto item = [](std::uint32_t number, std::string_view text) {
    return box(big(number, 4), box("data", big(1, 4) + big(0, 4) + std::string(text)));
  };
  const std::string meta =
      box("meta", box("keys", big(0, 4) + big(2, 4) + key("com.apple.quicktime.creationdate") +
                                  key("com.apple.quicktime.location.ISO6709")) +
                      box("ilst", item(1, "2031-05-06T10:00:00+0330") + item(2, "+35.6892+051.3890/")));
  const Facts facts = facts_of(box("ftyp", "qt  ") + box("moov", movie_header(4'000'000'000) + meta));
  EXPECT_EQ(facts.at("taken"), "2031-05-06T10:00:00");
  EXPECT_EQ(facts.at("taken_zone"), "+03:30");
  EXPECT_EQ(facts.at("gps"), "35.689200,51.389000");
}

constexpr std::string_view kPacket =
    "<rdf:Description photoshop:DateCreated=\"2031-05-06T10:00:00+03:30\" tiff:Make='A &amp; B'>"
    "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">دروازه &#x633;</rdf:li></rdf:Alt></dc:title></rdf:Description>";

TEST(Media, XmpOfAPngIsRead) {
  const auto chunk = [](std::string_view type, std::string_view body) {
    return big(body.size(), 4) + std::string(type) + std::string(body) + big(0, 4);
  };
  const std::string bytes = "\x89PNG\r\n\x1A\n" + chunk("IHDR", big(640, 4) + big(480, 4) + "\x08\x02") +
                            chunk("iTXt", "XML:com.adobe.xmp" + std::string(5, '\0') + std::string(kPacket)) +
                            chunk("IEND", "");
  EXPECT_THAT(facts_of(bytes), UnorderedElementsAre(Pair("width", "640"), Pair("height", "480"),
                                                    Pair("taken", "2031-05-06T10:00:00"), Pair("taken_zone", "+03:30"),
                                                    Pair("camera_make", "A & B"), Pair("title", "دروازه س")));
}

TEST(Media, WebpHasItsSizeAndItsExif) {
  const auto little = [](std::uint64_t value, std::size_t size) {
    std::string out = big(value, size);
    std::ranges::reverse(out);
    return out;
  };
  const auto chunk = [&](std::string_view type, std::string body) {
    const std::string size = little(body.size(), 4);
    if (body.size() % 2 == 1) body.push_back('\0');
    return std::string(type) + size + body;
  };
  const std::string tiff = exif({text_tag(0x9003, "2031:05:06 10:00:01")}, tehran());
  const std::string body =
      "WEBP" + chunk("VP8X", std::string(4, '\0') + little(639, 3) + little(479, 3)) + chunk("EXIF", tiff);
  const Facts facts = facts_of("RIFF" + little(body.size(), 4) + body);
  EXPECT_EQ(facts.at("width"), "640");
  EXPECT_EQ(facts.at("height"), "480");
  EXPECT_EQ(facts.at("gps"), "35.689200,51.389000");
}

TEST(Media, WhatANewsroomWroteIsRead) {
  const auto set = [](char number, std::string_view text) {
    return std::string("\x1C\x02") + number + big(text.size(), 2) + std::string(text);
  };
  const std::string sets = set('\x50', "A. Person") + set('\x78', "در برابر دروازه");
  const std::string body = std::string("Photoshop 3.0\0", 14) + "8BIM\x04\x04" + big(0, 2) + big(sets.size(), 4) + sets;
  EXPECT_THAT(facts_of("\xFF\xD8\xFF\xED" + big(body.size() + 2, 2) + body + "\xFF\xD9"),
              UnorderedElementsAre(Pair("author", "A. Person"), Pair("caption", "در برابر دروازه")));
}

TEST(Media, WhatIsNoPictureSaysNothing) {
  EXPECT_THAT(facts_of(""), IsEmpty());
  EXPECT_THAT(facts_of("some words"), IsEmpty());
  EXPECT_THAT(facts_of("<html><body>words"), IsEmpty());
  EXPECT_THAT(facts_of(box("ftyp", "isom") + box("mdat", "frames")), IsEmpty());
}

TEST(Media, EveryBeginningAndEveryFlippedByteEndsWell) {
  const std::string photo = jpeg(exif({text_tag(0x9003, "2031:05:06 10:00:01")}, tehran()));
  const std::string film = box("ftyp", "isom") + box("moov", movie_header(4'000'000'000) + track(1920, 1080));
  for (const std::string& whole : {photo, film}) {
    for (std::size_t at = 0; at < whole.size(); ++at) {
      facts_of(std::string_view(whole).substr(0, at));
      std::string flipped = whole;
      flipped[at] = static_cast<char>(flipped[at] ^ '\xFF');
      for (const auto& [key, value] : facts_of(flipped)) EXPECT_LE(value.size(), 1000U) << key;
    }
  }
}

TEST(Media, BoxesWithinBoxesEnd) {
  std::string nested = "x";
  for (int i = 0; i < 1000; ++i) nested = box("moov", nested);
  EXPECT_THAT(facts_of(nested), IsEmpty());
  std::string wide;
  for (int i = 0; i < 100'000; ++i) wide += box("free", "");
  EXPECT_THAT(facts_of(box("moov", wide)), IsEmpty());
}

}  // namespace
}  // namespace gavah::media
