#include <functional>

#include "forged.h"

// What an operator with the true keys could say of itself, of its past and of its sources, and who notices.
namespace gavah::tests {
namespace {

using proof::Entry;
using proof::LeafIndex;
using proof::LeafType;
using proof::SealedEntry;

/// Seals a leaf's entry anew at its place, with other values or lists.
void seal_again(SmallCase& small, SealedEntry& sealed, const std::function<void(Entry&)>& change) {
  Entry entry;
  entry.type = sealed.leaf.type;
  entry.refs = sealed.leaf.refs;
  entry.object = sealed.leaf.object;
  entry.values = sealed.values;
  entry.lists = sealed.lists;
  change(entry);
  sealed.leaf = proof::leaf_of(entry, sealed.leaf.id, sealed.leaf.day, sealed.key, small.origin).value();
  sealed.values = entry.values;
  sealed.lists = entry.lists;
}

/// An edition of the case as it is now; the first one's leaf is taken back.
Verdict verdict_on(Forged& edition) {
  edition.disk = MemoryDisk();
  const auto written = edition.small.write(edition.disk, edition.directory);
  EXPECT_TRUE(written.has_value()) << (written ? "" : written.error().sentence());
  edition.read_manifest();
  return edition.verify();
}

SealedEntry& leaf_of_type(SmallCase& small, LeafType type) {
  return *std::ranges::find(small.log, type, [](const SealedEntry& sealed) { return sealed.leaf.type; });
}

TEST(Liar, OnePartCommittedToTwiceCannotBeOpenedAsConvenient) {
  Forged edition;
  edition.small.log.pop_back();
  seal_again(edition.small, leaf_of_type(edition.small, LeafType::capture), [&](Entry& capture) {
    std::vector<std::string> records;
    for (const auto& record : capture.lists.at("parts")) records.push_back(record.bytes);
    std::swap(records[0], records[1]);
    capture.set_list("parts", std::move(records), edition.small.random);
  });
  EXPECT_TRUE(names(verdict_on(edition), Check::evidence, "stands at place"));
}

TEST(Liar, ACaptureThatHidesPartsFromItsCountIsNamed) {
  Forged edition;
  edition.small.log.pop_back();
  seal_again(edition.small, leaf_of_type(edition.small, LeafType::capture),
             [](Entry& capture) { capture.set("part-count", std::string("6")); });
  EXPECT_TRUE(names(verdict_on(edition), Check::disposition, "states 6 parts and its list has 7"));
}

TEST(Liar, ListsOfOneEntryAreOfOneLength) {
  Forged edition;
  edition.small.log.pop_back();
  edition.small.policy.origins = publish::Disclosure::withheld;
  seal_again(edition.small, leaf_of_type(edition.small, LeafType::event),
             [&](Entry& event) { event.set_list("origins", {"null", "null", "null"}, edition.small.random); });
  EXPECT_TRUE(names(verdict_on(edition), Check::evidence, "that of origins has 3"));
}

TEST(Liar, MoreReportsThanClaimsAreNamed) {
  Forged edition;
  edition.small.log.pop_back();
  seal_again(edition.small, leaf_of_type(edition.small, LeafType::event),
             [](Entry& event) { event.set("reports", std::string("40")); });
  EXPECT_TRUE(names(verdict_on(edition), Check::evidence, "states 40 reports"));
}

TEST(Liar, OneLineageDoesNotCorroborate) {
  Forged edition;
  edition.small.log.pop_back();
  auto& event = *std::ranges::find_if(edition.small.log, [](const SealedEntry& sealed) {
    return sealed.leaf.type == LeafType::event && *sealed.find("status") == "single";
  });
  seal_again(edition.small, event, [](Entry& entry) { entry.set("status", std::string("corroborated")); });
  EXPECT_TRUE(names(verdict_on(edition), Check::status, "is called corroborated by 1 lineages"));
}

TEST(Liar, WhatWasRedactedIsNotOpened) {
  Forged edition;
  edition.append_leaf(LeafType::redact, {{"target", {leaf_of_type(edition.small, LeafType::source).index}}});
  EXPECT_TRUE(names(edition.verify(), Check::record, "was redacted, yet"));
}

TEST(Liar, ADestroyedPartCannotBePassedOverInSilence) {
  Forged edition;
  const LeafIndex capture = leaf_of_type(edition.small, LeafType::capture).index;
  edition.append_leaf(LeafType::redact, {{"within", {capture}}});
  EXPECT_TRUE(names(edition.verify(), Check::disposition, "and 0 parts are called destroyed"));
}

TEST(Liar, NoPartIsCalledDestroyedWithoutALeafThatSaysSo) {
  Forged edition;
  edition.small.log.pop_back();
  edition.small.captures.front().capture.destroyed = {6};
  edition.small.plan();
  EXPECT_TRUE(names(verdict_on(edition), Check::disposition, "0 leaves destroyed parts"));
}

TEST(Liar, AKeyLeafWithoutItsKeyIsNamed) {
  Forged edition;
  proof::Leaf key;
  key.type = LeafType::key;
  key.id = proof::EntryId::from_bytes(edition.small.random.bytes(16));
  key.day = edition.small.day;
  key.bind = sha256("a key that nobody may see");
  key.slots.resize(proof::slots_of(LeafType::key).size());
  auto leaves = edition.leaves();
  leaves.push_back(std::move(key));
  edition.replace_log(leaves);
  EXPECT_TRUE(names(edition.verify(), Check::log, "the key that the leaf binds is missing"));
}

TEST(Liar, OneTownInTwoCountriesIsNoWayToCountTwice) {
  SmallCase small;
  const std::size_t capture = small.add_capture({"A march in Alder.", "A march in Alder, another country."});
  small.add_event(capture, 0);
  small.add_event(capture, 1);
  small.plan();
  std::vector<SealedEntry*> events;
  for (SealedEntry& sealed : small.log) {
    if (sealed.leaf.type == LeafType::event) events.push_back(&sealed);
  }
  ASSERT_EQ(events.size(), 2U);
  seal_again(small, *events.back(), [](Entry& event) {
    event.set("place/country", std::string("YY"));
    event.values.erase("place/province");
  });
  MemoryDisk disk;
  const auto written = small.write(disk, "edition");
  ASSERT_FALSE(written.has_value());
  EXPECT_NE(written.error().message.find("differ in place/country"), std::string::npos) << written.error().message;
}

TEST(Liar, WhoSetTwoEventsApartCannotBeKeptBack) {
  Forged edition;
  const SealedEntry& distinct = leaf_of_type(edition.small, LeafType::distinct);
  std::vector<std::string> all_but_maker{"act/name"};
  const auto opened = proof::open_entry(LeafType::distinct, distinct.index, distinct, all_but_maker);
  std::string& records = edition.file("records.jsonl");
  const std::size_t at = records.find(format(R"({{"type":"distinct","entry":{},)", distinct.index));
  ASSERT_NE(at, std::string::npos);
  records.replace(at, records.find('\n', at) - at, proof::record_line(opened, distinct));
  EXPECT_TRUE(names(edition.verify(), Check::duplicate, "may be one act twice"));
}

/// Two editions of which the second says of the first what is not so.
struct Past : Forged {
  Past() {
    const std::size_t capture = small.add_capture({"On 20 May four people died in Alder."});
    small.add_event(capture, 0, {.day = "2031-05-20", .killed_low = 4, .killed_high = 4});
    small.plan();
    EXPECT_TRUE(small.write(disk, "second", "edition").has_value());
    for (const auto& [path, bytes] : disk.files()) {
      if (path.starts_with("edition/")) first[path] = bytes;
    }
    std::erase_if(disk.files(), [](const auto& file) { return file.first.starts_with("edition/"); });
    directory = "second";
    read_manifest();
  }
  Verdict verify_both() {
    sign();
    for (const auto& [path, bytes] : first) disk.files()[path] = bytes;
    auto verdict = verify::verify_edition(disk, directory, {.pin = small.pin(), .previous = "edition", .threads = 1});
    std::erase_if(disk.files(), [](const auto& file) { return file.first.starts_with("edition/"); });
    return std::move(verdict).value();
  }
  std::map<std::string, std::string> first;
};

TEST(Liar, ThePastCannotBeMadeShorterOrLonger) {
  Past edition;
  ASSERT_EQ(edition.verify_both().failure_count, 0U);
  const std::uint64_t size = edition.manifest.previous->size;
  edition.manifest.previous->size = size - 1;
  EXPECT_TRUE(names(edition.verify_both(), Check::change, "is not what that edition says"));
  edition.manifest.previous->size = size + 1;
  EXPECT_TRUE(names(edition.verify(), Check::change, "does not follow the edition before it"));
}

TEST(Liar, ANumberOfThePastCannotBeLeftOutOrUnbounded) {
  Past edition;
  const auto totals = edition.manifest.previous->totals;
  edition.manifest.previous->totals.erase(edition.manifest.previous->totals.begin());
  EXPECT_TRUE(names(edition.verify(), Check::change, "it leaves out what"));
  edition.manifest.previous->totals = totals;
  edition.manifest.previous->totals.front().bounds.high.reset();
  EXPECT_TRUE(names(edition.verify_both(), Check::change, "is not what that edition says"));
}

TEST(Liar, AnEditionCannotNumberItselfAsItLikes) {
  Past edition;
  edition.manifest.number = 7;
  edition.manifest.previous->number = 6;
  EXPECT_TRUE(names(edition.verify(), Check::change, "edition 7 by its own word and 2 by the log"));
}

enum class Editions { first, second };
/// A case without victims whose policy opened sources one at a time, and says that it did so by four.
Verdict with_batch_of_four(Editions which) {
  Forged edition;
  edition.small = SmallCase();
  edition.small.add_event(edition.small.add_capture({"Shots in Alder on 4 May."}), 0);
  edition.small.policy = publish::Policy::open();
  edition.small.policy.batch = 1;
  edition.small.plan();
  edition.disk = MemoryDisk();
  EXPECT_TRUE(edition.small.write(edition.disk, edition.directory).has_value());
  std::map<std::string, std::string> first;
  const bool with_previous = which == Editions::second;
  if (with_previous) {
    edition.small.seal(proof::source_entry({"third", "Third", "outlet", "", "en", {}, {}, "invented"}, "desk"));
    EXPECT_TRUE(edition.small.write(edition.disk, "second", edition.directory).has_value());
    first = edition.disk.files();
    std::erase_if(first, [](const auto& file) { return !file.first.starts_with("edition/"); });
    std::erase_if(edition.disk.files(), [](const auto& file) { return file.first.starts_with("edition/"); });
    edition.directory = "second";
  }
  edition.read_manifest();
  edition.small.policy.batch = 4;
  edition.file("policy.json") = to_json(edition.small.policy) + "\n";
  edition.manifest.policy = sha256(edition.file("policy.json"));
  edition.sign();
  for (const auto& [path, bytes] : first) edition.disk.files()[path] = bytes;
  const auto previous = with_previous ? std::optional<std::string>("edition") : std::nullopt;
  return verify::verify_edition(edition.disk, edition.directory,
                                {.pin = edition.small.pin(), .previous = previous, .threads = 1})
      .value();
}

TEST(Liar, SourcesOpenedTooFewAtATimeAreNamed) {
  const Verdict first = with_batch_of_four(Editions::first);
  EXPECT_TRUE(names(first, Check::policy, "2 sources are opened that the edition before did not open"))
      << to_text(first);
  EXPECT_TRUE(names(first, Check::policy, "1 origins of claims are opened"));
  const Verdict second = with_batch_of_four(Editions::second);
  EXPECT_TRUE(names(second, Check::policy, "1 sources are opened that the edition before did not open"))
      << to_text(second);
  EXPECT_FALSE(names(second, Check::policy, "origins of claims are opened")) << "they were open before";
}

TEST(Liar, OneVictimClosedAmongManyIsNamed) {
  Forged edition;
  SmallCase& small = edition.small = SmallCase();
  const std::size_t capture = small.add_capture({"Shots in Alder on 4 May."});
  small.add_event(capture, 0, {.act = "killing"});
  small.policy.victim_slots = {"victim/condition"};
  for (int i = 0; i < 4; ++i) small.add_victim(0, format("Invented Person {}", i));
  small.plan();
  small.policy.min_cell = 3;
  edition.disk = MemoryDisk();
  ASSERT_TRUE(small.write(edition.disk, edition.directory).has_value());
  edition.read_manifest();
  ASSERT_EQ(edition.verify().failure_count, 0U) << to_text(edition.verify());
  std::string& records = edition.file("records.jsonl");
  const std::size_t victim = records.find(R"({"type":"victim")");
  const std::size_t slots = records.find(R"("slots":[)", victim);
  records.replace(slots, records.find('\n', slots) - slots, R"("slots":[]})");
  EXPECT_TRUE(names(edition.verify(), Check::policy, "1 victims are closed beside others"));
}

TEST(Liar, PagesForReadersAreSaidToBeUnread) {
  Forged edition;
  edition.file("site/index.html") = "<p>Nine thousand were killed.</p>";
  const Verdict verdict = edition.verify();
  EXPECT_EQ(verdict.outcome, verify::Outcome::unwitnessed);
  EXPECT_TRUE(std::ranges::any_of(verdict.unchecked, [](const std::string& sentence) {
    return sentence.find("were not compared with the records") != std::string::npos;
  }));
}

}  // namespace
}  // namespace gavah::tests
