// The C++ verifier as a process that is asked many times: the test of agreement sends it spoiled editions.
// usage: verifiers_peer NAME=DIRECTORY... < requests
// NAME.pin beside DIRECTORY is not looked for: a request carries its pin. A request is one line of JSON,
//   {"base":NAME,"previous":NAME|null,"pin":TEXT,"edits":[{"file","at","cut","put":BASE64}|{"file","remove":true}],
//    "now":SECONDS,"max_age_days":N,"cosigned":BASE64,"remembered":TEXT}         what a reader may bring: may be left
//    out
//   {"excerpt":BASE64,"pin":TEXT,"now","max_age_days"}, {"fork":BASE64,"pin":TEXT}
// and the answer one line: {"outcome":NAME,"checks":[NAME,…],"told":{…}}, names ascending, what is told of trust and
// time as a verdict has it; "error" as the outcome where pin or memory are refused, or {"error":TEXT}.
#include <iostream>
#include <set>

#include "base/bytes.h"
#include "base/format.h"
#include "base/json.h"
#include "edits.h"
#include "verify/verify.h"

namespace gavah::tests {
namespace {

using Files = std::map<std::string, std::string>;

std::string answer(const verify::Verdict& verdict) {
  std::set<std::string_view> checks;
  for (const verify::Failure& failure : verdict.failures) checks.insert(name_of(failure.check));
  JsonWriter out;
  out.begin_object().member("outcome", name_of(verdict.outcome)).key("checks").begin_array();
  for (const std::string_view check : checks) out.text(check);
  out.end_array().key("told").begin_object();
  const Json all = Json::parse(verify::to_json(verdict)).value();
  for (const char* name : {"not_after", "not_before", "seen_by", "witnesses", "forks"})
    out.key(name).value(*all.find(name));
  out.end_object().key("says").text(verdict.failures.empty() ? std::string() : verdict.failures.front().sentence());
  out.end_object();
  return out.take();
}

void put(MemoryDisk& disk, const std::string& directory, const Files& files) {
  disk.make_directories(directory).value();
  for (const auto& [path, bytes] : files) disk.files()[join_path(directory, path)] = bytes;
}

std::string outcome_alone(std::string_view outcome) {
  return JsonWriter()
      .begin_object()
      .member("outcome", outcome)
      .key("checks")
      .begin_array()
      .end_array()
      .end_object()
      .take();
}

Result<std::string> judge_edition(const Json& request, const std::map<std::string, Files>& bases,
                                  verify::VerifyOptions options) {
  const auto base = bases.find(std::string(request.text_of("base")));
  if (base == bases.end()) return fail(ErrorCode::invalid_input, "there is no such edition");
  Files files = base->second;
  GAVAH_TRY(apply_edits(request, files));
  MemoryDisk disk;
  put(disk, "edition", files);
  options.threads = 1;
  if (const auto previous = bases.find(std::string(request.text_of("previous"))); previous != bases.end()) {
    put(disk, "previous", previous->second);
    options.previous = "previous";
  }
  GAVAH_ASSIGN(const verify::Verdict verdict, verify::verify_edition(disk, "edition", options));
  return answer(verdict);
}

/// What the request says that the reader brings; nothing when pin or memory are refused.
Result<std::optional<verify::VerifyOptions>> options_of(const Json& request) {
  verify::VerifyOptions options;
  auto pin = verify::Pin::parse(request.text_of("pin"));
  const auto heads = verify::RememberedHeads::parse(request.text_of("remembered"));
  if (!pin || !heads) return std::nullopt;
  options.pin = *std::move(pin);
  options.remembered = heads->notes_of(options.pin.origin);
  if (const Json* now = request.find("now")) options.now = Instant{now->integer().value_or(0)};
  if (const Json* age = request.find("max_age_days")) {
    options.max_age_days = static_cast<std::uint32_t>(age->integer().value_or(0));
  }
  if (request.find("cosigned") != nullptr) {
    GAVAH_ASSIGN(options.cosigned, from_base64(request.text_of("cosigned")));
  }
  return options;
}

Result<std::string> judge(const Json& request, const std::map<std::string, Files>& bases) {
  GAVAH_ASSIGN(auto options, options_of(request));
  if (!options) return outcome_alone("error");
  if (request.find("excerpt") != nullptr) {
    GAVAH_ASSIGN(const std::string bytes, from_base64(request.text_of("excerpt")));
    return answer(verify::verify_excerpt(bytes, options->pin, {options->now, options->max_age_days}));
  }
  if (request.find("fork") != nullptr) {
    GAVAH_ASSIGN(const std::string bytes, from_base64(request.text_of("fork")));
    return outcome_alone(verify::verify_fork(bytes, options->pin) ? "fork proven" : "nothing proven");
  }
  return judge_edition(request, bases, *std::move(options));
}

int run(std::span<char*> arguments) {
  std::map<std::string, Files> bases;
  for (const std::string_view argument : arguments) {
    const std::size_t equals = argument.find('=');
    if (equals == std::string_view::npos) return 2;
    RealDisk disk;
    read_tree(disk, std::string(argument.substr(equals + 1)), "", bases[std::string(argument.substr(0, equals))]);
  }
  for (std::string line; std::getline(std::cin, line);) {
    const auto request = Json::parse(line);
    const auto verdict = request ? judge(*request, bases) : Result<std::string>(std::unexpected(request.error()));
    if (verdict) {
      std::cout << *verdict << '\n' << std::flush;
    } else {
      std::cout << JsonWriter().begin_object().member("error", verdict.error().sentence()).end_object().take() << '\n'
                << std::flush;
    }
  }
  return 0;
}

}  // namespace
}  // namespace gavah::tests

int main(int argc, char** argv) { return gavah::tests::run(std::span(argv + 1, static_cast<std::size_t>(argc - 1))); }
