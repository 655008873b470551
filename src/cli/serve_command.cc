#include "base/embedded.h"
#include "base/format.h"
#include "cli/chronicle_argument.h"
#include "cli/chronicle_desk.h"
#include "cli/chronicle_view.h"
#include "server/server.h"

namespace gavah::cli {
namespace {

class ServeCommand final : public Command {
 public:
  std::string_view name() const override { return "serve"; }
  std::string_view summary() const override { return "the web UI, on this machine only"; }
  std::string_view example() const override { return "gavah serve case.chronicle"; }
  void declare(Arguments& arguments) override {
    arguments.word("CHRONICLE", directory_, "the chronicle");
    arguments.number("--port", port_, "port on 127.0.0.1; 0 for any free one");
    arguments.option("--by", by_,
                     "who decides in these pages: codes, corrects and rejects claims; sealed, never published. Without "
                     "it they only read");
    declare_unconfined(arguments, unconfined_);
  }
  /// What was taken in since the last derive is parsed when a decision is applied.
  Parsing parsing() const override {
    if (by_.empty()) return Parsing::none;
    return unconfined_ ? Parsing::unconfined : Parsing::confined;
  }
  Result<int> run(pipeline::World& world) override {
    if (port_ > 65535) {
      complain("--port is at most 65535");
      return kBadUsage;
    }
    // Whoever decides was asked once: the desk opens the chronicle anew for each decision.
    const pipeline::AskPassphrase ask = [this, typed = std::make_shared<std::string>()]() -> Result<std::string> {
      if (typed->empty()) {
        GAVAH_ASSIGN(*typed, ask_passphrase("Passphrase for " + directory_));
      }
      return *typed;
    };
    GAVAH_ASSIGN(const auto chronicle, open_chronicle(world, {.directory = directory_, .ask_passphrase = ask}));
    GAVAH_ASSIGN(const auto view, view_of(*chronicle));
    std::unique_ptr<server::Desk> desk;
    if (!by_.empty()) desk = desk_of(world, {.directory = directory_, .by = by_, .ask_passphrase = ask});
    GAVAH_ASSIGN(const auto server, server::Server::open({.port = static_cast<std::uint16_t>(port_)}, *view,
                                                         embedded_web, world.random(), desk.get()));
    print_line(format("serving {} at {}", directory_, server->url()));
    print_line("only this machine can reach it; press Ctrl-C to stop");
    std::fflush(stdout);
    GAVAH_TRY(server->run());
    return kDone;
  }

 private:
  std::string directory_;
  std::string by_;
  bool unconfined_ = false;
  std::uint64_t port_ = 0;
};

}  // namespace

std::unique_ptr<Command> serve_command() { return std::make_unique<ServeCommand>(); }

}  // namespace gavah::cli
