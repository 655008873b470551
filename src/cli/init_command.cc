#include <cstdlib>

#include "base/format.h"
#include "base/json.h"
#include "cli/command.h"

namespace gavah::cli {
namespace {

Result<std::string> ask_new_passphrase() {
  GAVAH_ASSIGN(std::string first, ask_passphrase("Passphrase for the new chronicle"));
  if (std::getenv("GAVAH_PASSPHRASE_FILE") != nullptr) return first;
  GAVAH_ASSIGN(const std::string second, ask_passphrase("The same again"));
  if (first != second) return fail(ErrorCode::invalid_input, "the two passphrases differ");
  return first;
}

class InitCommand final : public Command {
 public:
  std::string_view name() const override { return "init"; }
  std::string_view summary() const override { return "make a chronicle: keys and an empty log"; }
  std::string_view example() const override { return "gavah init case.chronicle --gazetteer places.tsv"; }
  void declare(Arguments& arguments) override {
    arguments.word("CHRONICLE", options_.directory, "directory to make");
    arguments.flag("--unprotected", unprotected_,
                   "keep the keys in the clear, without a passphrase (tests, demonstrations)");
    arguments.options(
        "--gazetteer", options_.gazetteer_files,
        "place names, as a GeoNames dump, or a compiled file (gavah gazetteer); instead of those built in, unless "
        "'built-in' is among them");
    arguments.flag("--json", json_, "answer as JSON");
  }
  Result<int> run(pipeline::World& world) override {
    if (unprotected_) options_.protection = pipeline::Protection::unprotected;
    options_.ask_passphrase = ask_new_passphrase;
    GAVAH_TRY(pipeline::init(world, options_));
    if (json_) {
      print_line(JsonWriter().begin_object().member("chronicle", options_.directory).end_object().str());
    } else {
      print_line(format("made {}", options_.directory));
      if (unprotected_) complain("this chronicle has no passphrase: whoever has the directory can read all of it");
    }
    return kDone;
  }

 private:
  pipeline::InitOptions options_;
  bool unprotected_ = false;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> init_command() { return std::make_unique<InitCommand>(); }

}  // namespace gavah::cli
