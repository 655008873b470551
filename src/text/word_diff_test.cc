#include "text/word_diff.h"

#include <gtest/gtest.h>

#include <random>

namespace gavah::text {
namespace {

std::string marked(std::string_view before, std::string_view after) {
  std::string out;
  for (const DiffRun& run : diff_words(before, after)) {
    const std::string_view from = run.kind == DiffKind::out ? before : after;
    const std::string words(from.substr(run.span.begin, run.span.size()));
    if (!out.empty()) out += " ";
    out += run.kind == DiffKind::same ? words : run.kind == DiffKind::out ? "[-" + words + "-]" : "{+" + words + "+}";
  }
  return out;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> out;
  std::string word;
  for (const char c : std::string(text) + " ") {
    if (c != ' ' && c != '\n' && c != '\t') {
      word.push_back(c);
    } else if (!word.empty()) {
      out.push_back(std::move(word));
      word.clear();
    }
  }
  return out;
}

/// The fewest words out and in, by the whole table.
std::size_t fewest_edits(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  std::vector<std::vector<std::size_t>> table(a.size() + 1, std::vector<std::size_t>(b.size() + 1, 0));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0)
        table[i][j] = i + j;
      else if (a[i - 1] == b[j - 1])
        table[i][j] = table[i - 1][j - 1];
      else
        table[i][j] = 1 + std::min(table[i - 1][j], table[i][j - 1]);
    }
  }
  return table[a.size()][b.size()];
}

struct Undone {
  std::vector<std::string> before;
  std::vector<std::string> after;
  std::size_t edits = 0;
};

Undone undone(std::string_view before, std::string_view after) {
  Undone out;
  for (const DiffRun& run : diff_words(before, after)) {
    const std::string_view from = run.kind == DiffKind::out ? before : after;
    const auto words = words_of(from.substr(run.span.begin, run.span.size()));
    EXPECT_EQ(words.size(), run.words);
    if (run.kind != DiffKind::in) out.before.insert(out.before.end(), words.begin(), words.end());
    if (run.kind != DiffKind::out) out.after.insert(out.after.end(), words.begin(), words.end());
    if (run.kind != DiffKind::same) out.edits += words.size();
  }
  return out;
}

TEST(WordDiff, AChangedWordIsOutAndIn) {
  EXPECT_EQ(marked("Three people were killed.", "Four people were killed."), "[-Three-] {+Four+} people were killed.");
  EXPECT_EQ(marked("سه تن کشته شدند", "چهار تن کشته شدند"), "[-سه-] {+چهار+} تن کشته شدند");
  EXPECT_EQ(marked("a b c", "a b c"), "a b c");
  EXPECT_EQ(marked("", "a b"), "{+a b+}");
  EXPECT_EQ(marked("a b", ""), "[-a b-]");
  EXPECT_EQ(marked("", ""), "");
}

TEST(WordDiff, LinesThatStayAreKeptWhole) {
  EXPECT_EQ(marked("one line\nthe old one\nlast line", "one line\na new one here\nlast line"),
            "one line [-the old-] {+a new+} one {+here+} last line");
}

TEST(WordDiff, RunsGiveBothTextsAndWithinALineTheFewestEdits) {
  std::mt19937 random(7);
  for (int round = 0; round < 400; ++round) {
    std::string before;
    std::string after;
    for (std::string* text : {&before, &after}) {
      const auto size = random() % 14;
      for (std::size_t i = 0; i < size; ++i) *text += std::string(1, static_cast<char>('a' + random() % 4)) + " ";
    }
    const Undone found = undone(before, after);
    EXPECT_EQ(found.before, words_of(before));
    EXPECT_EQ(found.after, words_of(after));
    EXPECT_EQ(found.edits, fewest_edits(words_of(before), words_of(after))) << before << "| " << after;
  }
}

TEST(WordDiff, TextsOfManyLinesGiveBothTextsBack) {
  std::mt19937 random(11);
  for (int round = 0; round < 100; ++round) {
    std::string before;
    std::string after;
    for (std::string* text : {&before, &after}) {
      for (std::size_t i = 0; i < 40; ++i)
        *text += std::string(1, static_cast<char>('a' + random() % 5)) + (random() % 3 == 0 ? "\n" : " ");
    }
    const Undone found = undone(before, after);
    EXPECT_EQ(found.before, words_of(before));
    EXPECT_EQ(found.after, words_of(after));
  }
}

TEST(WordDiff, LargeTextsWithoutAWordInCommonAreReplacedAsAWhole) {
  std::string before;
  std::string after;
  for (int i = 0; i < 200000; ++i) {
    before += "a" + std::to_string(i) + " ";
    after += "b" + std::to_string(i) + " ";
  }
  const auto runs = diff_words(before, after);
  ASSERT_EQ(runs.size(), 2U);
  EXPECT_EQ(runs[0].kind, DiffKind::out);
  EXPECT_EQ(runs[1].kind, DiffKind::in);
}

}  // namespace
}  // namespace gavah::text
