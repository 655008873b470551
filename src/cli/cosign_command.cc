#include "base/format.h"
#include "cli/chronicle_argument.h"
#include "net/net.h"

namespace gavah::cli {
namespace {

class CosignCommand final : public Command {
 public:
  std::string_view name() const override { return "cosign"; }
  std::string_view summary() const override { return "have witnesses sign the log's head, over HTTP or by files"; }
  std::string_view example() const override {
    return "gavah cosign case.chronicle --policy witnesses.policy --edition edition-1";
  }
  void declare(Arguments& arguments) override {
    arguments.word("CHRONICLE", directory_, "the chronicle");
    arguments.options("--witness", options_.urls, "address of a witness (http or https), any number");
    arguments.options("--key", options_.keys, "public key of a witness (vkey), any number; others are not kept");
    arguments.option("--policy", options_.policy_file, "tlog-policy file: its witnesses' keys and addresses");
    arguments.option("--request", options_.request_file,
                     "write the request to this file, to be carried; with --response: the request it answers");
    arguments.option("--old", old_size_, "leaves that the witness has already seen, for --request");
    arguments.option("--response", options_.response_file, "take a witness' answer from this file");
    arguments.option("--edition", options_.edition, "edition to put the cosigned head into, as its file 'cosigned'");
    arguments.flag("--json", json_, "answer as JSON");
  }
  Result<int> run(pipeline::World& world) override {
    if (!old_size_.empty()) {
      GAVAH_ASSIGN(options_.old_size, proof::parse_tree_size(old_size_));
    }
    const bool writes = !options_.request_file.empty() && options_.response_file.empty();
    if (options_.keys.empty() && options_.policy_file.empty() && !writes) {
      complain("cosign needs the keys of the witnesses: --key VKEY or --policy FILE");
      return kBadUsage;
    }
    const auto client = net::make_http_client();
    options_.client = client.get();
    GAVAH_ASSIGN(const auto chronicle, open_chronicle(world, directory_, pipeline::Access::read_write));
    GAVAH_ASSIGN(const auto summary, pipeline::cosign(*chronicle, options_));
    complain_of(summary.problems, "witnesses did not sign");
    print_line(json_ ? to_json(summary) : to_text(summary));
    return summary.problems.empty() ? kDone : kAnswerIsNo;
  }

 private:
  static std::string to_json(const pipeline::CosignSummary& summary) {
    JsonWriter out;
    out.begin_object().member("log_size", summary.log_size).key("cosignatures").begin_array();
    for (const auto& [name, time] : summary.cosignatures) {
      out.begin_object().member("witness", name).member("time", time.text()).end_object();
    }
    out.end_array().key("problems").begin_array();
    for (const auto& [name, reason] : summary.problems) {
      out.begin_object().member("witness", name).member("reason", reason).end_object();
    }
    return out.end_array().end_object().take();
  }

  std::string to_text(const pipeline::CosignSummary& summary) const {
    std::string out;
    if (!options_.request_file.empty() && options_.response_file.empty()) {
      out = format("wrote {}: give it to a witness, and its answer to --response\n", options_.request_file);
    }
    if (summary.log_size == 0) return out + "no witness has signed a head of this log yet";
    out += format("cosigned head: {} leaves", summary.log_size);
    for (const auto& [name, time] : summary.cosignatures) out += format("\n  {} at {}", name, time.text());
    return out;
  }

  std::string directory_;
  std::string old_size_;
  pipeline::CosignOptions options_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> cosign_command() { return std::make_unique<CosignCommand>(); }

}  // namespace gavah::cli
