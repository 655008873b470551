#include "base/embedded.h"
#include "base/format.h"
#include "base/utf8.h"
#include "cli/chronicle_argument.h"
#include "net/net.h"

namespace gavah::cli {
namespace {

constexpr std::size_t kMaxExampleBytes = 48;  // a line of the table stays on a screen

std::string slot_table(std::string_view of, const std::vector<publish::SlotPreview>& slots) {
  std::string out = format("\n{:<28} {:>9} {:>9}  {}\n", of, "opened", "known", "of the first one");
  for (const publish::SlotPreview& slot : slots) {
    const std::string_view example = utf8_prefix(slot.example, kMaxExampleBytes);
    const bool is_open = slot.opened > 0;
    const std::string shown = slot.example.empty() ? std::string("-")
                              : is_open            ? std::string(example)
                                                   : format("withheld ({})", example);
    out += format("{:<28} {:>9} {:>9}  {}\n", slot.path, slot.opened, slot.known, shown);
  }
  return out;
}

/// What would be opened, for the person who is about to sign it.
std::string preview_text(const publish::Preview& preview, const pipeline::PublishSummary& summary) {
  std::string out =
      format("nothing was sealed or signed\n\n{} events disclosed, {} withheld; {} victims counted, {} withheld\n",
             preview.disclosed, preview.withheld, preview.victims_counted, preview.victims_withheld);
  out += format("{} of {} claims would be opened with their passages\n", preview.claims_opened, preview.claims);
  out += slot_table("slots of events", preview.events);
  if (preview.victims_counted > 0) out += slot_table("slots of victims", preview.victims);
  out += "\ntotals\n";
  for (const proof::Total& total : preview.totals) {
    const auto& bounds = total.all.bounds;
    out +=
        format("  {:<40} {}..{}\n", total.rule, bounds.low, bounds.high ? std::to_string(*bounds.high) : std::string());
  }
  if (!summary.changes.empty()) out += "\nthe register\n";
  for (const auto& change : summary.changes) out += "  " + change + "\n";
  if (!summary.warnings.empty()) out += "\nlook twice\n";
  for (const auto& warning : summary.warnings) out += "  " + warning + "\n";
  out.pop_back();
  return out;
}

void write_slots(JsonWriter& out, std::string_view key, const std::vector<publish::SlotPreview>& slots) {
  out.key(key).begin_array();
  for (const publish::SlotPreview& slot : slots) {
    out.begin_object().member("path", slot.path).member("opened", slot.opened).member("known", slot.known);
    out.member("example", slot.example).end_object();
  }
  out.end_array();
}

std::string preview_json(const publish::Preview& preview, const pipeline::PublishSummary& summary) {
  JsonWriter out;
  out.begin_object().member("disclosed", preview.disclosed).member("withheld", preview.withheld);
  out.member("victims_counted", preview.victims_counted).member("victims_withheld", preview.victims_withheld);
  out.member("claims", preview.claims).member("claims_opened", preview.claims_opened);
  write_slots(out, "events", preview.events);
  write_slots(out, "victims", preview.victims);
  out.key("totals").begin_array();
  for (const proof::Total& total : preview.totals) out.raw(proof::to_json(total));
  out.end_array();
  for (const auto& [key, lines] : {std::pair{"changes", &summary.changes}, std::pair{"warnings", &summary.warnings}}) {
    out.key(key).begin_array();
    for (const auto& line : *lines) out.text(line);
    out.end_array();
  }
  return out.end_object().take();
}

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
    arguments.option("--rules", options_.rules_directory,
                     "folder of rules (*.json) to count by, beside the standard ones");
    arguments.option("--previous", options_.previous,
                     "directory of the edition before; without it where the last one went");
    arguments.flag("--dry-run", dry_run_,
                   "seal and sign nothing: show what would be opened, for one event and how many of each");
    arguments.flag("--json", json_, "answer as JSON");
  }
  Result<int> run(pipeline::World& world) override {
    if (options_.out.empty() && !dry_run_) {
      complain("publish needs --out DIRECTORY, or --dry-run");
      return kBadUsage;
    }
    if (dry_run_) options_.dry_run = pipeline::DryRun::yes;
    GAVAH_ASSIGN(
        const auto chronicle,
        open_chronicle(world, directory_, dry_run_ ? pipeline::Access::read_only : pipeline::Access::read_write));
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
    if (summary.preview) {
      print_line(json_ ? preview_json(*summary.preview, summary) : preview_text(*summary.preview, summary));
      return kDone;
    }
    for (const auto& warning : summary.warnings) complain("policy: " + warning);
    if (!summary.unstamped.empty()) {
      complain(format("the edition is whole, but has no proof of time: {}; after gavah stamp the next one carries it",
                      summary.unstamped));
    }
    if (json_) {
      JsonWriter out;
      out.begin_object().member("events", summary.events).member("withheld", summary.withheld);
      out.member("totals", summary.totals).member("log_size", summary.log_size).key("changes").begin_array();
      for (const auto& change : summary.changes) out.text(change);
      out.end_array();
      if (!summary.unstamped.empty()) out.member("unstamped", summary.unstamped);
      print_line(out.end_object().str());
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
  bool dry_run_ = false;
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
