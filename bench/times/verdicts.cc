#include "times/verdicts.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "base/format.h"

namespace gavah::times {

void Verdicts::print(std::string_view name) const {
  int translated = 0;
  std::string kinds;
  for (std::size_t i = 1; i < by_convention.size(); ++i) {
    translated += by_convention[i];
    if (by_convention[i] != 0) kinds += format("{}{} {}", kinds.empty() ? "" : "; ", kConventions[i], by_convention[i]);
  }
  const double all = wanted == 0 ? 1 : wanted;
  std::printf("%s: plain %d of %d (%.3f); with conventions %d (%.3f)%s\n", std::string(name).c_str(), right, wanted,
              right / all, right + translated, (right + translated) / all,
              kinds.empty() ? "" : format("\n   by convention: {}", kinds).c_str());
}

Readings read_both_ways(std::string_view text, text::TimeOptions options) {
  const text::Reading reading(text);
  Readings out;
  options.tense = text::Tense::past;
  out.past = text::find_times(reading, options);
  options.tense = text::Tense::future;
  out.future = text::find_times(reading, options);
  out.options = options;
  return out;
}

void print_miss(Found found, std::string_view text, std::string_view wanted,
                const std::vector<text::TimeMention>& mentions) {
  static constexpr std::string_view kNames[] = {"MISSED", "UNKNOWN", "WRONG", "RIGHT"};
  std::string row(kNames[static_cast<int>(found)]);
  for (const auto& mention : mentions) row += format(" [{} {}]", mention.time.phrase, text_of(days_of(mention.time)));
  std::printf("%s\n   %s gold[%s]\n", std::string(text).c_str(), row.c_str(), std::string(wanted).c_str());
}

std::vector<std::string> lines_of(const std::string& file) {
  const char* shared = std::getenv("GAVAH_SHARED_DATA");
  const std::string root = shared != nullptr ? shared : std::string(GAVAH_SOURCE_DIR) + "/../shared/data";
  std::ifstream in(root + "/extraction/" + file, std::ios::binary);
  std::vector<std::string> out;
  for (std::string line; std::getline(in, line);) out.push_back(line);
  return out;
}

}  // namespace gavah::times
