#include <gtest/gtest.h>

#include <algorithm>

#include "base/format.h"
#include "forged.h"

// The operator as attacker: everything is signed with the true keys, every file's hash is right.
namespace gavah::tests {
namespace {

using proof::Entry;
using proof::LeafIndex;
using proof::LeafType;
using verify::Check;
using verify::Verdict;

TEST(Operator, SigningAgainWithoutAChangeHolds) {
  Forged edition;
  const Verdict verdict = edition.verify();
  EXPECT_EQ(verdict.outcome, verify::Outcome::unwitnessed) << to_text(verdict);
}

TEST(Operator, AnAlteredTotalIsNotWhatItsMembersGive) {
  Forged edition;
  edition.replace("totals.json", R"("low":4,)", R"("low":5,)");
  const Verdict verdict = edition.verify();
  EXPECT_TRUE(names(verdict, Check::total, "totals.json")) << to_text(verdict);
  EXPECT_EQ(verdict.failure_count, 1U) << to_text(verdict);
}

TEST(Operator, AnInventedMemberHasNoLeaf) {
  Forged edition;
  std::string& records = edition.file("records.jsonl");
  const std::string first = records.substr(0, records.find('\n') + 1);
  std::string invented = first;
  const std::string leaf = format("{}", edition.small.log.size() + 5);
  const std::size_t at = invented.find("\"entry\":");
  invented.replace(at, invented.find(",\"slots\"") - at, format("\"entry\":{},\"leaf\":{}", leaf, leaf));
  records += invented;
  EXPECT_TRUE(names(edition.verify(), Check::record, "no such leaf"));
}

TEST(Operator, AMemberMadeOfAnothersOpeningsDoesNotFitItsLeaf) {
  Forged edition;
  std::string& records = edition.file("records.jsonl");
  std::vector<std::string> events;
  for (std::size_t at = records.find(R"({"type":"event")"); at != std::string::npos;
       at = records.find(R"({"type":"event")", at + 1)) {
    events.push_back(records.substr(at, records.find('\n', at) - at));
  }
  ASSERT_GE(events.size(), 2U);
  const auto slots = [](const std::string& line) { return line.substr(line.find(",\"slots\"")); };
  std::string forged = events[0].substr(0, events[0].find(",\"slots\"")) + slots(events[1]);
  edition.replace("records.jsonl", events[0], forged);
  EXPECT_TRUE(names(edition.verify(), Check::opening, "does not give the commitment"));
}

TEST(Operator, TwoRecordsSwappedAreNamed) {
  Forged edition;
  std::string& records = edition.file("records.jsonl");
  const std::size_t first = records.find('\n') + 1;
  const std::size_t second = records.find('\n', first) + 1;
  records = records.substr(first, second - first) + records.substr(0, first) + records.substr(second);
  EXPECT_TRUE(names(edition.verify(), Check::record, "not ascending"));
}

TEST(Operator, ADroppedRecordIsMissed) {
  Forged edition;
  edition.drop_line("records.jsonl", R"({"type":"event")");
  const Verdict verdict = edition.verify();
  EXPECT_TRUE(names(verdict, Check::record, "has no record")) << to_text(verdict);
  EXPECT_TRUE(names(verdict, Check::total, "totals.json"));
  EXPECT_TRUE(names(verdict, Check::accounting, "records.jsonl"));
}

TEST(Operator, AnotherValueForASlotDoesNotOpenTheLeaf) {
  Forged edition;
  edition.replace("records.jsonl", R"("count/killed/interval","2..3")", R"("count/killed/interval","9..9")");
  EXPECT_TRUE(names(edition.verify(), Check::opening, "does not give the commitment"));
}

TEST(Operator, ASlotOpenedTwiceIsRefused) {
  Forged edition;
  std::string& records = edition.file("records.jsonl");
  const std::size_t begin = records.find("[1,\"act/name\"");
  const std::string opening = records.substr(begin, records.find(']', begin) - begin + 1);
  records.insert(begin, opening + ",");
  EXPECT_TRUE(names(edition.verify(), Check::record, "opened twice"));
}

TEST(Operator, ACaptureWithoutDispositionIsNamed) {
  Forged edition;
  edition.drop_line("dispositions.jsonl", R"({"type":"disposition")");
  EXPECT_TRUE(names(edition.verify(), Check::disposition, "no line says what became of this capture"));
}

TEST(Operator, APartLeftOutOfItsDispositionIsNamed) {
  Forged edition;
  std::string& lines = edition.file("dispositions.jsonl");
  const std::size_t at = lines.find(R"([{"part":0)");
  lines.erase(at, lines.find("],", at) - at + 2);
  EXPECT_TRUE(names(edition.verify(), Check::disposition, "not those of the leaf"));
}

TEST(Operator, ARuleChangedInSilenceIsNotTheOneInTheLog) {
  Forged edition;
  proof::Rule rule = *proof::Rule::parse(edition.file("rules/events.json"));
  rule.where = {{"act/name", {"protest"}}};
  edition.file("rules/events.json") = rule.canonical();
  for (proof::RuleStamp& stamp : edition.manifest.rules) {
    if (stamp.name == "events") stamp.sha256 = rule.digest();
  }
  EXPECT_TRUE(names(edition.verify(), Check::rule, "does not bind this rule"));
}

TEST(Operator, ARuleLeftOutIsMissed) {
  Forged edition;
  edition.disk.files().erase("edition/rules/events.json");
  std::erase_if(edition.manifest.rules, [](const auto& stamp) { return stamp.name == "events"; });
  EXPECT_TRUE(names(edition.verify(), Check::rule, "in force"));
}

TEST(Operator, AccountingMustBeTheLogs) {
  Forged edition;
  ++edition.manifest.events.created;
  ++edition.manifest.events.withheld;
  EXPECT_TRUE(names(edition.verify(), Check::accounting, "other numbers"));
  ++edition.manifest.events.created;
  EXPECT_TRUE(names(edition.verify(), Check::accounting, "identity"));
}

TEST(Operator, APassageThatItsAnchorDoesNotCoverIsNamed) {
  Forged edition;
  edition.replace("claims.jsonl", "Two people were shot", "Ten people were shot");
  EXPECT_TRUE(names(edition.verify(), Check::evidence, "claims.jsonl"));
}

constexpr std::string_view kPack = "evidence/pack/0";

TEST(Operator, OtherBytesForAPartAreNamed) {
  Forged edition;
  edition.file(std::string(kPack))[0] = 'X';
  EXPECT_TRUE(names(edition.verify(), Check::evidence, "byte 0 is not where part 0 of the capture begins"));
}

TEST(Operator, PartsThatChangedPlacesInTheirPackAreNamed) {
  Forged edition;
  std::string& pack = edition.file(std::string(kPack));
  std::ranges::rotate(pack, pack.begin() + 1);
  EXPECT_TRUE(names(edition.verify(), Check::evidence, "is not where part"));
}

TEST(Operator, BytesAfterTheLastPartOfAPackAreNamed) {
  Forged edition;
  edition.file(std::string(kPack)) += "planted";
  EXPECT_TRUE(names(edition.verify(), Check::evidence, "is not what the parts' captures committed to"));
}

TEST(Operator, AMissingPackIsNamed) {
  Forged edition;
  edition.disk.files().erase("edition/" + std::string(kPack));
  EXPECT_TRUE(names(edition.verify(), Check::evidence, "is not what the parts' captures committed to"));
}

TEST(Operator, ASmallPartThatLiesAloneIsNamed) {
  Forged edition;
  const Part& part = edition.small.captures[0].parts[0];
  edition.file("evidence/" + part.digest.hex()) = edition.small.part_bytes(part).value();
  EXPECT_TRUE(names(edition.verify(), Check::evidence, "no part of a capture has these bytes"));
}

TEST(Operator, LinesOfPartsInAnotherOrderAreNamed) {
  Forged edition;
  std::string& lines = edition.file("parts.jsonl");
  const std::size_t second = lines.find('\n') + 1;
  std::ranges::rotate(lines, lines.begin() + static_cast<std::ptrdiff_t>(second));
  EXPECT_TRUE(names(edition.verify(), Check::evidence, "not ascending"));
}

TEST(Operator, BytesThatNoCaptureHasAreNamed) {
  Forged edition;
  edition.file("evidence/" + sha256("planted").hex()) = "planted";
  EXPECT_TRUE(names(edition.verify(), Check::evidence, "no part of a capture has these bytes"));
}

TEST(Operator, ADroppedLeafBreaksTheRoot) {
  Forged edition;
  edition.small.log.erase(edition.small.log.begin() + 3);
  std::vector<std::string> leaves;
  for (std::size_t i = 0; i < edition.manifest.size - 1; ++i) {
    leaves.push_back(*proof::leaf_bytes(edition.small.log[i].leaf));
  }
  const proof::BundleName before{0, static_cast<std::uint32_t>(edition.manifest.size)};
  edition.disk.files().erase("edition/log/" + proof::path_of(before));
  edition.file("log/" + proof::path_of(proof::BundleName{0, before.width - 1})) = proof::bundle_bytes(leaves);
  EXPECT_TRUE(names(edition.verify(), Check::log, "missing"));
}

TEST(Operator, AShorterLogSignedAgainForgetsAHeadThatTheReaderRemembers) {
  Forged edition;
  auto pin = edition.small.pin();
  proof::CompactRange range;
  for (const auto& sealed : edition.small.log) range.append(proof::leaf_hash(*proof::leaf_bytes(sealed.leaf)));
  pin.heads = {{range.size(), range.root()}};
  SmallCase shorter = make_small_case();
  MemoryDisk disk;
  ASSERT_TRUE(shorter.write(disk, "short").has_value());
  const auto verdict = verify::verify_edition(disk, "short", {.pin = pin, .threads = 1});
  ASSERT_TRUE(verdict.has_value());
  EXPECT_TRUE(names(*verdict, Check::head, "remembers this log"));
}

/// Appends a copy of the first plain event, as an operator would who wants it to count twice.
LeafIndex count_twice(SmallCase& small, std::string_view less_exact) {
  Entry copy;
  const auto event = std::ranges::find_if(small.log, [](const proof::SealedEntry& sealed) {
    return sealed.leaf.type == LeafType::event && *sealed.find("extent") == "moment";
  });
  copy.type = LeafType::event;
  copy.values = event->values;
  copy.lists = event->lists;
  copy.values.erase(std::string(less_exact));
  return small.seal(copy);
}

/// An edition that counts an event twice. write_edition refuses to write it, so its log explains the overlap by a cell
/// of entries, and the operator then leaves that explanation out of what is published.
Verdict verify_with_twin(std::string_view less_exact) {
  Forged edition;
  edition.small.log.pop_back();  // the first edition's leaf
  const LeafIndex twin = count_twice(edition.small, less_exact);
  MemoryDisk disk;
  const auto refused = edition.small.write(disk, "refused");
  EXPECT_FALSE(refused.has_value());
  Entry cell;
  cell.type = LeafType::distinct;
  cell.refs = {{"through", {twin}}};
  cell.set("made-by", std::string("program"));
  const LeafIndex explained = edition.small.seal(cell);
  edition.directory = "twin";
  edition.disk.files().clear();
  const auto written = edition.small.write(edition.disk, edition.directory);
  EXPECT_TRUE(written.has_value()) << (written ? "" : written.error().sentence());
  edition.read_manifest();
  EXPECT_EQ(edition.verify().outcome, verify::Outcome::unwitnessed);
  edition.drop_line("records.jsonl", format(R"({{"type":"distinct","entry":{})", explained));
  return edition.verify();
}

bool names_twice(const Verdict& verdict) {
  return verdict.failure_count == 1 && names(verdict, Check::duplicate, "may be one act twice");
}

TEST(Operator, AnEventCountedTwiceNeedsADistinctLeaf) { EXPECT_TRUE(names_twice(verify_with_twin(""))); }
TEST(Operator, ACoarseDayDoesNotHideADuplicate) { EXPECT_TRUE(names_twice(verify_with_twin("time/day"))); }
TEST(Operator, ACoarsePlaceDoesNotHideADuplicate) { EXPECT_TRUE(names_twice(verify_with_twin("place/town"))); }

/// Two editions: what changed between them must cite its cause.
struct Sequel : Forged {
  Sequel() {
    EventWords later;
    later.day = "2031-05-20";
    later.killed_low = 4;
    later.killed_high = 4;
    const std::size_t capture = small.add_capture({"On 20 May four people died in Alder."});
    small.add_event(capture, 0, later);
    small.plan();
    const auto written = small.write(disk, "second", "edition");
    EXPECT_TRUE(written.has_value()) << (written ? "" : written.error().sentence());
    disk_of_first = disk;
    directory = "second";
    std::erase_if(disk.files(), [](const auto& file) { return file.first.starts_with("edition/"); });
    read_manifest();
  }
  Verdict verify_both() {
    sign();
    for (const auto& [path, bytes] : disk_of_first.files()) {
      if (path.starts_with("edition/")) disk.files()[path] = bytes;
    }
    auto verdict = verify::verify_edition(disk, directory, {.pin = small.pin(), .previous = "edition", .threads = 1});
    EXPECT_TRUE(verdict.has_value());
    return verdict ? *std::move(verdict) : Verdict{};
  }
  MemoryDisk disk_of_first;
};

TEST(Operator, TheNextEditionHoldsWithAndWithoutTheFirst) {
  Sequel edition;
  EXPECT_NE(edition.file("changes.jsonl").find(R"("from":"out","to":"in  1..1","cause":"leaf")"), std::string::npos)
      << edition.file("changes.jsonl");
  const Verdict alone = edition.verify();
  EXPECT_EQ(alone.outcome, verify::Outcome::unwitnessed) << to_text(alone);
  const Verdict both = edition.verify_both();
  EXPECT_EQ(both.outcome, verify::Outcome::unwitnessed) << to_text(both);
}

TEST(Operator, AMemberGainedWithoutAWordIsNamed) {
  Sequel edition;
  edition.drop_line("changes.jsonl", R"("rule":"events",)");
  EXPECT_TRUE(names(edition.verify(), Check::change, "the changes make it"));
  EXPECT_TRUE(names(edition.verify_both(), Check::change, "is not stated"));
}

TEST(Operator, ACauseThatDidNotChangeItIsNamed) {
  Sequel edition;
  edition.replace("changes.jsonl", R"("cause":"leaf")", R"("cause":"rule")");
  EXPECT_TRUE(names(edition.verify(), Check::change, "the cause that it cites did not change it"));
}

TEST(Operator, AnotherPastThanTheLogsIsNamed) {
  Sequel edition;
  edition.manifest.previous->manifest = sha256("another edition");
  EXPECT_TRUE(names(edition.verify(), Check::change, "is not the one in the log"));
}

TEST(Operator, AnEditionThatDeniesTheOneBeforeItIsNamed) {
  Sequel edition;
  edition.manifest.previous.reset();
  edition.manifest.number = 1;
  edition.file("changes.jsonl").clear();
  EXPECT_TRUE(names(edition.verify(), Check::change, "that it does not name"));
}

TEST(Operator, VerifiedWithoutADecisionIsNamed) {
  Forged edition;
  edition.drop_line("records.jsonl", R"({"type":"decision")");
  EXPECT_TRUE(names(edition.verify(), Check::status, "is no decision that verifies it"));
}

}  // namespace
}  // namespace gavah::tests
