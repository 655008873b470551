#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/format.h"
#include "capture/reading_for_tests.h"

namespace gavah::capture {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view kSecret = "نام شاهد در این پیام است";

std::string post(int id, std::string_view text) {
  return format(R"({{"id":"{}","id_str":"{}","full_text":"{}","user":{{"screen_name":"harbor"}}}})", id, id, text);
}

/// Reads a capture, takes parts out, and walks every chain of the others through what stays.
struct Taken {
  Taken(std::string_view capture, std::string_view name, std::vector<PartNumber> gone)
      : bytes(capture), source(bytes), reading(read_for_test(bytes, name)) {
    for (const auto& [part, ignored] : reading.parts) parts.push_back(part);
    auto made = Remainder::of(source, parts, gone);
    EXPECT_TRUE(made.has_value());
    rest = made->read({0, made->size()}).value();
    after = made->parts();
    for (std::uint64_t cut = 0; cut <= made->size(); cut += 7) {
      EXPECT_EQ(made->read({0, cut}).value() + made->read({cut, made->size()}).value(), rest);
    }
    EXPECT_FALSE(made->read({0, made->size() + 1}));
  }
  /// Each part that stays is what it was, wherever it lies now.
  void walk() const {
    const MemorySource there(rest);
    PartReader reader(there);
    for (const Part& part : after) {
      EXPECT_EQ(reader.bytes(part).value(), reading.parts[part.number].second) << part.number;
      EXPECT_EQ(part.url, parts[part.number].url);
      EXPECT_EQ(part.hints, parts[part.number].hints);
    }
  }

  std::string bytes;
  MemorySource source;
  Reading reading;
  std::vector<Part> parts;
  std::string rest;
  std::vector<Part> after;
};

std::vector<PartNumber> numbers(const std::vector<Part>& parts) {
  std::vector<PartNumber> out;
  for (const Part& part : parts) out.push_back(part.number);
  return out;
}

TEST(Remainder, OfLinesKeepsTheOthersAndNotALengthOfTheOneThatGoes) {
  const std::string before = post(1, "one") + "\n";
  const std::string after = post(3, "three") + "\n";
  const Taken taken(before + post(2, kSecret) + "\n" + after, "posts.jsonl", {1});
  ASSERT_EQ(taken.parts.size(), 3U);
  EXPECT_THAT(numbers(taken.after), ElementsAre(0, 2));
  EXPECT_THAT(taken.rest, Not(HasSubstr(kSecret)));
  taken.walk();
  // Another length of what goes leaves the very same bytes.
  const Taken other(before + post(2, "short") + "\n" + after, "posts.jsonl", {1});
  EXPECT_EQ(other.rest, taken.rest);
  EXPECT_EQ(other.after[1].chain, taken.after[1].chain);
}

TEST(Remainder, OfACompressedStreamKeepsWhatTheOthersDecodeTo) {
  const Taken taken(gzipped(post(1, "one") + "\n" + post(2, kSecret) + "\n" + post(3, "three") + "\n"),
                    "posts.jsonl.gz", {1});
  ASSERT_EQ(taken.parts.size(), 3U);
  EXPECT_EQ(taken.rest, post(1, "one") + post(3, "three"));
  EXPECT_EQ(taken.after[1].chain.size(), 1U);
  taken.walk();
  const MemorySource source(taken.bytes);
  std::vector<Part> changed = taken.parts;
  changed[0].digest = sha256("other bytes");
  const auto rotten = Remainder::of(source, changed, std::vector<PartNumber>{1}).value();
  EXPECT_EQ(rotten.read({0, rotten.size()}).error().code, ErrorCode::corrupt) << "nothing is carried on unchecked";
}

TEST(Remainder, OfAWebArchiveKeepsTheRecordsOfTheOthersAsTheyWere) {
  const std::string first = gzipped(warc_response("http://a.example/", "Content-Type: text/html\r\n", "<p>one</p>"));
  const std::string second =
      gzipped(warc_response("http://b.example/", "Content-Type: text/html\r\n", format("<p>{}</p>", kSecret)));
  const std::string third = gzipped(warc_response("http://c.example/", "Server: third\r\n", "<p>three</p>"));
  const Taken taken(first + second + third, "a.warc.gz", {1});
  ASSERT_EQ(taken.parts.size(), 3U);
  EXPECT_EQ(taken.rest, first + third) << "with the headers that stand around them";
  taken.walk();
  const Taken stored(zipped({{"archive/a.warc.gz", first + second + third}}), "a.wacz", {1});
  ASSERT_EQ(stored.parts.size(), 3U);
  EXPECT_EQ(stored.rest, first + third) << "a zip that stores it is cut as well";
  stored.walk();
}

TEST(Remainder, WithoutSeveralPartsOrOneOfNoLengthIsPacked) {
  const std::string lines = post(1, "one") + "\n" + post(2, "two") + "\n" + post(3, "three") + "\n" + post(4, "four");
  const Taken taken(lines, "posts.jsonl", {0, 2});
  EXPECT_EQ(taken.rest.size(), taken.parts[1].size_bytes + taken.parts[3].size_bytes);
  taken.walk();
  Part empty;
  empty.number = 0;
  empty.chain = {{ByteRange{5, 5}, "none"}};
  empty.digest = sha256("");
  Part gone;
  gone.number = 1;
  gone.chain = {{ByteRange{0, 9}, "none"}};
  const MemorySource source("123456789");
  const std::vector<Part> parts{empty, gone};
  const Remainder rest = Remainder::of(source, parts, std::vector<PartNumber>{1}).value();
  EXPECT_EQ(rest.size(), 0U);
  EXPECT_EQ(part_bytes(rest, rest.parts().front()).value(), "");
  EXPECT_FALSE(Remainder::of(source, std::vector<Part>{Part{}}, std::vector<PartNumber>{})) << "a part without a chain";
}

Part part_at(PartNumber number, std::vector<ChainStep> chain) {
  Part out;
  out.number = number;
  out.chain = std::move(chain);
  return out;
}

TEST(PartsTogether, AreThoseAroundAndWithinAndNoOthers) {
  const ChainStep member{{0, 100}, "gzip"};
  const std::vector<Part> parts{
      part_at(0, {member, {{0, 50}, "none"}}),                      // around the next two
      part_at(1, {member, {{0, 50}, "none"}, {{10, 20}, "none"}}),  // within it
      part_at(2, {member, {{0, 50}, "none"}, {{20, 30}, "none"}}),  // and beside that
      part_at(3, {member, {{50, 90}, "none"}}),                     // in the same stream, apart
      part_at(4, {{{100, 200}, "gzip"}}),                           // another member
      part_at(5, {member, {{85, 95}, "base64"}}),                   // overlaps by half
      part_at(6, {{{100, 200}, "none"}, {{0, 100}, "gzip"}}),       // the same bytes by a longer way
  };
  const auto together = [&](std::vector<PartNumber> asked) { return parts_together(parts, asked); };
  EXPECT_THAT(together({1}), ElementsAre(0, 1));
  EXPECT_THAT(together({0}), ElementsAre(0, 1, 2));
  EXPECT_THAT(together({3}), ElementsAre(3, 5));
  EXPECT_THAT(together({4}), ElementsAre(4, 6));
  EXPECT_THAT(together({2, 3}), ElementsAre(0, 2, 3, 5));
  EXPECT_THAT(together({9}), ElementsAre());
}

}  // namespace
}  // namespace gavah::capture
