#include <memory>

#include "base/format.h"
#include "cli/chronicle_argument.h"
#include "proof/proof.h"
#include "verify/verify.h"

namespace gavah::cli {
namespace {

constexpr std::uint64_t kMaxAgeDays = 36'500;  // a century

class VerifyCommand final : public Command {
 public:
  std::string_view name() const override { return "verify"; }
  std::string_view summary() const override {
    return "check an edition, an excerpt, a log or a fork file with a pin, or a chronicle";
  }
  std::string_view example() const override { return "gavah verify edition-1 --pin case.pin"; }
  void declare(Arguments& arguments) override {
    arguments.word(
        "PATH", path_,
        "an edition, an excerpt of one, a chronicle, a fork file, or a directory with a log (checkpoint and tile/)");
    arguments.option("--pin", pin_file_, "file with origin and public keys, from someone you trust (gavah pin)");
    arguments.option("--origin", pin_origin_, "origin of the log, in place of a pin file");
    arguments.options("--log-key", log_keys_, "public key of the log (vkey), in place of a pin file");
    arguments.options("--release-key", release_keys_, "public key of the releases (vkey), in place of a pin file");
    arguments.option("--policy", policy_file_, "witnesses and quorum, a tlog-policy file, where the pin has none");
    arguments.option("--max-age", max_age_, "days: older cosignatures do not count");
    arguments.option("--cosigned", cosigned_file_, "cosigned head that came beside the edition (gavah cosign)");
    arguments.option("--remember", memory_file_, "file of your own: heads you have seen; compared, then added to");
    arguments.option("--previous", previous_, "directory of the edition before this one");
    arguments.flag("--allow-unwitnessed", allow_unwitnessed_,
                   "exit 0 although no outside witness signed the log's head");
    arguments.number("--threads", threads_, "threads; 0 for all cores");
    arguments.flag("--json", json_, "answer as JSON");
  }
  Result<int> run(pipeline::World& world) override {
    if (world.disk().exists(join_path(path_, "chronicle.json"))) return verify_chronicle(world);
    if (verify::is_bare_log(world.disk(), path_)) return verify_bare_log(world.disk());
    GAVAH_ASSIGN(const verify::Pin pin, read_pin(world.disk()));
    const auto kind = world.disk().kind(path_);
    if (kind && *kind == EntryKind::file) return verify_file(world, pin);
    return verify_edition(world, pin);
  }

 private:
  int answer(const verify::Verdict& verdict) const {
    print_line(json_ ? verify::to_json(verdict) : verify::to_text(verdict));
    return verdict.exit_status(allow_unwitnessed_ ? verify::Unwitnessed::allowed : verify::Unwitnessed::refused);
  }

  /// A log needs no release key: --log-key alone will do, and its name is the origin where none is given.
  Result<verify::Pin> read_log_pin(Disk& disk) {
    if (!pin_file_.empty() || log_keys_.empty()) return read_pin(disk);
    verify::Pin pin;
    for (const auto& text : log_keys_) {
      GAVAH_ASSIGN_AS(const proof::Verifier key, proof::Verifier::parse(text), "reading --log-key");
      pin.log_keys.push_back({key});
    }
    pin.origin = pin_origin_.empty() ? pin.log_keys.front().key.name : pin_origin_;
    return pin;
  }

  Result<int> verify_bare_log(Disk& disk) {
    GAVAH_ASSIGN(const verify::Pin pin, read_log_pin(disk));
    GAVAH_ASSIGN(const verify::Verdict verdict, verify::verify_log(disk, path_, pin, threads_));
    return answer(verdict);
  }

  Result<verify::Pin> read_pin(Disk& disk) {
    std::string text;
    if (!pin_file_.empty()) {
      GAVAH_ASSIGN_AS(text, disk.read(pin_file_), "reading the pin");
    }
    if (!text.empty() && !text.ends_with('\n')) text += "\n";
    if (!pin_origin_.empty()) text += "origin " + pin_origin_ + "\n";
    for (const auto& key : log_keys_) text += "log " + key + "\n";
    for (const auto& key : release_keys_) text += "release " + key + "\n";
    if (!policy_file_.empty()) text += "policy " + policy_file_ + "\n";
    if (text.empty()) {
      return fail(
          ErrorCode::invalid_input,
          "verifying needs a pin from outside of the edition: --pin FILE, or --origin, --log-key and --release-key");
    }
    GAVAH_ASSIGN_AS(verify::Pin pin, verify::Pin::parse(text), "reading the pin");
    const bool is_pins_own = policy_file_.empty() && !pin_file_.empty();
    GAVAH_TRY(
        verify::read_witness_policy(disk, is_pins_own ? std::string(parent_path(pin_file_)) : std::string(), pin));
    return pin;
  }

  Result<int> verify_file(pipeline::World& world, const verify::Pin& pin) {
    constexpr std::string_view kExcerpt = R"({"type":"excerpt",)";
    GAVAH_ASSIGN_AS(const std::string bytes, world.disk().read(path_), format("verifying {}", path_));
    if (!bytes.starts_with(kExcerpt)) return verify_fork(bytes, pin);
    GAVAH_ASSIGN(const auto max_age, max_age_days());
    return answer(verify::verify_excerpt(bytes, pin, {world.clock().now(), max_age}));
  }

  Result<std::optional<std::uint32_t>> max_age_days() const {
    if (max_age_.empty()) return std::optional<std::uint32_t>();
    GAVAH_ASSIGN_AS(const std::uint64_t days, proof::parse_tree_size(max_age_), "reading --max-age");
    if (days > kMaxAgeDays) return fail(ErrorCode::invalid_input, "--max-age is at most 36,500 days");
    return std::optional(static_cast<std::uint32_t>(days));
  }

  static Result<int> verify_fork(std::string_view fork, const verify::Pin& pin) {
    const auto words = verify::verify_fork(fork, pin);
    if (words) {
      print(*words);
      return kDone;
    }
    if (words.error().code != ErrorCode::invalid_input) return std::unexpected<Error>(words.error());
    print_line(format("this proves nothing: {}", words.error().sentence()));
    return kAnswerIsNo;
  }

  Result<verify::VerifyOptions> read_options(pipeline::World& world, const verify::Pin& pin) {
    verify::VerifyOptions options;
    options.pin = pin;
    options.threads = threads_;
    options.now = world.clock().now();
    if (!previous_.empty()) options.previous = previous_;
    if (!cosigned_file_.empty()) {
      GAVAH_ASSIGN_AS(options.cosigned, world.disk().read(cosigned_file_), "reading the cosigned head");
    }
    GAVAH_ASSIGN(options.max_age_days, max_age_days());
    return options;
  }

  Result<std::string> read_memory(Disk& disk) {
    if (memory_file_.empty()) return std::string();
    auto text = disk.read(memory_file_);
    if (!text && text.error().code == ErrorCode::not_found) return std::string();
    return text;
  }

  /// One verification at a time compares with a memory and adds to it; another one is turned away. Nothing when nothing
  /// is remembered.
  Result<std::unique_ptr<RandomAccessFile>> lock_memory(Disk& disk) {
    if (memory_file_.empty()) return std::unique_ptr<RandomAccessFile>();
    GAVAH_ASSIGN(auto file, disk.open_file(memory_file_ + ".lock", OpenMode::create));
    GAVAH_ASSIGN(const bool is_ours, file->lock({0, 1}, FileLock::exclusive));
    if (!is_ours)
      return fail(ErrorCode::unavailable, "another verification holds them: verify again when it has ended");
    return file;
  }

  /// Adds what holds to the reader's memory, which is locked.
  Result<void> update_memory(Disk& disk, const std::string& before, verify::RememberedHeads heads,
                             const verify::Verdict& verdict) {
    if (memory_file_.empty() || verdict.outcome == verify::Outcome::failed) return {};
    for (const std::string& note : verdict.heads) GAVAH_TRY(heads.add(note));
    const std::string after = heads.text();
    if (after == before) return {};
    // Who writes it by hand takes no lock.
    GAVAH_ASSIGN(const std::string present, read_memory(disk));
    if (present != before) {
      return fail(ErrorCode::unavailable, "the remembered heads were changed meanwhile: verify again");
    }
    return disk.replace(memory_file_, after);
  }

  /// Two signed heads that contradict each other go into a file that convinces others.
  Result<void> write_forks(Disk& disk, const verify::Verdict& verdict) {
    for (const std::string& fork : verdict.forks) {
      const std::string stem = memory_file_.empty() ? std::string("gavah") : memory_file_;
      const std::string path = format("{}.fork-{}", stem, sha256(fork).hex().substr(0, 16));
      GAVAH_TRY(disk.replace(path, fork));
      complain(format("two signed heads contradict each other; the proof for others is {}", path));
    }
    return {};
  }

  Result<int> verify_edition(pipeline::World& world, const verify::Pin& pin) {
    GAVAH_ASSIGN(verify::VerifyOptions options, read_options(world, pin));
    GAVAH_ASSIGN_AS(const auto lock, lock_memory(world.disk()), "locking the remembered heads");
    GAVAH_ASSIGN_AS(const std::string before, read_memory(world.disk()), "reading the remembered heads");
    GAVAH_ASSIGN(verify::RememberedHeads heads, verify::RememberedHeads::parse(before));
    options.remembered = heads.notes_of(pin.origin);
    GAVAH_ASSIGN_AS(const verify::Verdict verdict, verify::verify_edition(world.disk(), path_, options),
                    format("verifying {}", path_));
    GAVAH_TRY(write_forks(world.disk(), verdict));
    GAVAH_TRY_AS(update_memory(world.disk(), before, std::move(heads), verdict), "remembering this head");
    return answer(verdict);
  }

  Result<int> verify_chronicle(pipeline::World& world) {
    GAVAH_ASSIGN(const auto chronicle, open_chronicle(world, path_, pipeline::Access::read_only));
    GAVAH_ASSIGN(const auto audit, pipeline::audit(*chronicle));
    JsonWriter out;
    out.begin_object().member("leaves", audit.leaves).member("objects", audit.objects);
    out.member("shredded", audit.shredded).member("reduced", audit.reduced).key("faults").begin_array();
    for (const auto& fault : audit.faults) out.text(fault);
    out.end_array().end_object();
    if (json_) {
      print_line(out.str());
    } else {
      for (const auto& fault : audit.faults) print_line("fault: " + fault);
      print_line(format("{}: rehashed {} leaves and {} objects, {} faults", audit.faults.empty() ? "sound" : "FAILED",
                        audit.leaves, audit.objects, audit.faults.size()));
      if (audit.shredded > 0) print_line(format("{} entries were shredded: the log says so", audit.shredded));
      if (audit.reduced > 0) print_line(format("{} captures have lost parts: the log says so", audit.reduced));
    }
    return audit.faults.empty() ? kDone : kAnswerIsNo;
  }

  std::string path_;
  std::string pin_file_;
  std::string pin_origin_;
  std::vector<std::string> log_keys_;
  std::vector<std::string> release_keys_;
  std::string policy_file_;
  std::string max_age_;
  std::string cosigned_file_;
  std::string memory_file_;
  std::string previous_;
  std::uint64_t threads_ = 0;
  bool allow_unwitnessed_ = false;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> verify_command() { return std::make_unique<VerifyCommand>(); }

}  // namespace gavah::cli
