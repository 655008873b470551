#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/format.h"
#include "small_case.h"

// The operator as attacker: everything is signed with the true keys, every file's hash is right.
namespace gavah::tests {

using verify::Check;
using verify::Verdict;

inline bool names(const Verdict& verdict, Check check, std::string_view words) {
  return std::ranges::any_of(verdict.failures, [&](const verify::Failure& failure) {
    return failure.check == check && failure.sentence().find(words) != std::string::npos;
  });
}

/// An edition whose files the operator rewrites and signs again.
struct Forged {
  SmallCase small = make_small_case();
  MemoryDisk disk;
  std::string directory = "edition";
  proof::Manifest manifest;

  Forged() {
    const auto written = small.write(disk, directory);
    EXPECT_TRUE(written.has_value()) << (written ? "" : written.error().sentence());
    read_manifest();
  }
  void read_manifest() {
    const auto note = proof::parse_note(file("edition.json"));
    manifest = *proof::Manifest::parse(note->text);
  }
  std::string& file(const std::string& path) { return disk.files()[directory + "/" + path]; }
  void replace(const std::string& path, std::string_view from, std::string_view to) {
    std::string& bytes = file(path);
    const std::size_t at = bytes.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    bytes.replace(at, from.size(), to);
  }
  void drop_line(const std::string& path, std::string_view with) {
    std::string& bytes = file(path);
    const std::size_t at = bytes.find(with);
    ASSERT_NE(at, std::string::npos) << with;
    const std::size_t begin = bytes.rfind('\n', at) + 1;
    bytes.erase(begin, bytes.find('\n', at) - begin + 1);
  }
  /// Stamps all files anew and signs the manifest with the true key.
  void sign() {
    manifest.files.clear();
    std::string listed;
    const std::string prefix = directory + "/";
    for (const auto& [path, bytes] : disk.files()) {
      const std::string relative = path.substr(prefix.size());
      const proof::FileStamp stamp{relative, bytes.size(), sha256(bytes)};
      if (relative.find('/') != std::string::npos) listed += proof::to_json(stamp) + "\n";
    }
    file("files.jsonl") = listed;
    for (const auto& [path, bytes] : disk.files()) {
      const std::string relative = path.substr(prefix.size());
      if (relative.find('/') == std::string::npos && relative != "edition.json") {
        manifest.files.push_back({relative, bytes.size(), sha256(bytes)});
      }
    }
    file("edition.json") = *proof::sign_note(manifest.text(), small.release_signer);
  }
  /// Puts other leaves into the log and signs its head with the true key: what no publisher would write.
  void replace_log(const std::vector<proof::Leaf>& leaves) {
    std::erase_if(disk.files(), [&](const auto& each) { return each.first.starts_with(directory + "/log/tile/"); });
    std::vector<std::string> bytes;
    proof::HashTree tree;
    for (const proof::Leaf& leaf : leaves) {
      bytes.push_back(proof::leaf_bytes(leaf).value());
      tree.append(proof::leaf_hash(bytes.back()));
    }
    for (const proof::TileName& tile : proof::tiles_of(tree.size())) {
      std::vector<Digest> hashes;
      for (std::uint64_t i = 0; i < tile.width; ++i) {
        hashes.push_back(tree.node({tile.level * proof::kTileHeight, tile.number * proof::kTileWidth + i}).value());
      }
      file("log/" + proof::path_of(tile)) = proof::tile_bytes(hashes);
    }
    for (const proof::BundleName& bundle : proof::bundles_of(tree.size())) {
      const auto slice = std::span(bytes).subspan(bundle.number * proof::kTileWidth, bundle.width);
      file("log/" + proof::path_of(bundle)) = proof::bundle_bytes(slice);
    }
    manifest.size = tree.size();
    manifest.root = tree.root();
    file("checkpoint") = proof::sign_checkpoint({small.origin, tree.size(), tree.root()}, small.log_signer).value();
    file("log/checkpoint") = file("checkpoint");
  }
  /// The leaves that the edition's log has.
  std::vector<proof::Leaf> leaves() const {
    std::vector<proof::Leaf> out;
    for (std::size_t i = 0; i < manifest.size; ++i) out.push_back(small.log[i].leaf);
    return out;
  }
  /// Adds a leaf of that type behind all others, however little sense it makes.
  void append_leaf(proof::LeafType type, std::vector<proof::LeafRef> refs) {
    proof::Leaf leaf;
    leaf.type = type;
    leaf.id = proof::EntryId::from_bytes(small.random.bytes(16));
    leaf.day = small.day;
    leaf.refs = std::move(refs);
    leaf.slots.resize(proof::slots_of(type).size());
    auto all = leaves();
    all.push_back(std::move(leaf));
    replace_log(all);
  }
  /// The first disclosed event of the register.
  proof::LeafIndex first_event() const {
    const auto found =
        std::ranges::find(small.log, proof::LeafType::event, [](const auto& sealed) { return sealed.leaf.type; });
    return found->index;
  }
  Verdict verify(const std::optional<std::string>& previous = std::nullopt) {
    sign();
    auto verdict = verify::verify_edition(disk, directory, {.pin = small.pin(), .previous = previous, .threads = 1});
    EXPECT_TRUE(verdict.has_value());
    return verdict ? *std::move(verdict) : Verdict{};
  }
};

}  // namespace gavah::tests
