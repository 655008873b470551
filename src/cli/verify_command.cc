#include "base/format.h"
#include "cli/chronicle_argument.h"
#include "verify/verify.h"

namespace gavah::cli {
namespace {

class VerifyCommand final : public Command {
 public:
  std::string_view name() const override { return "verify"; }
  std::string_view summary() const override { return "check an edition or a bare log with a pin, or a chronicle"; }
  std::string_view example() const override { return "gavah verify edition-1 --pin case.pin"; }
  void declare(Arguments& arguments) override {
    arguments.word("PATH", path_, "an edition, a chronicle, or a directory with a log (checkpoint and tile/)");
    arguments.option("--pin", pin_file_, "file with origin and public keys, from someone you trust (gavah pin)");
    arguments.option("--origin", pin_origin_, "origin of the log, in place of a pin file");
    arguments.options("--log-key", log_keys_, "public key of the log (vkey), in place of a pin file");
    arguments.options("--release-key", release_keys_, "public key of the releases (vkey), in place of a pin file");
    arguments.option("--previous", previous_, "directory of the edition before this one");
    arguments.flag("--allow-unwitnessed", allow_unwitnessed_,
                   "exit 0 although no outside witness signed the log's head");
    arguments.number("--threads", threads_, "threads; 0 for all cores");
    arguments.flag("--json", json_, "answer as JSON");
  }
  Result<int> run(pipeline::World& world) override {
    if (world.disk().exists(join_path(path_, "chronicle.json"))) return verify_chronicle(world);
    if (verify::is_bare_log(world.disk(), path_)) return verify_bare_log(world.disk());
    GAVAH_ASSIGN(verify::Pin pin, read_pin(world.disk()));
    verify::VerifyOptions options{.pin = std::move(pin), .previous = std::nullopt, .threads = threads_};
    if (!previous_.empty()) options.previous = previous_;
    GAVAH_ASSIGN_AS(const verify::Verdict verdict, verify::verify_edition(world.disk(), path_, options),
                    format("verifying {}", path_));
    return answer(verdict);
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
    if (!pin_origin_.empty()) text += "origin " + pin_origin_ + "\n";
    for (const auto& key : log_keys_) text += "log " + key + "\n";
    for (const auto& key : release_keys_) text += "release " + key + "\n";
    if (text.empty()) {
      return fail(
          ErrorCode::invalid_input,
          "verifying needs a pin from outside of the edition: --pin FILE, or --origin, --log-key and --release-key");
    }
    auto pin = verify::Pin::parse(text);
    if (!pin) return fail_with(std::move(pin), "reading the pin");
    return pin;
  }

  Result<int> verify_chronicle(pipeline::World& world) {
    GAVAH_ASSIGN(const auto chronicle, open_chronicle(world, path_, pipeline::Access::read_only));
    GAVAH_ASSIGN(const auto audit, pipeline::audit(*chronicle));
    JsonWriter out;
    out.begin_object().member("leaves", audit.leaves).member("objects", audit.objects).key("faults").begin_array();
    for (const auto& fault : audit.faults) out.text(fault);
    out.end_array().end_object();
    if (json_) {
      print_line(out.str());
    } else {
      for (const auto& fault : audit.faults) print_line("fault: " + fault);
      print_line(format("{}: rehashed {} leaves and {} objects, {} faults", audit.faults.empty() ? "sound" : "FAILED",
                        audit.leaves, audit.objects, audit.faults.size()));
    }
    return audit.faults.empty() ? kDone : kAnswerIsNo;
  }

  std::string path_;
  std::string pin_file_;
  std::string pin_origin_;
  std::vector<std::string> log_keys_;
  std::vector<std::string> release_keys_;
  std::string previous_;
  std::uint64_t threads_ = 0;
  bool allow_unwitnessed_ = false;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> verify_command() { return std::make_unique<VerifyCommand>(); }

}  // namespace gavah::cli
