#include "base/format.h"
#include "cli/chronicle_argument.h"

namespace gavah::cli {
namespace {

class RotateCommand final : public Command {
 public:
  std::string_view name() const override { return "rotate"; }
  std::string_view summary() const override { return "give the log a new key and destroy the old one"; }
  std::string_view example() const override { return "gavah rotate case.chronicle"; }
  void declare(Arguments& arguments) override {
    arguments.word("CHRONICLE", directory_, "the chronicle");
    arguments.flag("--json", json_, "answer as JSON");
  }
  Result<int> run(pipeline::World& world) override {
    GAVAH_ASSIGN(const auto chronicle, open_chronicle(world, directory_, pipeline::Access::read_write));
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
  std::string directory_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> rotate_command() { return std::make_unique<RotateCommand>(); }

}  // namespace gavah::cli
