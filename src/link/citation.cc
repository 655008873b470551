#include "link/citation.h"

#include <array>
#include <cstdint>
#include <string_view>

namespace gavah::link {
namespace {

constexpr std::size_t kWordsAfter = 6;
constexpr std::size_t kWordsBefore = 4;

// Folded, words parted by one space.
constexpr auto kBeforeName = std::to_array<std::string_view>({
    "according to",
    "citing",
    "quoting",
    "as reported by",
    "reported by",
    "first published by",
    "first reported by",
    "به گزارش",
    "به نقل از",
    "بنا بر گزارش",
    "بنا به گزارش",
    "بر اساس گزارش",
    "منبع",
    "بگزارش",
    "وفقا ل",
    "نقلا عن",
    "بحسب",
});
constexpr auto kAfterName = std::to_array<std::string_view>({"reported", "reports", "گزارش داد", "گزارش کرد", "نوشت"});

std::string_view word_at(const text::Folded& folded, const text::Token& token) {
  return folded.text().substr(token.folded.begin, token.folded.size());
}

/// How many tokens from `at` on spell `cue`; 0 when they do not.
std::size_t cue_length(const text::Folded& folded, const std::vector<text::Token>& tokens, std::size_t at,
                       std::string_view cue) {
  std::size_t used = 0;
  while (!cue.empty()) {
    if (at + used >= tokens.size()) return 0;
    const std::size_t end = std::min(cue.find(' '), cue.size());
    if (word_at(folded, tokens[at + used]) != cue.substr(0, end)) return 0;
    cue.remove_prefix(std::min(end + 1, cue.size()));
    ++used;
  }
  return used;
}

/// A bit for each first word of a cue, by its ends and length: most words are ruled out by one look.
constexpr std::uint64_t bit_of(std::string_view word) {
  if (word.empty()) return 0;
  const auto first = static_cast<unsigned char>(word.front());
  const auto last = static_cast<unsigned char>(word.back());
  const std::size_t second = word.size() > 1 ? static_cast<unsigned char>(word[1]) : 0;
  return std::uint64_t{1} << ((first * 7U + last * 5U + second * 3U + word.size()) % 64U);
}

template <std::size_t N>
constexpr std::uint64_t bits_of(const std::array<std::string_view, N>& cues) {
  std::uint64_t bits = 0;
  for (const std::string_view cue : cues) bits |= bit_of(cue.substr(0, cue.find(' ')));
  return bits;
}

constexpr std::uint64_t kCueBits = bits_of(kBeforeName) | bits_of(kAfterName);

std::string words(const text::Folded& folded, const std::vector<text::Token>& tokens, std::size_t from,
                  std::size_t to) {
  std::string out;
  for (std::size_t i = from; i < std::min(to, tokens.size()); ++i) {
    if (tokens[i].kind == text::TokenKind::punctuation) continue;
    if (!out.empty()) out.push_back(' ');
    out.append(word_at(folded, tokens[i]));
  }
  return out;
}

}  // namespace

std::string citation_key(std::string_view name) {
  const text::Folded folded = text::fold(name);
  const std::vector<text::Token> tokens = text::tokenize(folded);
  return words(folded, tokens, 0, tokens.size());
}

std::vector<std::string> cited_phrases(const text::Folded& folded, const std::vector<text::Token>& tokens,
                                       std::size_t limit) {
  std::vector<std::string> out;
  const auto keep = [&](std::string phrase) {
    if (!phrase.empty() && out.size() < limit) out.push_back(std::move(phrase));
  };
  for (std::size_t i = 0; i < tokens.size() && out.size() < limit; ++i) {
    if ((bit_of(word_at(folded, tokens[i])) & kCueBits) == 0) continue;
    for (const std::string_view cue : kBeforeName) {
      const std::size_t used = cue_length(folded, tokens, i, cue);
      if (used > 0) keep(words(folded, tokens, i + used, i + used + kWordsAfter));
    }
    for (const std::string_view cue : kAfterName) {
      if (cue_length(folded, tokens, i, cue) > 0) keep(words(folded, tokens, i - std::min(i, kWordsBefore), i));
    }
  }
  return out;
}

}  // namespace gavah::link
