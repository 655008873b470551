#include <algorithm>
#include <array>

#include "base/format.h"
#include "cli/chronicle_argument.h"
#include "net/net.h"

namespace gavah::cli {
namespace {

class StampCommand final : public Command {
 public:
  std::string_view name() const override { return "stamp"; }
  std::string_view summary() const override { return "have the log's head stamped with a time, or list its stamps"; }
  std::string_view example() const override {
    return "gavah stamp case.chronicle --request head.tsq (carry it, then: --response head.tsr)";
  }
  void declare(Arguments& arguments) override {
    arguments.word("CHRONICLE", directory_, "the chronicle; without an option its stamps are listed");
    arguments.option("--request", request_, "file to write: an RFC 3161 request over the newest head");
    arguments.option("--tsa", tsa_, "address (http or https) of a time-stamping authority: asks it over the network");
    arguments.option("--response", response_, "file: what a time-stamping authority answered");
    arguments.option("--certificates", certificates_,
                     "file (PEM or DER): the authority's chain, for readers to check with");
    arguments.option("--ots", ots_, "file: an OpenTimestamps proof over the note that --request names");
    arguments.flag("--json", json_, "answer as JSON");
  }
  Result<int> run(pipeline::World& world) override {
    const auto asked = std::ranges::count_if(std::array{&request_, &tsa_, &response_, &ots_},
                                             [](const std::string* option) { return !option->empty(); });
    const bool has_answer = !response_.empty() || !tsa_.empty();
    if (asked > 1 || (!has_answer && !certificates_.empty())) {
      complain(
          "stamp takes one of --request, --tsa, --response and --ots; --certificates goes with --tsa or --response");
      return kBadUsage;
    }
    const bool writes = asked > 0;
    GAVAH_ASSIGN(
        const auto chronicle,
        open_chronicle(world, directory_, writes ? pipeline::Access::read_write : pipeline::Access::read_only));
    if (!request_.empty()) return write_request(*chronicle);
    if (!tsa_.empty()) return ask_authority(*chronicle);
    if (!response_.empty()) return take_response(*chronicle);
    if (!ots_.empty()) return take_ots(*chronicle);
    GAVAH_ASSIGN(const std::vector<pipeline::Stamp> stamps, pipeline::stamps(*chronicle));
    for (const pipeline::Stamp& stamp : stamps) say(stamp);
    if (stamps.empty() && !json_) print_line("no head was stamped yet: that the log existed on its days is a claim");
    return kDone;
  }

 private:
  Result<int> write_request(pipeline::Chronicle& chronicle) {
    GAVAH_ASSIGN(const pipeline::StampRequest request, pipeline::request_stamp(chronicle));
    GAVAH_TRY_AS(chronicle.world().disk().replace(request_, request.der), "writing the request");
    if (json_) {
      JsonWriter out;
      out.begin_object().member("request", request_).member("size", request.size).member("note", request.note_path);
      print_line(out.end_object().str());
    } else {
      print_line(format("{}: a request over the head of {} leaves", request_, request.size));
      print_line(format("for OpenTimestamps, stamp the file {}", request.note_path));
    }
    return kDone;
  }

  Result<std::string> read_certificates(Disk& disk) const {
    if (certificates_.empty()) return std::string();
    auto bytes = disk.read(certificates_);
    return bytes ? std::move(bytes) : fail_with(std::move(bytes), "reading the certificates");
  }

  Result<int> ask_authority(pipeline::Chronicle& chronicle) {
    GAVAH_ASSIGN(const std::string certificates, read_certificates(chronicle.world().disk()));
    const auto client = net::make_http_client();
    GAVAH_ASSIGN(const pipeline::Stamp stamp, pipeline::stamp_over_http(chronicle, *client, tsa_, certificates));
    say(stamp);
    return kDone;
  }

  Result<int> take_response(pipeline::Chronicle& chronicle) {
    Disk& disk = chronicle.world().disk();
    GAVAH_ASSIGN_AS(const std::string response, disk.read(response_), "reading the response");
    GAVAH_ASSIGN(const std::string certificates, read_certificates(disk));
    GAVAH_ASSIGN(const pipeline::Stamp stamp, pipeline::keep_time_token(chronicle, response, certificates));
    say(stamp);
    return kDone;
  }

  Result<int> take_ots(pipeline::Chronicle& chronicle) {
    GAVAH_ASSIGN_AS(const std::string proof, chronicle.world().disk().read(ots_), "reading the proof");
    GAVAH_ASSIGN(const pipeline::Stamp stamp, pipeline::keep_ots_proof(chronicle, proof));
    say(stamp);
    return kDone;
  }

  void say(const pipeline::Stamp& stamp) const {
    if (json_) {
      JsonWriter out;
      out.begin_object().member("type", "stamp").member("size", stamp.size).member("note", stamp.note);
      out.member("path", stamp.path).member("kind", stamp.kind).key("says").begin_array();
      for (const auto& sentence : stamp.says) out.text(sentence);
      out.end_array().key("certificates").begin_array();
      for (const auto& each : stamp.certificates) {
        out.begin_object().member("sha256", each.sha256).member("subject", each.subject).end_object();
      }
      print_line(out.end_array().end_object().str());
      return;
    }
    print_line(format("{} leaves ({}, {})", stamp.size, stamp.kind, stamp.path));
    for (const auto& sentence : stamp.says) print_line("  " + sentence);
    if (stamp.certificates.empty()) return;
    print_line("  for the pin of a reader who trusts one of these, under a name of the reader's choice:");
    for (const auto& each : stamp.certificates)
      print_line(format("    tsa NAME {}\n      {}", each.sha256, each.subject));
  }

  std::string directory_;
  std::string request_;
  std::string tsa_;
  std::string response_;
  std::string certificates_;
  std::string ots_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> stamp_command() { return std::make_unique<StampCommand>(); }

}  // namespace gavah::cli
