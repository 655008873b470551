// rooms: code place text model data base
// Any text as a report: claims come out, each slot inside the text, and twice the same.
#include <cstddef>
#include <cstdint>
#include <memory>

#include "base/check.h"
#include "base/embedded.h"
#include "code/code.h"
#include "place/place.h"

namespace {

const gavah::code::Coder& coder() {
  static const gavah::code::Coder kCoder = [] {
    gavah::code::CoderData data;
    for (const auto name : gavah::code::CoderData::names()) {
      data.files.push_back({name, gavah::embedded_data(name).value_or(std::string_view())});
    }
    constexpr std::string_view kPlaces =
        "1\tNilvan\tNilvan\tنیلوان\t41.3\t50.3\tP\tPPL\tZZ\t\t01\t\t\t\t90000\t\t\tEtc/UTC\t2026-11-22\n";
    auto gazetteer = std::make_shared<const gavah::place::Gazetteer>(gavah::place::Gazetteer::load(kPlaces).value());
    return gavah::code::Coder::load(data, gazetteer).value();
  }();
  return kCoder;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kInputLimitBytes = 1U << 16;
  if (size > kInputLimitBytes) return 0;
  gavah::Report report;
  report.text.assign(reinterpret_cast<const char*>(data), size);
  report.map.push_back({{0, static_cast<std::uint32_t>(size)}, {0, size}});
  report.published = gavah::TimeInterval::of_day(gavah::Day::from_civil(2021, 5, 14), gavah::TimePrecision::day_stated);
  const auto claims = coder().code(report, gavah::IdSecret{});
  const auto again = coder().code(report, gavah::IdSecret{});
  GAVAH_CHECK(claims.size() == again.size());
  for (std::size_t i = 0; i < claims.size(); ++i) {
    GAVAH_CHECK(claims[i].id == again[i].id);
    GAVAH_CHECK(claims[i].trigger.begin < claims[i].trigger.end && claims[i].trigger.end <= size);
  }
  return 0;
}
