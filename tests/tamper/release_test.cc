#include <gtest/gtest.h>

#include <algorithm>

#include "forged.h"

// What is opened of persons, and what two editions tell together.
namespace gavah::tests {
namespace {

using proof::LeafIndex;
using proof::LeafType;

/// A case with one killing that `count` persons are named in, and a policy that opens their condition.
SmallCase with_victims(std::size_t count, std::uint64_t batch, std::uint64_t min_cell) {
  SmallCase small;
  const std::size_t capture = small.add_capture({"Shots in Alder on 4 May.", "Shots in Birch on 6 May."});
  small.add_event(capture, 0, {.act = "killing"});
  small.policy = publish::Policy::safe();
  small.policy.victim_slots = {"victim/condition"};
  small.policy.batch = batch;
  small.policy.min_cell = min_cell;
  for (std::size_t i = 0; i < count; ++i) small.add_victim(0, format("Invented Person {}", i));
  return small;
}

std::uint64_t victim_leaves(const SmallCase& small) {
  return static_cast<std::uint64_t>(
      std::ranges::count(small.log, LeafType::victim, [](const auto& sealed) { return sealed.leaf.type; }));
}

std::string records_of(MemoryDisk& disk, const std::string& edition, std::string_view type) {
  const std::string& all = disk.files()[edition + "/records.jsonl"];
  std::string out;
  for (std::size_t at = 0; at < all.size();) {
    const std::size_t end = all.find('\n', at);
    const std::string line = all.substr(at, end - at + 1);
    if (line.starts_with(format(R"({{"type":"{}")", type))) out += line;
    at = end + 1;
  }
  return out;
}

std::size_t count_of(std::string_view text, std::string_view word) {
  std::size_t count = 0;
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) ++count;
  return count;
}

Verdict judge(MemoryDisk& disk, const SmallCase& small, const std::string& edition,
              const std::optional<std::string>& previous = std::nullopt) {
  return verify::verify_edition(disk, edition, {.pin = small.pin(), .previous = previous, .threads = 1}).value();
}

TEST(Release, VictimsWaitUntilTheirBatchIsFull) {
  SmallCase small = with_victims(2, 3, 1);
  const publish::Plan waiting = small.plan();
  EXPECT_EQ(waiting.waiting, 2U);
  EXPECT_EQ(victim_leaves(small), 0U);
  MemoryDisk disk;
  ASSERT_TRUE(small.write(disk, "first").has_value());
  EXPECT_NE(disk.files()["first/totals.json"].find(
                R"("rule":"victims","leaf":12,"withheld":2,"all":{"cell":[],"low":0,"high":2,)"),
            std::string::npos)
      << disk.files()["first/totals.json"];
  small.add_victim(0, "Invented Person 3");
  EXPECT_EQ(small.plan().waiting, 0U);
  EXPECT_EQ(victim_leaves(small), 3U);
  ASSERT_TRUE(small.write(disk, "second", "first").has_value());
  const Verdict verdict = judge(disk, small, "second", "first");
  EXPECT_EQ(verdict.outcome, verify::Outcome::unwitnessed) << to_text(verdict);
  EXPECT_EQ(count_of(records_of(disk, "second", "victim"), R"("victim/condition","killed")"), 3U);
}

TEST(Release, TwoEditionsDoNotIsolateOneVictim) {
  SmallCase small = with_victims(3, 3, 3);
  small.plan();
  MemoryDisk disk;
  ASSERT_TRUE(small.write(disk, "first").has_value());
  small.add_victim(0, "Invented Person 3", "injured");
  EXPECT_EQ(small.plan().waiting, 1U);
  ASSERT_TRUE(small.write(disk, "second", "first").has_value());
  EXPECT_EQ(records_of(disk, "first", "victim"), records_of(disk, "second", "victim"));
  for (const auto* name : {"Invented Person 4", "Invented Person 5"}) small.add_victim(0, name, "injured");
  small.plan();
  ASSERT_TRUE(small.write(disk, "third", "second").has_value());
  EXPECT_EQ(count_of(records_of(disk, "third", "victim"), R"("victim/condition","injured")"), 3U);
  const Verdict verdict = judge(disk, small, "third", "second");
  EXPECT_EQ(verdict.outcome, verify::Outcome::unwitnessed) << to_text(verdict);
}

TEST(Release, AVictimEnteredAloneIsNamedByWhoVerifies) {
  SmallCase small = with_victims(1, 1, 1);
  small.plan();
  Forged edition;
  edition.small = small;
  edition.disk = MemoryDisk();
  ASSERT_TRUE(edition.small.write(edition.disk, edition.directory).has_value());
  edition.small.policy.batch = 4;
  edition.file("policy.json") = to_json(edition.small.policy) + "\n";
  edition.read_manifest();
  edition.manifest.policy = sha256(edition.file("policy.json"));
  const Verdict verdict = edition.verify();
  EXPECT_TRUE(names(verdict, Check::policy, "1 victims entered or changed")) << to_text(verdict);
}

TEST(Release, AttributesThatTooFewShareStayClosedAndSoDoOthersWithThem) {
  SmallCase small = with_victims(8, 1, 3);
  for (int i = 0; i < 4; ++i) small.add_victim(0, format("Invented Hurt {}", i), "injured");
  small.add_victim(0, "Invented Other", "missing");
  small.plan();
  MemoryDisk disk;
  ASSERT_TRUE(small.write(disk, "edition").has_value());
  const std::string victims = records_of(disk, "edition", "victim");
  EXPECT_EQ(count_of(victims, R"("victim/condition","killed")"), 8U);
  EXPECT_EQ(count_of(victims, R"("victim/condition","injured")"), 0U) << "or the one who is left would be told apart";
  EXPECT_EQ(count_of(victims, R"("victim/condition","missing")"), 0U);
  EXPECT_EQ(count_of(victims, R"("slots":[])"), 5U) << "each is still counted";
  const Verdict verdict = judge(disk, small, "edition");
  EXPECT_EQ(verdict.outcome, verify::Outcome::unwitnessed) << to_text(verdict);
}

TEST(Release, ASmallCellThatIsOpenedIsNamed) {
  Forged edition;
  edition.small = with_victims(2, 1, 1);
  edition.small.plan();
  edition.disk = MemoryDisk();
  ASSERT_TRUE(edition.small.write(edition.disk, edition.directory).has_value());
  edition.small.policy.min_cell = 3;
  edition.file("policy.json") = to_json(edition.small.policy) + "\n";
  edition.read_manifest();
  edition.manifest.policy = sha256(edition.file("policy.json"));
  EXPECT_TRUE(names(edition.verify(), Check::policy, "its attributes are those of 2 victims"));
}

TEST(Release, TheSafePolicyCountsVictimsAndOpensNothingOfThem) {
  SmallCase small = with_victims(6, 1, 1);
  small.policy = publish::Policy::safe();
  small.plan();
  MemoryDisk disk;
  ASSERT_TRUE(small.write(disk, "edition").has_value());
  EXPECT_EQ(count_of(records_of(disk, "edition", "victim"), R"("slots":[])"), 6U);
  EXPECT_NE(disk.files()["edition/totals.json"].find(R"("low":6,"high":10,"members":6,"asserted":4)"),
            std::string::npos)
      << disk.files()["edition/totals.json"];
}

/// Three killed, two of them in May in the north; what the rule of the killed there and then says.
std::string killed_in_may(std::vector<std::string> victim_slots) {
  SmallCase small;
  const std::size_t capture = small.add_capture({"Shots in Alder on 4 May.", "Shots in Cedar on 2 June."});
  small.add_event(capture, 0, {.act = "killing"});
  small.add_event(capture, 1, {.act = "killing", .day = "2031-06-02", .place = {"ZZ", "ZZ-02", "ZZ-02-c"}});
  for (const std::size_t event : {0UL, 0UL, 1UL}) small.add_victim(event, format("Person {}", small.victims.size()));
  proof::Rule rule{"killed-in-may",
                   proof::Umbrellas::excluded,
                   {{"act/name", {"killing"}}, {"place/province", {"ZZ-01"}}},
                   proof::Window{Day::from_civil(2031, 5, 1), Day::from_civil(2031, 6, 1)},
                   {"place/town"},
                   {},
                   proof::Unit::victims};
  small.rules = {rule};
  small.policy = publish::Policy::safe();
  small.policy.victim_slots = std::move(victim_slots);
  small.policy.batch = small.policy.min_cell = 1;
  small.plan();
  MemoryDisk disk;
  EXPECT_TRUE(small.write(disk, "edition").has_value());
  EXPECT_EQ(judge(disk, small, "edition").failure_count, 0U) << to_text(judge(disk, small, "edition"));
  return disk.files()["edition/totals.json"];
}

TEST(Release, VictimsAreCountedByActPlaceAndTimeAsFarAsTheyAreOpened) {
  const std::string open = killed_in_may(
      {"act/family", "act/name", "time/year", "time/month", "place/country", "place/province", "place/town"});
  EXPECT_NE(open.find(R"("all":{"cell":[],"low":2,"high":2,"members":2,)"), std::string::npos) << open;
  EXPECT_NE(open.find(R"({"cell":["ZZ-01-a"],"low":2,"high":2,)"), std::string::npos) << open;
  const std::string coarse = killed_in_may({"act/family", "act/name", "time/year", "place/country", "place/province"});
  EXPECT_NE(coarse.find(R"("low":0,"high":2,"members":0,"asserted":2,)"), std::string::npos)
      << "the other is out by its province\n" + coarse;
  const std::string closed = killed_in_may({});
  EXPECT_NE(closed.find(R"("low":0,"high":3,"members":0,"asserted":3,)"), std::string::npos) << closed;
}

TEST(Release, SourcesAreOpenedABatchAtATime) {
  SmallCase small = with_victims(0, 3, 1);
  small.policy.source_slots = {"kind"};
  small.plan();
  MemoryDisk disk;
  ASSERT_TRUE(small.write(disk, "first").has_value());
  EXPECT_EQ(records_of(disk, "first", "source"), "") << "there are two sources";
  small.seal(proof::source_entry({"third", "Third", "outlet", "", "en", {}, {}, "invented"}, "desk"));
  ASSERT_TRUE(small.write(disk, "second", "first").has_value());
  EXPECT_EQ(count_of(records_of(disk, "second", "source"), R"("kind")"), 3U);
  EXPECT_EQ(judge(disk, small, "second", "first").outcome, verify::Outcome::unwitnessed);
}

TEST(Release, ASlotWithheldAfterPublicationHasALeafForItsCause) {
  SmallCase small = make_small_case();
  MemoryDisk disk;
  ASSERT_TRUE(small.write(disk, "first").has_value());
  const Decision decision = small.decide(Verb::withhold, {0}, "place");
  EXPECT_EQ(small.plan().amended, 1U);
  EXPECT_TRUE(small.plan().entries.empty()) << "once is enough";
  const auto second = small.write(disk, "second", "first");
  ASSERT_TRUE(second.has_value()) << second.error().sentence();
  EXPECT_NE(disk.files()["second/changes.jsonl"].find(R"("rule":"events-by-province",)"), std::string::npos);
  const Verdict verdict = judge(disk, small, "second", "first");
  EXPECT_EQ(verdict.outcome, verify::Outcome::unwitnessed) << to_text(verdict);
  small.revoke(decision);
  EXPECT_EQ(small.plan().amended, 1U);
  const auto third = small.write(disk, "third", "second");
  ASSERT_TRUE(third.has_value()) << third.error().sentence();
  EXPECT_EQ(judge(disk, small, "third", "second").outcome, verify::Outcome::unwitnessed);
}

TEST(Release, ARevokedWithholdingDisclosesTheEntryAgain) {
  SmallCase small = make_small_case();
  const Decision decision = small.decide(Verb::withhold, {0});
  EXPECT_EQ(small.plan().withheld, 1U);
  small.revoke(decision);
  small.plan();
  proof::Register entries;
  for (const auto& sealed : small.log) ASSERT_TRUE(entries.apply(sealed.leaf).has_value());
  EXPECT_EQ(entries.accounting(LeafType::event).withheld, 0U);
}

TEST(Release, ARevokedRevocationLetsTheDecisionStandAgain) {
  SmallCase small = make_small_case();
  const Decision decision = small.decide(Verb::withhold, {0});
  small.revoke(decision);
  small.revoke(Decision(small.decisions.back()));
  EXPECT_EQ(small.plan().withheld, 1U);
}

}  // namespace
}  // namespace gavah::tests
