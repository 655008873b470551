#include "made/country.h"

#include <array>
#include <set>
#include <utility>

#include "base/format.h"

namespace gavah::bench {
namespace {

constexpr std::size_t kProvinces = 12;
constexpr std::size_t kTownsEach = 20;
constexpr std::size_t kOutlets = 40;
constexpr std::size_t kAccounts = 2000;
constexpr int kCountryId = 9'800'000;

/// Syllables with their Persian spelling. They were made up; a likeness to a real place is chance.
constexpr std::array<std::pair<const char*, const char*>, 20> kSyllables{
    {{"kel", "کل"},   {"vor", "ور"},    {"mish", "میش"},  {"dru", "درو"},  {"shav", "شاو"},
     {"bil", "بیل"},  {"tazh", "تاژ"},  {"rost", "رست"},  {"golv", "گلو"}, {"nezh", "نژ"},
     {"zim", "زیم"},  {"lask", "لسک"},  {"purv", "پورو"}, {"hov", "هوو"},  {"osk", "اسک"},
     {"farz", "فرز"}, {"jund", "جوند"}, {"yav", "یاو"},   {"chem", "چم"},  {"quv", "قوو"}}};
constexpr std::array<std::pair<const char*, const char*>, 6> kEndings{
    {{"an", "ان"}, {"ar", "ار"}, {"und", "وند"}, {"esh", "ش"}, {"ava", "اوا"}, {"in", "ین"}}};

std::pair<std::string, std::string> make_name(Draw& draw) {
  const auto& first = kSyllables[draw.below(kSyllables.size())];
  const auto& second = kSyllables[draw.below(kSyllables.size())];
  const auto& last = kEndings[draw.below(kEndings.size())];
  std::string name = format("{}{}{}", first.first, second.first, last.first);
  name[0] = static_cast<char>(name[0] - 'a' + 'A');
  return {std::move(name), format("{}{}{}", first.second, second.second, last.second)};
}

/// A name that was not drawn before, in either spelling.
std::pair<std::string, std::string> new_name(Draw& draw, std::set<std::string>& used) {
  for (;;) {
    auto name = make_name(draw);
    if (used.contains(name.first) || used.contains(name.second)) continue;
    used.insert(name.first);
    used.insert(name.second);
    return name;
  }
}

std::string row(int id, std::string_view name, std::string_view others, int lat_e5, int lon_e5, std::string_view kind,
                std::size_t province, std::size_t people) {
  const auto degrees = [](int e5) {
    return format("{}{}.{:05}", e5 < 0 ? "-" : "", std::abs(e5) / 100000, std::abs(e5) % 100000);
  };
  const std::string admin = province == 0 ? "00" : format("{:02}", province);
  return format("{}\t{}\t{}\t{}\t{}\t{}\t{}\tXW\t\t{}\t\t\t\t{}\t\t\tEtc/UTC\t2030-01-01\n", id, name, name, others,
                degrees(lat_e5), degrees(lon_e5), kind, admin, people);
}

}  // namespace

Country Country::make(Draw& draw) {
  Country out;
  std::set<std::string> used;
  for (std::size_t p = 0; p < kProvinces; ++p) {
    auto [name, name_fa] = new_name(draw, used);
    out.provinces.push_back({kCountryId + 1 + static_cast<int>(p), std::move(name), std::move(name_fa), p});
  }
  for (std::size_t t = 0; t < kProvinces * kTownsEach; ++t) {
    auto [name, name_fa] = new_name(draw, used);
    out.towns.push_back({kCountryId + 100 + static_cast<int>(t), std::move(name), std::move(name_fa), t / kTownsEach});
  }
  constexpr std::array<std::pair<const char*, const char*>, 4> kKinds{
      {{"independent daily", ""}, {"state agency", "state"}, {"exile outlet", "exile"}, {"foreign agency", ""}}};
  for (std::size_t i = 0; i < kOutlets; ++i) {
    const auto& [kind, family] = kKinds[i % kKinds.size()];
    out.outlets.push_back(
        {format("outlet{}.example", i), format("Outlet {}", i), kind, family, i % 5 < 3 ? "fa" : "en"});
  }
  for (std::size_t i = 0; i < kAccounts; ++i) {
    out.accounts.push_back({format("@witness{}", i), format("Witness {}", i), "account", "", i % 5 < 3 ? "fa" : "en"});
  }
  return out;
}

std::string Country::gazetteer() const {
  std::string out = row(kCountryId, "Orvenia", "اوروینیا", 3'600'000, -4'050'000, "A\tPCLI", 0, 9'000'000);
  for (const Place& province : provinces) {
    const int east = static_cast<int>(province.province % 4) * 100'000;
    const int north = static_cast<int>(province.province / 4) * 100'000;
    out += row(province.id, province.name + " Province", format("{},استان {}", province.name, province.name_fa),
               3'450'000 + north, -4'250'000 + east, "A\tADM1", province.province + 1, 700'000);
  }
  for (std::size_t t = 0; t < towns.size(); ++t) {
    const Place& town = towns[t];
    const int east = static_cast<int>(town.province % 4) * 100'000 + static_cast<int>(t % 5) * 18'000;
    const int north = static_cast<int>(town.province / 4) * 100'000 + static_cast<int>(t / 5 % 4) * 22'000;
    out += row(town.id, town.name, town.name_fa, 3'410'000 + north, -4'290'000 + east, "P\tPPL", town.province + 1,
               200'000 - t % kTownsEach * 9'000);
  }
  return out;
}

std::string Country::sources() const {
  std::string out = "id,name,kind,family,lang,reason\n";
  for (const auto* list : {&outlets, &accounts}) {
    for (const Outlet& source : *list) {
      out += format("{},{},{},{},{},made for measuring\n", source.id, source.name, source.kind, source.family,
                    source.lang);
    }
  }
  return out;
}

}  // namespace gavah::bench
