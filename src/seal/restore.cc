#include "seal/restore.h"

#include <algorithm>
#include <optional>

#include "base/bytes.h"
#include "base/format.h"
#include "seal/continued.h"
#include "seal/file_copy.h"
#include "seal/highest_head.h"
#include "seal/log_writer.h"
#include "seal/mirror.h"

namespace gavah::seal {
namespace {

/// Copies a directory, but for what a chronicle makes again or holds for a running process.
Result<void> copy_tree(Disk& disk, const std::string& from, const std::string& to) {
  GAVAH_TRY(disk.make_directories(to));
  GAVAH_ASSIGN(const auto entries, disk.list(from));
  for (const auto& entry : entries) {
    const std::string& name = entry.name;
    if (name.starts_with("index.sqlite") || name.ends_with("-shm") || name.ends_with(".new") || name == "writer.lock") {
      continue;
    }
    if (entry.kind == EntryKind::directory) {
      GAVAH_TRY(copy_tree(disk, join_path(from, name), join_path(to, name)));
    } else if (entry.kind == EntryKind::file) {
      GAVAH_ASSIGN(const Digest read, copy_file(disk, join_path(from, name), join_path(to, name)));
      GAVAH_TRY(check_copy(disk, join_path(to, name), read));
    }
  }
  return {};
}

/// A signed head of the log with its note.
struct SignedHead {
  proof::Checkpoint head;
  std::string note;
};

/// Settles the copy that lies at `directory`.
class Settlement {
 public:
  Settlement(Disk& disk, std::string directory, std::string state_directory, const RestoreOptions& options,
             const Clock& clock, Random& random)
      : disk_(disk),
        directory_(std::move(directory)),
        state_directory_(std::move(state_directory)),
        options_(options),
        clock_(clock),
        random_(random) {}

  Result<RestoreSummary> run() {
    if (!options_.new_origin.empty()) return begin_anew();
    GAVAH_ASSIGN(store::Chronicle chronicle, store::Chronicle::open(disk_, directory_, ask()));
    GAVAH_TRY(open_mirror(chronicle));
    GAVAH_ASSIGN(const auto newest, newest_head(chronicle));
    GAVAH_ASSIGN(const std::uint64_t size, chronicle.ledger().size());
    if (!newest && options_.newest == Newest::unknown) return refuse_unknown(chronicle.config().origin);
    if (newest && size < newest->head.size) GAVAH_TRY(catch_up_to(chronicle, newest->head, size));
    GAVAH_TRY(check_history(chronicle, newest));
    GAVAH_TRY(remember(chronicle, newest));
    GAVAH_ASSIGN(const LogWriter writer, LogWriter::open(chronicle, state_directory_, clock_, random_));
    out_.leaves = writer.size();
    out_.origin = chronicle.config().origin;
    return out_;
  }

 private:
  /// Asks a person once, whatever is opened with it.
  store::AskPassphrase ask() {
    return [this]() -> Result<std::string> {
      if (!said_) {
        GAVAH_ASSIGN(said_, options_.ask_passphrase());
      }
      return *said_;
    };
  }

  static std::unexpected<Error> refuse_unknown(const std::string& origin) {
    return fail(ErrorCode::refused,
                format("no signed head of {} is known here, so this copy may be an old one: show the newest checkpoint "
                       "that others keep with --head (an edition's, a mirror's, a witness'), say with --newest that no "
                       "copy has signed more, or begin a new log that continues this one with --new-origin",
                       origin));
  }

  Result<RestoreSummary> begin_anew() {
    ContinuedOptions continued;
    {
      GAVAH_ASSIGN(store::Chronicle chronicle, store::Chronicle::open(disk_, directory_, ask()));
      if (chronicle.config().origin == options_.new_origin) {
        return fail(ErrorCode::refused, "a new origin is another name than the old one");
      }
      GAVAH_TRY(open_mirror(chronicle));
      GAVAH_ASSIGN(auto newest, newest_head(chronicle));
      GAVAH_TRY(check_history(chronicle, newest));
      GAVAH_ASSIGN(const SignedHead own, own_head(chronicle));
      continued.head_note = newest && newest->head.size > own.head.size ? newest->note : own.note;
      continued.old_keys = known_;
    }
    continued.origin = options_.new_origin;
    continued.ask_passphrase = ask();
    continued.passphrase = said_.value_or("");
    continued.cost = options_.cost;
    GAVAH_ASSIGN(const Continued done, continue_log(disk_, directory_, state_directory_, continued, clock_, random_));
    out_.leaves = done.taken;
    out_.lost = done.lost;
    out_.origin = options_.new_origin;
    return out_;
  }

  /// Collects the keys by which heads of this log are known: those of the copy, those that this machine remembers, and
  /// those to which a mirror's log leads.
  Result<void> open_mirror(store::Chronicle& chronicle) {
    known_ = log_keys_of(chronicle);
    GAVAH_ASSIGN(const auto remembered, HighestHead::look_keys(disk_, state_directory_, chronicle.config().origin));
    for (const proof::Verifier& key : remembered) {
      if (std::ranges::find(known_, key) == known_.end()) known_.push_back(key);
    }
    if (options_.mirror.empty()) return {};
    auto mirror = store::Chronicle::open(disk_, options_.mirror, ask(), store::Access::read_only);
    if (!mirror && mirror.error().code == ErrorCode::refused && said_) {
      mirror = store::Chronicle::open(disk_, options_.mirror, options_.ask_passphrase, store::Access::read_only);
    }
    if (!mirror) return fail_with(std::move(mirror), "opening the mirror");
    GAVAH_ASSIGN_AS(known_, keys_by_rotation(*mirror, known_), "reading the mirror");
    mirror_.emplace(*std::move(mirror));
    return {};
  }

  Result<SignedHead> open_head(const std::string& note, std::string_view whose) const {
    auto head = proof::open_checkpoint(note, known_);
    if (head) return SignedHead{*std::move(head), note};
    return fail(ErrorCode::refused,
                format("{} is signed by no key that this copy knows ({}): the log has changed its key since. Restore a "
                       "copy that was made after that, or name one with --mirror",
                       whose, head.error().sentence()));
  }

  Result<SignedHead> own_head(store::Chronicle& chronicle) const {
    GAVAH_ASSIGN(const std::string note, chronicle.checkpoint_note());
    return open_head(note, "the copy's own checkpoint");
  }

  /// The larger one of what this machine has signed and what was shown; nothing when there is neither.
  Result<std::optional<SignedHead>> newest_head(store::Chronicle& chronicle) {
    std::optional<SignedHead> out;
    GAVAH_ASSIGN(remembered_, HighestHead::look_note(disk_, state_directory_, chronicle.config().origin));
    if (!remembered_.empty()) {
      GAVAH_ASSIGN(out, open_head(remembered_, "the newest head that this machine has signed"));
    }
    if (options_.head.empty()) return out;
    GAVAH_ASSIGN(SignedHead shown, open_head(options_.head, "the head that was shown"));
    if (shown.head.origin != chronicle.config().origin) {
      return fail(ErrorCode::refused, format("the head that was shown is of {}", shown.head.origin));
    }
    shown_ = shown;
    if (!out || out->head.size < shown.head.size) out = std::move(shown);
    return out;
  }

  Result<void> catch_up_to(store::Chronicle& chronicle, const proof::Checkpoint& head, std::uint64_t size) {
    if (!mirror_) {
      return fail(ErrorCode::refused,
                  format("this copy has {} leaves, and a head of {} leaves was signed; it is never signed over: name a "
                         "copy that has them with --mirror, or, when there is none, begin a new log that cites that "
                         "head with --new-origin",
                         size, head.size));
    }
    const store::Rewrap wrap{said_.value_or(""), options_.cost, &random_};
    GAVAH_ASSIGN_AS(out_.caught_up, catch_up(chronicle, *mirror_, head, wrap), "catching up");
    return {};
  }

  /// Each known head that is not larger than the copy is one of its history.
  Result<void> check_history(store::Chronicle& chronicle, const std::optional<SignedHead>& newest) const {
    GAVAH_ASSIGN(const proof::HashTree tree, tree_of(chronicle));
    for (const auto* head : {&newest, &shown_}) {
      if (!*head || (*head)->head.size > tree.size()) continue;
      GAVAH_ASSIGN(const Digest root, tree.root((*head)->head.size));
      if (root != (*head)->head.root) {
        return fail(ErrorCode::refused,
                    format("a signed head of {} leaves is not of this copy's history: the log has forked, and nothing "
                           "is signed on top of it. Keep both for those who must judge",
                           (*head)->head.size));
      }
    }
    return {};
  }

  /// Lays down the head from which this machine signs on.
  Result<void> remember(store::Chronicle& chronicle, const std::optional<SignedHead>& newest) {
    if (newest && newest->note == remembered_) return {};
    std::string note;
    if (newest) {
      note = newest->note;
    } else {
      GAVAH_ASSIGN(note, chronicle.checkpoint_note());
    }
    GAVAH_ASSIGN(HighestHead highest, HighestHead::open(disk_, state_directory_, chronicle.config().origin, clock_));
    return highest.swap(remembered_, note);
  }

  Disk& disk_;
  std::string directory_;
  std::string state_directory_;
  const RestoreOptions& options_;
  const Clock& clock_;
  Random& random_;
  std::optional<std::string> said_;  ///< the passphrase, once asked for
  std::optional<store::Chronicle> mirror_;
  std::vector<proof::Verifier> known_;  ///< keys that may have signed heads of this log
  std::string remembered_;              ///< note of the head that this machine has signed; empty: none
  std::optional<SignedHead> shown_;
  RestoreSummary out_;
};

/// Makes room at the destination: it must not exist, or be empty.
Result<void> clear(Disk& disk, const std::string& destination) {
  if (!disk.exists(destination)) return {};
  GAVAH_ASSIGN(const auto entries, disk.list(destination));
  if (!entries.empty()) return fail(ErrorCode::refused, format("{} is not empty", destination));
  return disk.remove(destination);
}

}  // namespace

Result<RestoreSummary> restore(Disk& disk, const std::string& state_directory, const RestoreOptions& options,
                               const Clock& clock, Random& random) {
  const std::string attempted = format("restoring {}", options.source);
  if (options.destination == options.source) {
    if (!options.new_origin.empty() || !options.mirror.empty()) {
      return fail(ErrorCode::refused, "a new origin or a mirror needs a destination of its own");
    }
    auto done = Settlement(disk, options.source, state_directory, options, clock, random).run();
    if (!done) return fail_with(std::move(done), attempted);
    return done;
  }
  GAVAH_TRY_AS(clear(disk, options.destination), attempted);
  const std::string beside = format("{}.new-{}", options.destination, to_hex(random.bytes(4)));
  Result<RestoreSummary> done = [&]() -> Result<RestoreSummary> {
    GAVAH_TRY(copy_tree(disk, options.source, beside));
    GAVAH_TRY(disk.sync_all(beside));
    GAVAH_ASSIGN(const RestoreSummary summary, Settlement(disk, beside, state_directory, options, clock, random).run());
    GAVAH_TRY(disk.rename(beside, options.destination));
    GAVAH_TRY(disk.sync_directory(std::string(parent_path(options.destination))));
    return summary;
  }();
  if (!done) {
    // The first failure is the one to report.
    if (disk.exists(beside)) [[maybe_unused]]
      const auto removed = disk.remove_tree(beside);
    return fail_with(std::move(done), attempted);
  }
  return done;
}

}  // namespace gavah::seal
