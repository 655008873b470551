// rooms: link text model base
#include <benchmark/benchmark.h>

#include "base/format.h"
#include "base/random.h"
#include "link/link.h"

// Reports of which a fifth repeat another, a fifth are long, and claims over 500 towns, 26 acts and three years.
namespace gavah::link {
namespace {

constexpr std::size_t kTowns = 500;
constexpr std::int32_t kDays = 1095;

struct Generated {
  std::vector<Report> reports;
  std::vector<Claim> claims;
};

class Generator {
 public:
  explicit Generator(std::uint64_t seed) : random_(seed) {}

  Generated make(std::size_t count) {
    Generated out;
    for (std::size_t i = 0; i < count; ++i) {
      out.reports.push_back(report(i, out.reports));
      for (std::uint32_t k = 0; k < 1 + i % 2; ++k) out.claims.push_back(claim(out.reports.back(), k));
    }
    return out;
  }

 private:
  std::size_t below(std::size_t limit) {
    std::uint64_t value = 0;
    for (const std::uint8_t byte : random_.array<6>()) value = value << 8U | byte;
    return static_cast<std::size_t>(value % limit);
  }

  Report report(std::size_t number, const std::vector<Report>& earlier) {
    Report out;
    out.id = IdSecret{}.derive<ReportId>("report", std::to_string(number));
    out.capture = IdSecret{}.derive<CaptureId>("capture", std::to_string(number));
    out.source = format("source{}.example", below(400));
    const Day day{19000 + static_cast<std::int32_t>(below(kDays))};
    out.published = TimeInterval::of_day(day, TimePrecision::day_stated);
    out.captured = Instant::at_start_of(day.plus(3));
    out.lang = "en";
    if (!earlier.empty() && below(5) == 0) {
      out.text = earlier[below(earlier.size())].text;
    } else {
      const std::size_t words = below(5) == 0 ? 900 : 30;
      for (std::size_t i = 0; i < words; ++i) out.text += format("word{} ", below(4000));
    }
    return out;
  }

  Claim claim(const Report& report, std::uint32_t number) {
    constexpr auto kActs = std::to_array<std::string_view>(
        {"gathering", "march", "strike", "killing", "arrest", "crowd control", "hunger strike", "raid"});
    Claim out;
    out.report = report.id;
    out.id = IdSecret{}.derive<ClaimId>("claim", report.id.hex() + std::to_string(number));
    out.anchor = Anchor{report.capture, 0, ByteRange{number * 100ULL, number * 100ULL + 50}};
    out.trigger = {number * 100, number * 100 + 5};
    out.act = std::string(kActs[below(kActs.size())]);
    const Day day = report.published.start->day().plus(-static_cast<std::int32_t>(below(3)));
    out.time = TimeInterval::of_day(day, below(2) == 0 ? TimePrecision::day_stated : TimePrecision::day_resolved);
    if (below(10) == 0) out.time = {};
    const std::size_t town = below(kTowns);
    Place place;
    place.id = format("town{}", town);
    place.precision = PlacePrecision::town;
    place.path = {"XV", format("XV-{}", town % 30), format("county{}", town % 200), place.id};
    if (below(10) == 0) {
      place.precision = PlacePrecision::province;
      place.path.resize(2);
      place.id = place.path.back();
    }
    if (below(20) != 0) out.places = {place};
    if (below(20) == 0) out.polarity = Polarity::denied;
    Count people;
    people.kind = "participants";
    people.low = static_cast<std::int64_t>(below(500));
    out.counts = {people};
    return out;
  }

  SeededRandom random_;
};

const Generated& generated(std::size_t count) {
  static std::map<std::size_t, Generated> kept;
  auto [at, is_new] = kept.try_emplace(count);
  if (is_new) at->second = Generator(1).make(count);
  return at->second;
}

void digests(benchmark::State& state) {
  const Generated& input = generated(static_cast<std::size_t>(state.range(0)));
  std::size_t bytes = 0;
  for (const Report& report : input.reports) bytes += report.text.size();
  for (auto _ : state) {
    for (const Report& report : input.reports) benchmark::DoNotOptimize(digest(report));
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes));
}
BENCHMARK(digests)->Arg(10'000)->Unit(benchmark::kMillisecond);

void whole(benchmark::State& state) {
  const Generated& input = generated(static_cast<std::size_t>(state.range(0)));
  std::vector<ReportDigest> reports;
  for (const Report& report : input.reports) reports.push_back(digest(report));
  std::size_t events = 0;
  for (auto _ : state) {
    const LinkOutput out = link({reports, input.claims, {}, {}}, IdSecret{}, static_cast<std::size_t>(state.range(1)));
    events = out.events.size();
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
  state.counters["claims"] = static_cast<double>(input.claims.size());
  state.counters["events"] = static_cast<double>(events);
}
BENCHMARK(whole)->Args({10'000, 1})->Args({100'000, 1})->Args({100'000, 2})->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace gavah::link

BENCHMARK_MAIN();
