#include "verify/bare_log.h"

#include <gtest/gtest.h>

#include "base/format.h"

namespace gavah::verify {
namespace {

const std::string kLog = "log";

/// A log of `size` entries in memory, its tiles cut from a whole tree.
struct Case {
  explicit Case(std::uint64_t size) {
    SeededRandom random(1);
    const proof::Signer signer = proof::Signer::generate("log.example", random).value();
    std::vector<std::string> entries;
    for (std::uint64_t i = 0; i < size; ++i) {
      entries.push_back(format("entry {}", i));
      tree.append(proof::leaf_hash(entries.back()));
    }
    for (const proof::BundleName& name : proof::bundles_of(size)) {
      write(proof::path_of(name), proof::bundle_bytes(std::span(entries).subspan(name.number * 256, name.width)));
    }
    for (const proof::TileName& name : proof::tiles_of(size)) {
      std::vector<Digest> hashes;
      for (std::uint32_t i = 0; i < name.width; ++i) {
        hashes.push_back(tree.node({name.level * 8, name.number * 256 + i}).value());
      }
      write(proof::path_of(name), proof::tile_bytes(hashes));
    }
    write("checkpoint", proof::sign_checkpoint({"log.example", size, tree.root()}, signer).value());
    pin.origin = "log.example";
    pin.log_keys = {{signer.verifier()}};
  }

  void write(const std::string& path, std::string bytes) { disk.files()[join_path(kLog, path)] = std::move(bytes); }
  void flip(const std::string& path, std::size_t at) {
    char& byte = disk.files().at(join_path(kLog, path)).at(at);
    byte = static_cast<char>(byte ^ 1);
  }
  Verdict verdict(std::size_t threads = 1) { return verify_log(disk, kLog, pin, threads).value(); }
  std::string failure() {
    const Verdict found = verdict();
    return found.failures.empty() ? "" : found.failures.front().sentence();
  }

  MemoryDisk disk;
  proof::HashTree tree;
  Pin pin;
};

TEST(BareLog, IsSoundAtEverySizeAroundATile) {
  for (const std::uint64_t size : {0U, 1U, 2U, 255U, 256U, 257U, 511U, 512U, 513U, 700U, 65536U, 65537U, 66000U}) {
    Case log(size);
    EXPECT_EQ(log.verdict().outcome, Outcome::unwitnessed) << size << log.failure();
    EXPECT_EQ(to_json(log.verdict(1)), to_json(log.verdict(3))) << size;
  }
}

TEST(BareLog, NamesTheTileThatDoesNotAgree) {
  const std::vector<std::pair<std::string, std::string>> flipped_and_named = {
      {"tile/entries/000", "tile/0/000"},
      {"tile/entries/002.p/188", "tile/0/002.p/188"},
      {"tile/0/001", "tile/0/001"},
      {"tile/0/002.p/188", "tile/0/002.p/188"},
      {"tile/1/000.p/2", "tile/1/000.p/2"}};
  for (const auto& [path, named] : flipped_and_named) {
    Case log(700);
    log.flip(path, 40);
    EXPECT_EQ(log.failure(), format("log: {}: the leaves do not give this tile", named));
    Case missing(700);
    missing.disk.files().erase(join_path(kLog, path));
    EXPECT_NE(missing.failure().find(path), std::string::npos) << missing.failure();
  }
}

TEST(BareLog, TilesThatAgreeWithForgedEntriesDoNotGiveTheSignedRoot) {
  Case honest(300);
  Case forged(300);
  forged.write("tile/entries/001.p/44", [] {
    std::vector<std::string> entries(44, "forged");
    return proof::bundle_bytes(entries);
  }());
  std::vector<Digest> hashes(44, proof::leaf_hash("forged"));
  forged.write("tile/0/001.p/44", proof::tile_bytes(hashes));
  EXPECT_EQ(forged.failure(), "log: the leaves do not give the root that was signed");
}

TEST(BareLog, OnlyAPinnedKeyWithinItsRangeMaySign) {
  Case log(300);
  log.pin.log_keys.front().last_size = 299;
  EXPECT_TRUE(log.failure().starts_with("checkpoint: checkpoint: ")) << log.failure();
  Case other(300);
  SeededRandom random(2);
  other.pin.log_keys = {{proof::Signer::generate("log.example", random).value().verifier()}};
  EXPECT_TRUE(other.failure().starts_with("checkpoint: checkpoint: ")) << other.failure();
  Case foreign(300);
  foreign.pin.origin = "another.example";
  EXPECT_EQ(foreign.failure(), "checkpoint: checkpoint: it is of another log than the pin's");
}

TEST(BareLog, MustContinueEveryRememberedHead) {
  Case log(700);
  log.pin.heads = {{257, log.tree.root(257).value()}, {700, log.tree.root()}};
  EXPECT_EQ(log.verdict().outcome, Outcome::unwitnessed) << log.failure();
  log.pin.heads = {{257, log.tree.root(258).value()}};
  EXPECT_NE(log.failure().find("two histories were signed"), std::string::npos) << log.failure();
  log.pin.heads = {{701, log.tree.root()}};
  EXPECT_NE(log.failure().find("remembers this log with 701 leaves"), std::string::npos) << log.failure();
}

TEST(BareLog, AHeadThatClaimsTooManyLeavesFailsAtOnce) {
  Case log(300);
  SeededRandom random(1);
  const proof::Signer signer = proof::Signer::generate("log.example", random).value();
  log.write("checkpoint", proof::sign_checkpoint({"log.example", UINT64_MAX, log.tree.root()}, signer).value());
  EXPECT_EQ(log.verdict().outcome, Outcome::failed);
}

TEST(BareLog, IsToldFromEditionsAndChronicles) {
  Case log(3);
  EXPECT_TRUE(is_bare_log(log.disk, kLog));
  log.write("edition.json", "");
  EXPECT_FALSE(is_bare_log(log.disk, kLog));
  EXPECT_FALSE(is_bare_log(log.disk, "elsewhere"));
  EXPECT_FALSE(verify_log(log.disk, "elsewhere", log.pin).has_value());
}

}  // namespace
}  // namespace gavah::verify
