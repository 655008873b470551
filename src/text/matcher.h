#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/span.h"
#include "text/fold.h"

namespace gavah::text {

/// What may be attached to a pattern inside a word. A pattern always starts at the start of a word, or after attached
/// particles where the edge says so, and never ends inside a number.
enum class WordEdge : std::uint8_t {
  exact,      ///< nothing: "evin" is not found in "evins"
  inflected,  ///< Persian plural, ezafe, possessive and indefinite endings and Arabic feminine and plural ones after
              ///< it, و ب ل ف ک and ال before it; in Latin script "s" and "es"
  stem,       ///< as inflected before it; any letters may follow: «بازداشت» in «بازداشتی», "arrest" in "arrested"
};

/// Every text pattern in one automaton, found in one pass. Patterns are folded when added, so they may be written as
/// they are spelt: with ZWNJ, marks, capitals. Immutable and safe to use from many threads once built.
///
/// A byte trie in a double array, walked from each start of a word: the walk mostly ends within a few bytes, which
/// makes failure links needless (measured in bench/text_bench.cc). What follows a node mostly stands beside it.
class Matcher {
 public:
  struct Pattern {
    std::string text;
    std::uint32_t payload = 0;
    WordEdge edge = WordEdge::inflected;
  };

  struct Match {
    Span span;    ///< original bytes of the pattern alone
    Span word;    ///< original bytes with what is attached to it
    Span folded;  ///< folded bytes of the pattern alone
    std::uint32_t payload = 0;
    WordEdge edge = WordEdge::exact;
  };

  Matcher() = default;
  /// Two patterns may have the same text; both are reported. An empty pattern (also after folding) is invalid input.
  static Result<Matcher> build(std::span<const Pattern> patterns);

  /// The automaton as bytes for open(), a multiple of eight of them, in this machine's order.
  std::string bytes() const;
  /// Over what bytes() gave, which must lie on a multiple of eight and outlive it: nothing is copied or built. Nothing
  /// where the sizes are wrong. For bytes of the program's own: with others of a right size its searches are undefined.
  static std::optional<Matcher> open(std::string_view bytes);

  /// Appends every match that starts in a range of folded bytes to `out`, ordered by start, then longer first, then
  /// payload. The range begins and ends where a word does not go on.
  void find(const Folded& folded, Span range, std::vector<Match>& out) const;
  std::vector<Match> find(const Folded& folded) const;
  bool empty() const { return outputs_.empty(); }
  std::size_t size_bytes() const;

 private:
  friend class TrieBuilder;
  /// Child of node n on byte c: node n.base + c, when its byte is c. No two nodes have one base. Flat, without
  /// pointers.
  struct Node {
    std::uint32_t base = 0;                   // 0 when no pattern goes on
    std::uint32_t byte_and_output = kNoByte;  // byte in the lowest 8 bits; index + 1 of its first output above them

    /// A byte that no UTF-8 text has: of a cell that holds no node.
    static constexpr std::uint32_t kNoByte = 0xFF;
    std::uint32_t byte() const { return byte_and_output & 0xFFU; }
    std::uint32_t output() const { return byte_and_output >> 8U; }  // 0 when no pattern ends here
  };
  struct Output {
    std::uint32_t payload = 0;
    std::uint32_t next = 0;  // index + 1 of the next output of the same node, 0 at the end
    WordEdge edge = WordEdge::exact;
    std::array<std::uint8_t, 3> zero{};
  };
  struct Tables;
  struct Word;
  bool may_start(std::string_view text) const;
  void find_in_word(const Folded& folded, const Word& word, std::vector<Match>& out) const;
  void walk(const Folded& folded, const Word& word, std::uint32_t start, std::vector<Match>& out) const;
  void report(const Folded& folded, const Word& word, Span found, std::uint32_t output, std::vector<Match>& out) const;

  std::shared_ptr<const Tables> built_;  // what the spans lie in; nothing where open() made it
  std::span<const Node> nodes_;
  std::span<const Output> outputs_;
  // A sieve before the trie: whether any pattern starts as a text goes on, by its first four bytes, then by the first
  // three of shorter patterns. 16 KiB that stay near the processor, where the trie's nodes do not. Lets some through
  // that no pattern starts with, never the reverse.
  std::span<const std::uint64_t> heads_;
};

/// Keeps, of matches ordered as find() gives them, those that no earlier or longer one covers.
std::vector<Matcher::Match> longest_matches(std::vector<Matcher::Match> matches);

}  // namespace gavah::text
