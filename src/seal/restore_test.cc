#include "seal/restore.h"

#include <gtest/gtest.h>

#include "base/format.h"
#include "base/simulated_disk.h"
#include "seal/seal.h"

namespace gavah::seal {
namespace {

using Answer = Result<std::string>;
constexpr PassphraseCost kCheap{1, 8 * 1024};
const std::string kOrigin = "chronicle.example/case";

/// A chronicle under a passphrase on a simulated disk, with one capture and a backup of that state at /old.
class RestoreTest : public testing::Test {
 protected:
  void SetUp() override {
    CreateOptions options;
    options.origin = kOrigin;
    options.passphrase = "a good passphrase";
    options.cost = kCheap;
    ASSERT_TRUE(create(disk_, "/case", "/state", options, clock_, random_));
    first_ = grow("words of the first", "first.txt", "/old");
  }
  static Answer ask() { return "a good passphrase"; }
  store::Chronicle open(const std::string& directory = "/case") {
    return store::Chronicle::open(disk_, directory, ask).value();
  }
  CaptureId add(LogWriter& log, std::string_view bytes, std::string_view name) {
    Capture capture;
    capture.name = name;
    Part part;
    part.chain = {{{0, bytes.size()}, "none"}};
    part.path = name;
    part.size_bytes = bytes.size();
    part.digest = sha256(bytes);
    std::vector<StagedCapture> staged;
    staged.push_back(log.stage(MemorySource(bytes), std::move(capture), {part}).value());
    return log.append_captures(std::move(staged)).value().front().id;
  }
  /// Takes in one capture, seals, and backs up to `backup_to`, unless that is empty.
  CaptureId grow(std::string_view bytes, std::string_view name, const std::string& backup_to) {
    store::Chronicle chronicle = open();
    LogWriter log = LogWriter::open(chronicle, "/state", clock_, random_).value();
    const CaptureId out = add(log, bytes, name);
    EXPECT_TRUE(log.seal());
    if (!backup_to.empty()) {
      EXPECT_TRUE(backup(chronicle, log, backup_to));
    }
    return out;
  }
  void change_key() {
    store::Chronicle chronicle = open();
    LogWriter log = LogWriter::open(chronicle, "/state", clock_, random_).value();
    ASSERT_TRUE(rotate(chronicle, log, {"a good passphrase", kCheap}, random_));
  }
  RestoreOptions options(const std::string& source, const std::string& destination) const {
    RestoreOptions out;
    out.source = source;
    out.destination = destination;
    out.ask_passphrase = ask;
    out.cost = kCheap;
    return out;
  }
  /// The backup as the beginning of a new log.
  RestoreOptions anew() const {
    RestoreOptions out = options("/old", "/new");
    out.new_origin = "chronicle.example/case-2";
    return out;
  }
  /// The chronicle goes; what its last head was.
  std::string lose() {
    const std::string head_note = disk_.read("/case/log/checkpoint").value();
    EXPECT_TRUE(disk_.remove_tree("/case"));
    return head_note;
  }
  Result<RestoreSummary> run(const RestoreOptions& options, const std::string& state = "/state") {
    return restore(disk_, state, options, clock_, random_);
  }
  void expect_sound(const std::string& directory, const std::string& state = "/state") {
    store::Chronicle chronicle = open(directory);
    const AuditReport report = audit(chronicle, state).value();
    EXPECT_TRUE(report.is_sound()) << report.faults.front().what << ": " << report.faults.front().why;
  }
  /// What the first leaf of a continued log binds.
  proof::Continuation citation(const std::string& directory) {
    store::Chronicle chronicle = open(directory);
    const auto leaf = proof::parse_leaf(chronicle.ledger().leaf(0).value()).value();
    const auto opened = proof::Continuation::open(chronicle.bound_file(*leaf.bind).value());
    EXPECT_TRUE(opened) << opened.error().sentence();
    return opened.value();
  }

  SimulatedDisk disk_;
  FixedClock clock_{Instant::parse("2031-05-06T10:00:00Z").value()};
  SystemRandom random_;
  CaptureId first_;
};

TEST_F(RestoreTest, ACopyThatIsBehindCatchesUpFromAMirrorOrIsRefused) {
  const CaptureId later = grow("later words", "later.txt", "/mirror");
  const std::string checkpoint = disk_.read("/case/log/checkpoint").value();
  ASSERT_TRUE(disk_.remove_tree("/case"));
  RestoreOptions wanted = options("/old", "/case");
  const auto refused = run(wanted);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::refused);
  EXPECT_NE(refused.error().sentence().find("--new-origin"), std::string::npos) << "it says what can be done";
  EXPECT_FALSE(disk_.exists("/case")) << "and nothing stays";
  wanted.mirror = "/mirror";
  const auto restored = run(wanted);
  ASSERT_TRUE(restored) << restored.error().sentence();
  EXPECT_EQ(restored->caught_up, 1U);
  EXPECT_EQ(disk_.read("/case/log/checkpoint").value(), checkpoint) << "the same head, not another";
  store::Chronicle chronicle = open();
  EXPECT_TRUE(chronicle.open_capture(later));
  expect_sound("/case");
}

TEST_F(RestoreTest, WithoutAKnownHeadItIsRefusedUntilAPersonVouchesOrShowsOne) {
  RestoreOptions wanted = options("/old", "/there");
  const auto refused = run(wanted, "/elsewhere");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::refused);
  EXPECT_FALSE(disk_.exists("/there"));
  // Nor does a plain copy of the directory sign anything on a machine that remembers nothing.
  store::Chronicle copied = open("/old");
  const auto signer = LogWriter::open(copied, "/elsewhere", clock_, random_);
  ASSERT_FALSE(signer);
  EXPECT_EQ(signer.error().code, ErrorCode::refused);
  EXPECT_NE(signer.error().sentence().find("gavah restore"), std::string::npos);

  grow("later words", "later.txt", "");
  wanted.head = disk_.read("/case/log/checkpoint").value();
  EXPECT_FALSE(run(wanted, "/elsewhere")) << "the head that is shown is larger";
  wanted.head = disk_.read("/old/log/checkpoint").value();
  const auto shown = run(wanted, "/elsewhere");
  ASSERT_TRUE(shown) << shown.error().sentence();
  wanted = options("/old", "/vouched");
  wanted.newest = Newest::vouched;
  EXPECT_TRUE(run(wanted, "/third"));
  wanted = options("/old", "/old");
  wanted.newest = Newest::vouched;
  EXPECT_TRUE(run(wanted, "/fourth")) << "as it lies there";
  expect_sound("/old", "/fourth");
  wanted.newest = Newest::vouched;
  EXPECT_FALSE(run(wanted, "/state")) << "what this machine remembers is not vouched away";
}

TEST_F(RestoreTest, ANewOriginCitesTheOldHeadAndKeepsWhatIsLeft) {
  std::string decided;
  {
    store::Chronicle chronicle = open();
    LogWriter log = LogWriter::open(chronicle, "/state", clock_, random_).value();
    Decision decision;
    decision.verb = Verb::reject;
    decision.anchors = {{first_, 0, ByteRange{0, 5}}};
    decision.reason = "because";
    decided = log.append_decision(decision).value().id.hex();
    ASSERT_TRUE(log.heartbeat());
    ASSERT_TRUE(log.seal());
    ASSERT_TRUE(backup(chronicle, log, "/old"));
  }
  grow("words that are lost", "lost.txt", "");
  grow("more words that are lost", "lost2.txt", "");
  const std::string head_note = lose();
  RestoreOptions wanted = anew();
  const auto done = run(wanted);
  ASSERT_TRUE(done) << done.error().sentence();
  EXPECT_EQ(done->leaves, 5U);
  EXPECT_EQ(done->lost, 2U);
  const proof::Continuation cited = citation("/new");
  EXPECT_EQ(cited.head_note, head_note) << "the head that was signed last, as it was signed";
  EXPECT_EQ(cited.taken, 5U);
  EXPECT_EQ(cited.lost(), 2U);
  expect_sound("/new");
  store::Chronicle chronicle = open("/new");
  EXPECT_EQ(chronicle.config().origin, "chronicle.example/case-2");
  EXPECT_EQ(chronicle.keys().log.name, "chronicle.example/case-2") << "it cannot sign as the old log";
  EXPECT_EQ(chronicle.keys().release.name, "chronicle.example/case-2/release");
  EXPECT_TRUE(chronicle.open_capture(first_));
  store::Chronicle old = open("/old");
  for (proof::LeafIndex index = 1; index < 5; ++index) {
    const auto before = proof::parse_leaf(old.ledger().leaf(index).value()).value();
    const auto after = proof::parse_leaf(chronicle.ledger().leaf(index).value()).value();
    EXPECT_EQ(after.id, before.id) << index;
    EXPECT_EQ(after.refs, before.refs) << index;
    EXPECT_EQ(after.object, before.object) << index;
    EXPECT_EQ(after.slots == before.slots, before.slots.empty()) << "commitments are bound to their log";
  }
  LogWriter log = LogWriter::open(chronicle, "/state", clock_, random_).value();
  EXPECT_EQ(log.size(), 5U);
  add(log, "words of after", "after.txt");
  EXPECT_TRUE(log.seal()) << "and it goes on";
  EXPECT_FALSE(run(options("/old", "/again"))) << "the old origin is still not signed on";
}

TEST_F(RestoreTest, ANewOriginKeepsShreddedEntriesShut) {
  {
    store::Chronicle chronicle = open();
    LogWriter log = LogWriter::open(chronicle, "/state", clock_, random_).value();
    const CaptureId secret = add(log, "words to destroy", "secret.txt");
    ASSERT_TRUE(log.seal());
    ASSERT_TRUE(shred(chronicle, log, plan_shred(chronicle, secret).value(), "asked for", "", random_));
    ASSERT_TRUE(backup(chronicle, log, "/old"));
  }
  RestoreOptions wanted = anew();
  const auto done = run(wanted);
  ASSERT_TRUE(done) << done.error().sentence();
  EXPECT_EQ(done->lost, 0U);
  expect_sound("/new");
}

/// A capture of two parts, of which the second is destroyed; backups from before and after it.
class RestorePartsTest : public RestoreTest {
 protected:
  void SetUp() override {
    RestoreTest::SetUp();
    store::Chronicle chronicle = open();
    LogWriter log = LogWriter::open(chronicle, "/state", clock_, random_).value();
    Capture capture;
    capture.name = "inbox.jsonl";
    std::vector<StagedCapture> staged;
    staged.push_back(
        log.stage(MemorySource("staysgoes"), std::move(capture), {part(0, "stays"), part(1, "goes")}).value());
    inbox_ = log.append_captures(std::move(staged)).value().front().id;
    ASSERT_TRUE(log.seal());
    ASSERT_TRUE(backup(chronicle, log, "/before"));
    Part stays = part(0, "stays");
    stays.capture = inbox_;
    const MemorySource bytes("stays");
    const auto check = [](const ByteSource&) { return Result<void>(); };
    ASSERT_TRUE(shred_parts(chronicle, log, plan_shred_parts(chronicle, inbox_, {1}).value(), {bytes, {stays}, check},
                            "asked for", "", random_));
    ASSERT_TRUE(backup(chronicle, log, "/after"));
  }
  static Part part(PartNumber number, std::string_view bytes) {
    Part out;
    out.number = number;
    out.chain = {{ByteRange{number * 5U, number * 5U + bytes.size()}, "none"}};
    out.size_bytes = bytes.size();
    out.digest = sha256(bytes);
    return out;
  }
  void expect_reduced(const std::string& directory) {
    store::Chronicle chronicle = open(directory);
    EXPECT_EQ(chronicle.open_capture(inbox_).value()->read_all(100).value(), "stays");
    EXPECT_FALSE(chronicle.ledger().part(inbox_, 1));
    EXPECT_EQ(audit(chronicle, "/state", 1).value().reduced, 1U);
  }
  CaptureId inbox_;
};

TEST_F(RestorePartsTest, ANewOriginProvesThePartsThatStay) {
  RestoreOptions wanted = options("/after", "/new");
  wanted.new_origin = "chronicle.example/case-2";
  const auto done = run(wanted);
  ASSERT_TRUE(done) << done.error().sentence();
  expect_sound("/new");
  expect_reduced("/new");
}

TEST_F(RestorePartsTest, ACopyFromBeforeLosesThePartWhenItCatchesUp) {
  ASSERT_TRUE(disk_.remove_tree("/case"));
  RestoreOptions wanted = options("/before", "/case");
  wanted.mirror = "/after";
  const auto done = run(wanted);
  ASSERT_TRUE(done) << done.error().sentence();
  {
    store::Chronicle chronicle = open();
    EXPECT_TRUE(LogWriter::open(chronicle, "/state", clock_, random_)) << "the next writer finishes it";
  }
  expect_sound("/case");
  expect_reduced("/case");
}

TEST_F(RestorePartsTest, ACopyFromBeforeItAllTakesTheCaptureAsItIsNow) {
  ASSERT_TRUE(disk_.remove_tree("/case"));
  RestoreOptions wanted = options("/old", "/case");
  wanted.mirror = "/after";
  const auto done = run(wanted);
  ASSERT_TRUE(done) << done.error().sentence();
  expect_sound("/case");
  expect_reduced("/case");
}

TEST_F(RestoreTest, ANewOriginIsRefusedForWhatIsDamagedForkedOrNamedBefore) {
  RestoreOptions wanted = options("/old", "/new");
  wanted.new_origin = kOrigin;
  EXPECT_FALSE(run(wanted)) << "the same name";
  wanted.new_origin = "no name";
  EXPECT_FALSE(run(wanted));
  wanted.new_origin = "chronicle.example/case-2";
  // A history of the same log that this machine has not signed.
  RestoreOptions elsewhere = options("/old", "/fork");
  elsewhere.newest = Newest::vouched;
  ASSERT_TRUE(run(elsewhere, "/elsewhere"));
  {
    store::Chronicle fork = open("/fork");
    LogWriter log = LogWriter::open(fork, "/elsewhere", clock_, random_).value();
    add(log, "forged words", "forged.txt");
    ASSERT_TRUE(log.seal());
  }
  grow("true words", "true.txt", "");
  wanted.source = "/fork";
  const auto forked = run(wanted);
  ASSERT_FALSE(forked);
  EXPECT_NE(forked.error().sentence().find("forked"), std::string::npos) << forked.error().sentence();
  RestoreOptions mirrored = options("/old", "/new");
  mirrored.mirror = "/fork";
  EXPECT_FALSE(run(mirrored)) << "nor is it a mirror";
  wanted.source = "/old";
  store::Chronicle old = open("/old");
  const auto leaf = proof::parse_leaf(old.ledger().leaf(2).value()).value();
  disk_.flip(old.objects().path_of(*leaf.object), 77);
  const auto damaged = run(wanted);
  ASSERT_FALSE(damaged);
  EXPECT_EQ(damaged.error().code, ErrorCode::corrupt);
  EXPECT_FALSE(disk_.exists("/new"));
}

TEST_F(RestoreTest, ACopyFromBeforeAChangeOfKeyCatchesUpOrIsTold) {
  change_key();
  const CaptureId later = grow("later words", "later.txt", "/mirror");
  const std::string checkpoint = disk_.read("/case/log/checkpoint").value();
  ASSERT_TRUE(disk_.remove_tree("/case"));
  RestoreOptions wanted = options("/old", "/case");
  const auto refused = run(wanted);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::refused);
  EXPECT_NE(refused.error().sentence().find("--mirror"), std::string::npos) << refused.error().sentence();
  wanted.mirror = "/mirror";
  const auto done = run(wanted);
  ASSERT_TRUE(done) << done.error().sentence();
  EXPECT_EQ(done->caught_up, 2U) << "the change of key and the capture";
  EXPECT_EQ(disk_.read("/case/log/checkpoint").value(), checkpoint);
  expect_sound("/case");
  grow("words of after", "after.txt", "");
  store::Chronicle chronicle = open();
  EXPECT_TRUE(chronicle.open_capture(later));
  EXPECT_EQ(chronicle.config().log_keys.size(), 2U);
}

TEST_F(RestoreTest, ACopyFromBeforeAChangeOfKeyBeginsANewOriginThatCitesTheNewerHead) {
  change_key();
  grow("lost words", "lost.txt", "");
  const std::string head_note = lose();
  RestoreOptions wanted = anew();
  const auto done = run(wanted);
  ASSERT_TRUE(done) << done.error().sentence();
  EXPECT_EQ(done->lost, 2U);
  const proof::Continuation cited = citation("/new");
  EXPECT_EQ(cited.head_note, head_note);
  EXPECT_EQ(cited.old_keys.size(), 2U) << "the newer key was remembered outside";
  // Where nothing remembers the newer key, its head is not taken for this log's.
  wanted = options("/old", "/new-2");
  wanted.new_origin = "chronicle.example/case-3";
  wanted.head = head_note;
  const auto unknown = run(wanted, "/elsewhere");
  ASSERT_FALSE(unknown);
  EXPECT_NE(unknown.error().sentence().find("no key that this copy knows"), std::string::npos);
}

TEST_F(RestoreTest, AWrongPassphraseRestoresNothing) {
  RestoreOptions wanted = options("/old", "/new");
  wanted.ask_passphrase = []() -> Answer { return "another passphrase"; };
  const auto wrong = run(wanted);
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code, ErrorCode::refused);
  EXPECT_FALSE(disk_.exists("/new"));
  wanted.new_origin = "chronicle.example/case-2";
  EXPECT_FALSE(run(wanted));
  EXPECT_FALSE(disk_.exists("/new"));
}

TEST_F(RestoreTest, AMirrorUnderAnotherPassphraseIsAskedForAndTheCopyKeepsItsOwn) {
  {
    store::Chronicle chronicle = open();
    ASSERT_TRUE(chronicle.change_passphrase("a good passphrase", "a newer passphrase", kCheap, random_));
  }
  int asked = 0;
  const auto both = [&]() -> Answer { return ++asked == 1 ? "a good passphrase" : "a newer passphrase"; };
  {
    EXPECT_FALSE(store::Chronicle::open(disk_, "/case", ask)) << "the old one opens no more";
    auto chronicle = store::Chronicle::open(disk_, "/case", []() -> Answer { return "a newer passphrase"; }).value();
    LogWriter log = LogWriter::open(chronicle, "/state", clock_, random_).value();
    add(log, "later words", "later.txt");
    ASSERT_TRUE(log.seal());
    ASSERT_TRUE(backup(chronicle, log, "/mirror"));
  }
  RestoreOptions wanted = options("/old", "/new");
  wanted.mirror = "/mirror";
  wanted.ask_passphrase = both;
  const auto done = run(wanted);
  ASSERT_TRUE(done) << done.error().sentence();
  EXPECT_EQ(done->caught_up, 1U);
  expect_sound("/new");
}

}  // namespace
}  // namespace gavah::seal
