// rooms: fake_view server model base
// How long the server takes for one answer of the overview, over made-up events.
// usage: serve_bench [EVENT_COUNT]: prints milliseconds (median of 15, one thread) of whole answers, JSON included.
#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>

#include "base/format.h"
#include "browser/fake_view.h"
#include "server/routes.h"

namespace {

constexpr std::size_t kRounds = 15;

double median_ms(gavah::server::Routes& routes, std::string_view target, std::size_t& body_bytes) {
  std::vector<double> taken;
  for (std::size_t round = 0; round < kRounds; ++round) {
    gavah::server::Request request;
    request.method = "GET";
    request.target = target;
    const auto begin = std::chrono::steady_clock::now();
    const auto response = routes.answer(request);
    const std::chrono::duration<double, std::milli> elapsed = std::chrono::steady_clock::now() - begin;
    body_bytes = response.status == 200 ? response.body.size() : 0;
    taken.push_back(elapsed.count());
  }
  std::ranges::sort(taken);
  return taken[kRounds / 2];
}

}  // namespace

int main(int argc, char** argv) {
  std::size_t count = 1'000'000;
  if (argc > 1) {
    const std::string_view text(argv[1]);
    std::from_chars(text.data(), text.data() + text.size(), count);
  }
  const gavah::server::FakeView view(count);
  gavah::server::Routes routes(view, [](std::string_view) { return std::nullopt; });
  for (const std::string_view target :
       {"/api/agg?time=month&grid=64", "/api/agg?time=day&grid=256", "/api/agg?status=contested&act=strike,arrest",
        "/api/agg?from=2022-03-01&to=2022-03-31&time=day", "/api/agg?area=VM-02,-VM-03&source=-channel&pprec=G0,G1",
        "/api/agg?q=Strike&time=week", "/api/events?sort=-day&size=50", "/api/meta"}) {
    std::size_t body_bytes = 0;
    const double ms = median_ms(routes, target, body_bytes);
    std::puts(gavah::format("{:8.1f} ms  {:8} bytes  {} events  {}", ms, body_bytes, count, target).c_str());
  }
  return 0;
}
