#include <algorithm>

#include "base/format.h"
#include "proof/proof.h"
#include "verify/edition_state.h"
#include "verify/pinned_heads.h"

namespace gavah::verify {
namespace {

using proof::CosignedHead;

const std::string kCheckpoint = "checkpoint";
const std::string kCosigned = "cosigned";
constexpr std::int64_t kSecondsOfDay = 86'400;

/// The better of two states of one witness has the higher rank.
int rank_of(WitnessState state) {
  switch (state) {
    case WitnessState::absent:
      return 0;
    case WitnessState::future:
      return 1;
    case WitnessState::old:
      return 2;
    case WitnessState::counted:
      return 3;
  }
  return 0;
}

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
  void compare_pinned();
  void compare_remembered();
  bool weigh_witnesses();

 private:
  void read_checkpoint();
  void read_cosigned();
  void compare_with_tree(const std::string& note, const proof::Checkpoint& remembered);
  void compare_with_later(const std::string& note, const proof::Checkpoint& remembered);
  bool was_accepted_before() const;
  WitnessState state_of(Instant time) const;
  WitnessWord word_of(std::size_t witness) const;
  void tell_seen();

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

WitnessState Heads::state_of(Instant time) const {
  if (!options_.now) return WitnessState::counted;
  if (time.seconds > options_.now->seconds + kMaxClockSkewSeconds) return WitnessState::future;
  if (!options_.max_age_days) return WitnessState::counted;
  const std::int64_t oldest = options_.now->seconds - kSecondsOfDay * *options_.max_age_days;
  return time.seconds < oldest ? WitnessState::old : WitnessState::counted;
}

/// The best that its cosignatures give: counted before old before future; of these the latest.
WitnessWord Heads::word_of(std::size_t witness) const {
  WitnessWord out{pin_.policy->witnesses[witness].key.name, WitnessState::absent, std::nullopt};
  for (const Head& head : heads_) {
    for (const proof::Cosignature& cosignature : head.opened.cosignatures) {
      if (cosignature.witness != witness) continue;
      const WitnessState state = state_of(cosignature.time);
      const bool is_better =
          rank_of(state) > rank_of(out.state) || (state == out.state && cosignature.time > *out.time);
      if (is_better) out = {std::move(out.name), state, cosignature.time};
    }
  }
  return out;
}

void Heads::tell_seen() {
  std::optional<SeenBy>& seen = findings_.told().seen_by;
  for (const Head& head : heads_) {
    for (const proof::Cosignature& cosignature : head.opened.cosignatures) {
      if (state_of(cosignature.time) == WitnessState::future || (seen && seen->time <= cosignature.time)) continue;
      seen = SeenBy{cosignature.time, pin_.policy->witnesses[cosignature.witness].key.name};
    }
  }
}

bool Heads::weigh_witnesses() {
  if (!pin_.policy) return false;
  std::vector<bool> counted;
  for (std::size_t i = 0; i < pin_.policy->witnesses.size(); ++i) {
    findings_.told().witnesses.push_back(word_of(i));
    counted.push_back(findings_.told().witnesses.back().state == WitnessState::counted);
  }
  tell_seen();
  findings_.checked("witnesses that count", static_cast<std::uint64_t>(std::ranges::count(counted, true)));
  return !heads_.empty() && pin_.policy->needs_witness() && pin_.policy->is_met(counted);
}

}  // namespace

bool check_trust(const VerifyOptions& options, const EditionState& edition, Findings& findings) {
  Heads heads(options, edition, findings);
  heads.read();
  if (edition.leaves.size() == edition.manifest.size) {
    heads.compare_pinned();
    heads.compare_remembered();
    check_bound(options.pin, edition, findings);
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
