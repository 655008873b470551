#include "coding/made_gazetteer.h"

#include <array>
#include <string_view>

#include "base/format.h"

namespace gavah::code::bench {
namespace {

constexpr std::uint32_t kProvinces = 40;
constexpr std::uint32_t kCounties = 800;
constexpr std::array<std::array<std::string_view, 2>, 16> kSyllables{{{"ka", "کا"},
                                                                      {"bor", "بر"},
                                                                      {"zi", "زی"},
                                                                      {"mel", "مل"},
                                                                      {"tar", "تار"},
                                                                      {"vo", "وو"},
                                                                      {"shen", "شن"},
                                                                      {"du", "دو"},
                                                                      {"ra", "را"},
                                                                      {"gol", "گل"},
                                                                      {"pe", "پی"},
                                                                      {"nar", "نار"},
                                                                      {"li", "لی"},
                                                                      {"hos", "هس"},
                                                                      {"fa", "فا"},
                                                                      {"jun", "جون"}}};

/// Four to six syllables by the bits of a number.
std::array<std::string, 2> name_of(std::uint32_t number) {
  std::array<std::string, 2> out;
  std::uint32_t bits = number * 2654435761U;
  for (std::uint32_t i = 0; i < 4 + number % 3; ++i) {
    for (std::size_t script = 0; script < 2; ++script) out[script] += kSyllables[bits % 16][script];
    bits = bits / 16 + number;
  }
  return out;
}

std::string row(std::uint32_t id, std::string_view prefix, std::uint32_t name, std::string_view kind,
                std::uint32_t county, std::uint32_t people) {
  const auto names = name_of(name);
  const std::string latin = format("{}{}", prefix, names[0]);
  const bool in_county = kind != "A\tADM1";
  return format("{}\t{}\t{}\t{}\t{}.{:04}\t{}.{:04}\t{}\tZX\t\t{:02}\t{}\t\t\t{}\t\t\t\t\n", id, latin, latin, names[1],
                20 + county % 20, id % 10000, 40 + county % 40, id * 7 % 10000, kind, county % kProvinces + 1,
                in_county ? std::to_string(county) : "", people);
}

}  // namespace

std::string made_gazetteer(std::uint32_t towns) {
  std::string out = "1\tNarvania\tNarvania\tنروانیا\t30\t60\tA\tPCLI\tZX\t\t00\t\t\t\t0\t\t\t\t\n";
  std::uint32_t id = 2;
  for (std::uint32_t i = 0; i < kProvinces; ++i) out += row(id++, "Greater ", i, "A\tADM1", i, 0);
  for (std::uint32_t i = 0; i < kCounties; ++i) out += row(id++, "Lower ", 1000 + i, "A\tADM2", i, 0);
  for (std::uint32_t i = 0; i < towns; ++i) {
    const std::uint32_t name = 10000 + (i % 5 == 0 ? i / 2 : i);
    out += row(id++, "", name, "P\tPPL", i % kCounties, i % 3000);
  }
  return out;
}

}  // namespace gavah::code::bench
