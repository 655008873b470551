#include "base/format.h"
#include "cli/chronicle_argument.h"

namespace gavah::cli {
namespace {

class StatusCommand final : public Command {
 public:
  std::string_view name() const override { return "status"; }
  std::string_view summary() const override { return "what is there, and what needs a person"; }
  std::string_view example() const override { return "gavah status case.chronicle"; }
  void declare(Arguments& arguments) override {
    arguments.word("CHRONICLE", directory_, "the chronicle");
    arguments.flag("--json", json_, "answer as JSON");
  }
  Result<int> run(pipeline::World& world) override {
    GAVAH_ASSIGN(const auto chronicle, open_chronicle(world, directory_, pipeline::Access::read_only));
    GAVAH_ASSIGN(const auto status, pipeline::status(*chronicle));
    print_line(json_ ? as_json(status) : as_text(status));
    return kDone;
  }

 private:
  static std::string as_json(const pipeline::Status& status) {
    JsonWriter out;
    out.begin_object()
        .member("origin", status.origin)
        .member("log_size", status.log_size)
        .member("root", status.root_hex);
    out.member("captures", status.captures).member("parts", status.parts).member("reports", status.reports);
    out.member("claims", status.claims).member("events", status.events).member("lineages", status.lineages);
    out.member("sources", status.sources)
        .member("decisions", status.decisions)
        .member("quarantined", status.quarantined);
    for (const auto& [key, lines] : {std::pair{"orphans", &status.orphans}, std::pair{"warnings", &status.warnings}}) {
      out.key(key).begin_array();
      for (const auto& line : *lines) out.text(line);
      out.end_array();
    }
    out.key("derived_is_current").truth(status.derived_is_current).member("index_digest", status.index_digest);
    return out.end_object().take();
  }

  static std::string as_text(const pipeline::Status& status) {
    std::string out =
        format("origin      {}\nlog         {} entries, root {}\n", status.origin, status.log_size, status.root_hex);
    out += format("taken in    {} captures, {} parts, {} quarantined\n", status.captures, status.parts,
                  status.quarantined);
    out += format("derived     {} reports, {} claims, {} lineages, {} events{}\n", status.reports, status.claims,
                  status.lineages, status.events, status.derived_is_current ? "" : " (not current: run gavah derive)");
    out += format("people      {} sources, {} decisions", status.sources, status.decisions);
    for (const auto& line : status.orphans) out += "\norphan      " + line;
    if (!status.orphans.empty()) {
      out +=
          "\n            settle each before publishing: gavah decide CHRONICLE revoke DECISION --reason '…', and decide"
          "\n            it again on the words that say so now, where it still holds; then gavah derive";
    }
    for (const auto& line : status.warnings) out += "\nat rest     " + line;
    return out;
  }

  std::string directory_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> status_command() { return std::make_unique<StatusCommand>(); }

}  // namespace gavah::cli
