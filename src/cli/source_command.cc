#include <algorithm>

#include "base/format.h"
#include "cli/chronicle_argument.h"

namespace gavah::cli {
namespace {

class SourceCommand final : public Command {
 public:
  std::string_view name() const override { return "source"; }
  std::string_view summary() const override { return "the registry of sources: import a CSV, or list it"; }
  std::string_view example() const override { return "gavah source case.chronicle import sources.csv"; }
  void declare(Arguments& arguments) override {
    arguments.words("WORDS", words_, 1,
                    "CHRONICLE import FILE.csv (columns id,name,kind,family,lang,reason), or CHRONICLE list");
    arguments.flag("--json", json_, "answer as JSON");
  }
  Result<int> run(pipeline::World& world) override {
    // "import CHRONICLE FILE" and "CHRONICLE import FILE" both read naturally; both are taken.
    if (words_.size() > 1 && (words_[0] == "import" || words_[0] == "list")) std::swap(words_[0], words_[1]);
    const std::string action = words_.size() > 1 ? words_[1] : "list";
    if (action == "import" && words_.size() == 3) return import_file(world, words_[2]);
    if (action == "list" && words_.size() <= 2) return list_all(world);
    complain("source takes: CHRONICLE import FILE.csv, or CHRONICLE list");
    return kBadUsage;
  }

 private:
  Result<int> import_file(pipeline::World& world, const std::string& file) {
    GAVAH_ASSIGN(const auto chronicle, open_chronicle(world, words_[0], pipeline::Access::read_write));
    GAVAH_ASSIGN(const auto count, pipeline::import_sources(*chronicle, file));
    print_line(json_ ? JsonWriter().begin_object().member("sealed", count).end_object().str()
                     : format("sealed {} new or changed sources", count));
    return kDone;
  }

  Result<int> list_all(pipeline::World& world) {
    GAVAH_ASSIGN(const auto chronicle, open_chronicle(world, words_[0], pipeline::Access::read_only));
    GAVAH_TRY(pipeline::list(*chronicle, pipeline::ItemKind::sources, [](std::string_view line) -> Result<void> {
      print_line(line);
      return {};
    }));
    return kDone;
  }

  std::vector<std::string> words_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> source_command() { return std::make_unique<SourceCommand>(); }

}  // namespace gavah::cli
