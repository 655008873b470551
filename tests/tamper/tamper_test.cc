#include <gtest/gtest.h>

#include <algorithm>

#include "base/parallel.h"
#include "small_case.h"

// Anyone who can change the files of an edition, without the keys.
namespace gavah::tests {
namespace {

using verify::Check;
using verify::Verdict;

/// An edition in memory with what a reader knows of it.
struct Published {
  SmallCase small = make_small_case();
  MemoryDisk disk;
  std::string directory = "edition-1";

  Published() {
    const auto written = small.write(disk, directory);
    EXPECT_TRUE(written.has_value()) << (written ? "" : written.error().sentence());
  }
  Verdict verify() {
    auto verdict = verify::verify_edition(disk, directory, {.pin = small.pin(), .threads = 1});
    EXPECT_TRUE(verdict.has_value());
    return verdict ? *std::move(verdict) : Verdict{};
  }
  std::string& file(const std::string& path) { return disk.files().at(directory + "/" + path); }
};

bool names(const Verdict& verdict, Check check, std::string_view file = "") {
  return std::ranges::any_of(verdict.failures, [&](const verify::Failure& failure) {
    return failure.check == check && (file.empty() || failure.file == file);
  });
}

TEST(Tamper, TheEditionAsPublishedHolds) {
  Published edition;
  const Verdict verdict = edition.verify();
  EXPECT_EQ(verdict.outcome, verify::Outcome::unwitnessed) << to_text(verdict);
  EXPECT_EQ(verdict.exit_status(verify::Unwitnessed::refused), 1);
  EXPECT_EQ(verdict.exit_status(verify::Unwitnessed::allowed), 0);
}

TEST(Tamper, OneByteOfAnyFileIsNamed) {
  Published edition;
  for (auto& [path, bytes] : edition.disk.files()) {
    if (bytes.empty()) continue;
    const std::size_t at = bytes.size() / 2;
    bytes[at] = static_cast<char>(bytes[at] ^ 1);
    const Verdict verdict = edition.verify();
    bytes[at] = static_cast<char>(bytes[at] ^ 1);
    const std::string relative = path.substr(edition.directory.size() + 1);
    EXPECT_EQ(verdict.outcome, verify::Outcome::failed) << relative;
    const Check check = relative == "edition.json" ? Check::manifest : Check::file;
    EXPECT_TRUE(names(verdict, check, relative)) << relative << "\n" << to_text(verdict);
  }
}

/// A random bit of a random byte over all files.
struct Flip {
  std::string path;
  std::size_t at = 0;
  char mask = 0;
};

std::vector<Flip> random_flips(const std::map<std::string, std::string>& files, std::size_t count) {
  std::vector<std::string> paths;
  std::vector<std::size_t> ends;
  std::size_t total = 0;
  for (const auto& [path, bytes] : files) {
    paths.push_back(path);
    ends.push_back(total += bytes.size());
  }
  SeededRandom random(7);
  std::vector<Flip> out;
  for (std::size_t i = 0; i < count; ++i) {
    std::uint64_t number = 0;
    for (const std::uint8_t byte : random.array<8>()) number = number << 8U | byte;
    const std::size_t at = static_cast<std::size_t>(number >> 3U) % total;
    const auto file = static_cast<std::size_t>(std::ranges::upper_bound(ends, at) - ends.begin());
    out.push_back({paths[file], at - (file == 0 ? 0 : ends[file - 1]), static_cast<char>(1U << (number & 7U))});
  }
  return out;
}

TEST(Tamper, TenThousandFlipsAllFail) {
  constexpr std::size_t kShards = 4;
  Published edition;
  const std::vector<Flip> flips = random_flips(edition.disk.files(), 10'000);
  std::array<std::string, kShards> held;
  parallel_for(kShards, 0, [&](std::size_t shard) {
    MemoryDisk disk;
    disk.make_directories(edition.directory).value();
    disk.files() = edition.disk.files();
    for (std::size_t i = shard; i < flips.size(); i += kShards) {
      char& byte = disk.files()[flips[i].path][flips[i].at];
      byte = static_cast<char>(byte ^ flips[i].mask);
      const auto verdict = verify::verify_edition(disk, edition.directory, {.pin = edition.small.pin(), .threads = 1});
      byte = static_cast<char>(byte ^ flips[i].mask);
      if (!verdict || verdict->outcome != verify::Outcome::failed || verdict->failures.empty()) {
        held[shard] = flips[i].path;
      }
    }
  });
  for (const std::string& path : held) EXPECT_EQ(path, "") << "a flip in it went unnoticed";
}

TEST(Tamper, AFileTooManyIsNamed) {
  Published edition;
  edition.disk.files()["edition-1/site/extra.html"] = "x";
  EXPECT_TRUE(names(edition.verify(), Check::file, "site/extra.html"));
}

TEST(Tamper, AMissingFileIsNamed) {
  Published edition;
  edition.disk.files().erase("edition-1/claims.jsonl");
  EXPECT_TRUE(names(edition.verify(), Check::file, "claims.jsonl"));
}

TEST(Tamper, AnotherKeysSignatureIsNoSignature) {
  Published edition;
  SeededRandom random(99);
  const auto other = proof::Signer::generate("case.example/release", random);
  const auto note = proof::parse_note(edition.file("edition.json"));
  ASSERT_TRUE(other && note);
  edition.file("edition.json") = *proof::sign_note(note->text, *other);
  const Verdict verdict = edition.verify();
  EXPECT_EQ(verdict.outcome, verify::Outcome::failed);
  EXPECT_TRUE(names(verdict, Check::manifest, "edition.json"));
}

TEST(Tamper, AKeyOutsideItsRangeDoesNotCount) {
  Published edition;
  auto pin = edition.small.pin();
  pin.log_keys.front().last_size = 3;
  const auto verdict = verify::verify_edition(edition.disk, edition.directory, {.pin = pin, .threads = 1});
  ASSERT_TRUE(verdict.has_value());
  EXPECT_TRUE(names(*verdict, Check::checkpoint, "checkpoint"));
}

TEST(Tamper, AnotherOriginIsAnotherLog) {
  Published edition;
  auto pin = edition.small.pin();
  pin.origin = "case.example/other";
  const auto verdict = verify::verify_edition(edition.disk, edition.directory, {.pin = pin, .threads = 1});
  ASSERT_TRUE(verdict.has_value());
  EXPECT_TRUE(names(*verdict, Check::manifest, "edition.json"));
}

TEST(Tamper, ARememberedHeadMustBeAPrefix) {
  Published edition;
  auto pin = edition.small.pin();
  pin.heads = {{5, sha256("another history")}, {1'000'000, sha256("a longer one")}};
  const auto verdict = verify::verify_edition(edition.disk, edition.directory, {.pin = pin, .threads = 1});
  ASSERT_TRUE(verdict.has_value());
  EXPECT_EQ(std::ranges::count(verdict->failures, Check::head, &verify::Failure::check), 2);
}

TEST(Tamper, ThreadsDoNotChangeTheVerdict) {
  Published edition;
  std::string& records = edition.file("records.jsonl");
  for (std::size_t at = 50; at < records.size(); at += 997) records[at] = 'x';
  const auto one = verify::verify_edition(edition.disk, edition.directory, {.pin = edition.small.pin(), .threads = 1});
  const auto four = verify::verify_edition(edition.disk, edition.directory, {.pin = edition.small.pin(), .threads = 4});
  ASSERT_TRUE(one && four);
  EXPECT_EQ(to_json(*one), to_json(*four));
}

TEST(Tamper, WhatIsNoDirectoryIsAnError) {
  MemoryDisk disk;
  EXPECT_FALSE(verify::verify_edition(disk, "nowhere", {}).has_value());
}

TEST(Pin, ReadsBackAndRefusesWhatItDoesNotKnow) {
  Published edition;
  auto pin = edition.small.pin();
  pin.heads = {{3, sha256("x")}};
  const auto read = verify::Pin::parse(pin.text());
  ASSERT_TRUE(read.has_value()) << read.error().sentence();
  EXPECT_EQ(read->text(), pin.text());
  EXPECT_FALSE(verify::Pin::parse(pin.text() + "quorum 2\n").has_value());
  EXPECT_FALSE(verify::Pin::parse("origin a\n").has_value());
  EXPECT_FALSE(verify::Pin::parse(pin.text() + "origin b\n").has_value());
}

}  // namespace
}  // namespace gavah::tests
