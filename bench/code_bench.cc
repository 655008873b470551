// rooms: code place text model base
// Coding: how many documents of 2 kB a second on one core, and how well act families are told on sentences coded by
// hand. The hand-coded sets are not part of the repository: they are looked for in $GAVAH_SHARED_DATA or
// <repo>/../shared/data.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "base/embedded.h"
#include "base/format.h"
#include "base/json.h"
#include "code/code.h"
#include "place/place.h"

namespace gavah::code {
namespace {

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

Coder loaded_coder() {
  CoderData data;
  for (const auto name : CoderData::names())
    data.files.push_back({name, embedded_data(name).value_or(std::string_view())});
  const std::string tsv = file_text(std::string(GAVAH_SOURCE_DIR) + "/tests/pipeline/code_places.tsv");
  return Coder::load(data, std::make_shared<const place::Gazetteer>(place::Gazetteer::load(tsv).value())).value();
}

Report report_of(std::string text) {
  Report report;
  report.text = std::move(text);
  const auto size = static_cast<std::uint32_t>(report.text.size());
  report.map.push_back({{0, size}, {0, size}});
  report.published = TimeInterval::of_day(Day::from_civil(2021, 5, 14), TimePrecision::day_stated);
  return report;
}

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
    out.push_back(report_of(std::move(text)));
  }
  return out;
}

void measure_speed(const Coder& coder) {
  const auto reports = articles(3000, 2000);
  std::size_t bytes = 0;
  std::size_t claims = 0;
  const std::clock_t start = std::clock();
  for (const Report& report : reports) {
    bytes += report.text.size();
    claims += coder.code(report, IdSecret{}).size();
  }
  const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  std::puts(
      format(
          "speed: {} documents of {} bytes, {} claims, processor time of one thread: {:.0f} documents/s, {:.1f} MB/s "
          "(TABARI: 1,000 to 2,000 sentences/s)",
          reports.size(), bytes / std::max<std::size_t>(1, reports.size()), claims,
          static_cast<double>(reports.size()) / seconds, static_cast<double>(bytes) / seconds / 1e6)
          .c_str());
}

/// The PLOVER root of an act of ours.
std::string plover_of(const std::string& act) {
  static const std::map<std::string, std::string> kRoots{
      {"force deployment", "MOBILIZE"}, {"crowd control", "ASSAULT"}, {"beating", "ASSAULT"},
      {"live fire", "ASSAULT"},         {"killing", "ASSAULT"},       {"arrest", "COERCE"},
      {"abduction", "ASSAULT"},         {"torture", "ASSAULT"},       {"prosecution", "ACCUSE"},
      {"death sentence", "SANCTION"},   {"execution", "ASSAULT"},     {"raid", "COERCE"},
      {"censorship", "COERCE"},         {"release", "RETREAT"},       {"property attack", "ASSAULT"},
      {"group clash", "ASSAULT"}};
  const auto found = kRoots.find(act);
  return found == kRoots.end() ? "PROTEST" : found->second;
}

struct Score {
  int hit = 0, wrong = 0, missed = 0;
};

void print_score(const std::string& name, const Score& score) {
  const double precision = score.hit + score.wrong == 0 ? 0 : 100.0 * score.hit / (score.hit + score.wrong);
  const double recall = score.hit + score.missed == 0 ? 0 : 100.0 * score.hit / (score.hit + score.missed);
  const double f1 = precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
  std::puts(format("  {:<10} P {:5.1f}  R {:5.1f}  F1 {:5.1f}  (gold {})", name, precision, recall, f1,
                   score.hit + score.missed)
                .c_str());
}

/// Removes inline markup "<...>" of the hand-coded sentences.
std::string without_tags(std::string_view text) {
  std::string out;
  int depth = 0;
  for (const char c : text) {
    if (c == '<') ++depth;
    if (depth == 0) out.push_back(c);
    if (c == '>' && depth > 0) --depth;
  }
  return out;
}

void measure_plover(const Coder& coder) {
  const auto json = Json::parse(file_text(shared_data() + "/events/plover_gsr/PLOVER_GSR_CAMEO.json"));
  if (!json || json->items().empty()) {
    std::puts("plover_gsr: not here, skipped");
    return;
  }
  std::map<std::string, Score> scores{{"PROTEST", {}}, {"COERCE", {}}, {"ASSAULT", {}}};
  for (const Json& item : json->items()) {
    const Json* event = item.find("event");
    const std::string gold(event != nullptr && event->string() != nullptr ? *event->string() : "");
    std::set<std::string> found;
    for (const Claim& claim : coder.code(report_of(without_tags(item.text_of("text"))), IdSecret{}))
      found.insert(plover_of(claim.act));
    for (auto& [name, score] : scores) {
      const bool is_gold = gold == name;
      const bool is_found = found.contains(name);
      score.hit += is_gold && is_found;
      score.missed += is_gold && !is_found;
      score.wrong += !is_gold && is_found;
    }
  }
  std::puts(
      format("plover_gsr: {} sentences, root class (peers on the like PLV set: ZSP macro F1 82.1, linear SVM 72.5)",
             json->items().size())
          .c_str());
  for (const auto& [name, score] : scores) print_score(name, score);
}

/// MUC-4 keys: is a text about an event at all, and of which type (attack and bombing, kidnapping, arson).
void measure_muc4(const Coder& coder) {
  const std::string lines = file_text(shared_data() + "/events/muc4/processed_grit/dev.json");
  if (lines.empty()) {
    std::puts("muc4: not here, skipped");
    return;
  }
  Score relevance;
  int documents = 0;
  std::istringstream in(lines);
  for (std::string line; std::getline(in, line);) {
    const auto json = Json::parse(line);
    if (!json) continue;
    ++documents;
    bool gold = false;
    if (const Json* roles = json->find("extracts")) {
      for (const auto& [role, fillers] : roles->members()) gold = gold || !fillers.items().empty();
    }
    bool found = false;
    static const std::set<std::string> kViolent{"killing", "live fire", "property attack", "abduction", "beating"};
    for (const Claim& claim : coder.code(report_of(std::string(json->text_of("doctext"))), IdSecret{})) {
      found = found || (kViolent.contains(claim.act) && claim.polarity == Polarity::asserted);
    }
    relevance.hit += gold && found;
    relevance.missed += gold && !found;
    relevance.wrong += !gold && found;
  }
  std::puts(format("muc4: {} development documents, does it tell of an attack (GE 1992, incident type: R 78, P 72)",
                   documents)
                .c_str());
  print_score("any event", relevance);
}

}  // namespace
}  // namespace gavah::code

int main() {
  const auto coder = gavah::code::loaded_coder();
  gavah::code::measure_speed(coder);
  gavah::code::measure_plover(coder);
  gavah::code::measure_muc4(coder);
}
