#include "base/embedded.h"
#include "base/format.h"
#include "cli/chronicle_argument.h"
#include "net/net.h"

namespace gavah::cli {
namespace {

class PublishCommand final : public Command {
 public:
  std::string_view name() const override { return "publish"; }
  std::string_view summary() const override { return "seal the register and write a signed edition"; }
  std::string_view example() const override { return "gavah publish case.chronicle --out edition-1"; }
  void declare(Arguments& arguments) override {
    arguments.word("CHRONICLE", directory_, "the chronicle");
    arguments.option("--out", options_.out, "directory to make; required");
    arguments.option("--policy", options_.policy_file,
                     "JSON: what is opened; without it names, exact places and sources stay withheld");
    arguments.option("--tsa", tsa_,
                     "address of a time-stamping authority: its token over this edition's head goes with it");
    arguments.flag("--json", json_, "answer as JSON");
  }
  Result<int> run(pipeline::World& world) override {
    if (options_.out.empty()) {
      complain("publish needs --out DIRECTORY");
      return kBadUsage;
    }
    GAVAH_ASSIGN(const auto chronicle, open_chronicle(world, directory_, pipeline::Access::read_write));
    options_.progress = progress_line();
    const auto client = tsa_.empty() ? nullptr : net::make_http_client();
    if (client) {
      options_.stamp = [&](pipeline::Chronicle& stamped) -> Result<void> {
        GAVAH_TRY(pipeline::stamp_over_http(stamped, *client, tsa_, {}));
        return {};
      };
    }
    options_.verifier = embedded_verifier("verify.html").value_or("");
    GAVAH_ASSIGN(const auto summary, pipeline::publish(*chronicle, options_));
    end_progress();
    if (json_) {
      JsonWriter out;
      out.begin_object().member("events", summary.events).member("withheld", summary.withheld);
      out.member("totals", summary.totals).member("log_size", summary.log_size).key("changes").begin_array();
      for (const auto& change : summary.changes) out.text(change);
      print_line(out.end_array().end_object().str());
    } else {
      print_line(format("published {} events ({} withheld), {} totals, log size {}, to {}", summary.events,
                        summary.withheld, summary.totals, summary.log_size, options_.out));
      for (const auto& change : summary.changes) print_line("  " + change);
    }
    return kDone;
  }

 private:
  std::string directory_;
  pipeline::PublishOptions options_;
  std::string tsa_;
  bool json_ = false;
};

/// Prints what a verifier must hold from elsewhere: origin and public keys.
class PinCommand final : public Command {
 public:
  std::string_view name() const override { return "pin"; }
  std::string_view summary() const override { return "print the origin and public keys, for verifiers to keep"; }
  std::string_view example() const override { return "gavah pin case.chronicle > case.pin"; }
  void declare(Arguments& arguments) override { arguments.word("CHRONICLE", directory_, "the chronicle"); }
  Result<int> run(pipeline::World& world) override {
    GAVAH_ASSIGN(const auto chronicle, open_chronicle(world, directory_, pipeline::Access::read_only));
    GAVAH_ASSIGN(const std::string pin, chronicle->pin());
    print(pin);
    return kDone;
  }

 private:
  std::string directory_;
};

}  // namespace

std::unique_ptr<Command> publish_command() { return std::make_unique<PublishCommand>(); }
std::unique_ptr<Command> pin_command() { return std::make_unique<PinCommand>(); }

}  // namespace gavah::cli
