// Serves FakeView for the browser tests: prints the address, answers until it is told to stop.
// usage: server_fake [EVENT_COUNT [PORT]]
#include <charconv>
#include <cstdio>

#include "base/embedded.h"
#include "base/format.h"
#include "browser/fake_view.h"

namespace {

template <class Number>
Number argument(int argc, char** argv, int at, Number absent) {
  if (at >= argc) return absent;
  const std::string_view text(argv[at]);
  Number value = absent;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace

int main(int argc, char** argv) {
  using namespace gavah;
  const server::FakeView view(argument<std::size_t>(argc, argv, 1, 400));
  SystemRandom random;
  server::ServerOptions options;
  options.port = argument<std::uint16_t>(argc, argv, 2, 0);
  auto server = server::Server::open(options, view, embedded_web, random);
  if (!server) {
    std::fputs(server.error().sentence().c_str(), stderr);
    return 4;
  }
  std::puts(("serving " + (*server)->url()).c_str());
  std::fflush(stdout);
  return (*server)->run() ? 0 : 4;
}
