#include <gtest/gtest.h>

#include <algorithm>

#include "small_case.h"

// What publish appends as what is derived changes: each case is planned, changed and planned again.
namespace gavah::tests {
namespace {

using proof::EntryState;
using proof::LeafIndex;
using proof::LeafType;

proof::Register replay(const SmallCase& small) {
  proof::Register entries;
  for (const auto& sealed : small.log) EXPECT_TRUE(entries.apply(sealed.leaf).has_value());
  EXPECT_TRUE(entries.check_splits().has_value());
  EXPECT_TRUE(entries.accounting(LeafType::event).balances());
  return entries;
}

std::uint64_t leaves_of(const SmallCase& small, LeafType type) {
  return static_cast<std::uint64_t>(
      std::ranges::count(small.log, type, [](const auto& sealed) { return sealed.leaf.type; }));
}

SmallCase two_events() {
  SmallCase out;
  const std::size_t capture = out.add_capture({"A march on 4 May.", "A march on 6 May.", "A shop opened."});
  out.add_event(capture, 0);
  out.add_event(capture, 1, {.day = "2031-05-06"});
  out.plan();
  return out;
}

TEST(Plan, NothingNewAppendsNothing) {
  SmallCase small = make_small_case();
  const std::size_t size = small.log.size();
  const publish::Plan again = small.plan();
  EXPECT_TRUE(again.entries.empty());
  EXPECT_EQ(small.log.size(), size);
}

TEST(Plan, EveryEventGetsOneEntryAndEveryCaptureOneDisposition) {
  SmallCase small = make_small_case();
  EXPECT_EQ(leaves_of(small, LeafType::event), small.events.size());
  EXPECT_EQ(leaves_of(small, LeafType::dispose), small.captures.size());
  EXPECT_EQ(leaves_of(small, LeafType::rule), small.rules.size());
  const auto& sealed = *std::ranges::find(small.log, LeafType::dispose, [](const auto& s) { return s.leaf.type; });
  std::vector<std::string> statuses;
  for (const auto& record : sealed.list("statuses")) {
    statuses.push_back(proof::status_record_from(record.bytes)->status);
  }
  const std::vector<std::string> wanted{"linked", "linked", "linked", "backlog", "linked", "linked", "backlog"};
  EXPECT_EQ(statuses, wanted);
}

TEST(Plan, ACorrectedSlotAmendsTheEntryAndKeepsItsIdentity) {
  SmallCase small = two_events();
  small.events[0].act = "strike";
  for (Claim& claim : small.claims) {
    if (claim.id == small.events[0].claims.front()) claim.act = "strike";
  }
  const publish::Plan plan = small.plan();
  EXPECT_EQ(plan.amended, 1U);
  EXPECT_EQ(plan.created + plan.merged + plan.split + plan.withdrawn, 0U);
  const proof::Register entries = replay(small);
  const proof::RegisterEntry& entry = entries.entries().front();
  EXPECT_EQ(*small.log[entry.current].find("act/name"), "strike");
}

TEST(Plan, TwoEventsThatBecomeOneAreMerged) {
  SmallCase small = two_events();
  small.events[0].claims.push_back(small.events[1].claims.front());
  small.events.pop_back();
  const publish::Plan plan = small.plan();
  EXPECT_EQ(plan.merged, 1U);
  const proof::Register entries = replay(small);
  EXPECT_EQ(entries.entries()[1].state, EntryState::merged);
  EXPECT_EQ(entries.entries()[1].into, entries.entries()[0].index);
}

TEST(Plan, AnEventWhoseEvidenceIsOfTwoIsSplit) {
  SmallCase small = two_events();
  small.events[0].claims.push_back(small.events[1].claims.front());
  const Event second = small.events[1];
  small.events.pop_back();
  small.plan();
  small.events[0].claims.pop_back();
  small.events.push_back(second);
  const publish::Plan plan = small.plan();
  EXPECT_EQ(plan.split, 1U);
  const proof::Register entries = replay(small);
  const auto accounting = entries.accounting(LeafType::event);
  EXPECT_EQ(accounting.split, 1U);
  EXPECT_EQ(accounting.split_off, 2U);
  EXPECT_EQ(accounting.disclosed, 2U);
}

TEST(Plan, AnEventThatNothingRestsOnAnyMoreIsWithdrawn) {
  SmallCase small = two_events();
  small.events.pop_back();
  EXPECT_EQ(small.plan().withdrawn, 1U);
  EXPECT_EQ(replay(small).entries()[1].state, EntryState::withdrawn);
}

TEST(Plan, AWithdrawalByAPersonCitesTheDecisionAndStays) {
  SmallCase small = two_events();
  const auto leaf = small.decide(Verb::withdraw, {1}, "", "", "an error of ours").leaf;
  EXPECT_EQ(small.plan().withdrawn, 1U);
  EXPECT_EQ(replay(small).entries()[1].state, EntryState::withdrawn);
  EXPECT_EQ(*small.log.back().find("decision"), std::to_string(*leaf));
  EXPECT_TRUE(small.plan().entries.empty());
}

TEST(Plan, ADecisionToWithholdWithholdsTheEntryAndItsPassages) {
  SmallCase small = two_events();
  small.decide(Verb::withhold, {0});
  EXPECT_EQ(small.plan().withheld, 1U);
  MemoryDisk disk;
  ASSERT_TRUE(small.write(disk, "edition").has_value());
  EXPECT_EQ(disk.files()["edition/claims.jsonl"].find("4 May"), std::string::npos);
  for (const auto& [path, bytes] : disk.files()) EXPECT_EQ(bytes.find("A march on 4 May."), std::string::npos) << path;
  const auto verdict = verify::verify_edition(disk, "edition", {.pin = small.pin()});
  ASSERT_TRUE(verdict.has_value());
  EXPECT_EQ(verdict->outcome, verify::Outcome::unwitnessed) << to_text(*verdict);
  EXPECT_NE(disk.files()["edition/totals.json"].find(R"("low":1,"high":2,"members":1,"asserted":1)"),
            std::string::npos);
}

TEST(Plan, AWithheldSlotIsNotOpened) {
  SmallCase small = two_events();
  small.decide(Verb::withhold, {0}, "place");
  small.plan();
  MemoryDisk disk;
  ASSERT_TRUE(small.write(disk, "edition").has_value());
  const std::string& records = disk.files()["edition/records.jsonl"];
  const std::size_t first = records.find(R"({"type":"event")");
  const std::string line = records.substr(first, records.find('\n', first) - first);
  EXPECT_EQ(line.find("place/"), std::string::npos) << line;
  EXPECT_NE(line.find("time/day"), std::string::npos);
}

TEST(Plan, TheSafePolicyOpensNoNameNoSourceAndNoBytes) {
  SmallCase small = make_small_case();
  small.policy = publish::Policy::safe();
  small.policy.batch = 1;  // its one victim is in the register already
  small.plan();
  MemoryDisk disk;
  const auto written = small.write(disk, "edition");
  ASSERT_TRUE(written.has_value()) << written.error().sentence();
  for (const auto& [path, bytes] : disk.files()) {
    EXPECT_EQ(bytes.find("Invented Person"), std::string::npos) << path;
    EXPECT_EQ(bytes.find("harbour-gazette"), std::string::npos) << path;
    EXPECT_EQ(bytes.find("inbox-"), std::string::npos) << path;
    EXPECT_FALSE(path.starts_with("edition/evidence/")) << path;
  }
  const auto verdict = verify::verify_edition(disk, "edition", {.pin = small.pin()});
  ASSERT_TRUE(verdict.has_value());
  EXPECT_EQ(verdict->outcome, verify::Outcome::unwitnessed) << to_text(*verdict);
  EXPECT_FALSE(verdict->withheld.empty());
}

TEST(Plan, AMachinesDistinctLeafExplainsWhatWasKeptApart) {
  SmallCase small = make_small_case();
  EXPECT_GE(leaves_of(small, LeafType::distinct), 1U);
  small.decide(Verb::distinct, {2, 3}, "", "", "seen on two squares");
  EXPECT_EQ(small.plan().distinct, 1U) << "a machine's leaf cites them already, but a person's word is another";
  EXPECT_EQ(*small.log.back().find("made-by"), "person");
  EXPECT_TRUE(small.plan().entries.empty());
}

TEST(Plan, OrphanDecisionsBlockPublishingAndAreNamed) {
  SmallCase small = two_events();
  publish::PlanInput input = small.plan_input();
  const std::vector<publish::Orphan> orphans{{DecisionId::from_bytes(std::string(16, 'x')), "its words are gone"}};
  input.orphans = orphans;
  SeededRandom random(1);
  const auto plan = publish::plan(input, random);
  ASSERT_FALSE(plan.has_value());
  EXPECT_EQ(plan.error().code, ErrorCode::refused);
  EXPECT_NE(plan.error().message.find("its words are gone"), std::string::npos);
}

TEST(Plan, AReplacedRuleCitesTheOneItReplaces) {
  SmallCase small = two_events();
  MemoryDisk disk;
  ASSERT_TRUE(small.write(disk, "first").has_value());
  small.rules[0].where = {{"act/name", {"strike"}}};
  small.plan();
  const auto written = small.write(disk, "second", "first");
  ASSERT_TRUE(written.has_value()) << written.error().sentence();
  EXPECT_NE(disk.files()["second/changes.jsonl"].find(R"("to":"out","cause":"rule")"), std::string::npos)
      << disk.files()["second/changes.jsonl"];
  const auto verdict = verify::verify_edition(disk, "second", {.pin = small.pin(), .previous = "first"});
  ASSERT_TRUE(verdict.has_value());
  EXPECT_EQ(verdict->outcome, verify::Outcome::unwitnessed) << to_text(*verdict);
}

TEST(Plan, AnotherPolicyIsTheCauseOfWhatItOpens) {
  SmallCase small = two_events();
  MemoryDisk disk;
  std::erase(small.policy.event_slots, "act/name");
  small.rules.push_back({"protests", {}, {{"act/name", {"protest"}}}, {}, {}, {}});
  small.plan();
  ASSERT_TRUE(small.write(disk, "first").has_value());
  small.policy = publish::Policy::open();
  small.plan();
  ASSERT_TRUE(small.write(disk, "second", "first").has_value());
  EXPECT_NE(disk.files()["second/changes.jsonl"].find(R"("to":"in  1..1","cause":"policy")"), std::string::npos);
  const auto verdict = verify::verify_edition(disk, "second", {.pin = small.pin(), .previous = "first"});
  ASSERT_TRUE(verdict.has_value());
  EXPECT_EQ(verdict->outcome, verify::Outcome::unwitnessed) << to_text(*verdict);
}

TEST(Edition, AFullDiskLeavesNothingUnderItsName) {
  SmallCase small = two_events();
  for (const std::int64_t writes : {0, 1, 5, 20}) {
    MemoryDisk disk;
    disk.fail_after(writes);
    const auto written = small.write(disk, "edition");
    ASSERT_FALSE(written.has_value());
    EXPECT_EQ(written.error().code, ErrorCode::unavailable);
    EXPECT_FALSE(disk.exists("edition"));
  }
}

TEST(Edition, SameInputsGiveTheSameBytes) {
  MemoryDisk one;
  MemoryDisk two;
  ASSERT_TRUE(make_small_case(3).write(one, "edition").has_value());
  ASSERT_TRUE(make_small_case(3).write(two, "edition").has_value());
  EXPECT_EQ(one.files(), two.files());
}

TEST(Policy, ReadsBackAndRefusesUnknownSlots) {
  for (const publish::Policy& policy : {publish::Policy::safe(), publish::Policy::open()}) {
    const auto read = publish::Policy::parse(to_json(policy));
    ASSERT_TRUE(read.has_value()) << read.error().sentence();
    EXPECT_EQ(*read, policy);
  }
  EXPECT_FALSE(publish::Policy::parse(R"({"event_slots":["act/nothing"]})").has_value());
  EXPECT_FALSE(publish::Policy::parse(to_json(publish::Policy::safe()) + "\n").has_value());
  EXPECT_FALSE(publish::Policy::parse("[").has_value());
}

}  // namespace
}  // namespace gavah::tests
