#include "cli/chronicle_argument.h"

namespace gavah::cli {
namespace {

class ShowCommand final : public Command {
 public:
  std::string_view name() const override { return "show"; }
  std::string_view summary() const override { return "one item, with its trail down to the bytes"; }
  std::string_view example() const override { return "gavah show case.chronicle 5f0c…"; }
  void declare(Arguments& arguments) override {
    arguments.word("CHRONICLE", directory_, "the chronicle");
    arguments.word("ID", id_, "id of an event, claim, report, lineage, capture or decision; or CAPTURE:PART");
    arguments.flag("--json", json_, "the item's JSON line");
  }
  Result<int> run(pipeline::World& world) override {
    GAVAH_ASSIGN(const auto chronicle, open_chronicle(world, directory_, pipeline::Access::read_only));
    GAVAH_ASSIGN(const std::string text,
                 json_ ? pipeline::show_json(*chronicle, id_) : pipeline::show(*chronicle, id_));
    print_line(text);
    return kDone;
  }

 private:
  std::string directory_;
  std::string id_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> show_command() { return std::make_unique<ShowCommand>(); }

}  // namespace gavah::cli
