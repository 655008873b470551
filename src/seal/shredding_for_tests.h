#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "base/simulated_disk.h"
#include "seal/seal.h"

namespace gavah::seal {

inline constexpr std::string_view kSecret = "نام شاهد: آرمان فرضی، کوچهٔ بیست‌ویکم";
inline constexpr std::string_view kName = "statement-of-a-witness.txt";

/// A chronicle on a simulated disk, with a capture to shred, one to keep, and a decision that cites the first.
class ShredTest : public testing::Test {
 protected:
  void SetUp() override {
    CreateOptions options;
    options.origin = "chronicle.example/case";
    options.protection = store::Protection::unprotected;
    ASSERT_TRUE(create(disk_, "/case", "/state", options, clock_, random_));
    store::Chronicle chronicle = open();
    LogWriter log = writer(chronicle);
    secret_ = add(log, kSecret, kName);
    kept_ = add(log, "other words", "other.txt");
    Decision decision;
    decision.verb = Verb::correct;
    decision.anchors = {{secret_, 0, ByteRange{0, 4}}};
    decision.value = std::string(kSecret);
    decision.reason = "because";
    ASSERT_TRUE(log.append_decision(decision));
    ASSERT_TRUE(log.seal());
  }

  store::Chronicle open(const std::string& directory = "/case") {
    return store::Chronicle::open(disk_, directory, [] { return Result<std::string>(std::string()); }).value();
  }
  LogWriter writer(store::Chronicle& chronicle) {
    return LogWriter::open(chronicle, "/state", clock_, random_).value();
  }
  CaptureId add(LogWriter& log, std::string_view bytes, std::string_view name) {
    Capture capture;
    capture.name = name;
    Part part;
    part.chain = {{{0, bytes.size()}, "none"}};
    part.path = name;
    std::vector<StagedCapture> staged;
    staged.push_back(log.stage(MemorySource(bytes), std::move(capture), {part}).value());
    return log.append_captures(std::move(staged)).value().front().id;
  }
  Result<void> shred_secret() {
    store::Chronicle chronicle = open();
    LogWriter log = writer(chronicle);
    GAVAH_ASSIGN(const ShredPlan plan, plan_shred(chronicle, secret_));
    return shred(chronicle, log, plan, "endangers a witness", "an analyst", random_);
  }

  /// Every page of a database as SQLite would see it, free ones and its log included.
  std::string opened_pages(const store::DatabaseFile& file);
  /// Whether words stand anywhere below the chronicle, raw or behind its own keys.
  bool occurs(std::string_view words);

  SimulatedDisk disk_;
  FixedClock clock_{Instant::parse("2031-05-06T10:00:00Z").value()};
  SystemRandom random_;
  CaptureId secret_;
  CaptureId kept_;
};

}  // namespace gavah::seal
