#include "seal/seal.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "base/format.h"

namespace gavah::seal {
namespace {

namespace fs = std::filesystem;

constexpr PassphraseCost kCheap{1, 8};

/// A chronicle in a folder of its own, removed at the end.
class SealTest : public testing::Test {
 protected:
  void SetUp() override {
    root_ = (fs::temp_directory_path() / format("gavah-seal-{}-{}", ::getpid(), counter_++)).string();
    fs::create_directories(root_);
    directory_ = root_ + "/case";
    state_ = root_ + "/state";
    clock_.set(Instant::parse("2026-03-21T10:00:00Z").value());
    CreateOptions options;
    options.origin = "chronicle.example/case";
    options.protection = store::Protection::unprotected;
    const auto made = create(disk_, directory_, state_, options, clock_, random_);
    ASSERT_TRUE(made) << made.error().sentence();
  }
  void TearDown() override { fs::remove_all(root_); }

  store::Chronicle open() {
    return store::Chronicle::open(disk_, directory_, [] { return Result<std::string>(std::string()); }).value();
  }
  Result<LogWriter> writer(store::Chronicle& chronicle) { return LogWriter::open(chronicle, state_, clock_, random_); }

  StagedCapture stage(LogWriter& log, std::string_view bytes, std::string name) {
    Capture capture;
    capture.name = std::move(name);
    capture.format = "file";
    capture.added = clock_.now();
    Part part;
    part.chain = {{{0, bytes.size()}, "none"}};
    part.format = "text";
    part.size_bytes = bytes.size();
    part.digest = sha256(bytes);
    return log.stage(MemorySource(bytes), std::move(capture), {part}).value();
  }
  Capture add(LogWriter& log, std::string_view bytes, std::string name = "page.txt") {
    std::vector<StagedCapture> staged;
    staged.push_back(stage(log, bytes, std::move(name)));
    return log.append_captures(std::move(staged)).value().front();
  }
  std::vector<std::string> faults(store::Chronicle& chronicle) {
    const AuditReport report = audit(chronicle, state_).value();
    std::vector<std::string> out;
    for (const Fault& fault : report.faults) out.push_back(fault.what + ": " + fault.why);
    return out;
  }

  static inline int counter_ = 0;
  RealDisk disk_;
  FixedClock clock_{Instant{}};
  SystemRandom random_;
  std::string root_;
  std::string directory_;
  std::string state_;
};

TEST_F(SealTest, ANewChronicleHasOneLeafThatNamesItsKeyAndASignedHead) {
  store::Chronicle chronicle = open();
  const proof::Checkpoint head = chronicle.head().value();
  EXPECT_EQ(head.size, 1U);
  const proof::SealedEntry entry = chronicle.ledger().entry(0).value();
  EXPECT_EQ(entry.leaf.type, proof::LeafType::key);
  EXPECT_EQ(chronicle.bound_file(*entry.leaf.bind).value(), chronicle.keys().log.verifier().text() + "\n");
  EXPECT_TRUE(faults(chronicle).empty()) << faults(chronicle).front();
}

TEST_F(SealTest, CreateRefusesWhatIsThereAndLeavesNothingBehind) {
  CreateOptions options;
  options.protection = store::Protection::unprotected;
  EXPECT_FALSE(create(disk_, directory_, state_, options, clock_, random_)) << "not empty";
  options.protection = store::Protection::passphrase;
  EXPECT_FALSE(create(disk_, root_ + "/other", state_, options, clock_, random_)) << "no passphrase";
  options.passphrase = "x";
  options.cost = kCheap;
  options.origin = "has space";
  EXPECT_FALSE(create(disk_, root_ + "/other", state_, options, clock_, random_));
  options.origin = "";
  options.gazetteers = {{"../evil", "x"}};
  EXPECT_FALSE(create(disk_, root_ + "/other", state_, options, clock_, random_));
  std::size_t entries = 0;
  for ([[maybe_unused]] const auto& entry : fs::directory_iterator(root_)) ++entries;
  EXPECT_EQ(entries, 2U) << "only the first chronicle, and what this machine remembers of it";
}

TEST_F(SealTest, WrappedKeysOpenWithTheirPassphraseOnly) {
  CreateOptions options;
  options.passphrase = "گذرواژه";
  options.cost = kCheap;
  options.gazetteers = {{"places.txt", "1\tTown\n"}};
  const std::string path = root_ + "/wrapped";
  ASSERT_TRUE(create(disk_, path, state_, options, clock_, random_));
  const auto say = [](std::string text) { return [text] { return Result<std::string>(text); }; };
  EXPECT_FALSE(store::Chronicle::open(disk_, path, say("wrong")));
  const auto chronicle = store::Chronicle::open(disk_, path, say("گذرواژه"));
  ASSERT_TRUE(chronicle) << chronicle.error().sentence();
  EXPECT_EQ(chronicle->protection(), store::Protection::passphrase);
  EXPECT_EQ(chronicle->config().gazetteer_files, std::vector<std::string>{"places.txt"});
  EXPECT_TRUE(chronicle->warnings().empty());
  EXPECT_EQ(disk_.read(path + "/keys/keys.json").value().find("PRIVATE"), std::string::npos);
}

TEST_F(SealTest, WhatIsAddedComesBackAndAuditsClean) {
  store::Chronicle chronicle = open();
  CaptureId id;
  {
    LogWriter log = writer(chronicle).value();
    const Capture capture = add(log, "متن یک گزارش");
    id = capture.id;
    EXPECT_EQ(capture.leaf, 2) << "after the key and the day's heartbeat";
    EXPECT_EQ(log.seal().value().size, 3U);
  }
  const auto plain = chronicle.open_capture(id).value();
  EXPECT_EQ(plain->read({0, plain->size()}).value(), "متن یک گزارش");
  EXPECT_EQ(chronicle.ledger().capture(id).value().name, "page.txt");
  EXPECT_EQ(chronicle.ledger().parts(id).value().size(), 1U);
  EXPECT_EQ(chronicle.ledger().part(id, 0).value().capture, id);
  EXPECT_FALSE(chronicle.ledger().part(id, 1));
  EXPECT_EQ(chronicle.head().value().size, 3U);
  const auto entries = chronicle.sealed_entries().value();
  ASSERT_EQ(entries.size(), 3U);
  EXPECT_EQ(*entries[2].find("name"), "page.txt");
  EXPECT_TRUE(faults(chronicle).empty()) << faults(chronicle).front();
}

TEST_F(SealTest, NoLeafHoldsContent) {
  store::Chronicle chronicle = open();
  LogWriter log = writer(chronicle).value();
  add(log, "secret words", "secret-name.txt");
  ASSERT_TRUE(log.seal());
  for (const auto& file : fs::recursive_directory_iterator(directory_ + "/log")) {
    if (!file.is_regular_file()) continue;
    const std::string bytes = disk_.read(file.path()).value();
    EXPECT_EQ(bytes.find("secret"), std::string::npos);
    EXPECT_EQ(bytes.find(sha256("secret words").hex()), std::string::npos);
  }
}

TEST_F(SealTest, TheSameBytesTwiceAreTwoCapturesThatKnowOfEachOther) {
  store::Chronicle chronicle = open();
  LogWriter log = writer(chronicle).value();
  const Capture first = add(log, "the same bytes");
  std::vector<StagedCapture> staged;
  staged.push_back(stage(log, "the same bytes", "second"));
  staged.push_back(stage(log, "other bytes", "other"));
  staged.push_back(stage(log, "the same bytes", "third"));
  const auto captures = log.append_captures(std::move(staged)).value();
  EXPECT_EQ(captures[0].same_bytes, std::vector<CaptureId>{first.id});
  EXPECT_TRUE(captures[1].same_bytes.empty());
  EXPECT_EQ(captures[2].same_bytes, (std::vector<CaptureId>{first.id, captures[0].id}));
  const auto one = chronicle.ledger().entry(2).value().leaf.object;
  const auto two = chronicle.ledger().entry(3).value().leaf.object;
  EXPECT_NE(one, two) << "each is its own file with a fresh key";
  ASSERT_TRUE(log.seal());
  EXPECT_TRUE(faults(chronicle).empty()) << faults(chronicle).front();
}

TEST_F(SealTest, AFloodOfOnePageDoesNotMakeEntriesGrow) {
  store::Chronicle chronicle = open();
  LogWriter log = writer(chronicle).value();
  for (int round = 0; round < 2; ++round) {
    std::vector<StagedCapture> staged;
    for (std::size_t i = 0; i < kMaxSameBytes + 4; ++i) staged.push_back(stage(log, "one page", "again"));
    const auto captures = log.append_captures(std::move(staged)).value();
    EXPECT_EQ(captures.back().same_bytes.size(), kMaxSameBytes);
  }
}

TEST_F(SealTest, AHeartbeatOpensEachDayAndOnlyOnce) {
  store::Chronicle chronicle = open();
  {
    LogWriter log = writer(chronicle).value();
    add(log, "a");
    add(log, "b");
    clock_.set(Instant::parse("2026-03-22T00:00:00Z").value());
    add(log, "c");
  }
  LogWriter log = writer(chronicle).value();
  add(log, "d");
  std::string types;
  const auto entries = chronicle.sealed_entries().value();
  for (const auto& entry : entries) types += std::string(name_of(entry.leaf.type)) + " ";
  EXPECT_EQ(types, "key heartbeat capture capture heartbeat capture capture ");
}

TEST_F(SealTest, DecisionsAndSourcesAreSealed) {
  store::Chronicle chronicle = open();
  LogWriter log = writer(chronicle).value();
  Decision decision;
  decision.verb = Verb::dispose;
  decision.anchors.resize(1);
  decision.value = "irrelevant";
  decision.reason = "دلیل";
  const Decision sealed = log.append_decision(decision).value();
  EXPECT_FALSE(sealed.id.is_none());
  EXPECT_EQ(sealed.leaf, 2);
  EXPECT_EQ(sealed.day.text(), "2026-03-21");
  Source source;
  source.id = "harbor-gazette";
  source.name = "Harbor Gazette";
  ASSERT_TRUE(log.append_sources(std::span(&source, 1)));
  std::string lines;
  const auto keep = [&](proof::LeafIndex, std::string_view line) -> Result<void> {
    lines.append(line);
    return {};
  };
  ASSERT_TRUE(chronicle.ledger().for_each_json(proof::LeafType::source, 0, keep));
  EXPECT_EQ(lines, to_json(source));
  ASSERT_TRUE(log.seal());
  EXPECT_TRUE(faults(chronicle).empty()) << faults(chronicle).front();
}

TEST_F(SealTest, ARegisterPlanIsRefusedWhenTheLogHasGrown) {
  store::Chronicle chronicle = open();
  LogWriter log = writer(chronicle).value();
  ASSERT_TRUE(log.begin_day());
  const auto first = log.size();
  std::vector<proof::Entry> entries(2);
  entries[1].type = proof::LeafType::withdraw;
  entries[1].refs = {{"entry", {first}}};
  EXPECT_EQ(log.append_at(first, entries).value(), (std::vector<proof::LeafIndex>{first, first + 1}));
  EXPECT_FALSE(log.append_at(first, entries));
}

TEST_F(SealTest, AReferenceToALaterLeafIsRefusedAndNothingIsWritten) {
  store::Chronicle chronicle = open();
  LogWriter log = writer(chronicle).value();
  ASSERT_TRUE(log.begin_day());
  std::vector<proof::Entry> entries(1);
  entries[0].type = proof::LeafType::withdraw;
  entries[0].refs = {{"entry", {99}}};
  EXPECT_FALSE(log.append_at(log.size(), entries));
  EXPECT_EQ(chronicle.ledger().size().value(), 2U);
}

TEST_F(SealTest, ASecondWriterIsTurnedAway) {
  store::Chronicle chronicle = open();
  const LogWriter log = writer(chronicle).value();
  store::Chronicle again = open();
  const auto second = writer(again);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::unavailable);
}

TEST_F(SealTest, ARestoredOldCopyIsNotSignedOn) {
  fs::copy(directory_, root_ + "/backup", fs::copy_options::recursive);
  {
    store::Chronicle chronicle = open();
    LogWriter log = writer(chronicle).value();
    add(log, "after the backup");
    ASSERT_TRUE(log.seal());
  }
  fs::remove_all(directory_);
  fs::rename(root_ + "/backup", directory_);
  store::Chronicle chronicle = open();
  const auto log = writer(chronicle);
  ASSERT_FALSE(log);
  EXPECT_EQ(log.error().code, ErrorCode::fatal);
  EXPECT_FALSE(faults(chronicle).empty());
}

TEST_F(SealTest, AForkIsNotSignedOn) {
  fs::copy(directory_, root_ + "/fork", fs::copy_options::recursive);
  fs::copy(state_, root_ + "/another-state", fs::copy_options::recursive);
  const auto grow = [&](const std::string& state, std::string_view bytes) {
    store::Chronicle chronicle = open();
    LogWriter log = LogWriter::open(chronicle, state, clock_, random_).value();
    add(log, bytes);
    ASSERT_TRUE(log.seal());
  };
  grow(state_, "one history");
  fs::remove_all(directory_);
  fs::rename(root_ + "/fork", directory_);
  grow(root_ + "/another-state", "another history");
  store::Chronicle chronicle = open();
  const auto log = writer(chronicle);
  ASSERT_FALSE(log);
  EXPECT_EQ(log.error().code, ErrorCode::fatal);
}

TEST_F(SealTest, ManyLeavesFillTilesAndLosePartialOnes) {
  store::Chronicle chronicle = open();
  LogWriter log = writer(chronicle).value();
  for (int round = 0; round < 7; ++round) {
    std::vector<Source> sources(50);
    for (std::size_t i = 0; i < sources.size(); ++i) sources[i].id = format("source-{}-{}", round, i);
    ASSERT_TRUE(log.append_sources(sources));
    ASSERT_TRUE(log.seal());
  }
  EXPECT_EQ(log.size(), 352U);
  EXPECT_TRUE(disk_.exists(directory_ + "/log/tile/0/000"));
  EXPECT_FALSE(disk_.exists(directory_ + "/log/tile/0/000.p"));
  EXPECT_FALSE(disk_.exists(directory_ + "/log/tile/entries/000.p"));
  EXPECT_TRUE(disk_.exists(directory_ + "/log/tile/0/001.p/96"));
  EXPECT_TRUE(faults(chronicle).empty()) << faults(chronicle).front();
}

}  // namespace
}  // namespace gavah::seal
