#include <unistd.h>

#include <cstdio>

#include "base/format.h"
#include "cli/chronicle_argument.h"

namespace gavah::cli {
namespace {

/// One line that a person types; empty at the end of input.
std::string ask_line(std::string_view question) {
  std::fprintf(stderr, "%.*s ", static_cast<int>(question.size()), question.data());
  std::string line;
  for (int c = std::getchar(); c != EOF && c != '\n'; c = std::getchar()) line.push_back(static_cast<char>(c));
  return line;
}

class ShredCommand final : public Command {
 public:
  std::string_view name() const override { return "shred"; }
  std::string_view summary() const override { return "destroy a capture for good; the log still verifies"; }
  std::string_view example() const override {
    return "gavah shred case.chronicle 5f0c… --reason 'endangers a witness'";
  }
  void declare(Arguments& arguments) override {
    arguments.word("CHRONICLE", directory_, "the chronicle");
    arguments.word("ITEM", options_.item, "a capture's id, or CAPTURE:PART: all parts of a capture go together");
    arguments.option("--reason", options_.reason, "why; sealed, never published; required");
    arguments.option("--by", options_.by, "who decided; sealed, never published");
    arguments.option("--yes-destroy", first_, "the capture's whole id: the first of two confirmations, for scripts");
    arguments.option("--again", second_, "the capture's whole id once more: the second confirmation");
    arguments.flag("--json", json_, "answer as JSON");
  }
  Result<int> run(pipeline::World& world) override {
    if (options_.reason.empty()) {
      complain("shredding needs --reason");
      return kBadUsage;
    }
    GAVAH_ASSIGN(const auto chronicle, open_chronicle(world, directory_, pipeline::Access::read_write));
    GAVAH_ASSIGN(const auto plan, pipeline::shred_plan(*chronicle, options_.item));
    if (!confirms(plan)) {
      complain("not confirmed twice: nothing was destroyed");
      return kBadUsage;
    }
    GAVAH_ASSIGN(const auto summary, pipeline::shred(*chronicle, options_));
    json_ ? print_json(summary) : print_text(summary);
    return kDone;
  }

 private:
  bool confirms(const seal::ShredPlan& plan) {
    const std::string id = plan.capture.hex();
    if (first_.empty() && second_.empty() && ::isatty(STDIN_FILENO) != 0) {
      complain(
          format("this destroys capture {} with {} parts, {} decisions that cite it and {} entries of the register "
                 "that rest on it; nothing brings them back",
                 id, plan.parts, plan.decisions, plan.entries));
      first_ = ask_line("Type the capture's whole id to go on:");
      if (first_ == id) second_ = ask_line("And once more, to destroy it:");
    }
    return first_ == id && second_ == id;
  }

  static void print_text(const pipeline::ShredSummary& summary) {
    print_line(
        format("destroyed capture {} with {} parts, {} decisions and {} entries; gavah derive makes the index again",
               summary.plan.capture.hex(), summary.plan.parts, summary.plan.decisions, summary.plan.entries));
    print_line("not reached:");
    for (const auto& place : summary.not_reached) print_line("  " + place);
  }

  static void print_json(const pipeline::ShredSummary& summary) {
    JsonWriter out;
    out.begin_object().member("capture", summary.plan.capture.hex()).member("parts", summary.plan.parts);
    out.member("decisions", summary.plan.decisions).member("entries", summary.plan.entries);
    out.key("not_reached").begin_array();
    for (const auto& place : summary.not_reached) out.text(place);
    out.end_array().end_object();
    print_line(out.str());
  }

  std::string directory_;
  pipeline::ShredOptions options_;
  std::string first_;
  std::string second_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> shred_command() { return std::make_unique<ShredCommand>(); }

}  // namespace gavah::cli
