#include <gtest/gtest.h>

#include <algorithm>

#include "base/format.h"
#include "small_case.h"

// What a reader brings from outside, against an operator who has the true keys and against whoever stole one.
namespace gavah::tests {
namespace {

using verify::Check;
using verify::Outcome;
using verify::Verdict;
using verify::WitnessState;

const Instant kNow = Instant::parse("2031-06-01T12:00:00Z").value();
constexpr std::int64_t kDay = 86'400;

proof::WitnessSigner witness(std::uint64_t seed) {
  SeededRandom random(1'000 + seed);
  return proof::WitnessSigner::generate(format("w{}.example", seed), random).value();
}

/// Two of three witnesses, W1 to W3.
proof::WitnessPolicy two_of_three() {
  std::string text;
  for (std::uint64_t i = 1; i <= 3; ++i) text += format("witness W{} {}\n", i, witness(i).verifier().text());
  return proof::WitnessPolicy::parse(text + "group G 2 W1 W2 W3\nquorum G\n").value();
}

proof::Entry heartbeat() {
  proof::Entry out;
  out.type = proof::LeafType::heartbeat;
  return out;
}

struct Signed {
  std::uint64_t seed;
  Instant time = kNow;
};

/// The log of a case as it stands, its head signed by the log and by those witnesses.
std::string head_of(const SmallCase& small, const std::vector<Signed>& by = {}) {
  proof::Note note = proof::parse_note(small.checkpoint()).value();
  for (const Signed& each : by) note.signatures.push_back(proof::cosign(note.text, witness(each.seed), each.time));
  return proof::note_bytes(note);
}

proof::HashTree tree_of(const SmallCase& small) {
  proof::HashTree out;
  for (const auto& sealed : small.log) out.append(proof::leaf_hash(proof::leaf_bytes(sealed.leaf).value()));
  return out;
}

/// An edition of a case, and what its reader brings.
struct Read {
  SmallCase small = make_small_case();
  MemoryDisk disk;
  std::uint64_t size = 0;
  verify::VerifyOptions options;

  Read() {
    options.pin = small.pin();
    options.pin.policy = two_of_three();
    options.threads = 1;
    options.now = kNow;
  }
  void publish() {
    size = small.log.size();
    const auto written = small.write(disk, "edition");
    ASSERT_TRUE(written.has_value()) << written.error().sentence();
  }
  /// The file `cosigned`: from the edition's head to the log's newest.
  void cosign(const std::vector<Signed>& by) {
    const proof::HashTree tree = tree_of(small);
    const proof::AddCheckpoint way{size, proof::consistency_proof(size, tree.size(), tree.reader()).value(),
                                   head_of(small, by)};
    disk.files()["edition/cosigned"] = way.text();
  }
  Verdict verify() {
    auto verdict = verify::verify_edition(disk, "edition", options);
    EXPECT_TRUE(verdict.has_value());
    return verdict ? *std::move(verdict) : Verdict{};
  }
};

bool names(const Verdict& verdict, Check check, std::string_view file, std::string_view words = "") {
  return std::ranges::any_of(verdict.failures, [&](const verify::Failure& failure) {
    return failure.check == check && failure.file == file && failure.message.find(words) != std::string::npos;
  });
}

std::vector<WitnessState> states(const Verdict& verdict) {
  std::vector<WitnessState> out;
  for (const auto& word : verdict.witnesses) out.push_back(word.state);
  return out;
}

TEST(Trust, WithoutCosignaturesItIsUnwitnessed) {
  Read read;
  read.publish();
  const Verdict verdict = read.verify();
  EXPECT_EQ(verdict.outcome, Outcome::unwitnessed) << to_text(verdict);
  EXPECT_EQ(states(verdict), std::vector<WitnessState>(3, WitnessState::absent));
}

TEST(Trust, AQuorumOnALaterHeadWitnessesTheEdition) {
  Read read;
  read.publish();
  read.small.seal(heartbeat());
  read.cosign({{1, Instant{kNow.seconds - 50}}, {3, Instant{kNow.seconds - 90}}});
  const Verdict verdict = read.verify();
  EXPECT_EQ(verdict.outcome, Outcome::witnessed) << to_text(verdict);
  EXPECT_EQ(verdict.exit_status(verify::Unwitnessed::refused), 0);
  EXPECT_EQ(verdict.witnesses[0].time, Instant{kNow.seconds - 50});
  ASSERT_TRUE(verdict.seen_by.has_value());
  EXPECT_EQ(verdict.seen_by->time, Instant{kNow.seconds - 90});
  EXPECT_EQ(verdict.seen_by->witness, "w3.example");
}

TEST(Trust, TheWayMayTravelBesideTheEdition) {
  Read read;
  read.publish();
  read.cosign({{1}, {2}});
  read.options.cosigned = read.disk.files().at("edition/cosigned");
  read.disk.files().erase("edition/cosigned");
  EXPECT_EQ(read.verify().outcome, Outcome::witnessed);
}

TEST(Trust, APolicyThatAsksForNobodyWitnessesNothing) {
  Read read;
  read.publish();
  read.cosign({{1}, {2}, {3}});
  read.options.pin.policy = proof::WitnessPolicy::parse("quorum none\n").value();
  EXPECT_EQ(read.verify().outcome, Outcome::unwitnessed);
  read.options.pin.policy.reset();
  EXPECT_EQ(read.verify().outcome, Outcome::unwitnessed);
}

TEST(Attack, AnUnknownWitnessCountsForNothing) {
  Read read;
  read.publish();
  read.cosign({{1}, {7}, {8}, {9}});
  const Verdict verdict = read.verify();
  EXPECT_EQ(verdict.outcome, Outcome::unwitnessed) << to_text(verdict);
}

TEST(Attack, ADuplicatedWitnessCountsOnce) {
  Read read;
  read.publish();
  read.cosign({{1}, {1, Instant{kNow.seconds - 1}}, {1, Instant{kNow.seconds - 2}}});
  const Verdict verdict = read.verify();
  EXPECT_EQ(verdict.outcome, Outcome::unwitnessed) << to_text(verdict);
  EXPECT_EQ(states(verdict),
            (std::vector<WitnessState>{WitnessState::counted, WitnessState::absent, WitnessState::absent}));
}

TEST(Attack, ATimeToComeDoesNotCount) {
  Read read;
  read.publish();
  read.cosign({{1}, {2, Instant{kNow.seconds + verify::kMaxClockSkewSeconds + 1}}});
  const Verdict verdict = read.verify();
  EXPECT_EQ(verdict.outcome, Outcome::unwitnessed);
  EXPECT_EQ(states(verdict)[1], WitnessState::future);
  read.cosign({{1}, {2, Instant{kNow.seconds + verify::kMaxClockSkewSeconds}}});
  EXPECT_EQ(read.verify().outcome, Outcome::witnessed) << "clocks differ a little";
}

TEST(Attack, AStaleEditionIsFoundByItsAge) {
  Read read;
  read.publish();
  read.cosign({{1, Instant{kNow.seconds - 31 * kDay}}, {2, Instant{kNow.seconds - 5}}});
  EXPECT_EQ(read.verify().outcome, Outcome::witnessed);
  read.options.max_age_days = 30;
  const Verdict verdict = read.verify();
  EXPECT_EQ(verdict.outcome, Outcome::unwitnessed);
  EXPECT_EQ(states(verdict)[0], WitnessState::old);
  read.options.max_age_days = 31;
  EXPECT_EQ(read.verify().outcome, Outcome::witnessed);
}

TEST(Attack, AWrongSignatureByAKnownWitnessRejectsTheHead) {
  Read read;
  read.publish();
  read.cosign({{1}, {2}});
  proof::AddCheckpoint way = proof::AddCheckpoint::parse(read.disk.files().at("edition/cosigned")).value();
  proof::Note note = proof::parse_note(way.note).value();
  note.signatures.push_back(proof::cosign("another text\n", witness(3), kNow));
  way.note = proof::note_bytes(note);
  read.disk.files()["edition/cosigned"] = way.text();
  const Verdict verdict = read.verify();
  EXPECT_EQ(verdict.outcome, Outcome::failed);
  EXPECT_TRUE(names(verdict, Check::checkpoint, "cosigned", "w3.example")) << to_text(verdict);
}

TEST(Attack, CosignaturesOfAnotherHistoryLeadNowhere) {
  Read read;
  read.publish();
  SmallCase other = make_small_case(5);
  other.origin = read.small.origin;
  other.log_signer = read.small.log_signer;
  while (other.log.size() <= read.size) other.seal(heartbeat());
  const proof::HashTree tree = tree_of(other);
  const proof::AddCheckpoint way{read.size, proof::consistency_proof(read.size, tree.size(), tree.reader()).value(),
                                 head_of(other, {{1}, {2}, {3}})};
  read.disk.files()["edition/cosigned"] = way.text();
  const Verdict verdict = read.verify();
  EXPECT_EQ(verdict.outcome, Outcome::failed);
  EXPECT_TRUE(names(verdict, Check::checkpoint, "cosigned")) << to_text(verdict);
}

TEST(Attack, AWayFromAnotherSizeLeadsNowhere) {
  Read read;
  read.publish();
  read.size -= 1;
  read.cosign({{1}, {2}});
  EXPECT_TRUE(names(read.verify(), Check::checkpoint, "cosigned", "it leads from"));
  read.disk.files()["edition/cosigned"] = "old 3\n";
  EXPECT_TRUE(names(read.verify(), Check::checkpoint, "cosigned"));
}

TEST(Attack, AnotherLogsHeadIsNotThisOnes) {
  Read read;
  read.publish();
  read.options.pin.origin = "case.example/other";
  const Verdict verdict = read.verify();
  EXPECT_EQ(verdict.outcome, Outcome::failed);
  EXPECT_TRUE(names(verdict, Check::checkpoint, "checkpoint", "another log")) << to_text(verdict);
}

TEST(Attack, ANewKeyCannotSealThePastNorAnOldOneTheFuture) {
  Read read;
  read.publish();
  read.options.pin.log_keys.front().first_size = read.size;
  read.options.pin.log_keys.front().last_size = read.size;
  EXPECT_EQ(read.verify().outcome, Outcome::unwitnessed);
  read.options.pin.log_keys.front().first_size = read.size + 1;
  read.options.pin.log_keys.front().last_size = UINT64_MAX;
  EXPECT_TRUE(names(read.verify(), Check::checkpoint, "checkpoint", "no key that may sign size"));
  read.options.pin.log_keys.front().first_size = 0;
  read.options.pin.log_keys.front().last_size = read.size - 1;
  EXPECT_TRUE(names(read.verify(), Check::checkpoint, "checkpoint", "no key that may sign size"));
}

/// The operator shows one reader a log with one leaf changed, signed with the true key.
SmallCase forked(std::size_t at) {
  SmallCase out = make_small_case();
  out.log[at].leaf.day = out.log[at].leaf.day.plus(1);
  return out;
}

TEST(Attack, AForkShownToOneReaderIsProvenByTheOthersMemory) {
  Read read;
  read.publish();
  for (const std::size_t at : {std::size_t{0}, read.size - 1}) {
    SmallCase fork = forked(at);
    const std::string other_head = head_of(fork);  // of the same size
    read.options.remembered = {other_head};
    const Verdict verdict = read.verify();
    EXPECT_EQ(verdict.outcome, Outcome::failed);
    EXPECT_TRUE(names(verdict, Check::head, "checkpoint", "two histories")) << to_text(verdict);
    ASSERT_EQ(verdict.forks.size(), 1U);
    const auto proven = verify::verify_fork(verdict.forks.front(), read.options.pin);
    ASSERT_TRUE(proven.has_value()) << proven.error().sentence();
    EXPECT_NE(proven->find("fork proven"), std::string::npos);
  }
}

TEST(Attack, AForkBelowTheEditionsSizeIsProvenToo) {
  Read read;
  SmallCase fork = forked(2);
  fork.log.resize(7);
  read.options.remembered = {head_of(fork)};
  read.publish();
  const Verdict verdict = read.verify();
  EXPECT_TRUE(names(verdict, Check::head, "checkpoint", "at size 7")) << to_text(verdict);
  ASSERT_EQ(verdict.forks.size(), 1U);
  EXPECT_TRUE(verify::verify_fork(verdict.forks.front(), read.options.pin).has_value());
  auto stranger = read.options.pin;
  stranger.log_keys = {{proof::Signer{"case.example/small", read.small.release_signer.key}.verifier(), 0, UINT64_MAX}};
  EXPECT_FALSE(verify::verify_fork(verdict.forks.front(), stranger).has_value()) << "under another key";
  auto late = read.options.pin;
  late.log_keys.front().first_size = 8;
  EXPECT_FALSE(verify::verify_fork(verdict.forks.front(), late).has_value()) << "outside of the key's range";
}

TEST(Attack, AForkAtTheLaterHeadIsProven) {
  Read read;
  read.publish();
  SmallCase other = read.small;
  other.log.back().leaf.day = other.log.back().leaf.day.plus(1);
  read.cosign({{1}, {2}});
  read.options.remembered = {head_of(other)};
  const Verdict verdict = read.verify();
  EXPECT_TRUE(names(verdict, Check::head, "cosigned", "two histories")) << to_text(verdict);
  ASSERT_EQ(verdict.forks.size(), 1U);
  EXPECT_TRUE(verify::verify_fork(verdict.forks.front(), read.options.pin).has_value());
}

TEST(Attack, ARollbackIsFoundByTheReadersMemory) {
  Read read;
  read.publish();
  SmallCase later = read.small;
  for (int i = 0; i < 3; ++i) later.seal(heartbeat());
  read.options.remembered = {head_of(later)};
  const Verdict verdict = read.verify();
  EXPECT_EQ(verdict.outcome, Outcome::failed);
  EXPECT_TRUE(names(verdict, Check::head, "checkpoint", "was not seen before")) << to_text(verdict);
  EXPECT_TRUE(verdict.forks.empty()) << "an old head is no fork";
  // An edition that this reader has accepted before may be read again.
  read.options.remembered.push_back(read.disk.files().at("edition/checkpoint"));
  EXPECT_EQ(read.verify().outcome, Outcome::unwitnessed);
}

TEST(Trust, AMemoryOfThisHistoryHolds) {
  Read read;
  SmallCase early = read.small;
  early.log.resize(5);
  read.options.remembered = {head_of(early)};
  read.publish();
  read.cosign({{1}});
  read.options.remembered.push_back(head_of(read.small));
  const Verdict verdict = read.verify();
  EXPECT_EQ(verdict.outcome, Outcome::unwitnessed) << to_text(verdict);
  EXPECT_EQ(verdict.heads.size(), 2U);
}

TEST(Trust, HeadsAreRememberedOnceAndReadBack) {
  SmallCase small = make_small_case();
  verify::RememberedHeads heads = verify::RememberedHeads::parse("").value();
  ASSERT_TRUE(heads.add(head_of(small)).has_value());
  ASSERT_TRUE(heads.add(head_of(small, {{1}})).has_value());
  small.log.resize(4);
  ASSERT_TRUE(heads.add(head_of(small)).has_value());
  EXPECT_EQ(heads.notes_of(small.origin).size(), 2U);
  EXPECT_EQ(heads.notes_of(small.origin).front(), head_of(small)) << "smallest first";
  EXPECT_TRUE(heads.notes_of("case.example/other").empty());
  const std::string text = heads.text();
  EXPECT_EQ(verify::RememberedHeads::parse(text).value().text(), text);
  std::string wrong = text;
  wrong.replace(wrong.find("\"size\":4"), 8, "\"size\":5");
  EXPECT_FALSE(verify::RememberedHeads::parse(wrong).has_value());
  EXPECT_FALSE(verify::RememberedHeads::parse("{}\n").has_value());
  EXPECT_FALSE(heads.add("no note").has_value());
}

/// A heartbeat that embeds a note.
proof::LeafIndex embed(SmallCase& small, const std::string& note) {
  small.bound_files[sha256(note).hex()] = note;
  proof::Entry beat;
  beat.type = proof::LeafType::heartbeat;
  beat.bind = sha256(note);
  return small.seal(beat);
}

TEST(Trust, AHeartbeatGivesTheLowerEndOfTime) {
  Read read;
  const auto first = embed(read.small, head_of(read.small, {{1, Instant{1'000}}, {2, Instant{900}}}));
  embed(read.small, head_of(read.small, {{7, Instant{5'000}}}));  // nobody whom this reader knows
  embed(read.small, head_of(read.small, {{3, Instant{800}}}));    // nothing new
  const auto last = embed(read.small, head_of(read.small, {{3, Instant{2'000}}}));
  read.publish();
  const Verdict verdict = read.verify();
  EXPECT_EQ(verdict.outcome, Outcome::unwitnessed) << to_text(verdict);
  ASSERT_EQ(verdict.not_before.size(), 2U);
  EXPECT_EQ(verdict.not_before[0].leaf, first);
  EXPECT_EQ(verdict.not_before[0].time, Instant{1'000});
  EXPECT_EQ(verdict.not_before[0].witness, "w1.example");
  EXPECT_EQ(verdict.not_before[1].leaf, last);
  EXPECT_EQ(verdict.not_before[1].witness, "w3.example");
  EXPECT_NE(to_text(verdict).find(format("leaves from {} on were not written before 1970-01-01T00:33:20Z", last)),
            std::string::npos)
      << to_text(verdict);
}

TEST(Attack, AHeartbeatCannotEmbedWhatIsNotItsPast) {
  const auto spoiled = [](const std::string& note, Check check) {
    Read read;
    const auto leaf = embed(read.small, note);
    read.publish();
    const Verdict verdict = read.verify();
    return std::ranges::any_of(verdict.failures, [&](const verify::Failure& failure) {
      return failure.check == check && failure.leaf == leaf && failure.file == "bound/" + sha256(note).hex();
    });
  };
  const SmallCase small = make_small_case();
  EXPECT_FALSE(spoiled(head_of(small, {{1}}), Check::log));
  EXPECT_TRUE(spoiled(head_of(forked(1), {{1}}), Check::head)) << "another history";
  SmallCase longer = small;
  longer.seal(heartbeat());
  EXPECT_TRUE(spoiled(head_of(longer, {{1}}), Check::log)) << "a head that did not exist then";
  SmallCase other = make_small_case();
  other.origin = "case.example/other";
  other.log_signer.name = other.origin;
  EXPECT_TRUE(spoiled(head_of(other, {{1}}), Check::log)) << "another log";
  proof::Note wrong = proof::parse_note(head_of(small)).value();
  wrong.signatures.push_back(proof::cosign("another text\n", witness(1), kNow));
  EXPECT_TRUE(spoiled(proof::note_bytes(wrong), Check::log)) << "a wrong cosignature";
  EXPECT_TRUE(spoiled("no note\n", Check::log));
}

/// A leaf that hands the log over to a new key; gives the size from which it signs.
std::uint64_t hand_over(SmallCase& small, const proof::Signer& to, std::uint64_t shift = 0) {
  const std::string first = small.log_signer.verifier().text() + "\n";
  small.bound_files[sha256(first).hex()] = first;
  proof::Entry key;
  key.type = proof::LeafType::key;
  key.bind = sha256(first);
  const auto before = small.seal(key);
  const std::uint64_t from = small.log.size() + 1;
  const std::string file =
      proof::Rotation{small.origin, from + shift, to.verifier()}.sign(small.log_signer, to).value();
  small.bound_files[sha256(file).hex()] = file;
  proof::Entry next;
  next.type = proof::LeafType::key;
  next.bind = sha256(file);
  next.refs = {{"previous", {before}}};
  small.seal(next);
  return from;
}

proof::Signer next_signer(const SmallCase& small) {
  SeededRandom random(77);
  return proof::Signer::generate(small.origin, random).value();
}

TEST(Trust, ALogGoesOnUnderANewKey) {
  Read read;
  const proof::Signer old_key = read.small.log_signer;
  const proof::Signer new_key = next_signer(read.small);
  const std::uint64_t from = hand_over(read.small, new_key);
  read.small.seal(heartbeat());
  read.small.log_signer = new_key;
  read.publish();
  read.options.pin.log_keys = {{old_key.verifier(), 0, from}, {new_key.verifier(), from, UINT64_MAX}};
  const Verdict verdict = read.verify();
  EXPECT_EQ(verdict.outcome, Outcome::unwitnessed) << to_text(verdict);
  // A pin from before names the old key only: the head is refused, and the reader told which key the log names.
  read.options.pin.log_keys = {{old_key.verifier(), 0, UINT64_MAX}};
  const Verdict old_pin = read.verify();
  EXPECT_TRUE(names(old_pin, Check::checkpoint, "checkpoint"));
  EXPECT_TRUE(std::ranges::any_of(old_pin.unchecked, [&](const std::string& sentence) {
    return sentence.find(new_key.verifier().text()) != std::string::npos;
  }));
}

TEST(Attack, AKeyThatTheLogRetiredSignsNothingMore) {
  Read read;
  hand_over(read.small, next_signer(read.small));
  read.publish();  // signed by the old key alone, at the last size that it may
  EXPECT_EQ(read.verify().outcome, Outcome::unwitnessed);
  Read late;
  hand_over(late.small, next_signer(late.small));
  late.small.seal(heartbeat());
  late.publish();  // signed by the old key beyond its end, which the pin does not know of
  EXPECT_TRUE(names(late.verify(), Check::checkpoint, "checkpoint", "retired")) << to_text(late.verify());
}

TEST(Attack, ARetiredKeyIsFoundOnEveryHeadThatIsShown) {
  const auto handed_over = [](Read& read) {
    const proof::Signer old_key = read.small.log_signer;
    const proof::Signer new_key = next_signer(read.small);
    hand_over(read.small, new_key);
    read.small.seal(heartbeat());
    const std::string late = head_of(read.small);  // signed by the old key beyond its end
    read.small.log_signer = new_key;
    read.options.pin.log_keys = {{old_key.verifier(), 0, UINT64_MAX}, {new_key.verifier(), 0, UINT64_MAX}};
    return late;
  };
  const auto says_retired = [](const Verdict& verdict, Check check) {
    return std::ranges::any_of(verdict.failures, [&](const verify::Failure& failure) {
      return failure.check == check && failure.message.find("has retired the key") != std::string::npos;
    });
  };
  Read remembered;
  const std::string late = handed_over(remembered);
  remembered.publish();
  remembered.options.remembered = {late};
  EXPECT_TRUE(says_retired(remembered.verify(), Check::head)) << to_text(remembered.verify());
  Read embedded;
  const std::string bound = handed_over(embedded);
  proof::Entry embedding = heartbeat();
  embedding.bind = sha256(bound);
  embedded.small.seal(embedding);
  embedded.small.bound_files[sha256(bound).hex()] = bound;
  embedded.publish();
  EXPECT_TRUE(says_retired(embedded.verify(), Check::log)) << to_text(embedded.verify());
}

TEST(Attack, AChangeOfKeyCannotNameAnotherPlace) {
  Read read;
  hand_over(read.small, next_signer(read.small), 1);
  read.publish();
  const Verdict verdict = read.verify();
  EXPECT_TRUE(std::ranges::any_of(verdict.failures, [](const verify::Failure& failure) {
    return failure.check == Check::log && failure.message.find("another log or place") != std::string::npos;
  })) << to_text(verdict);
}

TEST(Pin, CarriesThePolicyInLinesOrInAFile) {
  const SmallCase small = make_small_case();
  const std::string base = small.pin().text();
  const std::string lines = two_of_three().text();
  const verify::Pin inline_pin = verify::Pin::parse(base + lines).value();
  ASSERT_TRUE(inline_pin.policy.has_value());
  EXPECT_EQ(verify::Pin::parse(inline_pin.text()).value().text(), inline_pin.text());
  MemoryDisk disk;
  disk.files()["pins/house.policy"] = format("log {}\n", small.release_signer.verifier().text()) + lines;
  verify::Pin by_file = verify::Pin::parse(base + "policy house.policy\n").value();
  EXPECT_FALSE(by_file.policy.has_value());
  ASSERT_TRUE(verify::read_witness_policy(disk, "pins", by_file).has_value());
  EXPECT_EQ(by_file.policy->keys(), inline_pin.policy->keys());
  EXPECT_EQ(by_file.log_keys.size(), 1U) << "the pin's own log keys count alone";
  EXPECT_FALSE(verify::read_witness_policy(disk, "elsewhere",
                                           by_file = verify::Pin::parse(base + "policy house.policy\n").value())
                   .has_value());
  EXPECT_FALSE(verify::Pin::parse(base + lines + "policy house.policy\n").has_value());
  EXPECT_FALSE(verify::Pin::parse(base + "witness W1 nonsense\nquorum W1\n").has_value());
}

TEST(Pin, APolicyFilesLogsStandInForKeysThatThePinDoesNotName) {
  const SmallCase small = make_small_case();
  verify::Pin pin = verify::Pin::parse(format("origin {}\nrelease {}\npolicy x\n", small.origin,
                                              small.release_signer.verifier().text()))
                        .value();
  MemoryDisk disk;
  disk.files()["x"] = format("log {}\nquorum none\n", small.log_signer.verifier().text());
  ASSERT_TRUE(verify::read_witness_policy(disk, "", pin).has_value());
  ASSERT_EQ(pin.log_keys.size(), 1U);
  EXPECT_EQ(pin.log_keys.front().last_size, UINT64_MAX);
  verify::Pin none = pin;
  none.log_keys.clear();
  none.policy.reset();
  EXPECT_FALSE(none.adopt("quorum none\n").has_value());
}

}  // namespace
}  // namespace gavah::tests
