#include <algorithm>

#include "base/format.h"
#include "proof/proof.h"
#include "verify/edition_state.h"
#include "verify/pinned_heads.h"
#include "verify/witness_word.h"

namespace gavah::verify {
namespace {

using proof::CosignedHead;

const std::string kCheckpoint = "checkpoint";
const std::string kCosigned = "cosigned";
/// A head that vouches for the edition: its own, or a later one of which its own is a prefix.
struct Head {
  std::string note;
  CosignedHead opened;
};

/// Compares what the edition's tree says with signed heads. Lives for one call of check_trust().
class Heads {
 public:
  Heads(const VerifyOptions& options, const EditionState& edition, Findings& findings)
      : options_(options), pin_(options.pin), edition_(edition), findings_(findings) {}

  void read() {
    read_checkpoint();
    read_cosigned();
    for (const Head& head : heads_) findings_.told().heads.push_back(head.note);
  }
  /// Every signed head that the reader is shown or brings.
  std::vector<ShownHead> shown() const;
  void compare_pinned();
  void compare_remembered();
  bool weigh_witnesses();

 private:
  void read_checkpoint();
  void read_cosigned();
  void compare_with_tree(const std::string& note, const proof::Checkpoint& remembered);
  void compare_with_later(const std::string& note, const proof::Checkpoint& remembered);
  bool was_accepted_before() const;
  ReaderClock clock() const { return {options_.now, options_.max_age_days}; }
  void tell_seen(std::span<const proof::Cosignature> said);

  const VerifyOptions& options_;
  const Pin& pin_;
  const EditionState& edition_;
  Findings& findings_;
  std::vector<Head> heads_;  ///< those that hold, the edition's own first
};

void Heads::read_checkpoint() {
  const std::string note(edition_.file(kCheckpoint));
  auto head = open_head(note, pin_);
  if (edition_.file("log/checkpoint") != note) {
    findings_.add(Check::checkpoint, "log/checkpoint", "it is not the edition's checkpoint");
  }
  if (!findings_.expect(head, Check::checkpoint, kCheckpoint)) return;
  if (head->checkpoint.size != edition_.manifest.size || head->checkpoint.root != edition_.manifest.root) {
    return findings_.add(Check::checkpoint, kCheckpoint, "its size or root is not that in the manifest");
  }
  heads_.push_back({note, *std::move(head)});
}

void Heads::read_cosigned() {
  const std::string& bytes = options_.cosigned ? *options_.cosigned : edition_.cosigned;
  if (bytes.empty() || heads_.empty()) return;
  const auto way = proof::AddCheckpoint::parse(bytes);
  if (!findings_.expect(way, Check::checkpoint, kCosigned)) return;
  if (way->old_size != edition_.manifest.size) {
    return findings_.add(
        Check::checkpoint, kCosigned,
        format("it leads from {} leaves, not from the edition's {}", way->old_size, edition_.manifest.size));
  }
  auto head = open_head(way->note, pin_);
  if (!findings_.expect(head, Check::checkpoint, kCosigned)) return;
  const auto holds = proof::verify_consistency(way->old_size, head->checkpoint.size, way->proof, edition_.manifest.root,
                                               head->checkpoint.root);
  if (!findings_.expect(holds, Check::checkpoint, kCosigned)) return;
  heads_.push_back({way->note, *std::move(head)});
}

void Heads::compare_pinned() {
  const auto root_at = [&](std::uint64_t size) { return edition_.tree.root(size); };
  compare_pinned_heads(pin_, edition_.tree.size(), root_at, findings_);
  findings_.checked("remembered heads", pin_.heads.size() + options_.remembered.size());
}

/// The remembered head is no larger than the edition's: the edition's own leaves say what it must have been.
void Heads::compare_with_tree(const std::string& note, const proof::Checkpoint& remembered) {
  const auto root = edition_.tree.root(remembered.size);
  if (!root || *root == remembered.root) return;
  findings_.add(Check::head, kCheckpoint,
                format("the reader remembers another root at size {}: two histories were signed", remembered.size));
  auto proof = proof::consistency_proof(remembered.size, edition_.tree.size(), edition_.tree.reader());
  if (!proof) return;
  const auto fork = proof::make_fork(note, heads_.front().note, *root, *std::move(proof), pin_.verifiers());
  if (fork) findings_.told().forks.push_back(fork->text());
}

/// The remembered head is larger: only a later head of the edition's, or the reader's own memory, can bear it out.
void Heads::compare_with_later(const std::string& note, const proof::Checkpoint& remembered) {
  for (const Head& head : heads_) {
    if (head.opened.checkpoint.size != remembered.size) continue;
    if (head.opened.checkpoint.root == remembered.root) return;
    findings_.add(Check::head, kCosigned,
                  format("the reader remembers another root at size {}: two histories were signed", remembered.size));
    const auto fork = proof::make_fork(note, head.note, head.opened.checkpoint.root, {}, pin_.verifiers());
    if (fork) findings_.told().forks.push_back(fork->text());
    return;
  }
  if (was_accepted_before()) return;
  findings_.add(Check::head, kCheckpoint,
                format("the reader remembers this log with {} leaves; the edition's has {}, and was not seen before",
                       remembered.size, edition_.manifest.size));
}

bool Heads::was_accepted_before() const {
  return std::ranges::any_of(options_.remembered, [&](const std::string& note) {
    const auto head = open_head(note, pin_);
    return head && head->checkpoint.size == edition_.manifest.size && head->checkpoint.root == edition_.manifest.root;
  });
}

void Heads::compare_remembered() {
  if (heads_.empty()) return;
  for (const std::string& note : options_.remembered) {
    const auto head = open_head(note, pin_);
    if (!findings_.expect(head, Check::head, "")) continue;
    if (head->checkpoint.size <= edition_.tree.size()) {
      compare_with_tree(note, head->checkpoint);
    } else {
      compare_with_later(note, head->checkpoint);
    }
  }
}

std::vector<ShownHead> Heads::shown() const {
  std::vector<ShownHead> out;
  for (const Head& head : heads_) out.push_back({head.note, Check::checkpoint, out.empty() ? kCheckpoint : kCosigned});
  for (const std::string& note : options_.remembered) out.push_back({note, Check::head, kCheckpoint});
  return out;
}

void Heads::tell_seen(std::span<const proof::Cosignature> said) {
  std::optional<SeenBy>& seen = findings_.told().seen_by;
  for (const proof::Cosignature& each : said) {
    if (state_of(each.time, clock()) == WitnessState::future || (seen && seen->time <= each.time)) continue;
    seen = SeenBy{each.time, pin_.policy->witnesses[each.witness].key.name};
  }
}

bool Heads::weigh_witnesses() {
  if (!pin_.policy) return false;
  std::vector<proof::Cosignature> said;
  for (const Head& head : heads_) {
    said.insert(said.end(), head.opened.cosignatures.begin(), head.opened.cosignatures.end());
  }
  std::vector<WitnessWord>& words = findings_.told().witnesses;
  words = weigh(*pin_.policy, said, clock());
  tell_seen(said);
  findings_.checked("witnesses that count",
                    static_cast<std::uint64_t>(std::ranges::count(words, WitnessState::counted, &WitnessWord::state)));
  return !heads_.empty() && are_quorum(*pin_.policy, words);
}

}  // namespace

bool check_trust(const VerifyOptions& options, const EditionState& edition, Findings& findings) {
  Heads heads(options, edition, findings);
  heads.read();
  if (edition.leaves.size() == edition.manifest.size) {
    heads.compare_pinned();
    heads.compare_remembered();
    check_bound(options.pin, edition, heads.shown(), findings);
  }
  return heads.weigh_witnesses();
}

Result<std::string> verify_fork(std::string_view fork, const Pin& pin) {
  GAVAH_ASSIGN(const proof::Fork parsed, proof::Fork::parse(fork));
  for (const std::string& note : {parsed.first, parsed.second}) {
    GAVAH_TRY_AS(open_head(note, pin), "opening a head of the fork");
  }
  GAVAH_ASSIGN(const proof::ForkHeads heads, proof::open_fork(parsed, pin.verifiers()));
  return format(
      "fork proven: the keys of {} signed two heads that no one log can have\n"
      "  {} leaves with the root {}\n"
      "  {} leaves whose first {} have the root {}\n"
      "Which of them is the true one, who held the keys and when they signed, this does not say.\n",
      heads.first.origin, heads.first.size, heads.first.root.hex(), heads.second.size, heads.first.size,
      parsed.prefix.hex());
}

}  // namespace gavah::verify
