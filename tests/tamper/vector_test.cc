#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "base/format.h"
#include "base/json.h"
#include "proof/slot_table.h"
#include "small_case.h"

// spec/vectors: a good edition, and how to spoil it. With GAVAH_WRITE_VECTORS set the good one is written anew.
namespace gavah::tests {
namespace {

const std::string kVectors = GAVAH_SOURCE_DIR "/spec/vectors";

/// The committed edition, in memory.
void read_tree(Disk& disk, const std::string& from, const std::string& to, MemoryDisk& out) {
  const std::vector<DirectoryEntry> entries = disk.list(from).value();
  for (const DirectoryEntry& entry : entries) {
    const std::string source = join_path(from, entry.name);
    const std::string target = join_path(to, entry.name);
    if (entry.kind == EntryKind::directory) {
      out.make_directories(target).value();
      read_tree(disk, source, target, out);
    } else {
      out.files()[target] = disk.read(source).value();
    }
  }
}

MemoryDisk good_edition() {
  RealDisk disk;
  MemoryDisk out;
  out.make_directories("good").value();
  read_tree(disk, kVectors + "/good", "good", out);
  return out;
}

verify::Verdict judge(MemoryDisk& disk) {
  RealDisk real;
  const auto pin = verify::Pin::parse(real.read(kVectors + "/pin.txt").value());
  auto verdict = verify::verify_edition(disk, "good", {.pin = pin.value(), .threads = 1});
  EXPECT_TRUE(verdict.has_value());
  return verdict.value();
}

/// Stamps all files anew and signs with the vector's release key, as an operator would.
void sign_again(MemoryDisk& disk) {
  RealDisk real;
  const auto signer = proof::Signer::parse(real.read(kVectors + "/release.skey").value());
  auto manifest = proof::Manifest::parse(proof::parse_note(disk.files()["good/edition.json"])->text).value();
  std::string listed;
  manifest.files.clear();
  for (const auto& [path, bytes] : disk.files()) {
    const std::string relative = path.substr(5);
    if (relative.find('/') != std::string::npos) {
      listed += proof::to_json(proof::FileStamp{relative, bytes.size(), sha256(bytes)}) + "\n";
    }
  }
  disk.files()["good/files.jsonl"] = listed;
  for (const auto& [path, bytes] : disk.files()) {
    const std::string relative = path.substr(5);
    if (relative.find('/') == std::string::npos && relative != "edition.json") {
      manifest.files.push_back({relative, bytes.size(), sha256(bytes)});
    }
  }
  disk.files()["good/edition.json"] = proof::sign_note(manifest.text(), signer.value()).value();
}

TEST(Vectors, TheGoodEditionIsWhatPublishWritesToday) {
  SmallCase small = make_small_case();
  MemoryDisk made;
  ASSERT_TRUE(small.write(made, "good").has_value());
  if (std::getenv("GAVAH_WRITE_VECTORS") != nullptr) {
    RealDisk disk;
    if (disk.exists(kVectors + "/good")) disk.remove_tree(kVectors + "/good").value();
    for (const auto& [path, bytes] : made.files()) {
      const std::string target = join_path(kVectors, path);
      disk.make_directories(std::string(parent_path(target))).value();
      disk.write_new(target, bytes).value();
    }
    disk.replace(kVectors + "/pin.txt", small.pin().text()).value();
    disk.replace(kVectors + "/release.skey", small.release_signer.text()).value();
  }
  MemoryDisk committed = good_edition();
  ASSERT_EQ(committed.files().size(), made.files().size());
  for (const auto& [path, bytes] : made.files()) EXPECT_TRUE(committed.files()[path] == bytes) << path;
}

TEST(Vectors, TheGoodEditionHolds) {
  MemoryDisk disk = good_edition();
  const auto verdict = judge(disk);
  EXPECT_EQ(verdict.outcome, verify::Outcome::unwitnessed) << to_text(verdict);
}

/// A line of bad.jsonl: {"name","file","find","replace","signed","fails"}. An empty "find" removes the file.
TEST(Vectors, EachBadEditionFailsByItsName) {
  RealDisk real;
  const std::string lines = real.read(kVectors + "/bad.jsonl").value();
  std::size_t count = 0;
  for (std::size_t begin = 0; begin < lines.size();) {
    const std::size_t end = lines.find('\n', begin);
    const Json json = Json::parse(std::string_view(lines).substr(begin, end - begin)).value();
    begin = end + 1;
    ++count;
    MemoryDisk disk = good_edition();
    const std::string path = "good/" + std::string(json.text_of("file"));
    const std::string find(json.text_of("find"));
    if (find.empty()) {
      ASSERT_EQ(disk.files().erase(path), 1U) << path;
    } else {
      std::string& bytes = disk.files()[path];
      const std::size_t at = bytes.find(find);
      ASSERT_NE(at, std::string::npos) << json.text_of("name");
      bytes.replace(at, find.size(), json.text_of("replace"));
    }
    if (json.find("signed")->boolean().value()) sign_again(disk);
    const auto verdict = judge(disk);
    EXPECT_EQ(verdict.outcome, verify::Outcome::failed) << json.text_of("name");
    const bool named = std::ranges::any_of(verdict.failures, [&](const verify::Failure& failure) {
      return name_of(failure.check) == json.text_of("fails");
    });
    EXPECT_TRUE(named) << json.text_of("name") << "\n" << to_text(verdict);
  }
  EXPECT_GE(count, 10U);
}

TEST(Spec, SlotsPageHasEveryRowOfTheTables) {
  RealDisk disk;
  const std::string page = disk.read(GAVAH_SOURCE_DIR "/spec/slots.md").value();
  for (int type = 0; type <= static_cast<int>(proof::LeafType::edition); ++type) {
    std::string rows;
    const auto slots = proof::slots_of(static_cast<proof::LeafType>(type));
    for (std::size_t i = 0; i < slots.size(); ++i)
      rows += format("| {} | {} | {} |\n", i, slots[i].path, slots[i].kind);
    EXPECT_NE(page.find(rows), std::string::npos) << name_of(static_cast<proof::LeafType>(type));
  }
}

}  // namespace
}  // namespace gavah::tests
