#include "proof/tile.h"

#include <gtest/gtest.h>

#include <map>

#include "base/bytes.h"
#include "base/disk.h"
#include "base/format.h"
#include "base/json.h"
#include "base/shared_data.h"
#include "base/signature.h"
#include "proof/checkpoint.h"

namespace gavah::proof {
namespace {

TEST(TilePath, IsAsTheStandardWritesIt) {
  EXPECT_EQ(path_of(TileName{0, 0, 256}), "tile/0/000");
  EXPECT_EQ(path_of(TileName{0, 1234067, 256}), "tile/0/x001/x234/067");
  EXPECT_EQ(path_of(TileName{1, 273, 112}), "tile/1/273.p/112");
  EXPECT_EQ(path_of(BundleName{1000, 256}), "tile/entries/x001/000");
  EXPECT_EQ(path_of(BundleName{5, 1}), "tile/entries/005.p/1");
}

TEST(TilePath, ReadsBackWhatItWrites) {
  for (const std::uint64_t number : {0ULL, 1ULL, 999ULL, 1000ULL, 1234067ULL, 987654321012ULL}) {
    for (const std::uint32_t width : {1U, 17U, 255U, 256U}) {
      EXPECT_EQ(tile_name_from(path_of(TileName{3, number, width})).value(), (TileName{3, number, width}));
      EXPECT_EQ(bundle_name_from(path_of(BundleName{number, width})).value(), (BundleName{number, width}));
    }
  }
}

TEST(TilePath, RefusesEveryOtherSpelling) {
  for (const char* path :
       {"tile/0/0", "tile/0/1234", "tile/00/000", "tile/0/x000/001", "tile/0/000.p/0", "tile/0/000.p/256",
        "tile/0/000.p/07", "tile/64/000", "tile/0/000/", "tile//000", "tile/0/../000", "tile/0/x001/x234/67",
        "tile/0/-01", "tile/0/", "tile/0", "til/0/000", "", "tile/0/x999999999999999999999/000"}) {
    EXPECT_FALSE(tile_name_from(path)) << path;
  }
  EXPECT_FALSE(bundle_name_from("tile/0/000"));
  EXPECT_FALSE(bundle_name_from("tile/entries/000.p/300"));
}

TEST(TilesOf, TheStandardsExampleOfSeventyThousandEntries) {
  // tlog-tiles: 256 full and one partial tile at level 0, ...
  std::map<std::uint32_t, std::vector<TileName>> levels;
  for (const TileName& tile : tiles_of(70000)) levels[tile.level].push_back(tile);
  ASSERT_EQ(levels.size(), 3U);
  EXPECT_EQ(levels[0].size(), 274U);
  EXPECT_EQ(levels[0].back(), (TileName{0, 273, 112}));
  EXPECT_EQ(levels[1], (std::vector<TileName>{{1, 0, 256}, {1, 1, 17}}));
  EXPECT_EQ(levels[2], (std::vector<TileName>{{2, 0, 1}}));
}

TEST(TilesOf, GrowingStepByStepWritesEveryTileOfTheWhole) {
  std::map<std::string, int> written;
  for (std::uint64_t size = 0; size < 1300; size += 37) {
    for (const TileName& tile : tiles_of(size + 37, size)) ++written[path_of(tile)];
    for (const TileName& tile : tiles_of(size + 37)) EXPECT_TRUE(written.contains(path_of(tile))) << path_of(tile);
  }
  EXPECT_EQ(written["tile/0/000"], 1);
  EXPECT_TRUE(tiles_of(512, 512).empty());
  EXPECT_TRUE(bundles_of(512, 512).empty());
  EXPECT_EQ(bundles_of(514, 511), (std::vector<BundleName>{{1, 256}, {2, 2}}));
}

TEST(Bundle, GivesBackItsEntries) {
  const std::vector<std::string> entries = {"", "a", std::string(65535, 'z'), "گواه"};
  const std::string bytes = bundle_bytes(entries);
  EXPECT_EQ(bytes.substr(0, 5), std::string("\0\0\0\1a", 5));
  const auto views = entries_from_bundle(bytes, 4).value();
  EXPECT_EQ(std::vector<std::string>(views.begin(), views.end()), entries);
}

TEST(Bundle, RefusesEveryOtherLengthOrCount) {
  const std::vector<std::string> entries = {"first", "", "third"};
  const std::string bytes = bundle_bytes(entries);
  for (std::size_t size = 0; size < bytes.size(); ++size) EXPECT_FALSE(entries_from_bundle(bytes.substr(0, size), 3));
  EXPECT_FALSE(entries_from_bundle(bytes, 2));
  EXPECT_FALSE(entries_from_bundle(bytes, 4));
  EXPECT_FALSE(entries_from_bundle(bytes + "x", 3));
}

TEST(TileHashes, AnyOtherLengthIsRefused) {
  const std::vector<Digest> hashes = {leaf_hash("a"), leaf_hash("b")};
  EXPECT_EQ(hashes_from_tile(tile_bytes(hashes), 2).value(), hashes);
  EXPECT_FALSE(hashes_from_tile(tile_bytes(hashes), 1));
  EXPECT_FALSE(hashes_from_tile(tile_bytes(hashes).substr(1), 2));
}

/// The tiles of a tree, cut out of its node hashes by another way than the code under test.
TileReader tiles_from(const HashTree& tree) {
  return [&tree](const TileName& name) -> Result<std::string> {
    std::string out;
    for (std::uint32_t i = 0; i < name.width; ++i) {
      GAVAH_ASSIGN(const Digest hash, tree.node({name.level * 8, name.number * 256 + i}));
      out.append(hash.view());
    }
    return out;
  };
}

TEST(NodesFromTiles, GiveTheTreesOwnNodesAndProofs) {
  constexpr std::uint64_t kSize = 66000;
  HashTree tree;
  for (std::uint64_t i = 0; i < kSize; ++i) tree.append(leaf_hash(format("{}", i)));
  const NodeReader nodes = nodes_from_tiles(kSize, tiles_from(tree));
  for (std::uint32_t level = 0; level < 17; ++level) {
    for (std::uint64_t index = 0; index < (kSize >> level); index += 1 + (kSize >> level) / 50) {
      EXPECT_EQ(nodes({level, index}).value(), tree.node({level, index}).value()) << level << " " << index;
    }
    EXPECT_FALSE(nodes({level, kSize >> level}));
  }
  EXPECT_FALSE(nodes({64, 0}));
  EXPECT_EQ(tree_root(kSize, nodes).value(), tree.root());
  EXPECT_EQ(inclusion_proof(65999, kSize, nodes).value(), inclusion_proof(65999, kSize, tree.reader()).value());
  EXPECT_EQ(consistency_proof(301, kSize, nodes).value(), consistency_proof(301, kSize, tree.reader()).value());
}

TEST(NodesFromTiles, AMissingOrShortTileIsAnErrorThatNamesIt) {
  const NodeReader none = nodes_from_tiles(300, [](const TileName&) { return Result<std::string>(std::string("x")); });
  const auto result = tree_root(300, none);
  ASSERT_FALSE(result);
  EXPECT_NE(result.error().sentence().find("tile/1/000.p/1"), std::string::npos) << result.error().sentence();
}

/// Every entry and tile of a directory of tiles, against its signed head.
void expect_log_checks(const std::string& directory, std::string_view checkpoint_name, const Verifier& key) {
  RealDisk disk;
  const std::string note = disk.read(join_path(directory, checkpoint_name)).value();
  const Checkpoint head = open_checkpoint(note, std::span(&key, 1)).value();
  CompactRange range;
  for (const BundleName& bundle : bundles_of(head.size)) {
    const std::string bytes = disk.read(join_path(directory, path_of(bundle))).value();
    const auto entries = entries_from_bundle(bytes, bundle.width);
    ASSERT_TRUE(entries) << path_of(bundle);
    for (const std::string_view entry : *entries) range.append(leaf_hash(entry));
  }
  EXPECT_EQ(range.root(), head.root) << checkpoint_name;
  const NodeReader nodes =
      nodes_from_tiles(head.size, [&](const TileName& tile) { return disk.read(join_path(directory, path_of(tile))); });
  EXPECT_EQ(tree_root(head.size, nodes).value(), head.root) << checkpoint_name;
}

TEST(TileVectors, TesserasLogChecksAtEverySize) {
  const auto directory = shared_data("tlog-vectors/tessera-log");
  if (!directory) GTEST_SKIP() << "the shared vectors are not here";
  RealDisk disk;
  std::string vkey = disk.read(*directory + "/log.vkey").value();
  while (!vkey.empty() && vkey.back() == '\n') vkey.pop_back();
  const Verifier key = Verifier::parse(vkey).value();
  for (int size = 0; size <= 15; ++size) expect_log_checks(*directory, format("checkpoint.{}", size), key);
}

/// Whether one of the signatures of a note is a cosignature (C2SP tlog-cosignature, type 4) by the key in `vkey`, put
/// together here from the standard's words alone.
bool has_cosignature(const Note& note, std::string_view vkey) {
  const std::string typed_key = from_base64(vkey.substr(vkey.find('+', vkey.find('+') + 1) + 1)).value();
  EXPECT_EQ(typed_key.front(), '\x04');
  const auto key = Ed25519PublicKey::from_bytes(std::string_view(typed_key).substr(1)).value();
  for (const NoteSignature& signature : note.signatures) {
    if (signature.name != vkey.substr(0, vkey.find('+')) || signature.signature.size() != 72) continue;
    std::uint64_t seconds = 0;
    for (std::size_t i = 0; i < 8; ++i) seconds = seconds << 8U | static_cast<std::uint8_t>(signature.signature[i]);
    const std::string message = format("cosignature/v1\ntime {}\n{}", seconds, note.text);
    if (verify_ed25519(key, message, std::string_view(signature.signature).substr(8))) return true;
  }
  return false;
}

TEST(TileVectors, SunlightsMirroredTilesGiveTheRootThatItsMirrorCosigned) {
  const auto directory = shared_data("tlog-vectors/sunlight-testdata");
  if (!directory) GTEST_SKIP() << "the shared vectors are not here";
  RealDisk disk;
  const std::string mirror = *directory + "/witness/mirror";
  const std::string log = mirror + "/000de184301123b9278c086a7d9f68c9577e83872224c197058fd90784ea9706";
  const Note note = parse_note(disk.read(log + "/checkpoint").value()).value();
  const Checkpoint head = Checkpoint::parse(note.text).value();
  ASSERT_EQ(head.size, 300U);
  CompactRange range;
  for (const TileName& tile : tiles_of(head.size)) {
    if (tile.level != 0) continue;
    const auto hashes = hashes_from_tile(disk.read(join_path(log, path_of(tile))).value(), tile.width).value();
    for (const Digest& hash : hashes) range.append(hash);
  }
  EXPECT_EQ(range.root(), head.root);
  const std::vector<std::pair<std::string, std::string>> cosigned = {
      {mirror + "/mirror.v0.json", log + "/checkpoint"},
      {*directory + "/witness/witness.v0.json",
       *directory + "/witness/000de184301123b9278c086a7d9f68c9577e83872224c197058fd90784ea9706/checkpoint"},
      {*directory + "/witness2/witness.v0.json",
       *directory + "/witness2/88ad7a28caeb0b2aa890fdf0304c2fcaf59fca2ee140134ff8c1300bac493482/checkpoint"}};
  for (const auto& [about, checkpoint] : cosigned) {
    const Json json = Json::parse(disk.read(about).value()).value();
    const std::string vkey = *json.find("verifier_keys")->items().front().string();
    EXPECT_TRUE(has_cosignature(parse_note(disk.read(checkpoint).value()).value(), vkey)) << about;
  }
}

TEST(TileVectors, ALogOfSeventyThousandEntriesHasOurTilesAndRoot) {
  const auto directory = shared_data("tlog-vectors/generated-local");
  if (!directory) GTEST_SKIP() << "the shared vectors are not here";
  RealDisk disk;
  HashTree tree;
  for (std::uint64_t i = 0; i < 70000; ++i) tree.append(leaf_hash(format("leaf-{}", i)));
  std::string table = disk.read(*directory + "/roots.tsv").value();
  std::size_t compared = 0;
  for (std::size_t at = table.find('\n') + 1; at < table.size();) {
    const std::size_t tab = table.find('\t', at);
    const std::size_t end = table.find('\n', tab);
    const auto size = static_cast<std::uint64_t>(std::stoull(table.substr(at, tab - at)));
    EXPECT_EQ(to_base64(tree.root(size).value().view()), table.substr(tab + 1, end - tab - 1)) << size;
    at = end + 1;
    ++compared;
  }
  EXPECT_GT(compared, 1000U);
  for (const TileName& tile : tiles_of(70000)) {
    EXPECT_EQ(disk.read(*directory + "/log70000/" + path_of(tile)).value(), tiles_from(tree)(tile).value())
        << path_of(tile);
  }
}

}  // namespace
}  // namespace gavah::proof
