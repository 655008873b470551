#include "place/compiled.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>

#include "place/place.h"

namespace gavah::place {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr std::string_view kDump =
    "1\tNarvania\tNarvania\tنروانیا\t41\t50\tA\tPCLI\tZX\t\t00\t\t\t\t0\t\t\t\t\n"
    "2\tTorsa Province\tTorsa Province\tاستان ترسا\t41\t50\tA\tADM1\tZX\t\t01\t\t\t\t0\t\t\t\t\n"
    "3\tTorsabad\tTorsabad\tترساباد,Torsa-Abad\t41.5\t50.25\tP\tPPLA\tZX\t\t01\t\t\t\t90000\t\t\t\t\n"
    "4\tVarn\tVarn\t\t41.75\t-50.5\tP\tPPL\tZX\t\t01\t\t\t\t12\t\t\t\t\n";

std::string compiled() { return Gazetteer::compile(std::span(&kDump, 1)).value(); }

/// As the writer would have made it, digest and all.
std::string with_digest(std::string bytes) {
  const Digest digest = sha256(std::string_view(bytes).substr(40));
  return bytes.replace(8, 32, digest.view());
}

/// Asks for everything there is; what it says does not matter.
void use(const Gazetteer& gazetteer) {
  for (EntryNumber i = 0; i < gazetteer.size(); ++i) {
    (void)gazetteer.find(gazetteer.entry(i).id);
    (void)gazetteer.place(i);
  }
  for (const std::string_view name : {"Torsabad", "Torsa", "نروانیا", "Varn", "nothing"}) (void)gazetteer.named(name);
}

TEST(CompiledGazetteer, SameDumpsGiveTheSameBytesWhichAnswerAlike) {
  EXPECT_EQ(compiled(), compiled());
  const Gazetteer gazetteer = Gazetteer::open(SharedBytes::of(compiled())).value();
  EXPECT_EQ(gazetteer.digest(), Gazetteer::load(kDump).value().digest());
  ASSERT_EQ(gazetteer.size(), 4U);
  EXPECT_THAT(gazetteer.path(gazetteer.find("3").value()), ElementsAre("ZX", "ZX-01", "3"));
  EXPECT_THAT(gazetteer.named("ترساباد"), ElementsAre(2U));
  EXPECT_THAT(gazetteer.named("torsa abad"), ElementsAre(2U));
  EXPECT_EQ(gazetteer.entry(3).coordinates, (Coordinates{41'750'000, -50'500'000}));
}

TEST(CompiledGazetteer, AGazetteerOfNothingOpens) {
  const Gazetteer gazetteer = Gazetteer::load("").value();
  EXPECT_EQ(gazetteer.size(), 0U);
  EXPECT_TRUE(gazetteer.named("Torsabad").empty());
  EXPECT_FALSE(gazetteer.find("3"));
}

// When this fails, the layout, the folding, word_hash or the meaning of a row has changed: raise kCompiledVersion, so
// that files compiled before are refused, and put the new digest here.
TEST(CompiledGazetteer, ItsBytesChangeOnlyWithItsVersion) {
  EXPECT_EQ(kCompiledVersion, 1U);
  EXPECT_EQ(Gazetteer::load(kDump).value().digest().hex(),
            "6deea85ab092a87d707f2c7c210fccff32c5d957e2907d4a6db8ad49f5331735");
}

TEST(CompiledGazetteer, AnotherVersionIsNamed) {
  std::string bytes = compiled();
  bytes[40] = 9;
  const auto opened = Gazetteer::open(SharedBytes::of(with_digest(bytes)));
  ASSERT_FALSE(opened);
  EXPECT_THAT(opened.error().sentence(), HasSubstr("version 9, not 1"));
}

TEST(CompiledGazetteer, EveryChangedByteAndEveryCutIsRefused) {
  const std::string whole = compiled();
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 0x10);
    EXPECT_FALSE(Gazetteer::open(SharedBytes::of(std::move(changed)))) << at;
    EXPECT_FALSE(Gazetteer::open(SharedBytes::of(whole.substr(0, at)))) << at;
  }
  EXPECT_FALSE(Gazetteer::open(SharedBytes::of(whole + std::string(8, '\0'))));
}

// A digest proves nothing of who wrote the file: with one that fits, references must still stay inside.
TEST(CompiledGazetteer, BytesOfAnyHandAreRefusedOrHarmless) {
  const std::string whole = compiled();
  int refused = 0;
  for (std::size_t at = 40; at < whole.size(); ++at) {
    for (const int value : {0x00, 0x01, 0x7f, 0xff}) {
      std::string changed = whole;
      changed[at] = static_cast<char>(value);
      const auto opened = Gazetteer::open(SharedBytes::of(with_digest(std::move(changed))));
      if (opened) use(*opened);
      refused += opened ? 0 : 1;
    }
  }
  EXPECT_GT(refused, 500);
}

TEST(CompiledGazetteer, AnAreaWithinItselfIsRefused) {
  std::string bytes = compiled();
  constexpr std::size_t kParentOfSecondRow = 88 + 40 + 24;
  ASSERT_EQ(bytes.substr(kParentOfSecondRow, 4), std::string(4, '\0'));  // the country, row 0
  bytes[kParentOfSecondRow] = 1;
  const auto opened = Gazetteer::open(SharedBytes::of(with_digest(bytes)));
  ASSERT_FALSE(opened);
  EXPECT_THAT(opened.error().sentence(), HasSubstr("an area within itself"));
}

TEST(CompiledGazetteer, APlaceBeyondThePolesOrTheDateLineIsRefused) {
  constexpr std::size_t kLatitudeOfThirdRow = 88 + 2 * 40 + 12;
  const auto with_degrees = [&](std::size_t at, std::int32_t degrees_e6) {
    std::string bytes = compiled();
    std::memcpy(bytes.data() + at, &degrees_e6, sizeof(degrees_e6));
    return Gazetteer::open(SharedBytes::of(with_digest(std::move(bytes))));
  };
  for (const int sign : {-1, 1}) {
    EXPECT_TRUE(with_degrees(kLatitudeOfThirdRow, sign * 90'000'000));
    EXPECT_TRUE(with_degrees(kLatitudeOfThirdRow + 4, sign * 180'000'000));
    EXPECT_FALSE(with_degrees(kLatitudeOfThirdRow, sign * 90'000'001));
    const auto opened = with_degrees(kLatitudeOfThirdRow + 4, sign * 180'000'001);
    ASSERT_FALSE(opened);
    EXPECT_THAT(opened.error().sentence(), HasSubstr("a row"));
  }
}

TEST(CompiledGazetteer, ANameThatCutsACharacterIsRefused) {
  constexpr std::string_view kAccented = "1\tÉva\tEva\t\t41\t50\tP\tPPL\tZX\t\t01\t\t\t\t0\t\t\t\t\n";
  std::string bytes = Gazetteer::compile(std::span(&kAccented, 1)).value();
  constexpr std::size_t kNameOfFirstRow = 88 + 4;
  std::uint32_t name = 0;
  std::memcpy(&name, bytes.data() + kNameOfFirstRow, sizeof(name));
  ++name;  // the second byte of É
  std::memcpy(bytes.data() + kNameOfFirstRow, &name, sizeof(name));
  const auto opened = Gazetteer::open(SharedBytes::of(with_digest(bytes)));
  ASSERT_FALSE(opened);
  EXPECT_THAT(opened.error().sentence(), HasSubstr("a row"));
}

TEST(CompiledGazetteer, MistakesOfADumpAreListedWithTheirLines) {
  const auto found = Gazetteer::check("# notice\n1\tToo short\n" + std::string(kDump) + "3\tgone" + "\n");
  std::vector<std::uint64_t> lines;
  for (const auto& mistake : found) lines.push_back(mistake.line);
  EXPECT_THAT(lines, ElementsAre(2U, 7U));
  EXPECT_TRUE(Gazetteer::check(kDump).empty());
  EXPECT_THAT(Gazetteer::check(std::string(kDump) + std::string(kDump))[0].what, HasSubstr("stands above already"));
}

}  // namespace
}  // namespace gavah::place
