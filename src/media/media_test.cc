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

std::string full_box(std::string_view type, unsigned char version, std::string_view body) {
  return box(type, big(std::uint64_t{version} << 24U, 4) + std::string(body));
}

std::string item_entry(std::uint64_t id, std::string_view kind, std::string_view more = {}) {
  return full_box("infe", 2, big(id, 2) + big(0, 2) + std::string(kind) + std::string(1, '\0') + std::string(more));
}

/// A HEIC file whose Exif lies behind the meta box and whose XMP lies in its idat.
std::string heic(const std::string& tiff, std::string_view packet) {
  const std::string exif_item = big(6, 4) + std::string("Exif\0\0", 6) + tiff;
  const auto meta = [&](std::uint64_t exif_at) {
    const std::string items =
        item_entry(1, "hvc1") + item_entry(2, "Exif") + item_entry(3, "mime", std::string("application/rdf+xml\0", 20));
    const auto place = [&](std::uint64_t id, std::uint64_t method, std::uint64_t at, std::uint64_t size) {
      return big(id, 2) + big(method, 2) + big(0, 2) + big(1, 2) + big(at, 4) + big(size, 4);
    };
    return full_box("meta", 0,
                    full_box("iinf", 0, big(3, 2) + items) +
                        full_box("iloc", 1,
                                 big(0x4400, 2) + big(2, 2) + place(2, 0, exif_at, exif_item.size()) +
                                     place(3, 1, 0, packet.size())) +
                        box("idat", packet) +
                        box("iprp", box("ipco", full_box("ispe", 0, big(512, 4) + big(512, 4)) +
                                                    full_box("ispe", 0, big(4032, 4) + big(3024, 4)))));
  };
  const std::string head = box("ftyp", "heic" + big(0, 4) + "mif1heic");
  const std::uint64_t exif_at = head.size() + meta(0).size() + 8;
  return head + meta(exif_at) + box("mdat", exif_item);
}

TEST(Media, APictureOfAPhoneInHeicSaysWhatItsExifAndXmpSay) {
  const Facts facts =
      facts_of(heic(exif({text_tag(0x9003, "2031:05:06 10:00:01"), text_tag(0x9011, "+03:30")}, tehran()), kPacket));
  EXPECT_THAT(facts,
              UnorderedElementsAre(Pair("width", "4032"), Pair("height", "3024"), Pair("taken", "2031-05-06T10:00:01"),
                                   Pair("taken_zone", "+03:30"), Pair("camera_make", "Example"),
                                   Pair("camera_model", "One"), Pair("caption", "At the gate"),
                                   Pair("gps", "35.689200,51.389000"), Pair("title", "دروازه س")));
}

std::string safe(std::size_t value) {
  std::string out;
  for (int shift = 21; shift >= 0; shift -= 7) out.push_back(static_cast<char>(value >> shift & 0x7F));
  return out;
}

std::string frame(std::string_view id, std::string_view body) {
  return std::string(id) + big(body.size(), 4) + big(0, 2) + std::string(body);
}
std::string id3(char version, std::string_view frames, char flags = 0) {
  return "ID3" + std::string(1, version) + std::string(1, '\0') + std::string(1, flags) + safe(frames.size()) +
         std::string(frames);
}
std::string coded(char encoding, std::string_view text) { return std::string(1, encoding) + std::string(text); }

TEST(Media, ASoundSaysWhatItsTagSays) {
  const std::string utf16("\xFF\xFE\x2F\x06\x31\x06", 6);  // در, with its mark
  EXPECT_THAT(facts_of(id3(3, frame("TIT2", coded('\1', utf16)) + frame("TPE1", coded('\0', "Harbor Voice")) +
                                  frame("COMM", coded('\0', std::string("eng\0at the gate", 15))) +
                                  frame("TYER", coded('\0', "2031")) + frame("TLEN", coded('\0', "12500")))),
              UnorderedElementsAre(Pair("title", "در"), Pair("author", "Harbor Voice"), Pair("caption", "at the gate"),
                                   Pair("recorded", "2031"), Pair("duration_ms", "12500")));
}

TEST(Media, ALatinTagThatIsPersianIsReadAsPersian) {
  // windows-1256 under the number for Latin-1.
  const std::string bytes =
      "\x98\xC7\xD1\x90\xD1\xC7\xE4 \xCF\xD1 \xC8\xD1\xC7\xC8\xD1 \xCF\xD1\xE6\xC7\xD2\xE5 \xE6 \xC7\xE4 \xC8\xE5 "
      "\xC7\xD2";
  EXPECT_EQ(facts_of(id3(3, frame("TIT2", coded('\0', bytes)))).at("title"), "کارگران در برابر دروازه و ان به از");
}

TEST(Media, SizesOfATagInSevenOrEightBitsAreTold) {
  const std::string words(200, 'w');
  const std::string body = coded('\3', words);
  const std::string right = "TIT2" + safe(body.size()) + big(0, 2) + body + frame("TPE1", coded('\3', "A"));
  const std::string lying = frame("TIT2", body) + frame("TPE1", coded('\3', "A"));
  for (const std::string& frames : {right, lying}) {
    EXPECT_THAT(facts_of(id3(4, frames)), UnorderedElementsAre(Pair("title", words), Pair("author", "A")));
  }
}

TEST(Media, GuardedBytesOfATagAreTakenOutAndPackedFramesPassedOver) {
  const std::string frames = frame("TIT2", coded('\1', std::string("\xFF\xFE\x2F\x06", 4)));
  std::string guarded;
  for (const char c : frames) {
    guarded.push_back(c);
    if (c == '\xFF') guarded.push_back('\0');
  }
  EXPECT_EQ(facts_of(id3(3, guarded, '\x80')).at("title"), "د");
  const std::string packed = "TIT2" + big(2, 4) + std::string("\0\x80", 2) + coded('\0', "a");
  EXPECT_THAT(facts_of(id3(3, packed + frame("TPE1", coded('\0', "B")))), UnorderedElementsAre(Pair("author", "B")));
  EXPECT_THAT(facts_of(id3(3, frame("COMM", coded('\0', std::string("engiTunNORM\0 0001", 17))))), IsEmpty());
}

TEST(Media, AnOldTagStandsBehindTheSound) {
  std::string tag = "TAGAt the gate";
  tag.resize(33);
  tag += "Harbor Voice";
  tag.resize(128);
  EXPECT_THAT(facts_of("\xFF\xFB" + std::string(300, 'x') + tag),
              UnorderedElementsAre(Pair("title", "At the gate"), Pair("author", "Harbor Voice")));
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
  const std::string phone = heic(exif({text_tag(0x9003, "2031:05:06 10:00:01")}, tehran()), kPacket);
  const std::string sound = id3(4, frame("TIT2", coded('\3', "words")) + frame("COMM", coded('\1', "engabcdef")));
  for (const std::string& whole : {photo, film, phone, sound}) {
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
