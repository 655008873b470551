// The project's own pages in Persian and Arabic (tests/pages): main text, title, author, date.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "base/disk.h"
#include "base/utf8.h"
#include "extract/extract.h"

namespace gavah::extract {
namespace {

struct Gold {
  std::string name;
  std::string page;
  std::map<std::string, std::string> facts;
  std::string text;
};

std::vector<Gold> gold_pages() {
  RealDisk disk;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(std::string(GAVAH_SOURCE_DIR) + "/tests/pages")) {
    if (entry.path().extension() == ".html") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::vector<Gold> out;
  for (auto file : files) {
    Gold gold{file.stem().string(), disk.read(file.string()).value(), {}, {}};
    const std::string truth = disk.read(file.replace_extension(".txt").string()).value();
    const std::size_t body = truth.find("\n\n");
    gold.text = truth.substr(body + 2);
    for (std::size_t at = 0; at < body;) {
      const std::size_t end = truth.find('\n', at);
      const std::size_t colon = truth.find(": ", at);
      gold.facts[truth.substr(at, colon - at)] = truth.substr(colon + 2, end - colon - 2);
      at = end + 1;
    }
    out.push_back(std::move(gold));
  }
  return out;
}

std::vector<Report> read(const Gold& gold) {
  const Capture capture;
  Part part;
  part.format = "html";
  part.url = gold.facts.at("url");
  return extract({capture, part, gold.page}, IdSecret{});
}

/// Words with their counts: what lies between spaces and marks.
std::map<std::string, int> words_of(std::string_view text) {
  std::map<std::string, int> out;
  std::string word;
  const auto end = [&] {
    if (!word.empty()) ++out[word];
    word.clear();
  };
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    at += point.size_bytes;
    const bool is_mark = point.value <= '/' || (point.value >= ':' && point.value <= '@') || point.value == 0x60C ||
                         point.value == 0xAB || point.value == 0xBB || point.value == 0x61B || point.value == 0x61F;
    if (is_mark) {
      end();
    } else {
      append_utf8(word, point.value);
    }
  }
  end();
  return out;
}

double f1(const Gold& gold, const std::vector<Report>& reports) {
  std::string text;
  for (const Report& report : reports) text += report.text + "\n";
  const auto got = words_of(text);
  const auto wanted = words_of(gold.text);
  double both = 0;
  double all = 0;
  for (const auto& [word, count] : got) {
    all += count;
    const auto found = wanted.find(word);
    if (found != wanted.end()) both += std::min(count, found->second);
  }
  for (const auto& [word, count] : wanted) all += count;
  return 2 * both / all;
}

/// Days are compared in the zones of the pages: the farthest of them is half a day from UTC.
bool is_day(const std::optional<Instant>& start, const std::string& day) {
  const auto wanted = Day::parse(day);
  if (!start || !wanted) return false;
  const std::int64_t off = start->seconds - Instant::at_start_of(*wanted).seconds;
  return off >= -43200 && off < 86400;
}

TEST(PageGold, MainTextOfPersianAndArabicPagesIsFound) {
  const auto pages = gold_pages();
  ASSERT_GE(pages.size(), 60U);
  double sum = 0;
  for (const Gold& gold : pages) {
    const double score = f1(gold, read(gold));
    sum += score;
    EXPECT_GE(score, 0.75) << gold.name;
  }
  // Measured: 0.990.
  EXPECT_GE(sum / static_cast<double>(pages.size()), 0.985);
}

TEST(PageGold, DatesTitlesAndAuthorsAreExactButForThoseThatAreNamed) {
  // A date beside its label above the headline, with dated links below it.
  const std::vector<std::string> dates = {"fa-dl-meta"};
  // A name that nothing marks as one: alone in a line, in a list, or beside a date.
  const std::vector<std::string> authors = {"ar-br-only",      "ar-divs",      "ar-hidden-menu", "ar-print",
                                            "ar-url-date",     "fa-blogfa",    "fa-center-font", "fa-gregorian",
                                            "fa-list-demands", "fa-noise-mid", "fa-print"};
  // A page whose title is another than its headline.
  const std::vector<std::string> titles = {"fa-center-font"};
  const auto has = [](const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  for (const Gold& gold : gold_pages()) {
    const Report article = read(gold)[0];
    EXPECT_EQ(is_day(article.published.start, gold.facts.at("date")), !has(dates, gold.name))
        << gold.name << ' ' << article.published.phrase;
    EXPECT_EQ(article.author == gold.facts.at("author"), !has(authors, gold.name))
        << gold.name << " [" << article.author << "] " << gold.facts.at("author");
    EXPECT_EQ(article.title == gold.facts.at("title"), !has(titles, gold.name)) << gold.name << ' ' << article.title;
  }
}

}  // namespace
}  // namespace gavah::extract
