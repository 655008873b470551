#include <algorithm>

#include "base/format.h"
#include "seal/shredding_for_tests.h"

// Parts of a capture destroyed while the others stay.
namespace gavah::seal {
namespace {

const std::vector<std::string> kPosts = {"the first of them", std::string(kSecret), "a third, as long as it likes",
                                         "and the last of all"};

/// A capture of four parts in one file, and a decision on each of the first two.
class ShredPartsTest : public ShredTest {
 protected:
  void SetUp() override {
    ShredTest::SetUp();
    store::Chronicle chronicle = open();
    LogWriter log = writer(chronicle);
    Capture capture;
    capture.name = "inbox.jsonl";
    capture.format = "jsonl";
    std::vector<Part> parts;
    std::string all;
    for (std::size_t i = 0; i < kPosts.size(); ++i) parts.push_back(part_of(static_cast<PartNumber>(i), all));
    whole_ = all;
    std::vector<StagedCapture> staged;
    staged.push_back(log.stage(MemorySource(all), std::move(capture), parts).value());
    inbox_ = log.append_captures(std::move(staged)).value().front().id;
    decide(log, 0, "about the first");
    decide(log, 1, "about the one that goes");
    ASSERT_TRUE(log.seal());
    leaf_ = chronicle.ledger().index_of(proof::EntryId::from_bytes(inbox_.view())).value();
  }

  /// Part i of kPosts, behind what stands in `all` already.
  static Part part_of(PartNumber number, std::string& all) {
    const std::string& bytes = kPosts[number];
    Part out;
    out.number = number;
    out.chain = {{ByteRange{all.size(), all.size() + bytes.size()}, "none"}};
    out.format = "text";
    out.url = format("https://posts.example/{}", number);
    out.size_bytes = bytes.size();
    out.digest = sha256(bytes);
    all += bytes;
    return out;
  }
  void decide(LogWriter& log, PartNumber part, std::string_view value) const {
    Decision decision;
    decision.verb = Verb::correct;
    decision.anchors = {{inbox_, part, ByteRange{0, 4}}};
    decision.value = value;
    decision.reason = "because";
    ASSERT_TRUE(log.append_decision(decision));
  }

  struct Rest {
    std::string bytes;
    std::vector<Part> parts;
  };
  Rest without(const std::vector<PartNumber>& gone) const {
    Rest out;
    for (PartNumber i = 0; i < kPosts.size(); ++i) {
      if (std::ranges::find(gone, i) != gone.end()) continue;
      out.parts.push_back(part_of(i, out.bytes));
      out.parts.back().capture = inbox_;
    }
    return out;
  }
  /// `gone` are all parts that are gone afterwards, `now` those that go now.
  Result<void> shred_now(const std::vector<PartNumber>& now, const std::vector<PartNumber>& gone, Disk& disk) {
    GAVAH_ASSIGN(store::Chronicle chronicle,
                 store::Chronicle::open(disk, "/case", [] { return Result<std::string>(std::string()); }));
    GAVAH_ASSIGN(LogWriter log, LogWriter::open(chronicle, "/state", clock_, random_));
    GAVAH_ASSIGN(const ShredPlan plan, plan_shred_parts(chronicle, inbox_, now));
    const Rest rest = without(gone);
    const MemorySource source(rest.bytes);
    const auto check = [&](const ByteSource& written) -> Result<void> {
      GAVAH_ASSIGN(const std::string read, written.read({0, written.size()}));
      return read == rest.bytes ? Result<void>() : fail(ErrorCode::corrupt, "other bytes");
    };
    return shred_parts(chronicle, log, plan, {source, rest.parts, check}, "endangers a witness", "an analyst", random_);
  }
  Result<void> shred_second() { return shred_now({1}, {1}, disk_); }

  /// Every part that must be there reads as it did, and the old leaf proves it.
  void expect_there(store::Chronicle& chronicle, const std::vector<PartNumber>& there) {
    const auto bytes = chronicle.open_capture(inbox_);
    ASSERT_TRUE(bytes) << bytes.error().sentence();
    const auto log = chronicle.sealed_entries().value();
    const proof::SealedEntry& sealed = log[leaf_];
    const auto specs = proof::slots_of(proof::LeafType::capture);
    const auto slot = proof::slot_at(proof::LeafType::capture, "parts").value();
    const std::string head = *sealed.find("parts");
    const proof::Opening opening{leaf_, slot, "parts", {"list", head}, sealed.key_of("parts").value()};
    EXPECT_TRUE(proof::check_opening(opening, sealed.leaf, "chronicle.example/case", specs));
    for (const PartNumber number : there) {
      const auto part = chronicle.ledger().part(inbox_, number);
      ASSERT_TRUE(part) << part.error().sentence();
      const std::string read = (*bytes)->read(part->chain.front().range).value();
      EXPECT_EQ(read, kPosts[number]);
      const auto opened = proof::open_record(sealed.list("parts"), number).value();
      EXPECT_TRUE(proof::check_record(opened, proof::ListHead::parse(head).value()));
      EXPECT_EQ(proof::part_record_from(opened.record.bytes)->sha256, sha256(read));
    }
  }
  void expect_sound(store::Chronicle& chronicle) {
    const AuditReport report = audit(chronicle, "/state", 1).value();
    EXPECT_TRUE(report.is_sound()) << report.faults.front().what << ": " << report.faults.front().why;
  }

  CaptureId inbox_;
  proof::LeafIndex leaf_ = 0;
  std::string whole_;
};

TEST_F(ShredPartsTest, NothingOfThePartIsInAnyFileOrPageAndTheOthersStay) {
  std::string key;
  std::string salt;
  proof::EntryKey entry_key;
  Digest object;
  Digest mark;
  {
    store::Chronicle chronicle = open();
    const auto entry = chronicle.ledger().entry(leaf_).value();
    object = *entry.leaf.object;
    mark = chronicle.ledger().row(leaf_).value().mark.value();
    entry_key = chronicle.keyring().find(entry.leaf.id).value().key;
    key = std::string(entry_key.view());
    const auto& salted = entry.list("parts")[1].salt;
    salt.assign(reinterpret_cast<const char*>(salted.data()), salted.size());
    ASSERT_TRUE(occurs(salt));
  }
  // The other capture of these bytes in the fixture goes first: it would confirm them.
  ASSERT_TRUE(shred_secret());
  const std::vector<std::string> traces = {std::string(kSecret),      std::string(sha256(kSecret).view()),
                                           sha256(kSecret).hex(),     sha256(whole_).hex(),
                                           std::string(mark.view()),  key,
                                           "https://posts.example/1", "about the one that goes"};
  // The first two are in no page: the bytes lie encrypted, the digest nowhere but in hexadecimal.
  for (std::size_t i = 2; i < traces.size(); ++i) ASSERT_TRUE(occurs(traces[i])) << to_hex(traces[i]);
  const auto done = shred_second();
  ASSERT_TRUE(done) << done.error().sentence();
  for (const std::string& trace : traces) EXPECT_FALSE(occurs(trace)) << trace;
  for (const char* path : {"sha256", "size", "same-bytes", "chains"}) {
    EXPECT_FALSE(occurs(proof::slot_key(entry_key, path).view())) << path;
  }
  EXPECT_FALSE(occurs(salt)) << "of its record";
  EXPECT_TRUE(occurs("https://posts.example/2"));
  EXPECT_TRUE(occurs("about the first"));
  store::Chronicle chronicle = open();
  EXPECT_FALSE(disk_.exists(chronicle.objects().path_of(object)));
  const std::string bytes = chronicle.open_capture(inbox_).value()->read_all(1000).value();
  EXPECT_EQ(bytes, kPosts[0] + kPosts[2] + kPosts[3]);
  expect_there(chronicle, {0, 2, 3});
  expect_sound(chronicle);
  EXPECT_EQ(audit(chronicle, "/state").value().reduced, 1U);
  EXPECT_EQ(chronicle.ledger().capture(inbox_).value().destroyed, (std::vector<PartNumber>{1}));
  EXPECT_FALSE(chronicle.ledger().part(inbox_, 1));
  EXPECT_FALSE(plan_shred_parts(chronicle, inbox_, {1})) << "it is gone";
  EXPECT_FALSE(chronicle.ledger().row(leaf_).value().mark);
}

TEST_F(ShredPartsTest, LengthsAreNotTold) {
  ASSERT_TRUE(shred_second());
  store::Chronicle chronicle = open();
  const store::LedgerEntry row = chronicle.ledger().row(leaf_).value();
  EXPECT_FALSE(row.values.contains("size"));
  EXPECT_FALSE(row.lists.contains("chains"));
  EXPECT_EQ(row.parts.back().chain.front().range.end, whole_.size() - kSecret.size()) << "the others are packed";
  EXPECT_EQ(chronicle.ledger().capture(inbox_).value().size_bytes, whole_.size() - kSecret.size());
  EXPECT_FALSE(occurs(format(R"("range":[{},)", kPosts[0].size() + kSecret.size()))) << "where the third once began";
}

TEST_F(ShredPartsTest, ThePlanNamesWhatRestsOnIt) {
  store::Chronicle chronicle = open();
  const ShredPlan plan = plan_shred_parts(chronicle, inbox_, {1}).value();
  EXPECT_FALSE(plan.is_whole());
  EXPECT_EQ(plan.staying, 3U);
  EXPECT_EQ(plan.decisions, 1U) << "the one on the first part stays";
  EXPECT_EQ(plan.targets.size(), 1U);
  EXPECT_TRUE(plan_shred_parts(chronicle, inbox_, {0, 1, 2, 3}).value().is_whole());
  EXPECT_FALSE(plan_shred_parts(chronicle, inbox_, {9}));
  EXPECT_FALSE(plan_shred_parts(chronicle, CaptureId{}, {1}));
}

TEST_F(ShredPartsTest, EntriesThatRestOnItGoAndOthersStay) {
  const std::string said = R"({"act":"killing"})";
  store::Chronicle chronicle = open();
  LogWriter log = writer(chronicle);
  const auto event = [&](std::optional<PartNumber> part) {
    NewEntry out;
    out.entry.type = proof::LeafType::event;
    proof::EvidenceRecord evidence;
    if (part) evidence.leaf = leaf_;
    if (part) evidence.anchor = Anchor{inbox_, *part, ByteRange{0, 4}};
    out.entry.set_list("evidence", {proof::to_json(evidence)}, random_);
    out.entry.set_list("claims", {proof::to_json(proof::ClaimRecord{said, "", {}})}, random_);
    return out;
  };
  std::vector<NewEntry> events;
  for (const std::optional<PartNumber> part :
       {std::optional<PartNumber>(0), std::optional<PartNumber>(1), std::optional<PartNumber>()}) {
    events.push_back(event(part));
  }
  const auto leaves = log.append(std::move(events)).value();
  ASSERT_TRUE(log.seal());
  const auto targets = [&](const std::vector<std::string>& unanchored) {
    const ShredPlan plan = plan_shred_parts(chronicle, inbox_, {1}, unanchored).value();
    EXPECT_EQ(plan.entries, unanchored.empty() ? 1U : 2U);
    return std::vector<proof::LeafIndex>(plan.targets.end() - static_cast<std::ptrdiff_t>(plan.entries),
                                         plan.targets.end());
  };
  EXPECT_EQ(targets({}), (std::vector<proof::LeafIndex>{leaves[1]}));
  EXPECT_EQ(targets({said}), (std::vector<proof::LeafIndex>{leaves[1], leaves[2]})) << "read from it without an anchor";
}

TEST_F(ShredPartsTest, OldPagesOfTheMediumOpenNoMore) {
  const std::string old_keyring = disk_.read("/case/keyring").value();
  ASSERT_TRUE(shred_second());
  ASSERT_TRUE(disk_.replace("/case/keyring", old_keyring));
  const auto opened = store::Chronicle::open(disk_, "/case", [] { return Result<std::string>(std::string()); });
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::refused);
}

TEST_F(ShredPartsTest, AnInterruptionAnywhereIsFinishedByTheNextWriter) {
  const SimulatedDisk trial(disk_);
  disk_.begin(std::nullopt);
  ASSERT_TRUE(shred_second());
  const std::uint64_t calls = disk_.calls();
  ASSERT_GT(calls, 60U);
  for (std::uint64_t call = 0; call < calls; ++call) {
    SimulatedDisk copy(trial);
    copy.begin(DiskFault{DiskFault::Kind::dies_before, call, ""});
    [[maybe_unused]] const auto done = shred_now({1}, {1}, copy);
    copy.restart(call % 2 == 0 ? Loss::everything : Loss::some, call);
    auto chronicle = store::Chronicle::open(copy, "/case", [] { return Result<std::string>(std::string()); });
    ASSERT_TRUE(chronicle) << call << ": " << chronicle.error().sentence();
    const auto log = LogWriter::open(*chronicle, "/state", clock_, random_);
    ASSERT_TRUE(log) << call << ": " << log.error().sentence();
    SCOPED_TRACE(call);
    expect_sound(*chronicle);
    expect_there(*chronicle, {0, 2, 3});
    const bool is_redacted = chronicle->ledger().count(proof::LeafType::redact).value() > 0;
    EXPECT_EQ(chronicle->ledger().part(inbox_, 1).has_value(), !is_redacted);
    EXPECT_EQ(chronicle->ledger().row(leaf_).value().values.contains("sha256"), !is_redacted);
  }
}

TEST_F(ShredPartsTest, PartsGoOneAfterTheOtherAndAtLastTheCapture) {
  ASSERT_TRUE(shred_second());
  std::vector<Digest> objects;
  const auto remember = [&] {
    store::Chronicle chronicle = open();
    objects.push_back(chronicle.object_of(inbox_).value().name);
  };
  remember();
  const auto second = shred_now({3}, {1, 3}, disk_);
  ASSERT_TRUE(second) << second.error().sentence();
  remember();
  EXPECT_NE(objects[0], objects[1]);
  {
    store::Chronicle chronicle = open();
    expect_there(chronicle, {0, 2});
    expect_sound(chronicle);
    EXPECT_FALSE(disk_.exists(chronicle.objects().path_of(objects[0])));
    EXPECT_FALSE(occurs(sha256(kPosts[3]).hex())) << "nor in what the first redaction said stays";
    EXPECT_EQ(chronicle.ledger().capture(inbox_).value().destroyed, (std::vector<PartNumber>{1, 3}));
    LogWriter log = writer(chronicle);
    ASSERT_TRUE(shred(chronicle, log, plan_shred(chronicle, inbox_).value(), "asked for", "", random_));
  }
  store::Chronicle chronicle = open();
  expect_sound(chronicle);
  EXPECT_FALSE(chronicle.ledger().capture(inbox_));
  EXPECT_FALSE(disk_.exists(chronicle.objects().path_of(objects[1])));
  EXPECT_FALSE(occurs(sha256(kPosts[0]).hex()));
  EXPECT_FALSE(occurs(kPosts[2]));
}

TEST_F(ShredPartsTest, NothingGoesUnlessWhatStaysIsSeenToBeThere) {
  {
    store::Chronicle chronicle = open();
    LogWriter log = writer(chronicle);
    const ShredPlan plan = plan_shred_parts(chronicle, inbox_, {1}).value();
    const Rest rest = without({1});
    const MemorySource source(rest.bytes);
    const std::uint64_t leaves = log.size();
    const std::size_t files = disk_.paths().size();
    const auto refuse = [](const ByteSource&) -> Result<void> { return fail(ErrorCode::corrupt, "not those"); };
    EXPECT_FALSE(shred_parts(chronicle, log, plan, {source, rest.parts, refuse}, "asked for", "", random_));
    EXPECT_EQ(log.size(), leaves);
    EXPECT_EQ(disk_.paths().size(), files) << "no object is left behind";
  }
  store::Chronicle chronicle = open();
  expect_there(chronicle, {0, 1, 2, 3});
}

TEST_F(ShredPartsTest, ABackupLosesThePartAsWell) {
  {
    store::Chronicle chronicle = open();
    ASSERT_TRUE(backup(chronicle, writer(chronicle), "/copy"));
  }
  ASSERT_TRUE(shred_second());
  for (const std::vector<PartNumber>& gone : {std::vector<PartNumber>{1}, std::vector<PartNumber>{1, 2}}) {
    if (gone.size() > 1) {
      ASSERT_TRUE(shred_now({2}, gone, disk_));
    }
    store::Chronicle chronicle = open();
    const auto done = backup(chronicle, writer(chronicle), "/copy");
    ASSERT_TRUE(done) << done.error().sentence();
    EXPECT_EQ(done->objects_removed, 1U);
    EXPECT_EQ(done->objects_copied, 1U);
    store::Chronicle copy = open("/copy");
    expect_sound(copy);
    EXPECT_FALSE(copy.ledger().part(inbox_, 1));
    expect_there(copy, gone.size() > 1 ? std::vector<PartNumber>{0, 3} : std::vector<PartNumber>{0, 2, 3});
  }
}

TEST_F(ShredPartsTest, ADamagedOrChangedRemainderIsNamed) {
  ASSERT_TRUE(shred_second());
  store::Chronicle chronicle = open();
  const Digest object = chronicle.object_of(inbox_).value().name;
  store::LedgerEntry row = chronicle.ledger().row(leaf_).value();
  const store::LedgerEntry before = row;
  row.parts[1].url = "https://posts.example/another";
  ASSERT_TRUE(chronicle.ledger().reduce(leaf_, row));
  EXPECT_FALSE(audit(chronicle, "/state", 1).value().is_sound()) << "a row that says something else of a sibling";
  row = before;
  row.lists["parts"][1] = row.lists["parts"][0];
  ASSERT_TRUE(chronicle.ledger().reduce(leaf_, row));
  EXPECT_FALSE(audit(chronicle, "/state", 1).value().is_sound()) << "a record where there should be none";
  ASSERT_TRUE(chronicle.ledger().reduce(leaf_, before));
  expect_sound(chronicle);
  disk_.flip(chronicle.objects().path_of(object), 40);
  EXPECT_FALSE(audit(chronicle, "/state", 1).value().is_sound()) << "a bit of what stays";
}

}  // namespace
}  // namespace gavah::seal
