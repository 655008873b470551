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
  std::string_view summary() const override {
    return "destroy a capture, or parts of it, for good; the log still verifies";
  }
  std::string_view example() const override {
    return "gavah shred case.chronicle 5f0c…:17 --reason 'endangers a witness'";
  }
  void declare(Arguments& arguments) override {
    arguments.word("CHRONICLE", directory_, "the chronicle");
    arguments.word("ITEM", options_.item,
                   "a capture's id, or CAPTURE:PART[,PART…]: those alone, and what shares their bytes");
    arguments.option("--reason", options_.reason, "why; sealed, never published; required");
    arguments.option("--by", options_.by, "who decided; sealed, never published");
    arguments.option("--yes-destroy", first_,
                     "what goes, as the plan names it: the first of two confirmations, for scripts");
    arguments.option("--again", second_, "the same once more: the second confirmation");
    arguments.flag("--json", json_, "answer as JSON");
  }
  Result<int> run(pipeline::World& world) override {
    if (options_.reason.empty()) {
      complain("shredding needs --reason");
      return kBadUsage;
    }
    GAVAH_ASSIGN(const auto chronicle, open_chronicle(world, directory_, pipeline::Access::read_write));
    GAVAH_ASSIGN(const auto proposal, pipeline::shred_plan(*chronicle, options_.item));
    if (!confirms(proposal)) {
      complain(sentence(proposal));
      complain(format("not confirmed twice ({}): nothing was destroyed", proposal.item()));
      return kBadUsage;
    }
    options_.item = proposal.item();
    GAVAH_ASSIGN(const auto summary, pipeline::shred(*chronicle, options_));
    json_ ? print_json(summary) : print_text(summary);
    return kDone;
  }

 private:
  bool confirms(const pipeline::ShredProposal& proposal) {
    const std::string item = proposal.item();
    if (first_.empty() && second_.empty() && ::isatty(STDIN_FILENO) != 0) {
      complain(sentence(proposal));
      first_ = ask_line(format("Type {} to go on:", item));
      if (first_ == item) second_ = ask_line("And once more, to destroy it:");
    }
    return first_ == item && second_ == item;
  }

  static std::string listed(const std::vector<PartNumber>& parts) {
    std::string out;
    for (const PartNumber number : parts) out += format("{}{}", out.empty() ? "" : ", ", number);
    return out;
  }

  /// What goes, what goes with it, what stays.
  static std::string sentence(const pipeline::ShredProposal& proposal) {
    const seal::ShredPlan& plan = proposal.plan;
    std::string what = format("capture {} with its {} parts", plan.capture.hex(), plan.parts.size());
    if (!plan.is_whole()) {
      what = format("{} {} of capture {}", plan.parts.size() == 1 ? "part" : "parts", listed(plan.parts),
                    plan.capture.hex());
    }
    if (const auto together = proposal.together(); !together.empty()) {
      what += format(" ({} because bytes are shared with what was named)", listed(together));
    }
    const std::string stays =
        plan.is_whole() ? "" : format("; {} parts stay, proven by the same leaf as before", plan.staying);
    return format(
        "this destroys {}, {} decisions that cite it and {} entries of the register that rest on it{}; nothing "
        "brings them back",
        what, plan.decisions, plan.entries, stays);
  }

  static void print_text(const pipeline::ShredSummary& summary) {
    const seal::ShredPlan& plan = summary.proposal.plan;
    const std::string what = plan.is_whole() ? format("capture {} with {} parts", plan.capture.hex(), plan.parts.size())
                                             : summary.proposal.item();
    print_line(format("destroyed {}, {} decisions and {} entries; gavah derive makes the index again", what,
                      plan.decisions, plan.entries));
    if (!plan.is_whole()) print_line(format("{} parts of the capture stay", plan.staying));
    print_line("not reached:");
    for (const auto& place : summary.not_reached) print_line("  " + place);
  }

  static void print_json(const pipeline::ShredSummary& summary) {
    const seal::ShredPlan& plan = summary.proposal.plan;
    JsonWriter out;
    out.begin_object().member("capture", plan.capture.hex()).key("destroyed").begin_array();
    for (const PartNumber number : plan.parts) out.unsigned_integer(number);
    out.end_array().member("parts", plan.parts.size()).member("staying", plan.staying);
    out.member("decisions", plan.decisions).member("entries", plan.entries);
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
