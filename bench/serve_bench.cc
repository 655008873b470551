// rooms: fake_view server model base
// How long the server takes for one answer of the overview, over made-up events.
// usage: serve_bench [EVENT_COUNT]: prints milliseconds of whole answers, JSON included, on one thread: the median of
// 15 by the wall clock and of the processor time, which tell a busy machine from a slow program.
#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <ctime>

#include "base/format.h"
#include "browser/fake_view.h"
#include "server/routes.h"

namespace {

constexpr std::size_t kRounds = 15;

struct Taken {
  double wall_ms = 0;
  double processor_ms = 0;
  std::size_t body_bytes = 0;
};

Taken median_of(gavah::server::Routes& routes, std::string_view target) {
  Taken result;
  std::vector<double> wall_ms;
  std::vector<double> processor_ms;
  for (std::size_t round = 0; round < kRounds; ++round) {
    gavah::server::Request request;
    request.method = "GET";
    request.target = target;
    const auto begin = std::chrono::steady_clock::now();
    const std::clock_t begin_ticks = std::clock();
    const auto response = routes.answer(request);
    const std::chrono::duration<double, std::milli> elapsed = std::chrono::steady_clock::now() - begin;
    const auto ticks = static_cast<double>(std::clock() - begin_ticks);
    result.body_bytes = response.status == 200 ? response.body.size() : 0;
    wall_ms.push_back(elapsed.count());
    processor_ms.push_back(ticks * 1000.0 / CLOCKS_PER_SEC);
  }
  std::ranges::sort(wall_ms);
  std::ranges::sort(processor_ms);
  result.wall_ms = wall_ms[kRounds / 2];
  result.processor_ms = processor_ms[kRounds / 2];
  return result;
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
    const Taken taken = median_of(routes, target);
    std::puts(gavah::format("{:8.1f} ms {:8.1f} ms processor {:8} bytes  {} events  {}", taken.wall_ms,
                            taken.processor_ms, taken.body_bytes, count, target)
                  .c_str());
  }
  return 0;
}
