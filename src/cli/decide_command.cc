#include "base/format.h"
#include "cli/chronicle_argument.h"

namespace gavah::cli {
namespace {

class DecideCommand final : public Command {
 public:
  std::string_view name() const override { return "decide"; }
  std::string_view summary() const override { return "record what a person decided, with a reason"; }
  std::string_view example() const override { return "gavah decide case.chronicle reject 5f0c… --reason 'a metaphor'"; }
  void declare(Arguments& arguments) override {
    arguments.word("CHRONICLE", directory_, "the chronicle");
    arguments.word("VERB", verb_,
                   "code, correct, reject, dispose, merge, split, distinct, verify, withhold, withdraw, revoke");
    arguments.words("ITEM", options_.items, 1,
                    "ids of claims, events or reports; CAPTURE:PART; anchors as JSON; revoke: the id of a decision");
    arguments.option(
        "--slot", options_.slot,
        "which slot: act, stage, polarity, attribution, time, place, actor, target, person, count:killed, umbrella");
    arguments.option(
        "--value", options_.value,
        "the value: text, or JSON (code: a claim object; place, actor, target, person: one object or a list)");
    arguments.option("--reason", options_.reason, "why; required");
    arguments.option("--by", options_.by, "who decided; sealed, never published");
    arguments.flag("--json", json_, "answer as JSON");
  }
  Result<int> run(pipeline::World& world) override {
    const auto verb = verb_from(verb_);
    if (!verb || options_.reason.empty()) {
      complain(verb ? std::string("a decision needs --reason") : verb.error().message);
      return kBadUsage;
    }
    options_.verb = *verb;
    GAVAH_ASSIGN(const auto chronicle, open_chronicle(world, directory_, pipeline::Access::read_write));
    GAVAH_ASSIGN(const Decision decision, pipeline::decide(*chronicle, options_));
    print_line(json_ ? to_json(decision)
                     : format("sealed decision {} as leaf {}; gavah derive applies it", decision.id.hex(),
                              decision.leaf.value_or(-1)));
    return kDone;
  }

 private:
  std::string directory_;
  std::string verb_;
  pipeline::DecideOptions options_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> decide_command() { return std::make_unique<DecideCommand>(); }

}  // namespace gavah::cli
