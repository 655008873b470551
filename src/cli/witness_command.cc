#include "base/format.h"
#include "cli/command.h"
#include "proof/proof.h"
#include "seal/seal.h"
#include "server/server.h"

namespace gavah::cli {
namespace {

constexpr std::uint32_t kTimeoutMs = 10'000;  // for a request to arrive whole

class WitnessCommand final : public Command {
 public:
  std::string_view name() const override { return "witness"; }
  std::string_view summary() const override { return "be a witness for other people's logs (C2SP tlog-witness)"; }
  std::string_view example() const override {
    return "gavah witness my-witness --request request.txt --response answer.txt";
  }
  void declare(Arguments& arguments) override {
    arguments.word("DIRECTORY", directory_, "the witness' key, its logs, and the heads it has signed");
    arguments.option("--init", name_, "make the witness, with a new key of this name");
    arguments.options("--add-log", logs_, "public key of a log (vkey) to sign for, any number");
    arguments.option("--request", request_, "answer one request from this file, without a network");
    arguments.option("--response", response_, "where to put the answer to --request");
    arguments.option("--listen", address_, "address to listen on; other machines reach 127.0.0.1 through a proxy only");
    arguments.number("--port", port_, "port; 0 for any free one");
  }
  Result<int> run(pipeline::World& world) override {
    if (request_.empty() != response_.empty() || port_ > 65535) {
      complain("--request and --response go together, and --port is at most 65535");
      return kBadUsage;
    }
    if (!name_.empty()) GAVAH_TRY(seal::create_witness(world.disk(), directory_, name_, world.random()));
    for (const std::string& vkey : logs_) {
      GAVAH_ASSIGN_AS(const proof::Verifier key, proof::Verifier::parse(vkey), "reading the key of a log");
      GAVAH_TRY(seal::add_witnessed_log(world.disk(), directory_, key));
    }
    GAVAH_ASSIGN(seal::Witness witness, seal::Witness::open(world.disk(), directory_, world.clock()));
    print_line(witness.key().text());
    complain("the witness' key lies in the clear: whoever has this directory can sign as this witness");
    if (!request_.empty()) return answer_file(world.disk(), witness);
    if (!name_.empty() || !logs_.empty()) return kDone;
    return serve(witness);
  }

 private:
  Result<int> answer_file(Disk& disk, seal::Witness& witness) {
    GAVAH_ASSIGN_AS(const std::string request, disk.read(request_), "reading the request");
    const seal::WitnessAnswer answer = witness.add_checkpoint(request);
    if (answer.status == 500) return fail(ErrorCode::unavailable, answer.body);
    const bool is_for_the_log = answer.status == 200 || answer.status == 409;
    if (is_for_the_log) GAVAH_TRY(disk.replace(response_, answer.body));
    if (answer.status == 200) return kDone;
    complain(format("{} {}", answer.status, answer.body.substr(0, answer.body.find('\n'))));
    return kAnswerIsNo;
  }

  Result<int> serve(seal::Witness& witness) {
    const server::ServerOptions options{.port = static_cast<std::uint16_t>(port_),
                                        .address = address_,
                                        .max_body_bytes = proof::kMaxAddCheckpointBytes,
                                        .timeout_ms = kTimeoutMs};
    GAVAH_ASSIGN(const auto listener, server::Server::open(options, [&](const server::Request& request) {
                   return answer_request(witness, request);
                 }));
    print_line(format("listening on http://{}:{}", address_, listener->port()));
    std::fflush(stdout);
    GAVAH_TRY(listener->run());
    return kDone;
  }

  static server::Response answer_request(seal::Witness& witness, const server::Request& request) {
    server::Response out;
    if (request.target != "/add-checkpoint" || request.method != "POST") {
      out.status = request.target == "/add-checkpoint" ? 405 : 404;
      out.content_type = "text/plain; charset=utf-8";
      out.body = "POST /add-checkpoint\n";
      return out;
    }
    seal::WitnessAnswer answer = witness.add_checkpoint(request.body);
    out.status = answer.status;
    out.content_type = std::move(answer.content_type);
    out.body = std::move(answer.body);
    return out;
  }

  std::string directory_;
  std::string name_;
  std::vector<std::string> logs_;
  std::string request_;
  std::string response_;
  std::string address_ = "127.0.0.1";
  std::uint64_t port_ = 0;
};

}  // namespace

std::unique_ptr<Command> witness_command() { return std::make_unique<WitnessCommand>(); }

}  // namespace gavah::cli
