#include <algorithm>

#include "base/format.h"
#include "proof/proof.h"
#include "verify/edition_state.h"

namespace gavah::verify {
namespace {

using proof::LeafIndex;
using proof::LeafType;

/// Reads the public files that key and heartbeat leaves bind, in the order of the log. Lives for one check_bound().
class BoundFiles {
 public:
  BoundFiles(const Pin& pin, const EditionState& edition, std::vector<ShownHead> shown, Findings& findings)
      : pin_(pin), edition_(edition), shown_(std::move(shown)), findings_(findings) {
    if (pin.policy) witnesses_ = pin.policy->keys();
  }
  void run();

 private:
  void read(LeafIndex index, const proof::Leaf& leaf);
  void read_key(LeafIndex index, const proof::Leaf& leaf, const std::string& path, std::string_view bytes);
  void read_rotation(LeafIndex index, const std::string& path, std::string_view bytes);
  void read_continuation(LeafIndex index, const std::string& path, std::string_view bytes);
  void read_heartbeat(LeafIndex index, const std::string& path, std::string_view bytes);
  void tell_bound(LeafIndex index, const std::vector<proof::Cosignature>& cosignatures);
  void compare(LeafIndex index, const std::string& path, std::string_view note, const proof::Checkpoint& head);
  bool is_retired(const proof::Verifier& key, std::uint64_t size) const;
  void check_retired(const ShownHead& shown);

  const Pin& pin_;
  const EditionState& edition_;
  std::vector<ShownHead> shown_;  ///< and, as they are read, the heads that heartbeats embed
  Findings& findings_;
  std::vector<proof::WitnessKey> witnesses_;
  std::vector<proof::Verifier> log_keys_;  ///< that the log itself names, oldest first
  std::vector<std::uint64_t> last_sizes_;  ///< the largest head that each may sign, as the log says
  std::uint64_t present_ = 0;
  std::uint64_t missing_ = 0;
};

void BoundFiles::run() {
  for (LeafIndex index = 0; index < edition_.leaves.size(); ++index) {
    const proof::Leaf& leaf = edition_.leaves[index];
    const bool travels = leaf.type == LeafType::key || leaf.type == LeafType::heartbeat;
    if (travels && leaf.bind) read(index, leaf);
  }
  for (const ShownHead& shown : shown_) check_retired(shown);
  findings_.checked("public files that leaves bind", present_);
  if (missing_ > 0) {
    findings_.unchecked(format("{} heartbeat leaves bind heads that are not in the edition.", missing_));
  }
}

void BoundFiles::read(LeafIndex index, const proof::Leaf& leaf) {
  const std::string path = "bound/" + leaf.bind->hex();
  const std::string_view bytes = edition_.file(path);
  if (!edition_.stamps.contains(path)) {
    // Without it nobody could tell which keys the log has retired.
    if (leaf.type == LeafType::key)
      return findings_.add(Check::log, path, index, "the key that the leaf binds is missing");
    ++missing_;
  } else if (sha256(bytes) != *leaf.bind) {
    findings_.add(Check::log, path, index, "the file is not what the leaf binds");
  } else {
    ++present_;
    if (leaf.type == LeafType::key) return read_key(index, leaf, path, bytes);
    read_heartbeat(index, path, bytes);
  }
}

void BoundFiles::read_key(LeafIndex index, const proof::Leaf& leaf, const std::string& path, std::string_view bytes) {
  if (!leaf.refs.empty()) return read_rotation(index, path, bytes);
  if (bytes.starts_with(proof::kContinuationFirstLine)) return read_continuation(index, path, bytes);
  if (!bytes.ends_with('\n')) return findings_.add(Check::log, path, index, "it is no key and a newline");
  const auto key = proof::Verifier::parse(bytes.substr(0, bytes.size() - 1));
  if (!findings_.expect(key, Check::log, path, index)) return;
  log_keys_.push_back(*key);
  last_sizes_.push_back(UINT64_MAX);
}

void BoundFiles::read_continuation(LeafIndex index, const std::string& path, std::string_view bytes) {
  const auto it = proof::Continuation::open(bytes);
  if (!findings_.expect(it, Check::log, path, index)) return;
  if (it->origin != pin_.origin || index != 0) {
    return findings_.add(Check::log, path, index, "a log continues another from its first leaf on, under its own name");
  }
  if (it->taken > edition_.leaves.size()) {
    return findings_.add(Check::log, path, index, "more leaves are said to be taken over than there are");
  }
  log_keys_.push_back(it->key);
  last_sizes_.push_back(UINT64_MAX);
  findings_.unchecked(
      format("This log continues {}: {} of its leaves stand here, and {} of the {} of its largest signed head that is "
             "known are lost. Whether those that stand here are the same was not compared.",
             it->head.origin, it->taken, it->lost(), it->head.size));
}

void BoundFiles::read_rotation(LeafIndex index, const std::string& path, std::string_view bytes) {
  // The key before may be known from the log or from the pin; a reader's pin may begin with the newer one.
  std::vector<proof::Verifier> known = pin_.verifiers();
  known.insert(known.end(), log_keys_.begin(), log_keys_.end());
  const auto rotation = proof::Rotation::open(bytes, known);
  if (!findings_.expect(rotation, Check::log, path, index)) return;
  if (rotation->origin != pin_.origin || rotation->from_size != index + 1) {
    return findings_.add(Check::log, path, index, "the change of key is of another log or place");
  }
  if (!last_sizes_.empty()) last_sizes_.back() = rotation->from_size;
  log_keys_.push_back(rotation->key);
  last_sizes_.push_back(UINT64_MAX);
  if (std::ranges::find(pin_.log_keys, rotation->key, &RangedKey::key) == pin_.log_keys.end()) {
    findings_.unchecked(format("From {} leaves on the log has another key, which the pin does not name: {}.",
                               rotation->from_size, rotation->key.text()));
  }
}

/// A head that was signed and cosigned before this heartbeat was written.
void BoundFiles::read_heartbeat(LeafIndex index, const std::string& path, std::string_view bytes) {
  const auto note = proof::parse_note(bytes);
  if (!findings_.expect(note, Check::log, path, index)) return;
  const auto head = proof::Checkpoint::parse(note->text);
  if (!findings_.expect(head, Check::log, path, index)) return;
  if (head->origin != pin_.origin || head->size > index) {
    return findings_.add(Check::log, path, index, "the head is not one of this log before that leaf");
  }
  compare(index, path, bytes, *head);
  shown_.push_back({std::string(bytes), Check::log, path});
  const auto cosignatures = proof::open_cosignatures(*note, witnesses_);
  if (findings_.expect(cosignatures, Check::log, path, index)) tell_bound(index, *cosignatures);
}

void BoundFiles::tell_bound(LeafIndex index, const std::vector<proof::Cosignature>& cosignatures) {
  if (cosignatures.empty()) return;
  const auto latest = std::ranges::max_element(cosignatures, {}, &proof::Cosignature::time);
  std::vector<NotBefore>& bounds = findings_.told().not_before;
  const bool is_news = bounds.empty() || bounds.back().time < latest->time;
  if (is_news && bounds.size() < kMaxBrackets) {
    bounds.push_back({index, latest->time, witnesses_[latest->witness].name});
  }
}

void BoundFiles::compare(LeafIndex index, const std::string& path, std::string_view note,
                         const proof::Checkpoint& head) {
  const auto root = edition_.tree.root(head.size);
  if (!root || *root == head.root) return;
  findings_.add(Check::head, path, index, "the head that it embeds is not of this history");
  auto proof = proof::consistency_proof(head.size, edition_.tree.size(), edition_.tree.reader());
  if (!proof) return;
  const auto fork = proof::make_fork(note, edition_.file("checkpoint"), *root, *std::move(proof), pin_.verifiers());
  if (fork) findings_.told().forks.push_back(fork->text());
}

bool BoundFiles::is_retired(const proof::Verifier& key, std::uint64_t size) const {
  const auto own = std::ranges::find(log_keys_, key);
  return own != log_keys_.end() && last_sizes_[static_cast<std::size_t>(own - log_keys_.begin())] < size;
}

/// A key that the log itself has retired signs nothing larger, whatever the pin still grants it.
void BoundFiles::check_retired(const ShownHead& shown) {
  const auto head = open_head(shown.note, pin_);
  if (!head) return;  // said already; a head that a heartbeat embeds need not be by a key that the pin names
  const std::uint64_t size = head->checkpoint.size;
  const bool has_good_key = std::ranges::any_of(head->log_keys, [&](std::size_t at) {
    const RangedKey& key = pin_.log_keys[at];
    return key.first_size <= size && size <= key.last_size && !is_retired(key.key, size);
  });
  if (has_good_key) return;
  findings_.add(shown.check, shown.file, format("the log itself has retired the key that signed its head of {}", size));
}

}  // namespace

void check_bound(const Pin& pin, const EditionState& edition, std::vector<ShownHead> shown, Findings& findings) {
  BoundFiles(pin, edition, std::move(shown), findings).run();
}

}  // namespace gavah::verify
