#include "text/sentence.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace gavah::text {
namespace {

/// Lines of hard-wrapped text are about as long as the longest of their block, and short enough for a terminal.
constexpr std::size_t kWrappedLineMinLetters = 50;
constexpr std::size_t kWrappedLineMaxLetters = 100;

/// Abbreviations before a name: the full stop after them never ends a sentence.
constexpr std::array<std::string_view, 26> kTitles{"mr",   "mrs",  "ms",   "dr",  "prof", "gen", "col",    "lt", "maj",
                                                   "capt", "sgt",  "gov",  "sen", "rep",  "rev", "hon",    "st", "brig",
                                                   "adm",  "cmdr", "pres", "fr",  "no",   "vs",  "messrs", "mt"};
/// Abbreviations that may end a sentence: they do when a capital follows.
constexpr std::array<std::string_view, 27> kShortForms{
    "jan", "feb",  "mar", "apr", "jun", "jul",    "aug", "sep",  "sept", "oct", "nov", "dec", "inc", "ltd",
    "co",  "corp", "jr",  "sr",  "etc", "approx", "ca",  "dept", "est",  "fig", "al",  "am",  "pm"};

class Splitter {
 public:
  Splitter(const Folded& folded, const std::vector<Token>& tokens) : folded_(folded), tokens_(tokens) {}

  std::vector<Sentence> run() {
    measure_lines();
    std::uint32_t first = 0;
    for (std::uint32_t i = 0; i < tokens_.size(); ++i) {
      const std::uint32_t past = i + 1;
      if (past == tokens_.size() || cuts_after(i)) {
        add(first, past);
        first = past;
      }
    }
    return std::move(sentences_);
  }

 private:
  std::string_view word(std::uint32_t i) const {
    return folded_.text().substr(tokens_[i].folded.begin, tokens_[i].folded.size());
  }
  char mark(std::uint32_t i) const {
    return i < tokens_.size() && tokens_[i].kind == TokenKind::punctuation ? word(i)[0] : '\0';
  }
  bool is_capital(std::uint32_t i) const {
    const char c = folded_.original()[tokens_[i].span.begin];
    return c >= 'A' && c <= 'Z';
  }
  bool is_lower(std::uint32_t i) const {
    const char c = folded_.original()[tokens_[i].span.begin];
    return c >= 'a' && c <= 'z';
  }
  bool is_arabic(std::uint32_t i) const {
    const auto c = static_cast<unsigned char>(word(i)[0]);
    return c >= 0xD8 && c <= 0xDB;
  }

  /// Line breaks between token i and the next: 0, 1, or 2 for a blank line.
  int breaks_after(std::uint32_t i) const {
    const std::uint32_t from = tokens_[i].folded.end;
    const std::uint32_t to = tokens_[i + 1].folded.begin;
    // Nothing or one space stands between most.
    const std::uint32_t gap_bytes = tokens_[i + 1].span.begin - tokens_[i].span.end;
    if (from == to || (gap_bytes == 1 && folded_.original()[tokens_[i].span.end] == ' ')) return 0;
    if (folded_.text().substr(from, to - from).find('\n') != std::string_view::npos) return 2;
    const std::uint32_t begin = tokens_[i].span.end;
    const std::string_view gap = folded_.original().substr(begin, tokens_[i + 1].span.begin - begin);
    return gap.find_first_of("\n\r") == std::string_view::npos && gap.find("\xE2\x80\xA8") == std::string_view::npos
               ? 0
               : 1;
  }

  /// For each token that ends a line, the length of that line, at least 1; and the longest line of its block.
  void measure_lines() {
    line_letters_.assign(tokens_.size(), 0);
    block_letters_.assign(tokens_.size(), 0);
    std::uint32_t line_first = 0;
    std::uint32_t block_first = 0;
    std::uint32_t longest = 0;
    for (std::uint32_t i = 0; i < tokens_.size(); ++i) {
      const int breaks = i + 1 == tokens_.size() ? 2 : breaks_after(i);
      if (breaks == 0) continue;
      line_letters_[i] = std::max(1U, letters(line_first, i));
      longest = std::max(longest, line_letters_[i]);
      line_first = i + 1;
      if (breaks < 2) continue;
      std::fill(block_letters_.begin() + block_first, block_letters_.begin() + i + 1, longest);
      block_first = i + 1;
      longest = 0;
    }
  }

  std::uint32_t letters(std::uint32_t first, std::uint32_t last) const {
    const std::string_view bytes =
        folded_.original().substr(tokens_[first].span.begin, tokens_[last].span.end - tokens_[first].span.begin);
    return static_cast<std::uint32_t>(std::count_if(
        bytes.begin(), bytes.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
  }

  bool cuts_after(std::uint32_t i) {
    const int breaks = line_letters_[i] == 0 ? 0 : breaks_after(i);
    if (breaks == 2) {
      ++pending_block_;
      return true;
    }
    if (breaks == 1 && !continues_line(i)) return true;
    return tokens_[i].kind == TokenKind::punctuation && ends_sentence(i);
  }

  /// The line that token i ends goes on in the next one: hard-wrapped text.
  bool continues_line(std::uint32_t i) const {
    const std::uint32_t letters = line_letters_[i];
    if (mark(i + 1) == '-' || mark(i + 1) == '*' || mark(i + 1) == '#') return false;
    if (mark(i) == ',') return true;
    if (block_letters_[i] > kWrappedLineMaxLetters || letters < kWrappedLineMinLetters) return false;
    return letters * 10 >= block_letters_[i] * 7;
  }

  /// Token i closes a sentence together with what stands before it: "…end." or "…end.»".
  bool ends_sentence(std::uint32_t i) const {
    std::uint32_t stop = i;
    while (stop > 0 && is_closer(mark(stop)) && !tokens_[stop].spaced) --stop;
    const char end = mark(stop);
    if (end != '.' && end != '!' && end != '?') return false;
    const std::uint32_t next = i + 1;
    if (mark(next) == '.' || mark(next) == '!' || mark(next) == '?') return false;
    if (!tokens_[next].spaced && is_closer(mark(next)) && stop + 1 >= i) return false;
    if (!tokens_[next].spaced) return is_arabic(next) && stop > 0 && is_arabic(stop - 1);
    if (stop != i && is_lower(next)) return false;
    return end != '.' || full_stop_ends(stop, next);
  }

  static bool is_closer(char c) { return c == '"' || c == '\'' || c == ')' || c == ']'; }

  bool full_stop_ends(std::uint32_t stop, std::uint32_t next) const {
    if (stop == 0) return false;
    if (mark(stop - 1) == '.') return !is_lower(next);  // an ellipsis
    const std::string_view before = word(stop - 1);
    if (tokens_[stop].spaced) return true;
    if (tokens_[stop - 1].kind == TokenKind::number) {
      const bool starts_line = stop == 1 || breaks_after(stop - 2) > 0;
      return !starts_line && !is_lower(next);
    }
    if (tokens_[stop - 1].kind != TokenKind::word) return true;
    if (std::find(kTitles.begin(), kTitles.end(), before) != kTitles.end()) return false;
    const bool dotted = stop >= 2 && mark(stop - 2) == '.' && !tokens_[stop - 1].spaced;  // "p.m."
    if (before.size() == 1 && before[0] > 0 && !dotted) return false;                     // an initial
    if (dotted && before.size() <= 2) return is_capital(next) && before == "m";
    if (std::find(kShortForms.begin(), kShortForms.end(), before) != kShortForms.end()) return is_capital(next);
    return true;
  }

  void add(std::uint32_t first, std::uint32_t past) {
    sentences_.push_back(Sentence{Span{tokens_[first].span.begin, tokens_[past - 1].span.end}, first, past, block_});
    block_ = pending_block_;
  }

  const Folded& folded_;
  const std::vector<Token>& tokens_;
  std::vector<std::uint32_t> line_letters_;
  std::vector<std::uint32_t> block_letters_;
  std::vector<Sentence> sentences_;
  std::uint32_t block_ = 0;
  std::uint32_t pending_block_ = 0;
};

}  // namespace

std::vector<Sentence> split_sentences(const Folded& folded, const std::vector<Token>& tokens) {
  if (tokens.empty()) return {};
  return Splitter(folded, tokens).run();
}

}  // namespace gavah::text
