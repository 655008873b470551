#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "code/lexicon.h"
#include "code/trace.h"
#include "model/place.h"
#include "model/report.h"
#include "place/place.h"
#include "text/text.h"

namespace gavah::code {

/// Whether a folded word is one of a short list.
inline bool is_any(std::string_view word, std::span<const std::string_view> list) {
  return std::ranges::find(list, word) != list.end();
}

/// A half-open range of tokens.
struct TokenRange {
  std::uint32_t first = 0;
  std::uint32_t past = 0;
  bool holds(std::uint32_t token) const { return token >= first && token < past; }
  bool meets(std::uint32_t from, std::uint32_t to) const { return first < to && from < past; }
};

/// A word of the lexicon where it stands in the report.
struct Hit {
  const Word* word = nullptr;
  Span span;                ///< of a row with a gap, over both sides
  std::uint32_t first = 0;  ///< first token; of a row with a gap, of the side that holds the verb
  std::uint32_t past = 0;   ///< token after the last
  bool plural = false;      ///< by its form or by a Persian plural ending
  TokenRange rest = {};     ///< the other side of the gap
};

/// A time expression. Where the report's own date is known only as an interval, a relative expression is resolved
/// against both ends and `time` covers both.
struct TimeHit {
  text::TimeKind kind = text::TimeKind::when;
  TimeInterval time;
  TimeInterval future;  ///< the same words read forward ("on Saturday" of a plan)
  bool relative = false;
  std::optional<std::int32_t> low_days;
  std::optional<std::int32_t> high_days;
  std::uint32_t first = 0;
  std::uint32_t past = 0;
};

struct PlaceHit {
  Place place;
  std::uint32_t first = 0;
  std::uint32_t past = 0;
};

/// One sentence with everything the lexicons, the dates and the gazetteer found in it, each list in order of tokens.
struct SentenceScan {
  std::uint32_t index = 0;
  std::uint32_t block = 0;
  Span span;
  TokenRange tokens;
  Tongue tongue = Tongue::english;
  /// Which language words in Arabic letters are of, also in a sentence that is mostly English.
  Tongue script = Tongue::persian;
  std::vector<Hit> triggers;  ///< not yet chosen between: may overlap
  std::vector<Hit> actors, nouns, results, verbs, cues, contexts;
  std::vector<const text::Number*> numbers;
  std::vector<const TimeHit*> times;
  std::vector<const PlaceHit*> places;
  std::optional<std::int32_t> length_days;   ///< "for ten days": 10; "its tenth day": 9 before this one
  TokenRange length_words;                   ///< the words of that
  bool counts_towns = false;                 ///< "in six cities"
  std::vector<TokenRange> quotes;            ///< between quotation marks
  std::vector<std::uint16_t> strong_before;  ///< how many clause borders stand before each token (and one past the end)
  std::vector<std::uint16_t> commas_before;

  /// Clause borders (semicolon, colon, dash, bracket, "but", «اما») between two tokens, in either order.
  int borders(std::uint32_t a, std::uint32_t b) const;
  int commas(std::uint32_t a, std::uint32_t b) const;
  /// Whether a number says which, not how many: "police in District 5 arrested", «منطقه ۵», "Branch 28 sentenced".
  bool is_name(const text::Number& number) const;
  /// As new, but with the memory of its lists.
  void clear();
};

/// A report read once. Members point into each other: not movable.
class Scan {
 public:
  /// `trace` may be null: then nothing is noted.
  Scan(const Report& report, const Lexicon& lexicon, const place::Resolver& resolver,
       const place::ResolveOptions& options, Trace* trace = nullptr);
  Scan(const Scan&) = delete;
  Scan& operator=(const Scan&) = delete;
  ~Scan();

  const Report& report() const { return report_; }
  const Lexicon& lexicon() const { return lexicon_; }
  /// Where the rules note what they decide; null when nobody asks.
  Trace* trace() const { return trace_; }
  const text::Reading& reading() const { return reading_; }
  const std::vector<SentenceScan>& sentences() const { return sentences_; }
  std::string_view folded(std::uint32_t token) const { return reading_.folded_text(reading_.tokens()[token]); }
  std::string_view words(Span span) const { return reading_.words(span); }
  Span span_of(std::uint32_t first, std::uint32_t past) const;
  const std::vector<TimeHit>& times() const { return times_; }

 private:
  class GapJoiner;
  void find_times();
  void find_times_ahead();
  void find_places(const place::Resolver& resolver, const place::ResolveOptions& options);
  void find_words(const Lexicon& lexicon);
  void lay_out_words(const std::vector<text::Matcher::Match>& matches, std::uint32_t token, GapJoiner& gaps);
  void lay_out_sentences();
  void tell_tongues();
  void add_sentence(std::uint32_t block, TokenRange tokens, Span span);
  bool is_noun_of_verb(const Word& word, const text::Matcher::Match& match) const;
  bool has_plural_ending(const text::Matcher::Match& match) const;
  void settle_words(SentenceScan& sentence) const;
  void find_length(SentenceScan& sentence) const;
  void mark_borders(SentenceScan& sentence) const;
  SentenceScan& sentence_of(std::uint32_t token);

  const Report& report_;
  const Lexicon& lexicon_;
  Trace* trace_;
  text::Reading reading_;
  std::vector<TimeHit> times_;
  std::vector<PlaceHit> places_;
  std::vector<SentenceScan> sentences_;
  std::vector<std::uint32_t> sentence_of_token_;
};

/// Keeps the longest of overlapping hits (then the earliest), in order of tokens.
std::vector<Hit> longest_hits(std::vector<Hit> hits);

}  // namespace gavah::code
