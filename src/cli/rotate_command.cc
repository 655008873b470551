#include "base/format.h"
#include "cli/chronicle_argument.h"

namespace gavah::cli {
namespace {

class RotateCommand final : public Command {
 public:
  std::string_view name() const override { return "rotate"; }
  std::string_view summary() const override {
    return "give the log a new key and destroy the old one, or change the passphrase";
  }
  std::string_view example() const override { return "gavah rotate case.chronicle"; }
  void declare(Arguments& arguments) override {
    arguments.word("CHRONICLE", directory_, "the chronicle");
    arguments.flag("--passphrase", passphrase_,
                   "another passphrase instead: the keys stay (scripts: a file named in GAVAH_NEW_PASSPHRASE_FILE)");
    arguments.flag("--json", json_, "answer as JSON");
  }
  Result<int> run(pipeline::World& world) override {
    GAVAH_ASSIGN(const auto chronicle, open_chronicle(world, directory_, pipeline::Access::read_write));
    if (passphrase_) return change_passphrase(*chronicle);
    const pipeline::RotateOptions options{
        .ask_passphrase = [] { return ask_passphrase("The passphrase again, to wrap the new key"); }, .cost = {}};
    GAVAH_ASSIGN(const auto summary, pipeline::rotate(*chronicle, options));
    if (json_) {
      JsonWriter out;
      out.begin_object().member("key", summary.key).member("from_size", summary.from_size).end_object();
      print_line(out.str());
      return kDone;
    }
    print_line(format("from {} leaves on the log signs with {}", summary.from_size, summary.key));
    print_line("give your readers the new pin: gavah pin");
    complain(
        "the old key was overwritten and removed; copies in backups, snapshots or an SSD's spare cells are not "
        "reached");
    return kDone;
  }

 private:
  Result<int> change_passphrase(pipeline::Chronicle& chronicle) const {
    GAVAH_TRY(pipeline::change_passphrase(
        chronicle, {.ask_before = [] { return ask_passphrase("The passphrase in force, again"); },
                    .ask_after = [] { return ask_other_passphrase("The new passphrase"); },
                    .cost = {}}));
    print_line(json_ ? R"({"passphrase":"changed"})" : "the keys are wrapped with the new passphrase");
    complain(
        "backups and other copies made before still open with the old one: run gavah backup again, and destroy the "
        "older ones; where somebody has both, gavah rotate gives the log a new key");
    return kDone;
  }

  bool passphrase_ = false;
  std::string directory_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> rotate_command() { return std::make_unique<RotateCommand>(); }

}  // namespace gavah::cli
