#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/format.h"
#include "capture/reading_for_tests.h"

namespace gavah::capture {
namespace {

using ::testing::HasSubstr;

/// One member: a header with a right sum, the bytes, and zeros up to the next block.
std::string member(std::string_view name, std::string_view bytes, char type = '0') {
  std::string header(512, '\0');
  header.replace(0, name.size(), name);
  header.replace(100, 8, std::string_view("0000644\0", 8));
  header.replace(124, 12, format("{:011o}", bytes.size()) + '\0');
  header.replace(148, 8, 8, ' ');
  header[156] = type;
  header.replace(257, 8, std::string_view("ustar\00000", 8));
  unsigned sum = 0;
  for (const char c : header) sum += static_cast<unsigned char>(c);
  header.replace(148, 8, format("{:06o}", sum) + std::string("\0 ", 2));
  std::string out = header + std::string(bytes);
  out.resize((out.size() + 511) / 512 * 512);
  return out;
}
const std::string kEnd(1024, '\0');

constexpr std::string_view kOutbox =
    R"({"@context":"x","id":"outbox.json","type":"OrderedCollection","orderedItems":[{"id":"1","type":"Create","actor":"https://sail.example/users/mina","object":{"type":"Note","content":"<p>a</p>"}}]})";
constexpr std::string_view kActor =
    R"({"@context":["x"],"id":"actor.json","type":"Person","preferredUsername":"mina","outbox":"outbox.json","inbox":"y"})";
constexpr std::string_view kLikes =
    R"({"id":"likes.json","type":"OrderedCollection","orderedItems":["https://sail.example/9"]})";

TEST(Tar, AnArchiveOfMastodonIsReadThroughItsCompression) {
  const std::string tar = member("actor.json", kActor) + member("likes.json", kLikes) + member("outbox.json", kOutbox) +
                          member("media_attachments/", "", '5') +
                          member("media_attachments/files/a.png", "\x89PNG\r\n\x1a\n....") + kEnd;
  for (const std::string& bytes : {tar, gzipped(tar)}) {
    const Reading read = read_for_test(bytes, "archive-2031.tar.gz");
    ASSERT_EQ(read.parts.size(), 2U) << read.reason() << read.problems();
    EXPECT_EQ(read.parts[0].first.format, "activity");
    EXPECT_EQ(read.parts[0].first.path, "outbox.json/0");
    EXPECT_EQ(read.parts[1].first.media_type, "image/png");
    EXPECT_EQ(read.container.passed_over.at("account of Mastodon"), 1U);
    EXPECT_EQ(read.container.passed_over.at("address of a post that is not here"), 1U);
    EXPECT_EQ(read.container.problem_count, 0U) << read.problems();
  }
}

TEST(Tar, LongNamesAreTakenFromTheNotesBefore) {
  const std::string name(150, 'n');
  const std::string pax = format("{} path={}.txt\n", 164, name);
  const Reading read = read_for_test(member("././@LongLink", name + std::string("\0", 1), 'L') +
                                         member("short", "We stay at the gate.") + member("x", pax, 'x') +
                                         member("short", "We stay at the wall.") + kEnd,
                                     "a.tar");
  ASSERT_EQ(read.parts.size(), 2U) << read.reason();
  EXPECT_EQ(read.parts[0].first.path, name);
  EXPECT_EQ(read.parts[1].first.path, name + ".txt");
}

TEST(Tar, LinksAreNotFollowedAndWhatIsCutIsSaid) {
  const std::string tar = member("link", "", '2') + member("a.txt", "We stay at the gate, all of us.");
  const Reading read = read_for_test(tar, "a.tar");
  EXPECT_EQ(read.parts.size(), 1U);
  EXPECT_THAT(read.problems(), HasSubstr("link"));
  EXPECT_THAT(read.problems(), HasSubstr("nothing marks its end"));
  const Reading cut = read_for_test(tar.substr(0, 1024 + 10), "a.tar");
  ASSERT_EQ(cut.parts.size(), 1U);
  EXPECT_EQ(cut.parts[0].second, "We stay at");
  EXPECT_THAT(cut.problems(), HasSubstr("ends within it"));
}

TEST(Tar, AHeaderThatIsNoneEndsTheReading) {
  std::string tar = member("a.txt", "We stay at the gate.") + member("b.txt", "We stay at the wall.") + kEnd;
  tar[1024 + 3] = 'X';
  const Reading read = read_for_test(tar, "a.tar");
  EXPECT_EQ(read.parts.size(), 1U);
  EXPECT_THAT(read.problems(), HasSubstr("no header"));
}

TEST(Tar, NamesThatPointElsewhereAreOnlyWords) {
  const Reading read = read_for_test(member("../../etc/words.txt", "We stay at the gate.") + kEnd, "a.tar");
  ASSERT_EQ(read.parts.size(), 1U);
  EXPECT_EQ(read.parts[0].first.path, "../../etc/words.txt");
}

}  // namespace
}  // namespace gavah::capture
