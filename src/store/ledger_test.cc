#include "store/ledger.h"

#include <gtest/gtest.h>

#include "base/format.h"
#include "base/scratch_folder.h"
#include "store/sealing_for_tests.h"

namespace gavah::store {
namespace {

LedgerEntry entry(std::uint8_t number, proof::LeafType type = proof::LeafType::heartbeat) {
  LedgerEntry out;
  out.id.bytes[0] = number;
  out.type = type;
  proof::Leaf leaf{.type = type};
  leaf.id = out.id;
  if (type == proof::LeafType::capture) leaf.object = sha256("x");
  out.leaf = proof::leaf_bytes(leaf).value();
  return out;
}

LedgerEntry capture_entry(std::uint8_t number, const Digest& mark, std::uint32_t part_count) {
  LedgerEntry out = entry(number, proof::LeafType::capture);
  Capture capture;
  capture.id = CaptureId::from_bytes(out.id.view());
  capture.name = format("capture {}", number);
  out.json = to_json(capture);
  for (std::uint32_t i = 0; i < part_count; ++i) {
    Part part;
    part.capture = capture.id;
    part.number = i;
    out.parts.push_back(part);
  }
  out.mark = mark;
  return out;
}

proof::ListRecord record_of(std::uint32_t number) {
  proof::ListRecord out;
  out.bytes = format("record {} of a list that no row should hold whole", number);
  out.salt.fill(static_cast<std::uint8_t>(number));
  return out;
}

std::int64_t rows_of(Ledger& ledger, const std::string& table) {
  Statement count = ledger.database().prepare("SELECT COUNT(*) FROM " + table).value();
  EXPECT_TRUE(count.step());
  return count.integer(0);
}

TEST(Ledger, ALongListLiesInPiecesAndComesBackWhole) {
  constexpr std::uint32_t kRecords = 3000;
  const ScratchFolder folder;
  Ledger ledger = Ledger::open(sealed_for_test(folder.path("ledger.sqlite"))).value();
  LedgerEntry before = capture_entry(1, sha256("a"), 1);
  before.lists["parts"] = {record_of(7)};
  ASSERT_TRUE(ledger.append(0, std::span(&before, 1)));
  EXPECT_EQ(rows_of(ledger, "piece"), 0);

  LedgerEntry entry = capture_entry(2, sha256("b"), 0);
  entry.values = {{"name", {"text", "نام"}}};
  std::vector<proof::ListRecord> records;
  {
    LedgerBatch batch = ledger.begin(1).value();
    for (std::uint32_t i = 0; i < kRecords; ++i) {
      records.push_back(record_of(i));
      ASSERT_TRUE(batch.add_record("parts", records.back()));
      ASSERT_TRUE(batch.add_record("chains", records.back()));
    }
    entry.lists = {{"empty", {}}, {"short", {record_of(1)}}};
    ASSERT_TRUE(batch.add(entry));
    EXPECT_EQ(ledger.captures_marked(sha256("b"), 9).value().size(), 1U);
    ASSERT_TRUE(batch.commit());
  }
  EXPECT_GT(rows_of(ledger, "piece"), 4);
  LedgerEntry given = entry;
  given.id.bytes[0] = 3;
  given.lists = {{"chains", records}};
  ASSERT_TRUE(ledger.append(2, std::span(&given, 1)));

  entry.lists["parts"] = records;
  entry.lists["chains"] = records;
  const proof::SealedEntry found = ledger.entry(1).value();
  EXPECT_EQ(found.lists, entry.lists);
  EXPECT_EQ(found.values, entry.values);
  EXPECT_EQ(ledger.entry(2).value().lists, given.lists);
  Ledger reader = Ledger::open(sealed_for_test(folder.path("ledger.sqlite")), Access::read_only).value();
  EXPECT_EQ(reader.entry(1).value().lists, entry.lists);

  // What is shredded or reduced is gone from the pieces too.
  const proof::LeafIndex shredded = 2;
  ASSERT_TRUE(ledger.shred(std::span(&shredded, 1)));
  EXPECT_TRUE(ledger.entry(2).value().lists.empty());
  LedgerEntry left = entry;
  left.lists = {{"parts", {record_of(3)}}};
  ASSERT_TRUE(ledger.reduce(1, left));
  EXPECT_EQ(ledger.entry(1).value().lists, left.lists);
  EXPECT_EQ(rows_of(ledger, "piece"), 0);
}

TEST(Ledger, ABatchThatIsNotCommittedLeavesNothing) {
  const ScratchFolder folder;
  Ledger ledger = Ledger::open(sealed_for_test(folder.path("ledger.sqlite"))).value();
  {
    LedgerBatch batch = ledger.begin(0).value();
    ASSERT_TRUE(batch.add_part(0, "{}"));
    for (std::uint32_t i = 0; i < 3000; ++i) ASSERT_TRUE(batch.add_record("parts", record_of(i)));
    ASSERT_TRUE(batch.add(entry(1)));
  }
  EXPECT_EQ(ledger.size().value(), 0U);
  for (const char* table : {"entry", "part", "piece"}) EXPECT_EQ(rows_of(ledger, table), 0) << table;
}

TEST(Ledger, OneFromBeforeThereWerePiecesIsRead) {
  const ScratchFolder folder;
  const auto file = sealed_for_test(folder.path("ledger.sqlite"));
  LedgerEntry old = capture_entry(1, sha256("a"), 1);
  old.lists["parts"] = {record_of(7)};
  {
    Ledger ledger = Ledger::open(file).value();
    ASSERT_TRUE(ledger.append(0, std::span(&old, 1)));
    ASSERT_TRUE(ledger.database().run("DROP TABLE piece"));
  }
  EXPECT_EQ(Ledger::open(file, Access::read_only).value().entry(0).value().lists, old.lists);
  EXPECT_EQ(Ledger::open(file).value().entry(0).value().lists, old.lists);
}

TEST(Ledger, PartsAreReadInRuns) {
  const ScratchFolder folder;
  Ledger ledger = Ledger::open(sealed_for_test(folder.path("ledger.sqlite"))).value();
  const LedgerEntry entry = capture_entry(1, sha256("a"), 10);
  ASSERT_TRUE(ledger.append(0, std::span(&entry, 1)));
  const auto id = CaptureId::from_bytes(entry.id.view());
  const auto run = ledger.parts(id, 3, 4).value();
  ASSERT_EQ(run.size(), 4U);
  EXPECT_EQ(run.front().number, 3U);
  EXPECT_EQ(ledger.parts(id, 8, 4).value().size(), 2U);
  EXPECT_TRUE(ledger.parts(id, 10, 4).value().empty());
}

TEST(Ledger, GivesBackLeavesEntriesAndCaptures) {
  const ScratchFolder folder;
  Ledger ledger = Ledger::open(sealed_for_test(folder.path("ledger.sqlite"))).value();
  EXPECT_EQ(ledger.size().value(), 0U);
  LedgerEntry first = entry(1);
  first.values = {{"note", {"text", "متن"}}};
  const std::vector<LedgerEntry> entries = {first, capture_entry(2, sha256("same"), 3)};
  ASSERT_TRUE(ledger.append(0, entries));
  EXPECT_EQ(ledger.size().value(), 2U);
  EXPECT_EQ(ledger.leaf(0).value(), first.leaf);
  EXPECT_EQ(ledger.leaf(2).error().code, ErrorCode::not_found);
  EXPECT_EQ(*ledger.entry(0).value().find("note"), "متن");
  EXPECT_EQ(ledger.index_of(entries[1].id).value(), 1U);
  const auto id = CaptureId::from_bytes(entries[1].id.view());
  EXPECT_EQ(ledger.capture(id).value().name, "capture 2");
  EXPECT_EQ(ledger.parts(id).value(), entries[1].parts);
  EXPECT_EQ(ledger.part(id, 2).value().number, 2U);
  EXPECT_EQ(ledger.part_count().value(), 3U);
  EXPECT_EQ(ledger.count(proof::LeafType::capture).value(), 1U);
  EXPECT_EQ(ledger.last_of(proof::LeafType::capture).value(), 1U);
  EXPECT_EQ(ledger.last_of(proof::LeafType::event).value(), std::nullopt);
  EXPECT_EQ(ledger.capture(CaptureId{}).error().code, ErrorCode::not_found);
}

TEST(Ledger, AppendsAllOrNothingAndOnlyAtItsEnd) {
  const ScratchFolder folder;
  Ledger ledger = Ledger::open(sealed_for_test(folder.path("ledger.sqlite"))).value();
  const std::vector<LedgerEntry> twice = {entry(1), entry(1)};
  EXPECT_FALSE(ledger.append(0, twice)) << "one id twice";
  EXPECT_EQ(ledger.size().value(), 0U);
  EXPECT_EQ(ledger.append(1, std::span(twice).first(1)).error().code, ErrorCode::refused);
  EXPECT_TRUE(ledger.append(0, std::span(twice).first(1)));
}

TEST(Ledger, FindsCapturesOfTheSameBytesOldestFirst) {
  const ScratchFolder folder;
  Ledger ledger = Ledger::open(sealed_for_test(folder.path("ledger.sqlite"))).value();
  const std::vector<LedgerEntry> entries = {capture_entry(9, sha256("a"), 0), capture_entry(2, sha256("b"), 0),
                                            capture_entry(3, sha256("a"), 0)};
  ASSERT_TRUE(ledger.append(0, entries));
  const auto same = ledger.captures_marked(sha256("a"), 10).value();
  ASSERT_EQ(same.size(), 2U);
  EXPECT_EQ(same[0].bytes[0], 9);
  EXPECT_EQ(same[1].bytes[0], 3);
  EXPECT_EQ(ledger.captures_marked(sha256("a"), 1).value().size(), 1U);
}

TEST(Ledger, ALostRowIsCorruptNotSkipped) {
  const ScratchFolder folder;
  Ledger ledger = Ledger::open(sealed_for_test(folder.path("ledger.sqlite"))).value();
  const std::vector<LedgerEntry> entries = {entry(1), entry(2), entry(3)};
  ASSERT_TRUE(ledger.append(0, entries));
  ASSERT_TRUE(ledger.database().run("DELETE FROM entry WHERE idx=1"));
  const auto visit = [](proof::LeafIndex, std::string_view) { return Result<void>(); };
  EXPECT_EQ(ledger.for_each_leaf(0, 3, visit).error().code, ErrorCode::corrupt);
}

TEST(Ledger, AReducedCaptureHoldsWhatIsLeftAndItsMarkIsGone) {
  const ScratchFolder folder;
  Ledger ledger = Ledger::open(sealed_for_test(folder.path("ledger.sqlite"))).value();
  const Digest mark = sha256("mark");
  const LedgerEntry before = capture_entry(1, mark, 3);
  ASSERT_TRUE(ledger.append(0, std::span(&before, 1)));
  LedgerEntry left = before;
  left.parts.erase(left.parts.begin() + 1);
  left.values = {{"name", {"text", "inbox"}}};
  const CaptureId id = CaptureId::from_bytes(before.id.view());
  Capture capture = ledger.capture(id).value();
  capture.destroyed = {1};
  left.json = to_json(capture);
  ASSERT_TRUE(ledger.reduce(0, left));
  EXPECT_EQ(ledger.parts(id).value(), left.parts);
  EXPECT_EQ(ledger.entry(0).value().values, left.values);
  EXPECT_TRUE(ledger.captures_marked(mark, 5).value().empty());
  EXPECT_EQ(ledger.leaf(0).value(), before.leaf);
  EXPECT_NE(ledger.part(id, 1).error().sentence().find("was destroyed"), std::string::npos);
  EXPECT_NE(ledger.part(id, 7).error().sentence().find("has no part 7"), std::string::npos);
  std::size_t digests = 0;
  ASSERT_TRUE(ledger.for_each_part_digest([&](const CaptureId& owner, PartNumber number, const Digest& digest) {
    EXPECT_EQ(owner, id);
    EXPECT_EQ(digest, left.parts[digests].digest);
    EXPECT_EQ(number, left.parts[digests++].number);
  }));
  EXPECT_EQ(digests, 2U);
}

}  // namespace
}  // namespace gavah::store
