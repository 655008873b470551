#include "seal/shred.h"

#include <unistd.h>

#include "base/format.h"
#include "seal/shredding_for_tests.h"

namespace gavah::seal {
namespace {

TEST_F(ShredTest, NothingOfItIsInAnyFileOrPageAndTheLogStillVerifies) {
  ASSERT_TRUE(occurs(kSecret)) << "behind the chronicle's own keys";
  ASSERT_TRUE(occurs(kName));
  std::string key;
  Digest object;
  {
    store::Chronicle chronicle = open();
    const auto entry = chronicle.ledger().entry(2).value();
    object = *entry.leaf.object;
    const auto found = chronicle.keyring().find(entry.leaf.id).value();
    key.assign(reinterpret_cast<const char*>(found.key.bytes.data()), found.key.bytes.size());
    ASSERT_TRUE(occurs(key));
  }
  const auto done = shred_secret();
  ASSERT_TRUE(done) << done.error().sentence();
  EXPECT_FALSE(occurs(kSecret));
  EXPECT_FALSE(occurs(kName));
  EXPECT_FALSE(occurs(key));
  store::Chronicle chronicle = open();
  EXPECT_FALSE(disk_.exists(chronicle.objects().path_of(object)));
  EXPECT_FALSE(chronicle.open_capture(secret_));
  EXPECT_FALSE(chronicle.ledger().capture(secret_));
  EXPECT_TRUE(chronicle.open_capture(kept_)) << "the other stays";
  const AuditReport report = audit(chronicle, "/state").value();
  EXPECT_TRUE(report.is_sound()) << report.faults.front().what << ": " << report.faults.front().why;
  EXPECT_EQ(report.shredded, 2U) << "the capture and the decision that quotes it";
  EXPECT_FALSE(plan_shred(chronicle, secret_)) << "it is gone";
}

TEST_F(ShredTest, OldPagesOfTheMediumOpenNoMore) {
  const std::string old_ledger = disk_.read("/case/ledger.sqlite").value();
  const std::string old_keyring = disk_.read("/case/keyring").value();
  ASSERT_TRUE(shred_secret());
  ASSERT_TRUE(disk_.replace("/case/keyring", old_keyring));
  const auto opened = store::Chronicle::open(disk_, "/case", [] { return Result<std::string>(std::string()); });
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::refused) << "its epoch's key was forgotten";
}

TEST_F(ShredTest, AnInterruptionAnywhereIsFinishedByTheNextWriter) {
  SimulatedDisk trial(disk_);
  disk_.begin(std::nullopt);
  ASSERT_TRUE(shred_secret());
  const std::uint64_t calls = disk_.calls();
  ASSERT_GT(calls, 60U);
  for (std::uint64_t call = 0; call < calls; ++call) {
    SimulatedDisk copy(trial);
    const auto ask = [] { return Result<std::string>(std::string()); };
    {
      copy.begin(DiskFault{DiskFault::Kind::dies_before, call, ""});
      auto chronicle = store::Chronicle::open(copy, "/case", ask);
      auto log = chronicle ? LogWriter::open(*chronicle, "/state", clock_, random_)
                           : Result<LogWriter>(fail(ErrorCode::unavailable, ""));
      if (log) {
        const auto plan = plan_shred(*chronicle, secret_);
        if (plan) [[maybe_unused]]
          const auto done = shred(*chronicle, *log, *plan, "endangers a witness", "", random_);
      }
    }
    copy.restart(call % 2 == 0 ? Loss::everything : Loss::some, call);
    auto chronicle = store::Chronicle::open(copy, "/case", ask);
    ASSERT_TRUE(chronicle) << call << ": " << chronicle.error().sentence();
    const auto log = LogWriter::open(*chronicle, "/state", clock_, random_);
    ASSERT_TRUE(log) << call << ": " << log.error().sentence();
    const AuditReport report = audit(*chronicle, "/state", 1).value();
    ASSERT_TRUE(report.is_sound()) << call << ": " << report.faults.front().why;
    const bool is_redacted = chronicle->ledger().count(proof::LeafType::redact).value() > 0;
    EXPECT_EQ(chronicle->ledger().capture(secret_).has_value(), !is_redacted) << call;
    EXPECT_EQ(chronicle->open_capture(secret_).has_value(), !is_redacted) << call;
  }
}

TEST_F(ShredTest, ABackupIsAChronicleAndTakesOnlyWhatIsNew) {
  {
    store::Chronicle chronicle = open();
    const LogWriter log = writer(chronicle);
    const auto first = backup(chronicle, log, "/copy");
    ASSERT_TRUE(first) << first.error().sentence();
    EXPECT_EQ(first->objects_copied, 2U);
    const auto second = backup(chronicle, log, "/copy").value();
    EXPECT_EQ(second.objects_copied, 0U);
    EXPECT_EQ(second.objects_present, 2U);
    EXPECT_FALSE(backup(chronicle, log, "/case/inside"));
    ASSERT_TRUE(disk_.make_directories("/full"));
    ASSERT_TRUE(disk_.write_new("/full/other", "x"));
    EXPECT_EQ(backup(chronicle, log, "/full").error().code, ErrorCode::refused);
  }
  ASSERT_TRUE(shred_secret());
  {
    store::Chronicle chronicle = open();
    EXPECT_EQ(backup(chronicle, writer(chronicle), "/copy").value().objects_removed, 1U) << "a shred reaches it";
  }
  store::Chronicle copy = open("/copy");
  EXPECT_TRUE(audit(copy, "/state").value().is_sound());
  EXPECT_FALSE(copy.open_capture(secret_));
}

TEST_F(ShredTest, ASecondWriterIsToldWhoHoldsTheChronicleAlsoAtAnotherPath) {
  store::Chronicle chronicle = open();
  const LogWriter log = writer(chronicle);
  store::Chronicle again = open();
  const auto second = LogWriter::open(again, "/state", clock_, random_);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::unavailable);
  EXPECT_NE(second.error().sentence().find(format("process {} since 2031-05-06T10:00:00Z", ::getpid())),
            std::string::npos)
      << second.error().sentence();
  ASSERT_TRUE(backup(chronicle, log, "/copy"));
  store::Chronicle copy = open("/copy");
  EXPECT_FALSE(LogWriter::open(copy, "/state", clock_, random_)) << "the same log, elsewhere";
}

}  // namespace
}  // namespace gavah::seal
