// The C++ verifier as a process that is asked many times: the test of agreement sends it spoiled editions.
// usage: verifiers_peer NAME=DIRECTORY... < requests
// NAME.pin beside DIRECTORY is not looked for: a request carries its pin. A request is one line of JSON,
//   {"base":NAME,"previous":NAME|null,"pin":TEXT,"edits":[{"file","at","cut","put":BASE64}|{"file","remove":true}]}
// and the answer one line: {"outcome":NAME,"checks":[NAME,…]}, names ascending, or {"error":TEXT}.
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
  out.end_array().key("says").text(verdict.failures.empty() ? std::string() : verdict.failures.front().sentence());
  out.end_object();
  return out.take();
}

void put(MemoryDisk& disk, const std::string& directory, const Files& files) {
  disk.make_directories(directory).value();
  for (const auto& [path, bytes] : files) disk.files()[join_path(directory, path)] = bytes;
}

Result<std::string> judge(const Json& request, const std::map<std::string, Files>& bases) {
  const auto base = bases.find(std::string(request.text_of("base")));
  if (base == bases.end()) return fail(ErrorCode::invalid_input, "there is no such edition");
  Files files = base->second;
  GAVAH_TRY(apply_edits(request, files));
  MemoryDisk disk;
  put(disk, "edition", files);
  verify::VerifyOptions options;
  GAVAH_ASSIGN(options.pin, verify::Pin::parse(request.text_of("pin")));
  options.threads = 1;
  if (const auto previous = bases.find(std::string(request.text_of("previous"))); previous != bases.end()) {
    put(disk, "previous", previous->second);
    options.previous = "previous";
  }
  GAVAH_ASSIGN(const verify::Verdict verdict, verify::verify_edition(disk, "edition", options));
  return answer(verdict);
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
