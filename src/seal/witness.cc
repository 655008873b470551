#include "seal/witness.h"

#include <algorithm>

#include "base/format.h"
#include "seal/writer_lock.h"

namespace gavah::seal {
namespace {

constexpr std::string_view kKeyFile = "key";
constexpr std::string_view kVkeyFile = "vkey";
constexpr std::string_view kLogsFile = "logs";
constexpr std::size_t kMaxForks = 100;  // fork files kept: a log that lies once has said enough
constexpr std::size_t kNameDigits = 32;

WitnessAnswer answer_of(unsigned status, std::string sentence) {
  return {status, "text/plain; charset=utf-8", std::move(sentence) + "\n"};
}

WitnessAnswer conflict(std::uint64_t seen_size) { return {409, "text/x.tlog.size", std::to_string(seen_size) + "\n"}; }

std::string without_newline(std::string text) {
  if (text.ends_with('\n')) text.pop_back();
  return text;
}

Result<std::vector<proof::Verifier>> read_logs(Disk& disk, const std::string& directory) {
  auto text = disk.read(join_path(directory, kLogsFile));
  if (!text && text.error().code == ErrorCode::not_found) return std::vector<proof::Verifier>();
  if (!text) return fail_with(std::move(text), "reading the logs of the witness");
  std::vector<proof::Verifier> out;
  for (std::string_view rest = *text; !rest.empty();) {
    GAVAH_ASSIGN(const std::string_view vkey, proof::take_line_of(rest, "log"));
    GAVAH_ASSIGN_AS(proof::Verifier key, proof::Verifier::parse(vkey), "reading the logs of the witness");
    out.push_back(std::move(key));
  }
  return out;
}

}  // namespace

Result<void> create_witness(Disk& disk, const std::string& directory, const std::string& name, Random& random) {
  const std::string key_path = join_path(directory, kKeyFile);
  if (disk.exists(key_path)) return fail(ErrorCode::refused, format("{} is a witness already", directory));
  GAVAH_ASSIGN(const proof::WitnessSigner signer, proof::WitnessSigner::generate(name, random));
  GAVAH_TRY(disk.make_directories(join_path(directory, "heads")));
  GAVAH_TRY(disk.make_directories(join_path(directory, "forks")));
  GAVAH_TRY(disk.replace(join_path(directory, kVkeyFile), signer.verifier().text() + "\n"));
  return disk.replace(key_path, signer.text() + "\n");
}

Result<void> add_witnessed_log(Disk& disk, const std::string& directory, const proof::Verifier& key) {
  if (!disk.exists(join_path(directory, kKeyFile))) {
    return fail(ErrorCode::not_found, format("{} is no witness: make it with --init NAME", directory));
  }
  GAVAH_ASSIGN(std::vector<proof::Verifier> logs, read_logs(disk, directory));
  if (std::ranges::find(logs, key) != logs.end()) return {};
  logs.push_back(key);
  std::string text;
  for (const proof::Verifier& log : logs) text += format("log {}\n", log.text());
  return disk.replace(join_path(directory, kLogsFile), text);
}

struct Witness::State {
  Disk* disk;
  std::string directory;
  const Clock* clock;
  WriterLock lock;
  proof::WitnessSigner signer;
  proof::WitnessKey key;
  std::vector<proof::Verifier> logs;
  bool has_stopped = false;

  std::string head_path(const std::string& origin) const {
    return join_path(directory, "heads/" + sha256(origin).hex().substr(0, kNameDigits));
  }
  Result<std::string> last_note(const std::string& origin) const;
  Result<WitnessAnswer> judge(std::string_view request) const;
  Result<WitnessAnswer> compare(const proof::AddCheckpoint& asked, const proof::Checkpoint& head,
                                std::span<const proof::Verifier> keys) const;
  Result<WitnessAnswer> sign(const proof::AddCheckpoint& asked, const std::string& origin,
                             std::span<const proof::Verifier> keys) const;
  Result<void> keep_fork(std::string_view seen, std::string_view shown, const proof::Checkpoint& head,
                         std::span<const proof::Verifier> keys) const;
};

Result<std::string> Witness::State::last_note(const std::string& origin) const {
  auto note = disk->read(head_path(origin));
  if (!note && note.error().code == ErrorCode::not_found) return std::string();
  return note;
}

/// Two roots at one size: proof against the log, kept for whoever asks.
Result<void> Witness::State::keep_fork(std::string_view seen, std::string_view shown, const proof::Checkpoint& head,
                                       std::span<const proof::Verifier> keys) const {
  GAVAH_ASSIGN(const proof::Fork fork, proof::make_fork(seen, shown, head.root, {}, keys));
  const std::string folder = join_path(directory, "forks");
  GAVAH_TRY(disk->make_directories(folder));
  GAVAH_ASSIGN(const auto kept, disk->list(folder));
  if (kept.size() >= kMaxForks) return {};
  return disk->replace(join_path(folder, sha256(fork.text()).hex().substr(0, kNameDigits)), fork.text());
}

Result<WitnessAnswer> Witness::State::sign(const proof::AddCheckpoint& asked, const std::string& origin,
                                           std::span<const proof::Verifier> keys) const {
  GAVAH_ASSIGN(proof::Note note, proof::parse_note(asked.note));
  const proof::NoteSignature cosignature = proof::cosign(note.text, signer, clock->now());
  // The log's own signatures make what is stored proof against the log; what strangers added has no place here.
  std::erase_if(note.signatures, [&](const proof::NoteSignature& line) {
    return std::ranges::none_of(keys, [&](const proof::Verifier& log) { return log.id() == line.id; });
  });
  if (note.signatures.size() == proof::kMaxNoteSignatures) note.signatures.pop_back();
  note.signatures.push_back(cosignature);
  GAVAH_TRY_AS(disk->replace(head_path(origin), proof::note_bytes(note)), "storing the head that is to be cosigned");
  return WitnessAnswer{200, "text/plain; charset=utf-8", proof::signature_line(cosignature)};
}

/// With the head that was cosigned last.
Result<WitnessAnswer> Witness::State::compare(const proof::AddCheckpoint& asked, const proof::Checkpoint& head,
                                              std::span<const proof::Verifier> keys) const {
  GAVAH_ASSIGN(const std::string seen_note, last_note(head.origin));
  proof::Checkpoint seen{head.origin, 0, proof::empty_root()};
  if (!seen_note.empty()) {
    GAVAH_ASSIGN_AS(const proof::Note note, proof::parse_note(seen_note), "reading the head cosigned last");
    GAVAH_ASSIGN_AS(seen, proof::Checkpoint::parse(note.text), "reading the head cosigned last");
  }
  if (seen.origin != head.origin) return fail(ErrorCode::corrupt, "the head cosigned last is of another log");
  if (seen.size == head.size && seen.root != head.root) {
    if (!seen_note.empty()) GAVAH_TRY(keep_fork(seen_note, asked.note, head, keys));
    return conflict(seen.size);
  }
  if (asked.old_size != seen.size) return conflict(seen.size);
  const auto extends = proof::verify_consistency(seen.size, head.size, asked.proof, seen.root, head.root);
  if (!extends) return answer_of(422, extends.error().sentence());
  return sign(asked, head.origin, keys);
}

Result<WitnessAnswer> Witness::State::judge(std::string_view request) const {
  const auto asked = proof::AddCheckpoint::parse(request);
  if (!asked) return answer_of(400, asked.error().sentence());
  const auto note = proof::parse_note(asked->note);
  if (!note) return answer_of(400, note.error().sentence());
  const auto head = proof::Checkpoint::parse(note->text);
  if (!head) return answer_of(400, head.error().sentence());
  std::vector<proof::Verifier> keys;
  std::ranges::copy_if(logs, std::back_inserter(keys),
                       [&](const proof::Verifier& log) { return log.name == head->origin; });
  if (keys.empty()) return answer_of(404, "this witness does not know that log");
  const auto opened = proof::open_checkpoint(asked->note, keys);
  if (!opened) return answer_of(403, opened.error().sentence());
  if (asked->old_size > head->size) return answer_of(400, "the old size is larger than the new one");
  return compare(*asked, *head, keys);
}

Witness::Witness(std::unique_ptr<State> state) : state_(std::move(state)) {}
Witness::Witness(Witness&&) noexcept = default;
Witness& Witness::operator=(Witness&&) noexcept = default;
Witness::~Witness() = default;

Result<Witness> Witness::open(Disk& disk, const std::string& directory, const Clock& clock) {
  GAVAH_ASSIGN_AS(const std::string skey, disk.read(join_path(directory, kKeyFile)), "opening the witness");
  GAVAH_ASSIGN_AS(proof::WitnessSigner signer, proof::WitnessSigner::parse(without_newline(skey)),
                  "opening the witness");
  GAVAH_ASSIGN(std::vector<proof::Verifier> logs, read_logs(disk, directory));
  GAVAH_ASSIGN(WriterLock lock, WriterLock::take(disk, join_path(directory, "lock"), clock));
  proof::WitnessKey key = signer.verifier();
  return Witness(std::make_unique<State>(
      State{&disk, directory, &clock, std::move(lock), std::move(signer), std::move(key), std::move(logs)}));
}

const proof::WitnessKey& Witness::key() const { return state_->key; }
const std::vector<proof::Verifier>& Witness::logs() const { return state_->logs; }

WitnessAnswer Witness::add_checkpoint(std::string_view request) {
  if (state_->has_stopped) return answer_of(500, "this witness has stopped after an error");
  auto answer = state_->judge(request);
  if (answer) return *std::move(answer);
  state_->has_stopped = true;
  return answer_of(500, answer.error().sentence());
}

}  // namespace gavah::seal
