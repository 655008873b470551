#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "base/format.h"
#include "base/json.h"
#include "edits.h"
#include "proof/slot_table.h"
#include "small_case.h"
#include "vectors.h"

// spec/vectors: good editions, and how to spoil them. With GAVAH_WRITE_VECTORS set the good ones are written anew.
namespace gavah::tests {
namespace {

using Files = std::map<std::string, std::string>;

Files good_edition(const std::string& name) {
  RealDisk disk;
  Files out;
  read_tree(disk, join_path(kVectors, name), "", out);
  return out;
}

/// `previous` is the name of a good edition, or empty.
verify::Verdict judge(const Files& files, const std::string& previous, const std::string& pin_text) {
  MemoryDisk disk;
  const auto put = [&](const std::string& directory, const Files& each) {
    disk.make_directories(directory).value();
    for (const auto& [path, bytes] : each) disk.files()[join_path(directory, path)] = bytes;
  };
  put("edition", files);
  verify::VerifyOptions options{.pin = verify::Pin::parse(pin_text).value(), .threads = 1};
  if (!previous.empty()) {
    put("previous", good_edition(previous));
    options.previous = "previous";
  }
  auto verdict = verify::verify_edition(disk, "edition", options);
  EXPECT_TRUE(verdict.has_value());
  return std::move(verdict).value();
}

/// Stamps all files anew and signs with the vector's release key, as an operator would.
void sign_again(Files& files) {
  const auto signer = proof::Signer::parse(committed("release.skey"));
  auto manifest = proof::Manifest::parse(proof::parse_note(files["edition.json"])->text).value();
  std::string listed;
  manifest.files.clear();
  for (const auto& [path, bytes] : files) {
    if (path.find('/') != std::string::npos)
      listed += proof::to_json(proof::FileStamp{path, bytes.size(), sha256(bytes)}) + "\n";
  }
  files["files.jsonl"] = listed;
  for (const auto& [path, bytes] : files) {
    if (path.find('/') == std::string::npos && path != "edition.json" && path != "cosigned") {
      manifest.files.push_back({path, bytes.size(), sha256(bytes)});
    }
  }
  files["edition.json"] = proof::sign_note(manifest.text(), signer.value()).value();
}

/// What happens to the small case between its first edition and its second: an entry of every fate.
void go_on(SmallCase& small) {
  Event& shots = small.events[1];
  Event apart = shots;
  apart.id = EventId::from_bytes(small.random.bytes(16));
  apart.claims = {shots.claims.back()};
  apart.counts.clear();
  shots.claims.pop_back();
  small.events[2].claims.push_back(small.events[3].claims.front());
  small.events[3] = apart;
  small.decide(Verb::withhold, {5});
  small.decide(Verb::withhold, {0}, "place");
  const std::size_t later =
      small.add_capture({"On 20 May four people died in Alder.", "A strike was held in Dale in June.",
                         "Some say five people died in Alder that day.", "In Elm a crowd was fired at."});
  const std::size_t deaths =
      small.add_event(later, 0, {.act = "killing", .day = "2031-05-20", .killed_low = 4, .killed_high = 4});
  small.support(deaths, later, 2);
  small.add_victim(deaths, "Another Invented Person");
  small.add_event(later, 1, {.act = "strike", .day = "", .place = {"ZZ", "ZZ-02"}});
  const std::size_t mistaken =
      small.add_event(later, 3, {.act = "killing", .day = "2031-05-21", .place = {"ZZ", "ZZ-03"}});
  small.plan();
  small.decide(Verb::withdraw, {mistaken}, "", "", "an error of ours");
  const std::size_t lost = small.add_capture({"What a source asked us to destroy."});
  proof::Entry redact;
  redact.type = proof::LeafType::redact;
  redact.refs = {{"target", {static_cast<proof::LeafIndex>(*small.captures[lost].capture.leaf)}}};
  redact.set("made-by", std::string("person"));
  redact.set("reason", std::string("asked for"));
  small.seal(redact);
  small.captures.pop_back();
  small.destroy(1, 2);
  proof::Entry heartbeat;
  heartbeat.type = proof::LeafType::heartbeat;
  small.seal(heartbeat);
  small.rules[3].where = {{"side", {"protest", "state"}}};
  small.rules.push_back({"protests-in-may",
                         proof::Umbrellas::excluded,
                         {{"act/name", {"protest", "strike"}}},
                         proof::Window{Day::from_civil(2031, 5, 1), Day::from_civil(2031, 6, 1)},
                         {"place/province", "time/month"},
                         {}});
  small.rules.push_back({"victims-killed-in-may",
                         proof::Umbrellas::excluded,
                         {{"act/name", {"killing"}}, {"place/country", {"ZZ"}}},
                         proof::Window{Day::from_civil(2031, 5, 1), Day::from_civil(2031, 6, 1)},
                         {"place/province", "time/month"},
                         {}});
  small.rules.back().unit = proof::Unit::victims;
  std::erase(small.policy.event_slots, "time/day");
  std::erase(small.policy.event_slots, "time/interval");
  std::erase(small.policy.event_slots, "count/killed/interval");
  small.policy.name = "coarse";
  small.day = Day::from_civil(2031, 7, 1);
  small.plan();
}

TEST(Vectors, TheGoodEditionsAreWhatPublishWritesToday) {
  SmallCase small = make_small_case();
  MemoryDisk made;
  ASSERT_TRUE(small.write(made, "good").has_value());
  go_on(small);
  const auto next = small.write(made, "next", "good");
  ASSERT_TRUE(next.has_value()) << next.error().sentence();
  const auto continued = make_continued_case().write(made, "continued");
  ASSERT_TRUE(continued.has_value()) << continued.error().sentence();
  if (std::getenv("GAVAH_WRITE_VECTORS") != nullptr) {
    RealDisk disk;
    for (const std::string name : {"good", "next", "continued"}) {
      if (disk.exists(join_path(kVectors, name))) disk.remove_tree(join_path(kVectors, name)).value();
    }
    for (const auto& [path, bytes] : made.files()) {
      const std::string target = join_path(kVectors, path);
      disk.make_directories(std::string(parent_path(target))).value();
      disk.write_new(target, bytes).value();
    }
    disk.replace(join_path(kVectors, "pin.txt"), small.pin().text()).value();
    disk.replace(join_path(kVectors, "release.skey"), small.release_signer.text()).value();
    disk.replace(join_path(kVectors, "log.skey"), small.log_signer.text()).value();
  }
  Files all;
  for (const std::string name : {"good", "next", "continued"}) {
    for (auto& [path, bytes] : good_edition(name)) all[join_path(name, path)] = bytes;
  }
  ASSERT_EQ(all.size(), made.files().size());
  for (const auto& [path, bytes] : all) EXPECT_TRUE(bytes == made.files()[path]) << path;
}

TEST(Vectors, TheGoodEditionsHold) {
  const std::string pin = committed("pin.txt");
  for (const auto& [name, previous] :
       {std::pair("good", ""), std::pair("next", ""), std::pair("next", "good"), std::pair("continued", "")}) {
    const auto verdict = judge(good_edition(name), previous, pin);
    EXPECT_EQ(verdict.outcome, verify::Outcome::unwitnessed) << name << "\n" << to_text(verdict);
  }
}

TEST(Vectors, AContinuedLogSaysWhatItContinuesAndWhatIsLost) {
  const auto verdict = judge(good_edition("continued"), "", committed("pin.txt"));
  EXPECT_NE(to_text(verdict).find("continues case.example/before: 3 of its leaves stand here, and 2 of the 5"),
            std::string::npos)
      << to_text(verdict);
}

struct ContinuationVector {
  std::string name;
  std::string file;
  bool holds = false;
};

/// One that holds, and one for each line of spec/trust.md that it may break.
std::vector<ContinuationVector> make_continuations() {
  const SmallCase small;
  const proof::Continuation good = make_continuation(small.origin, small.log_signer);
  const std::string file = continuation_file(good, small.log_signer);
  std::vector<ContinuationVector> out{{"as it should be", file, true}};
  const auto spoil = [&](const std::string& name, std::string_view find, const std::string& put) {
    std::string spoiled = file;
    spoiled.replace(spoiled.find(find), find.size(), put);
    out.push_back({name, std::move(spoiled), false});
  };
  spoil("another number of leaves than was signed", "taken 3", "taken 4");
  spoil("another head than was signed", "head 5", "head 6");
  spoil("another head's note", "case.example/before\n5\n", "case.example/before\n6\n");
  spoil("a word too many", "taken 3", "taken 3 4");
  spoil("an empty line too few", "\n\n", "\n");
  // What an operator with both keys could sign.
  const auto sign = [&](const std::string& name, std::string_view find, const std::string& put) {
    std::string text = good.text();
    text.replace(text.find(find), find.size(), put);
    proof::Note note = proof::parse_note(proof::sign_note(text, small.log_signer).value()).value();
    SeededRandom random(70);
    const auto old = proof::Signer::generate("case.example/before", random).value();
    note.signatures.push_back({old.name, old.verifier().id(), old.key.sign(note.text)});
    out.push_back({name, proof::note_bytes(note) + "\n" + good.head_note, text == good.text()});
  };
  sign("signed once more", "taken 3", "taken 3");
  sign("nothing taken over", "taken 3", "taken 0");
  sign("a number with a zero before it", "taken 3", "taken 03");
  sign("a head that its note does not have", "head 5", "head 4");
  sign("a key of another name", "origin case.example/small", "origin case.example/large");
  sign("no key that signed the head", "old " + good.old_keys.back().text() + "\n", "");
  sign("a key of this log among the old ones", good.old_keys.back().text(), good.key.text());
  sign("a line too many", "taken 3\n", "taken 3\nmore 1\n");
  out.push_back({"the old log has not signed",
                 proof::sign_note(good.text(), small.log_signer).value() + "\n" + good.head_note, false});
  out.push_back({"no old head", file.substr(0, file.size() - good.head_note.size()), false});
  return out;
}

TEST(Vectors, ContinuationsHoldOrDoNotAsTheirLinesSay) {
  const auto made = make_continuations();
  std::string lines;
  for (const ContinuationVector& vector : made) {
    JsonWriter line;
    line.begin_object().member("name", vector.name).key("holds").truth(vector.holds);
    lines += line.member("file", vector.file).end_object().take() + "\n";
    const auto opened = proof::Continuation::open(vector.file);
    EXPECT_EQ(opened.has_value(), vector.holds)
        << vector.name << ": " << (opened ? std::string("holds") : opened.error().sentence());
  }
  RealDisk disk;
  if (std::getenv("GAVAH_WRITE_VECTORS") != nullptr)
    disk.replace(join_path(kVectors, "continues.jsonl"), lines).value();
  EXPECT_EQ(committed("continues.jsonl"), lines);
}

/// A line of bad.jsonl, as spec/vectors/README.md has it.
TEST(Vectors, EachBadEditionFailsByItsName) {
  const std::string lines = committed("bad.jsonl");
  const std::string pin = committed("pin.txt");
  std::size_t count = 0;
  for (std::size_t begin = 0; begin < lines.size();) {
    const std::size_t end = lines.find('\n', begin);
    const Json vector = Json::parse(std::string_view(lines).substr(begin, end - begin)).value();
    begin = end + 1;
    ++count;
    const std::string name(vector.text_of("name"));
    Files files = good_edition(std::string(vector.text_of("base")));
    const auto applied = apply_edits(vector, files);
    ASSERT_TRUE(applied.has_value()) << name << ": " << applied.error().sentence();
    if (vector.find("signed")->boolean().value()) sign_again(files);
    const std::string other_pin(vector.text_of("pin"));
    const auto verdict = judge(files, std::string(vector.text_of("previous")), other_pin.empty() ? pin : other_pin);
    EXPECT_EQ(verdict.outcome, verify::Outcome::failed) << name;
    const bool named = std::ranges::any_of(verdict.failures, [&](const verify::Failure& failure) {
      return name_of(failure.check) == vector.text_of("fails");
    });
    EXPECT_TRUE(named) << name << "\n" << to_text(verdict);
  }
  EXPECT_GE(count, 16U);
}

/// Every `Suite.Test` that tests/tamper/README.md names is somewhere.
TEST(Attacks, EveryTestOfTheTableExists) {
  RealDisk disk;
  const std::string root = GAVAH_SOURCE_DIR;
  std::string sources;
  for (const std::string folder : {"/tests/tamper", "/src/proof", "/src/base"}) {
    const auto files = disk.list(root + folder).value();
    for (const DirectoryEntry& file : files) {
      if (file.name.ends_with("_test.cc")) sources += disk.read(join_path(root + folder, file.name)).value();
    }
  }
  const std::string page = disk.read(root + "/tests/tamper/README.md").value();
  std::size_t named = 0;
  for (std::size_t at = page.find('`'); at != std::string::npos;) {
    const std::size_t end = page.find('`', at + 1);
    const std::string word = page.substr(at + 1, end - at - 1);
    at = page.find('`', end + 1);
    const std::size_t dot = word.find('.');
    if (dot == std::string::npos || word[0] < 'A' || word[0] > 'Z' || word.find_first_of(" /_") != std::string::npos) {
      continue;
    }
    ++named;
    EXPECT_NE(sources.find("TEST(" + word.substr(0, dot) + ", " + word.substr(dot + 1) + ")"), std::string::npos)
        << word;
  }
  EXPECT_GT(named, 70U);
}

TEST(Spec, SlotsPageHasEveryRowOfTheTables) {
  RealDisk disk;
  const std::string page = disk.read(GAVAH_SOURCE_DIR "/spec/slots.md").value();
  for (int type = 0; type <= static_cast<int>(proof::LeafType::edition); ++type) {
    std::string rows;
    const auto slots = proof::slots_of(static_cast<proof::LeafType>(type));
    for (std::size_t i = 0; i < slots.size(); ++i)
      rows += format("| {} | {} | {} |\n", i, slots[i].path, slots[i].kind);
    EXPECT_NE(page.find(rows), std::string::npos) << name_of(static_cast<proof::LeafType>(type));
  }
}

}  // namespace
}  // namespace gavah::tests
