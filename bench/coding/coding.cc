#include "coding/coding.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "base/embedded.h"
#include "base/format.h"

namespace gavah::code::bench {

std::string file_text(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::string shared_data() {
  const char* stated = std::getenv("GAVAH_SHARED_DATA");
  return stated != nullptr ? stated : std::string(GAVAH_SOURCE_DIR) + "/../shared/data";
}

Coder coder_over(const std::string& places_tsv) {
  CoderData data;
  for (const auto name : CoderData::names())
    data.files.push_back({name, embedded_data(name).value_or(std::string_view())});
  if (std::getenv("GAVAH_NO_LAYER") != nullptr) {
    for (DataFile& file : data.files) {
      if (file.name.starts_with("models/")) file.bytes = {};
    }
  }
  auto coder = Coder::load(data, std::make_shared<const place::Gazetteer>(place::Gazetteer::load(places_tsv).value()));
  if (!coder) std::fputs((coder.error().sentence() + "\n").c_str(), stderr);
  return std::move(coder).value();
}

Report report_of(std::string text, Day published) {
  Report report;
  report.text = std::move(text);
  const auto size = static_cast<std::uint32_t>(report.text.size());
  report.map.push_back({{0, size}, {0, size}});
  report.published = TimeInterval::of_day(published, TimePrecision::day_stated);
  return report;
}

double Score::f1() const {
  const double both = precision() + recall();
  return both == 0 ? 0 : 2 * precision() * recall() / both;
}

void print_score(std::string_view name, const Score& score, std::string_view published) {
  std::puts(format("  {:<24} P {:5.1f}  R {:5.1f}  F1 {:5.1f}  (gold {}){}{}", name, score.precision(), score.recall(),
                   score.f1(), score.gold, published.empty() ? "" : "  ", published)
                .c_str());
}

std::uint64_t fold_of(std::string_view key) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : key) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return hash;
}

bool is_half_a(std::string_view key) { return fold_of(key) % 2 == 0; }

}  // namespace gavah::code::bench
