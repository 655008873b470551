#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "base/bytes.h"
#include "forged.h"

// Attacks on an edition by the operator who has the true keys, and by a reader who has everything published. Each is
// answered by a rule of spec/; the name says which attack.
namespace gavah::tests {
namespace {

using proof::Entry;
using proof::EntryState;
using proof::LeafIndex;
using proof::LeafType;
using proof::SealedEntry;

std::vector<std::string> all_paths(LeafType type) {
  std::vector<std::string> out;
  for (const proof::SlotSpec& spec : proof::slots_of(type)) out.emplace_back(spec.path);
  return out;
}

TEST(Attack, TwoValuesCommittedForOneSlotCannotBothBeOpened) {
  const SmallCase small = make_small_case();
  const SealedEntry& event =
      *std::ranges::find(small.log, LeafType::event, [](const SealedEntry& sealed) { return sealed.leaf.type; });
  const auto specs = proof::slots_of(LeafType::event);
  std::size_t opened = 0;
  for (std::uint32_t slot = 0; slot < specs.size(); ++slot) {
    for (std::uint32_t other = 0; other < specs.size(); ++other) {
      // The operator may have committed to the other path's value in this slot: its path gives it away.
      const std::string* value = event.find(specs[other].path);
      const proof::SlotValue held =
          value == nullptr ? proof::SlotValue{} : proof::SlotValue{std::string(specs[other].kind), *value};
      proof::Opening opening = proof::open_slot(event.key, event.index, other, specs, held);
      opening.slot = slot;
      if (proof::check_opening(opening, event.leaf, small.origin, specs)) ++opened;
    }
  }
  EXPECT_EQ(opened, specs.size()) << "each slot opens to one path and one value";
}

TEST(Attack, AYearAloneOverlapsEveryDayInIt) {
  SmallCase small = make_small_case();
  Entry twin;
  const auto event = std::ranges::find_if(small.log, [](const SealedEntry& sealed) {
    return sealed.leaf.type == LeafType::event && *sealed.find("extent") == "moment";
  });
  twin.type = LeafType::event;
  twin.values = event->values;
  twin.lists = event->lists;
  for (const auto* finer : {"time/month", "time/day", "place/province", "place/town"}) twin.values.erase(finer);
  small.seal(twin);
  MemoryDisk disk;
  const auto written = small.write(disk, "edition");
  ASSERT_FALSE(written.has_value());
  EXPECT_NE(written.error().message.find("overlap and no distinct leaf cites them"), std::string::npos);
}

TEST(Attack, OneTownInTwoProvincesIsNoWayToCountTwice) {
  SmallCase small;
  const std::size_t capture = small.add_capture({"A march in Alder.", "A march in Alder, another province."});
  small.add_event(capture, 0);
  small.add_event(capture, 1, {.place = {"ZZ", "ZZ-02", "ZZ-01-a"}});
  small.plan();
  MemoryDisk disk;
  const auto written = small.write(disk, "edition");
  ASSERT_FALSE(written.has_value());
  EXPECT_NE(written.error().message.find("differ in place/province"), std::string::npos) << written.error().message;
}

TEST(Attack, APartThatEvidenceRestsOnCannotBeCalledIrrelevant) {
  Forged edition;
  SmallCase& small = edition.small;
  small.log.pop_back();
  Entry entry;
  entry.type = LeafType::dispose;
  entry.refs = {{"capture", {static_cast<LeafIndex>(*small.captures[0].capture.leaf)}}};
  std::vector<std::string> records;
  for (const Part& part : small.captures[0].parts) {
    records.push_back(proof::to_json(proof::StatusRecord{part.number, "irrelevant", std::nullopt}));
  }
  entry.set_list("statuses", std::move(records), small.random);
  small.seal(entry);
  edition.disk = MemoryDisk();
  ASSERT_TRUE(small.write(edition.disk, edition.directory).has_value());
  edition.read_manifest();
  EXPECT_TRUE(names(edition.verify(), Check::disposition, "which is not called linked"));
}

TEST(Attack, ACaptureLeftOutByUnderstatingItsPartsIsNamed) {
  Forged edition;
  SmallCase& small = edition.small;
  small.log.pop_back();
  Entry entry;
  entry.type = LeafType::dispose;
  entry.refs = {{"capture", {static_cast<LeafIndex>(*small.captures[0].capture.leaf)}}};
  entry.set_list("statuses", {proof::to_json(proof::StatusRecord{0, "linked", std::nullopt})}, small.random);
  small.seal(entry);
  edition.disk = MemoryDisk();
  ASSERT_TRUE(small.write(edition.disk, edition.directory).has_value());
  edition.read_manifest();
  EXPECT_TRUE(names(edition.verify(), Check::disposition, "has 7 parts, 1 have a status"));
}

/// The head of a case's log as a reader remembers it.
verify::Pin::Head head_of(const SmallCase& small) {
  proof::CompactRange range;
  for (const auto& sealed : small.log) range.append(proof::leaf_hash(*proof::leaf_bytes(sealed.leaf)));
  return {range.size(), range.root()};
}

TEST(Attack, AnOldBackupContinuedForgetsWhatAReaderRemembers) {
  SmallCase first = make_small_case();
  SmallCase restored = make_small_case();  // the same, from before what follows
  first.decide(Verb::distinct, {2, 3}, "", "", "two squares");
  auto pin = first.pin();
  pin.heads = {head_of(first)};
  for (int i = 0; i < 3; ++i) restored.decide(Verb::verify, {0}, "", "seen again", "seen");
  ASSERT_GT(restored.log.size(), first.log.size());
  MemoryDisk disk;
  ASSERT_TRUE(restored.write(disk, "continued").has_value());
  const auto verdict = verify::verify_edition(disk, "continued", {.pin = pin, .threads = 1});
  ASSERT_TRUE(verdict.has_value());
  EXPECT_TRUE(names(*verdict, Check::head, ""));
}

TEST(Attack, AForkShownToOneReaderIsFoundByAnothersHead) {
  SmallCase one = make_small_case();
  SmallCase other = make_small_case();
  one.decide(Verb::distinct, {2, 3}, "", "", "for the first reader");
  other.decide(Verb::distinct, {2, 3}, "", "", "for the second reader");
  MemoryDisk disk;
  auto pin = one.pin();
  pin.heads = {head_of(one)};
  ASSERT_TRUE(other.write(disk, "edition").has_value());
  const auto alone = verify::verify_edition(disk, "edition", {.pin = one.pin(), .threads = 1});
  ASSERT_TRUE(alone.has_value());
  EXPECT_EQ(alone->outcome, verify::Outcome::unwitnessed) << "each fork is whole in itself";
  const auto compared = verify::verify_edition(disk, "edition", {.pin = pin, .threads = 1});
  ASSERT_TRUE(compared.has_value());
  EXPECT_TRUE(names(*compared, Check::head, ""));
}

TEST(Attack, AnAmendedEntryCannotBeShownByItsOldLeaf) {
  Forged edition;
  SmallCase& small = edition.small;
  small.log.pop_back();
  small.events[0].act = "strike";
  ASSERT_EQ(small.plan().amended, 1U);
  edition.disk = MemoryDisk();
  ASSERT_TRUE(small.write(edition.disk, edition.directory).has_value());
  edition.read_manifest();
  proof::Register entries;
  for (const auto& sealed : small.log) ASSERT_TRUE(entries.apply(sealed.leaf).has_value());
  const auto amended =
      std::ranges::find_if(entries.entries(), [](const auto& entry) { return entry.current != entry.index; });
  ASSERT_NE(amended, entries.entries().end());
  const SealedEntry& old = small.log[amended->index];
  const auto opened = proof::open_entry(LeafType::event, amended->index, old, small.policy.event_slots);
  edition.drop_line("records.jsonl", format("\"entry\":{},", amended->index));
  std::string& records = edition.file("records.jsonl");
  std::size_t at = 0;
  while (at < records.size()) {  // back to its place
    const std::size_t key = records.find("\"entry\":", at);
    if (std::stoull(records.substr(key + 8)) > amended->index) break;
    at = records.find('\n', at) + 1;
  }
  records.insert(at, proof::record_line(opened, old) + "\n");
  EXPECT_TRUE(names(edition.verify(), Check::record, "is restated by leaf"));
}

TEST(Attack, AnActOnADeadEntryIsRefused) {
  for (const LeafType act : {LeafType::withdraw, LeafType::amend, LeafType::withhold, LeafType::split}) {
    Forged edition;
    auto leaves = edition.leaves();
    for (const LeafType type : {LeafType::withdraw, act}) {
      proof::Leaf leaf;
      leaf.type = type;
      leaf.id = proof::EntryId::from_bytes(edition.small.random.bytes(16));
      leaf.day = edition.small.day;
      leaf.refs = {{"entry", {edition.first_event()}}};
      leaf.slots.resize(proof::slots_of(type).size());
      leaves.push_back(std::move(leaf));
    }
    edition.replace_log(leaves);
    EXPECT_TRUE(names(edition.verify(), Check::register_, "which is withdrawn")) << name_of(act);
  }
}

TEST(Attack, ASplitWhoseChildrenAreNotAllThereIsRefused) {
  Forged edition;
  edition.append_leaf(LeafType::split, {{"entry", {edition.first_event()}}});
  EXPECT_TRUE(names(edition.verify(), Check::register_, "was split, but 0 entries cite it"));
}

TEST(Attack, ASecondFirstEditionIsRefused) {
  Forged edition;
  auto leaves = edition.leaves();
  for (int i = 0; i < 2; ++i) {
    proof::Leaf leaf;
    leaf.type = LeafType::edition;
    leaf.id = proof::EntryId::from_bytes(edition.small.random.bytes(16));
    leaf.day = edition.small.day;
    leaf.bind = sha256("an edition");
    leaf.slots.resize(proof::slots_of(LeafType::edition).size());
    leaves.push_back(std::move(leaf));
  }
  edition.replace_log(leaves);
  EXPECT_TRUE(names(edition.verify(), Check::register_, "does not follow the latest edition"));
}

TEST(Attack, WithheldEntriesAreCountedInTheUpperEnd) {
  Forged edition;
  SmallCase& small = edition.small;
  small.log.pop_back();
  small.decide(Verb::withhold, {0});
  ASSERT_EQ(small.plan().withheld, 1U);
  edition.disk = MemoryDisk();
  ASSERT_TRUE(small.write(edition.disk, edition.directory).has_value());
  edition.read_manifest();
  edition.replace("totals.json", R"("low":4,"high":5,"members":4,"asserted":1)",
                  R"("low":4,"high":4,"members":4,"asserted":0)");
  EXPECT_TRUE(names(edition.verify(), Check::total, "totals.json"));
}

TEST(Attack, ATruncatedListOfEvidenceIsCountedAndItsHeadCannotBeShortened) {
  Forged edition;
  const auto closed = [](const Verdict& verdict) {
    const auto found =
        std::ranges::find(verdict.withheld, "claims, with their passages and evidence", &verify::Tally::what);
    return found == verdict.withheld.end() ? std::uint64_t{0} : found->count;
  };
  EXPECT_EQ(closed(edition.verify()), 0U);
  for (int i = 0; i < 3; ++i) edition.drop_line("claims.jsonl", "\"index\":1,");
  const Verdict verdict = edition.verify();
  EXPECT_EQ(closed(verdict), 1U) << to_text(verdict);
  const std::size_t head = edition.file("records.jsonl").find("\"evidence\",\"2 ");
  ASSERT_NE(head, std::string::npos);
  edition.file("records.jsonl")[head + 12] = '1';
  EXPECT_TRUE(names(edition.verify(), Check::opening, "does not give the commitment"));
}

/// An event that rests on the same bytes taken in twice, which linking has held for two lineages.
SmallCase copied() {
  SmallCase small;
  const std::string words = "A march in Alder on 4 May, said the union.";
  const std::size_t first = small.add_capture({words});
  const std::size_t second = small.add_capture({words}, "@rooftops");
  small.support(small.add_event(first, 0), second, 0);
  small.plan();
  return small;
}

TEST(Attack, CopiesOfTheSameBytesAreOneLineage) {
  const SmallCase small = copied();
  const auto event = std::ranges::find(small.log, LeafType::event, [](const auto& sealed) { return sealed.leaf.type; });
  EXPECT_EQ(*event->find("lineages"), "1");
  EXPECT_EQ(*event->find("status"), "single");
}

TEST(Attack, LineagesInflatedByCopiesAreNamed) {
  Forged edition;
  edition.small = copied();
  SmallCase& small = edition.small;
  const auto event = std::ranges::find(small.log, LeafType::event, [](const auto& sealed) { return sealed.leaf.type; });
  Entry inflated;
  inflated.type = LeafType::amend;
  inflated.refs = {{"entry", {event->index}}};
  inflated.values = event->values;
  inflated.lists = event->lists;
  std::vector<std::string> evidence;
  for (const auto& record : event->list("evidence")) {
    auto read = proof::evidence_record_from(record.bytes).value();
    read.lineage = static_cast<std::uint32_t>(evidence.size());
    evidence.push_back(proof::to_json(read));
  }
  inflated.set_list("evidence", std::move(evidence), small.random);
  inflated.set("lineages", std::string("2"));
  small.seal(inflated);
  edition.disk = MemoryDisk();
  const auto written = small.write(edition.disk, edition.directory);
  ASSERT_TRUE(written.has_value()) << written.error().sentence();
  edition.read_manifest();
  EXPECT_TRUE(names(edition.verify(), Check::evidence, "counted as two independent lineages"));
}

TEST(Attack, EqualValuesNeverGiveEqualSlots) {
  const SmallCase small = make_small_case();
  std::set<Digest> seen;
  std::size_t slots = 0;
  for (const SealedEntry& sealed : small.log) {
    slots += sealed.leaf.slots.size();
    seen.insert(sealed.leaf.slots.begin(), sealed.leaf.slots.end());
  }
  EXPECT_GT(slots, 300U);
  EXPECT_EQ(seen.size(), slots);
}

TEST(Attack, DisclosureChangedWithoutAPolicyChangeIsNamed) {
  Forged edition;
  SmallCase& small = edition.small;
  small.log.pop_back();
  std::erase(small.policy.event_slots, "side");
  edition.disk = MemoryDisk();
  ASSERT_TRUE(small.write(edition.disk, edition.directory).has_value());
  edition.read_manifest();
  ASSERT_EQ(edition.verify().failure_count, 0U);
  const SealedEntry& event = small.log[edition.first_event()];
  const auto wide = proof::open_entry(LeafType::event, event.index, event, all_paths(LeafType::event));
  std::string& records = edition.file("records.jsonl");
  const std::size_t at = records.find(R"({"type":"event")");
  records.replace(at, records.find('\n', at) - at, proof::record_line(wide, event));
  const Verdict verdict = edition.verify();
  EXPECT_TRUE(names(verdict, Check::policy, "opens side, which the policy withholds")) << to_text(verdict);
  EXPECT_TRUE(names(verdict, Check::policy, "opens actor, which the policy withholds"));
}

/// Every 64 hexadecimal digits that stand anywhere in the edition, as bytes: keys, salts, hashes.
std::vector<Digest> published_digests(const MemoryDisk& disk) {
  std::set<Digest> out;
  for (const auto& [path, bytes] : const_cast<MemoryDisk&>(disk).files()) {
    std::size_t run = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      const bool is_hex = (bytes[i] >= '0' && bytes[i] <= '9') || (bytes[i] >= 'a' && bytes[i] <= 'f');
      run = is_hex ? run + 1 : 0;
      if (run < 64) continue;
      if (const auto digest = Digest::from_hex(std::string_view(bytes).substr(i - 63, 64))) out.insert(*digest);
    }
  }
  return {out.begin(), out.end()};
}

/// True when one of `keys`, as a slot key or as an entry key, opens the slot to the guess.
bool confirms(const std::vector<Digest>& keys, const proof::Leaf& leaf, std::uint32_t slot, const SmallCase& small,
              const proof::SlotValue& guess) {
  const std::string path(proof::slots_of(leaf.type)[slot].path);
  return std::ranges::any_of(keys, [&](const Digest& key) {
    proof::EntryKey entry_key;
    std::ranges::copy(key.bytes, entry_key.bytes.begin());
    for (const Digest& slot_key : {key, proof::slot_key(entry_key, path)}) {
      if (proof::commit(slot_key, small.origin, leaf.id, path, guess) == leaf.slots[slot]) return true;
    }
    return false;
  });
}

TEST(Attack, NobodyConfirmsAGuessAboutAWithheldSlotWithTwoPossibleValues) {
  SmallCase small = make_small_case();
  std::erase(small.policy.event_slots, "side");
  small.plan();
  MemoryDisk disk;
  ASSERT_TRUE(small.write(disk, "edition").has_value());
  std::vector<Digest> keys = published_digests(disk);
  EXPECT_GT(keys.size(), 400U);
  const std::uint32_t side = proof::slot_at(LeafType::event, "side").value();
  std::size_t guessed = 0;
  for (const SealedEntry& sealed : small.log) {
    if (sealed.leaf.type != LeafType::event) continue;
    for (const auto& guess :
         {proof::SlotValue{"code", "protest"}, proof::SlotValue{"code", "state"}, proof::SlotValue{}}) {
      EXPECT_FALSE(confirms(keys, sealed.leaf, side, small, guess)) << "leaf " << sealed.index;
      ++guessed;
    }
    // The same search does find the value for one who has the key.
    keys.push_back(proof::slot_key(sealed.key, "side"));
    EXPECT_TRUE(confirms(keys, sealed.leaf, side, small, {"code", "protest"}));
    keys.pop_back();
  }
  EXPECT_GE(guessed, 15U);
}

/// Every 32 bytes that the operator still has: keys, salts, hashes, and digests in values and records.
std::vector<Digest> known_to_operator(const SmallCase& small) {
  std::set<Digest> out;
  const auto take_hex = [&](std::string_view text) {
    for (std::size_t i = 0; i + 64 <= text.size(); ++i) {
      if (const auto digest = Digest::from_hex(text.substr(i, 64))) out.insert(*digest);
    }
  };
  for (const SealedEntry& sealed : small.log) {
    out.insert(Digest::from_bytes(sealed.key.view()));
    for (const auto& [path, key] : sealed.slot_keys) out.insert(key);
    for (const auto& [path, value] : sealed.values) take_hex(value.value);
    for (const auto& [path, records] : sealed.lists) {
      for (const proof::ListRecord& record : records) {
        out.insert(proof::record_hash(record));
        out.insert(Digest::from_bytes({reinterpret_cast<const char*>(record.salt.data()), record.salt.size()}));
        take_hex(record.bytes);
      }
    }
  }
  return {out.begin(), out.end()};
}

TEST(Attack, WhoHasAllThatStaysConfirmsNoGuessAboutADestroyedPart) {
  constexpr PartNumber kGone = 2;
  SmallCase small = make_small_case();
  const publish::CaptureParts before = small.captures[1];
  const std::string gone = small.part_bytes(before.parts[kGone]).value();
  const auto leaf = static_cast<LeafIndex>(*before.capture.leaf);
  const SealedEntry whole = small.log[leaf];
  small.destroy(1, kGone);
  const SealedEntry& reduced = small.log[leaf];
  const Digest destroyed = reduced.list("parts")[kGone].destroyed.value();
  std::vector<Digest> known = known_to_operator(small);
  EXPECT_GT(known.size(), 100U);
  const std::string true_record = proof::to_json(proof::PartRecord{kGone, sha256(gone), gone.size()});
  for (const Digest& salt : known) {
    EXPECT_NE(proof::record_hash({true_record, salt.bytes, {}}), destroyed);
  }
  EXPECT_EQ(proof::record_hash({true_record, whole.list("parts")[kGone].salt, {}}), destroyed) << "the salt would";
  for (const std::string path : {"sha256", "size", "same-bytes", "chains"}) {
    const std::uint32_t slot = proof::slot_at(LeafType::capture, path).value();
    const proof::SlotValue value = whole.values.at(path);
    EXPECT_FALSE(confirms(known, reduced.leaf, slot, small, value)) << path;
    known.push_back(proof::slot_key(whole.key, path));
    EXPECT_TRUE(confirms(known, reduced.leaf, slot, small, value)) << path << ": the key would";
    known.pop_back();
  }
  // Nor does a length: whatever went, what stays is the same.
  EXPECT_EQ(small.captures[1].capture.size_bytes, before.capture.size_bytes - gone.size());
  for (const Part& part : small.captures[1].parts) {
    EXPECT_LE(part.chain.front().range.end, small.captures[1].capture.size_bytes);
  }
}

}  // namespace
}  // namespace gavah::tests
