#include "seal/audit.h"

#include <gtest/gtest.h>

#include "base/format.h"
#include "base/scratch_folder.h"
#include "seal/create.h"
#include "seal/log_writer.h"

namespace gavah::seal {
namespace {

/// A sound chronicle of two captures and a source, for each test to damage in one place.
class AuditTest : public testing::Test {
 protected:
  void SetUp() override {
    CreateOptions options;
    options.protection = store::Protection::unprotected;
    ASSERT_TRUE(create(disk_, directory_, state_, options, clock_, random_));
    store::Chronicle chronicle = open();
    LogWriter log = LogWriter::open(chronicle, state_, clock_, random_).value();
    std::vector<StagedCapture> staged;
    for (const std::string_view bytes : {"first page", "second page"}) {
      Part part;
      part.chain = {{{0, bytes.size()}, "none"}};
      part.size_bytes = bytes.size();
      part.digest = sha256(bytes);
      staged.push_back(log.stage(MemorySource(bytes), Capture{}, {part}).value());
    }
    object_ = staged.front().object.payload_digest;
    ASSERT_TRUE(log.append_captures(std::move(staged)));
    const Source source{.id = "harbor-gazette",
                        .name = "Harbor Gazette",
                        .kind = "",
                        .family = "",
                        .lang = "",
                        .valid_from = {},
                        .valid_to = {},
                        .reason = ""};
    ASSERT_TRUE(log.append_sources(std::span(&source, 1)));
    ASSERT_TRUE(log.seal());
  }

  store::Chronicle open() {
    return store::Chronicle::open(disk_, directory_, [] { return Result<std::string>(std::string()); }).value();
  }
  void flip(const std::string& path, std::size_t at) {
    std::string bytes = disk_.read(join_path(directory_, path)).value();
    bytes.at(at) = static_cast<char>(bytes.at(at) ^ 1);
    ASSERT_TRUE(disk_.replace(join_path(directory_, path), bytes));
  }
  void change(const std::string& sql) {
    store::Chronicle chronicle = open();
    ASSERT_TRUE(chronicle.ledger().database().run(sql));
  }
  /// True when some fault is about `what` and says `why`.
  testing::AssertionResult names(std::string_view what, std::string_view why) {
    store::Chronicle chronicle = open();
    const AuditReport report = audit(chronicle, state_).value();
    std::string all;
    for (const Fault& fault : report.faults) {
      if (fault.what.find(what) != std::string::npos && fault.why.find(why) != std::string::npos) {
        return testing::AssertionSuccess();
      }
      all += fault.what + ": " + fault.why + "\n";
    }
    return testing::AssertionFailure() << "faults:\n" << all;
  }

  ScratchFolder folder_;
  RealDisk disk_;
  FixedClock clock_{Instant::parse("2026-03-21T10:00:00Z").value()};
  SystemRandom random_;
  std::string directory_ = folder_.path("case");
  std::string state_ = folder_.path("state");
  Digest object_;
};

TEST_F(AuditTest, ASoundChronicleHasNoFaultAndEverythingIsCounted) {
  store::Chronicle chronicle = open();
  const AuditReport report = audit(chronicle, state_).value();
  EXPECT_TRUE(report.is_sound());
  EXPECT_EQ(report.leaves, 5U);
  EXPECT_EQ(report.objects, 2U);
  EXPECT_EQ(report.openings, 2U + 17U + 17U + 9U) << "key, two captures, source; a heartbeat has no slots";
  EXPECT_EQ(report.shredded, 0U);
}

TEST_F(AuditTest, NamesTheObjectThatChanged) {
  flip(format("objects/{:.2}/{}", object_.hex(), object_.hex()), 20);
  EXPECT_TRUE(names(object_.hex(), "other bytes"));
}

TEST_F(AuditTest, NamesTheObjectThatIsGone) {
  ASSERT_TRUE(disk_.remove(join_path(directory_, format("objects/{:.2}/{}", object_.hex(), object_.hex()))));
  EXPECT_TRUE(names(object_.hex(), "No such file"));
}

TEST_F(AuditTest, NamesTheTileAndTheBundleThatChanged) {
  flip("log/tile/0/000.p/5", 33);
  EXPECT_TRUE(names("tile/0/000.p/5", "does not hold"));
  flip("log/tile/0/000.p/5", 33);
  flip("log/tile/entries/000.p/5", 40);
  EXPECT_TRUE(names("tile/entries/000.p/5", "is not leaf 0"));
}

TEST_F(AuditTest, NamesACheckpointThatNoKeySigned) {
  flip("log/checkpoint", 100);
  EXPECT_TRUE(names("checkpoint", ""));
}

TEST_F(AuditTest, NamesALeafThatWasReplacedInTheLedger) {
  change("UPDATE entry SET leaf=(SELECT leaf FROM entry WHERE idx=3) WHERE idx=2");
  EXPECT_TRUE(names("checkpoint", "do not give its root"));
}

TEST_F(AuditTest, NamesALeafThatWasCutOff) {
  change("DELETE FROM entry WHERE idx=4");
  EXPECT_TRUE(names("ledger.sqlite", "it has 4 leaves, the checkpoint 5"));
}

TEST_F(AuditTest, NamesTheSlotWhoseValueChanged) {
  store::Chronicle chronicle = open();
  proof::SealedEntry entry = chronicle.ledger().entry(4).value();
  const std::string hex = to_hex("Harbor Gazette");
  ASSERT_TRUE(chronicle.ledger().database().run(
      format("UPDATE entry SET contents=CAST(replace(contents, x'{}', 'Harbor Gazelle') AS BLOB) WHERE idx=4", hex)));
  ASSERT_NE(*chronicle.ledger().entry(4).value().find("name"), *entry.find("name"));
  EXPECT_TRUE(names("leaf 4", "slot name is not what was committed"));
}

TEST_F(AuditTest, NamesRowsThatSayMoreThanWasCommitted) {
  change("UPDATE entry SET json=replace(json, '\"name\":\"\"', '\"name\":\"x\"') WHERE idx=2");
  EXPECT_TRUE(names("leaf 2", "row of the capture"));
  change("UPDATE part SET json=replace(json, '\"url\":\"\"', '\"url\":\"x\"') WHERE entry=3");
  EXPECT_TRUE(names("leaf 3", "rows of the parts"));
}

TEST_F(AuditTest, AMissingKeyIsAFaultUnlessALeafSaysThatItWasShredded) {
  proof::EntryId id;
  {
    store::Chronicle chronicle = open();
    id = chronicle.ledger().entry(2).value().leaf.id;
    ASSERT_TRUE(chronicle.keyring().shred(std::span(&id, 1)));
  }
  EXPECT_TRUE(names("leaf 2", "no key"));
  store::Chronicle chronicle = open();
  {
    LogWriter log = LogWriter::open(chronicle, state_, clock_, random_).value();
    std::vector<proof::Entry> entries(1);
    entries[0].type = proof::LeafType::redact;
    entries[0].refs = {{"target", {2}}};
    ASSERT_TRUE(log.append_at(log.size(), std::move(entries)));
    ASSERT_TRUE(log.seal());
  }
  const AuditReport report = audit(chronicle, state_).value();
  EXPECT_TRUE(report.is_sound());
  EXPECT_EQ(report.shredded, 1U);
}

TEST_F(AuditTest, AWriterDoesNotSignOnDamagedTiles) {
  flip("log/tile/0/000.p/5", 33);
  store::Chronicle chronicle = open();
  auto log = LogWriter::open(chronicle, state_, clock_, random_);
  if (log) {
    ASSERT_TRUE(log->heartbeat());
    const auto head = log->seal();
    ASSERT_FALSE(head);
    EXPECT_EQ(head.error().code, ErrorCode::fatal);
    EXPECT_FALSE(log->heartbeat()) << "it has stopped";
  } else {
    EXPECT_EQ(log.error().code, ErrorCode::fatal);
  }
}

}  // namespace
}  // namespace gavah::seal
