// Crowd sizes as the Crowd Counting Consortium writes them: phrase, lowest, highest, with the number of rows.
#include <array>
#include <cstdio>
#include <map>
#include <sstream>

#include "base/format.h"
#include "code/convention.h"
#include "coding/coding.h"

namespace gavah::code::bench {
namespace {

struct Row {
  int count = 0;
  std::string phrase, low, high;
};

std::vector<Row> rows_of(const std::string& tsv) {
  std::vector<Row> rows;
  std::istringstream in(tsv);
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    std::array<std::string, 4> cells;
    std::istringstream cut(line);
    for (auto& cell : cells) std::getline(cut, cell, '\t');
    rows.push_back({std::atoi(cells[0].c_str()), cells[1], cells[2], cells[3]});
  }
  return rows;
}

/// True when the words themselves say a size: a digit, or a word of number. "NA", "count pic", "see above" do not:
/// what their rows hold was counted on a picture.
bool says_a_size(const std::string& phrase) {
  constexpr std::array<std::string_view, 26> kWords{
      "dozen",  "hundred", "thousand", "score",  "couple", "few",   "handful", "one",    "two",
      "three",  "four",    "five",     "six",    "seven",  "eight", "nine",    "ten",    "eleven",
      "twelve", "fifteen", "twenty",   "thirty", "forty",  "fifty", "ninety",  "million"};
  std::string lower;
  for (const char c : phrase) lower.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
  for (const char c : lower) {
    if (c >= '0' && c <= '9') return true;
  }
  for (const auto word : kWords) {
    const auto at = lower.find(word);
    if (at != std::string::npos && (at == 0 || lower[at - 1] < 'a' || lower[at - 1] > 'z')) return true;
  }
  return false;
}

/// False for slips of the sheet: a note in a cell of numbers, or a lowest above the highest.
bool is_pair(const Row& row) {
  const auto is_number = [](const std::string& cell) {
    return !cell.empty() && cell.find_first_not_of("0123456789") == std::string::npos;
  };
  return is_number(row.low) && is_number(row.high) && std::atol(row.low.c_str()) <= std::atol(row.high.c_str());
}

struct Tally {
  int exact = 0, rows = 0, best = 0;
  double share(int part) const { return rows == 0 ? 0 : 100.0 * part / rows; }
};

}  // namespace

void measure_crowds() {
  const auto rows = rows_of(file_text(shared_data() + "/events/ccc_us_protests_2017_2020/crowd_size_phrases.tsv"));
  if (rows.empty()) {
    std::puts("ccc crowd sizes: not here, skipped");
    return;
  }
  std::array<Tally, 2> halves;
  Tally distinct;
  int slips = 0;
  std::map<std::string, std::map<std::string, int>> answers;  // phrase: how often each pair was written
  for (const Row& row : rows) {
    if (row.low.empty() || row.high.empty() || !says_a_size(row.phrase)) continue;
    if (!is_pair(row)) {
      slips += row.count;
      continue;
    }
    answers[row.phrase][row.low + " " + row.high] += row.count;
  }
  const bool lists = std::getenv("GAVAH_LIST") != nullptr;
  for (const auto& [phrase, pairs] : answers) {
    Tally& half = halves.at(is_half_a(phrase) ? 0 : 1);
    const auto stated = stated_under(Convention::ccc, phrase);
    const std::string ours = stated ? std::to_string(stated->low) + " " + std::to_string(stated->high) : "";
    int most = 0;
    for (const auto& [pair, count] : pairs) {
      half.rows += count;
      most = std::max(most, count);
      if (pair == ours) half.exact += count;
      if (pair != ours && lists && is_half_a(phrase))
        std::puts(format("    {} '{}' {} not {}", count, phrase, pair, ours).c_str());
    }
    half.best += most;
    ++distinct.rows;
    const auto found = pairs.find(ours);
    distinct.exact += found != pairs.end() && found->second == most;
  }
  std::puts(
      "ccc crowd sizes: phrases that say a size, exact (low, high) under CCC's convention, by rows (mark 95; none "
      "published)");
  for (std::size_t i = 0; i < 2; ++i) {
    std::puts(format("  half {}: {:.1f} % of {} rows; writing each phrase's most usual pair would give {:.1f} %",
                     i == 0 ? "a (rules were chosen on it)" : "b (held out)", halves.at(i).share(halves.at(i).exact),
                     halves.at(i).rows, halves.at(i).share(halves.at(i).best))
                  .c_str());
  }
  std::puts(
      format("  {} rows of both halves left out: no pair of numbers, or the lowest above the highest", slips).c_str());
  std::puts(format("  by distinct phrase: {:.1f} % of {} give the most usual pair of the phrase",
                   distinct.share(distinct.exact), distinct.rows)
                .c_str());
}

}  // namespace gavah::code::bench
