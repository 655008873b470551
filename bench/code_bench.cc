// rooms: code place text model base
// Coding: how many documents of 2 kB a second on one core, and how much of what people coded by hand is found, beside
// published figures. The hand-coded sets are not part of the repository: they are looked for in $GAVAH_SHARED_DATA or
// <repo>/../shared/data. An argument picks one part: speed, process, crowds, sentences, muc4, gold, layer, or growth,
// which alone is left out where none is picked; GAVAH_LIST=1 lists what was wrong, `gold --errors` what differs in the
// open part of our own gold; GAVAH_GOLD=FILE measures another gold of the same form instead.
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <sstream>

#include "base/digest.h"
#include "base/format.h"
#include "coding/coding.h"

namespace gavah::code::bench {
namespace {

/// Articles of about `size` bytes made of the sentences of the golden table, in turn.
std::vector<Report> articles(std::size_t count, std::size_t size_bytes) {
  std::vector<std::string> sentences;
  std::istringstream in(file_text(std::string(GAVAH_SOURCE_DIR) + "/tests/pipeline/code_golden.txt"));
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("> ")) sentences.push_back(line.substr(2));
  }
  std::vector<Report> out;
  std::size_t next = 0;
  for (std::size_t i = 0; i < count && !sentences.empty(); ++i) {
    std::string text;
    while (text.size() < size_bytes) text.append(sentences[next++ * 7 % sentences.size()]).append("\n\n");
    out.push_back(report_of(std::move(text), Day::from_civil(2021, 5, 14)));
  }
  return out;
}

void measure_speed(const Coder& coder) {
  const auto reports = articles(3000, 2000);
  std::size_t bytes = 0;
  std::vector<Claim> claims;
  const std::clock_t start = std::clock();
  for (const Report& report : reports) {
    bytes += report.text.size();
    std::ranges::move(coder.code(report, IdSecret{}), std::back_inserter(claims));
  }
  const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  Sha256 digest;
  for (const Claim& claim : claims) digest.update(to_json(claim));
  std::puts(format("speed: {} documents of {} bytes, {} claims (digest {}), processor time of one thread: {:.0f} "
                   "documents/s, {:.1f} MB/s "
                   "(mark 10,000; TABARI: 1,000 to 2,000 sentences/s)",
                   reports.size(), bytes / std::max<std::size_t>(1, reports.size()), claims.size(),
                   digest.finish().hex().substr(0, 12), static_cast<double>(reports.size()) / seconds,
                   static_cast<double>(bytes) / seconds / 1e6)
                .c_str());
}

/// The same reports again and again, each with an id of its own, so that a run is long beside its start.
Lines lines_of(std::string name, const std::vector<Report>& reports, std::size_t rounds) {
  Lines out{std::move(name), {}, 0};
  for (std::size_t round = 0; round < rounds; ++round) {
    for (Report report : reports) {
      report.id = IdSecret{}.derive<ReportId>("bench", format("{} {}", out.name, out.documents++));
      out.text += to_json(report) + "\n";
    }
  }
  return out;
}

void measure_whole() {
  constexpr std::size_t kRounds = 6;
  std::vector<Lines> sets{lines_of("made", articles(3000, 2000), 2)};
  if (const auto reports = muc4_reports(); !reports.empty()) sets.push_back(lines_of("MUC-4", reports, kRounds));
  measure_process(sets);
}

}  // namespace
}  // namespace gavah::code::bench

int main(int count, char** arguments) {
  using namespace gavah::code::bench;
  const std::string part = count > 1 ? arguments[1] : "";
  const auto coder = coder_over(file_text(std::string(GAVAH_SOURCE_DIR) + "/data/gazetteer/examples.tsv"));
  if (part.empty() || part == "speed") measure_speed(coder);
  if (part.empty() || part == "process") measure_whole();
  if (part.empty() || part == "crowds") measure_crowds();
  if (part.empty() || part == "sentences") measure_sentences(coder);
  if (part.empty() || part == "muc4") measure_muc4();
  const bool lists = count > 2 && std::string_view(arguments[2]) == "--errors";
  if (part.empty() || part == "gold") measure_gold(lists ? GoldListing::errors : GoldListing::totals);
  if (part.empty() || part == "layer") measure_layer(coder);
  if (part == "acceptance") measure_acceptance(coder);
  if (part == "growth") measure_growth(coder);
}
