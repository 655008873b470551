#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "base/bytes.h"
#include "base/format.h"
#include "base/json.h"
#include "small_case.h"
#include "vectors.h"

// spec/vectors/trust: what a reader of spec/vectors/good may bring, and how to spoil it. With GAVAH_WRITE_VECTORS set
// they are written anew, from the same case as the good edition.
namespace gavah::tests {
namespace {

const std::string kTrust = kVectors + "/trust";
const Instant kNow = Instant::parse("2031-06-03T00:00:00Z").value();

using Files = std::map<std::string, std::string>;

proof::WitnessSigner witness(std::uint64_t seed) {
  SeededRandom random(1'000 + seed);
  return proof::WitnessSigner::generate(format("w{}.example", seed), random).value();
}

std::string head_of(const SmallCase& small,
                    std::initializer_list<std::pair<std::uint64_t, std::string_view>> signed_by) {
  proof::Note note = proof::parse_note(small.checkpoint()).value();
  for (const auto& [seed, time] : signed_by) {
    note.signatures.push_back(proof::cosign(note.text, witness(seed), Instant::parse(time).value()));
  }
  return proof::note_bytes(note);
}

proof::HashTree tree_of(const SmallCase& small) {
  proof::HashTree out;
  for (const auto& sealed : small.log) out.append(proof::leaf_hash(proof::leaf_bytes(sealed.leaf).value()));
  return out;
}

/// One of two here or the one there, and two of them at least in all: both groups have to have seen it.
std::string policy_lines() {
  std::string out = "# two houses\n";
  for (std::uint64_t i = 1; i <= 3; ++i)
    out += format("witness W{} {} https://w{}.example/\n", i, witness(i).verifier().text(), i);
  return out + "group here any W1 W2\ngroup there all W3\ngroup both 2 here there\nquorum both\n";
}

Files made() {
  Files out;
  SmallCase small = make_small_case();
  MemoryDisk disk;
  const std::uint64_t size = small.log.size();
  SmallCase fork = small;
  EXPECT_TRUE(small.write(disk, "good").has_value());
  out["pin.txt"] = small.pin().text() + policy_lines();
  const proof::HashTree tree = tree_of(small);
  const std::string later = head_of(small, {{1, "2031-06-02T08:00:00Z"}, {3, "2031-06-02T09:30:00Z"}});
  out["cosigned"] =
      proof::AddCheckpoint{size, proof::consistency_proof(size, tree.size(), tree.reader()).value(), later}.text();
  verify::RememberedHeads heads = verify::RememberedHeads::parse("").value();
  SmallCase early = small;
  early.log.resize(5);
  EXPECT_TRUE(heads.add(early.checkpoint()).has_value());
  EXPECT_TRUE(heads.add(later).has_value());
  out["heads.jsonl"] = heads.text();
  fork.log.resize(7);
  fork.log[2].leaf.day = fork.log[2].leaf.day.plus(1);
  proof::Proof way = proof::consistency_proof(7, tree.size(), tree.reader()).value();
  out["fork.txt"] = proof::make_fork(fork.checkpoint(), later, tree.root(7).value(), std::move(way),
                                     std::array{small.log_signer.verifier()})
                        ->text();
  return out;
}

/// How to spoil a file, and what must come of it: an outcome of the verdict, "error" (the pin is refused), or, for
/// fork.txt, "nothing proven".
struct Bad {
  std::string name, file, find, replace, outcome, check;
};

std::string line_of(const Files& files, const std::string& file, std::string_view word) {
  const std::string& text = files.at(file);
  const std::size_t at = text.find(word);
  const std::size_t begin = text.rfind('\n', at) + 1;
  return text.substr(begin, text.find('\n', at) - begin + 1);
}

/// The same line with another letter in its signature's middle.
std::string bent(std::string line) {
  const std::size_t at = line.size() - 40;
  line[at] = line[at] == 'A' ? 'B' : 'A';
  return line;
}

std::vector<Bad> bad_of(const Files& files) {
  const std::string w1 = line_of(files, "cosigned", "w1.example");
  const std::string w3 = line_of(files, "cosigned", "w3.example");
  const std::string own = line_of(files, "cosigned", "\xe2\x80\x94 case.example");
  const std::string old = line_of(files, "cosigned", "old ");
  const std::string log = line_of(files, "pin.txt", "log ");
  const std::string prefix = line_of(files, "fork.txt", "prefix ");
  const proof::Fork fork = proof::Fork::parse(files.at("fork.txt")).value();
  const Digest first = proof::Checkpoint::parse(proof::parse_note(fork.first)->text)->root;
  const std::string release = line_of(files, "pin.txt", "release ");
  return {
      {"a quorum less one witness", "cosigned", w3, "", "unwitnessed", ""},
      {"one witness twice is one", "cosigned", w3, w1, "unwitnessed", ""},
      {"a wrong signature by a known witness", "cosigned", w3, bent(w3), "failed", "checkpoint"},
      {"a wrong signature by the log", "cosigned", own, bent(own), "failed", "checkpoint"},
      {"a head that the log did not sign", "cosigned", own, "", "failed", "checkpoint"},
      {"from another size", "cosigned", old, "old 3\n", "failed", "checkpoint"},
      {"a size with a leading zero", "cosigned", old, "old 0" + old.substr(4), "failed", "checkpoint"},
      {"a hash too many", "cosigned", old, old + to_base64(sha256("x").view()) + "\n", "failed", "checkpoint"},
      {"all must sign", "pin.txt", "group here any", "group here all", "unwitnessed", ""},
      {"nobody must sign", "pin.txt", "quorum both", "quorum none", "unwitnessed", ""},
      {"a key beyond its range", "pin.txt", " 0 -\n", " 0 3\n", "failed", "checkpoint"},
      {"a key before its range", "pin.txt", " 0 -\n", " 999 -\n", "failed", "checkpoint"},
      {"another log", "pin.txt", "origin case.example/small", "origin case.example/other", "failed", "checkpoint"},
      {"no quorum line", "pin.txt", "quorum both\n", "", "error", ""},
      {"two quorum lines", "pin.txt", "quorum both\n", "quorum both\nquorum both\n", "error", ""},
      {"a member that is not defined", "pin.txt", "all W3", "all W4", "error", ""},
      {"a member of two groups", "pin.txt", "all W3", "all W1", "error", ""},
      {"a threshold above the members", "pin.txt", "both 2", "both 3", "error", ""},
      {"the same witness under two names", "pin.txt", "witness W2 " + witness(2).verifier().text(),
       "witness W2 " + witness(1).verifier().text(), "error", ""},
      {"a log's key as a witness", "pin.txt", witness(2).verifier().text(), log.substr(4, log.find(' ', 4) - 4),
       "error", ""},
      {"no release key", "pin.txt", release, "", "error", ""},
      {"a remembered head of another history", "heads.jsonl", "{\"type\"", "{\"tipe\"", "error", ""},
      {"the prefix is the first head's root", "fork.txt", prefix, "prefix " + to_base64(first.view()) + "\n",
       "nothing proven", ""},
      {"the prefix is invented", "fork.txt", prefix, "prefix " + to_base64(sha256("x").view()) + "\n", "nothing proven",
       ""},
      {"another first line", "fork.txt", "gavah/0 fork", "gavah/0 folk", "nothing proven", ""},
  };
}

std::string text_of(const std::vector<Bad>& all) {
  std::string out;
  for (const Bad& bad : all) {
    JsonWriter json;
    json.begin_object().member("name", bad.name).member("file", bad.file).member("find", bad.find);
    json.member("replace", bad.replace).member("outcome", bad.outcome).member("check", bad.check).end_object();
    out += json.take() + "\n";
  }
  return out;
}

Files committed() {
  RealDisk disk;
  Files out;
  for (const char* name : {"pin.txt", "cosigned", "heads.jsonl", "fork.txt"}) {
    out[name] = disk.read(join_path(kTrust, name)).value();
  }
  return out;
}

struct Judged {
  std::string outcome;
  verify::Verdict verdict;
};

Judged judge(const Files& files) {
  RealDisk disk;
  verify::VerifyOptions options;
  const auto pin = verify::Pin::parse(files.at("pin.txt"));
  const auto heads = verify::RememberedHeads::parse(files.at("heads.jsonl"));
  if (!pin || !heads) return {"error", {}};
  options.pin = *pin;
  options.threads = 1;
  options.now = kNow;
  options.cosigned = files.at("cosigned");
  options.remembered = heads->notes_of(pin->origin);
  const verify::Verdict verdict = verify::verify_edition(disk, kVectors + "/good", options).value();
  return {std::string(name_of(verdict.outcome)), verdict};
}

TEST(TrustVectors, AreWhatTheToolWritesToday) {
  const Files files = made();
  if (std::getenv("GAVAH_WRITE_VECTORS") != nullptr) {
    RealDisk disk;
    disk.make_directories(kTrust).value();
    for (const auto& [name, bytes] : files) disk.replace(join_path(kTrust, name), bytes).value();
    disk.replace(kTrust + "/bad.jsonl", text_of(bad_of(files))).value();
  }
  EXPECT_EQ(committed(), files);
  RealDisk disk;
  EXPECT_EQ(disk.read(kTrust + "/bad.jsonl").value(), text_of(bad_of(files)));
}

TEST(TrustVectors, TheGoodOnesWitnessTheGoodEdition) {
  const Judged judged = judge(committed());
  EXPECT_EQ(judged.outcome, "witnessed") << to_text(judged.verdict);
  ASSERT_EQ(judged.verdict.witnesses.size(), 3U);
  EXPECT_EQ(judged.verdict.witnesses[1].state, verify::WitnessState::absent);
  EXPECT_EQ(judged.verdict.seen_by->time.text(), "2031-06-02T08:00:00Z");
}

TEST(TrustVectors, TheForkIsProven) {
  const Files files = committed();
  EXPECT_TRUE(verify::verify_fork(files.at("fork.txt"), *verify::Pin::parse(files.at("pin.txt"))).has_value());
}

TEST(TrustVectors, EachSpoiledOneComesToWhatItSays) {
  RealDisk disk;
  const std::string lines = disk.read(kTrust + "/bad.jsonl").value();
  std::size_t count = 0;
  for (std::size_t begin = 0; begin < lines.size(); ++count) {
    const std::size_t end = lines.find('\n', begin);
    const Json json = Json::parse(std::string_view(lines).substr(begin, end - begin)).value();
    begin = end + 1;
    Files files = committed();
    std::string& bytes = files.at(std::string(json.text_of("file")));
    const std::string find(json.text_of("find"));
    ASSERT_NE(bytes.find(find), std::string::npos) << json.text_of("name");
    bytes.replace(bytes.find(find), find.size(), json.text_of("replace"));
    if (json.text_of("file") == "fork.txt") {
      EXPECT_FALSE(verify::verify_fork(bytes, *verify::Pin::parse(files.at("pin.txt"))).has_value())
          << json.text_of("name");
      continue;
    }
    const Judged judged = judge(files);
    EXPECT_EQ(judged.outcome, json.text_of("outcome")) << json.text_of("name") << "\n" << to_text(judged.verdict);
    const std::string_view check = json.text_of("check");
    if (check.empty()) continue;
    EXPECT_TRUE(std::ranges::any_of(judged.verdict.failures, [&](const auto& failure) {
      return name_of(failure.check) == check;
    })) << json.text_of("name");
  }
  EXPECT_GE(count, 25U);
}

}  // namespace
}  // namespace gavah::tests
