#include "code/scan.h"

#include <algorithm>
#include <array>

namespace gavah::code {
namespace {

constexpr std::array<std::string_view, 14> kBorderWords{"but",     "while", "whereas", "although", "though",
                                                        "however", "yet",   "despite", "اما",      "ولی",
                                                        "لیکن",    "حالی",  "هرچند",   "گرچه"};

bool is_persian_letter(std::string_view folded_token) {
  const auto lead = static_cast<unsigned char>(folded_token.empty() ? 0 : folded_token.front());
  return lead >= 0xD8 && lead <= 0xDB;
}

int difference(const std::vector<std::uint16_t>& before, std::uint32_t a, std::uint32_t b) {
  const auto [low, high] = std::minmax(a, b);
  return before[high] - before[low];
}

TimeInterval covering(const TimeInterval& a, const TimeInterval& b) {
  TimeInterval both = a;
  if (!b.start || (both.start && *b.start < *both.start)) both.start = b.start;
  if (!b.end || (both.end && *b.end > *both.end)) both.end = b.end;
  if (a.start != b.start || a.end != b.end) both.precision = TimePrecision::wider;
  return both;
}

/// The first and the last day on which the report can have been published; either may be missing.
struct Anchors {
  std::optional<Day> first;
  std::optional<Day> last;
};

Anchors anchors_of(const Report& report) {
  Anchors anchors;
  const TimeInterval& published = report.published;
  if (published.start) anchors.first = published.start->day();
  if (published.end) anchors.last = Instant{published.end->seconds - 1}.day();
  if (!anchors.last && report.captured) anchors.last = report.captured->day();
  if (published.precision != TimePrecision::wider && published.precision != TimePrecision::unknown) {
    if (!anchors.first) anchors.first = anchors.last;
    if (!published.end) anchors.last = anchors.first;
  }
  return anchors;
}

}  // namespace

int SentenceScan::borders(std::uint32_t a, std::uint32_t b) const {
  return difference(strong_before, a - tokens.first, b - tokens.first);
}
int SentenceScan::commas(std::uint32_t a, std::uint32_t b) const {
  return difference(commas_before, a - tokens.first, b - tokens.first);
}

std::vector<Hit> longest_hits(std::vector<Hit> hits) {
  // Rows of one spelling keep the order of their file: the first whose needs are met wins.
  std::sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) {
    const auto a_size = a.past - a.first;
    const auto b_size = b.past - b.first;
    if (a_size != b_size) return a_size > b_size;
    if (a.span.begin != b.span.begin) return a.span.begin < b.span.begin;
    return a.word < b.word;
  });
  std::vector<Hit> kept;
  for (const Hit& hit : hits) {
    const bool covered =
        std::ranges::any_of(kept, [&](const Hit& other) { return hit.first < other.past && other.first < hit.past; });
    if (!covered) kept.push_back(hit);
  }
  std::ranges::sort(kept, {}, &Hit::first);
  return kept;
}

Scan::Scan(const Report& report, const Lexicon& lexicon, const place::Resolver& resolver,
           const place::ResolveOptions& options)
    : report_(report), reading_(report.text) {
  find_times();
  find_places(resolver, options);
  lay_out_sentences();
  find_words(lexicon);
  find_times_ahead();
}

Span Scan::span_of(std::uint32_t first, std::uint32_t past) const {
  return {reading_.tokens()[first].span.begin, reading_.tokens()[past - 1].span.end};
}

void Scan::find_times() {
  const Anchors anchors = anchors_of(report_);
  const auto read = [&](std::optional<Day> anchor, text::Tense tense) {
    return text::find_times(reading_, {.anchor = anchor, .tense = tense, .order = text::FieldOrder::unknown});
  };
  const auto early = read(anchors.first, text::Tense::past);
  const auto late = anchors.last == anchors.first ? early : read(anchors.last, text::Tense::past);
  times_.reserve(early.size());
  for (std::size_t i = 0; i < early.size(); ++i) {
    TimeHit hit{.kind = early[i].kind,
                .time = early[i].time,
                .future = early[i].time,
                .relative = early[i].relative,
                .low_days = early[i].low_days,
                .high_days = early[i].high_days,
                .first = early[i].first_token,
                .past = early[i].past_token};
    if (hit.relative && i < late.size()) {
      // With one end of the publication unknown, that end of the expression is unknown too.
      hit.time = covering(early[i].time, late[i].time);
      if (hit.time.start || hit.time.end) hit.time.precision = std::max(hit.time.precision, late[i].time.precision);
      if (hit.time.precision == TimePrecision::unknown && (hit.time.start || hit.time.end)) {
        hit.time.precision = TimePrecision::wider;
      }
    }
    times_.push_back(std::move(hit));
  }
}

/// Reads relative expressions forward too, where the text speaks of what is to come: most texts do not.
void Scan::find_times_ahead() {
  const auto points_ahead = [](const Hit& hit) {
    const Word& word = *hit.word;
    if (word.kind == WordKind::verb || word.kind == WordKind::trigger) return word.verb == VerbForm::future;
    return word.cue == Cue::plan || word.cue == Cue::call || word.cue == Cue::threat || word.cue == Cue::cancel;
  };
  const bool needed = std::ranges::any_of(sentences_, [&](const SentenceScan& sentence) {
    return !sentence.times.empty() &&
           (std::ranges::any_of(sentence.cues, points_ahead) || std::ranges::any_of(sentence.triggers, points_ahead) ||
            std::ranges::any_of(sentence.verbs, points_ahead));
  });
  if (!needed) return;
  const Anchors anchors = anchors_of(report_);
  const auto ahead = text::find_times(reading_, {.anchor = anchors.first ? anchors.first : anchors.last,
                                                 .tense = text::Tense::future,
                                                 .order = text::FieldOrder::unknown});
  for (std::size_t i = 0; i < std::min(times_.size(), ahead.size()); ++i) times_[i].future = ahead[i].time;
}

void Scan::find_places(const place::Resolver& resolver, const place::ResolveOptions& options) {
  for (auto& place : resolver.resolve(reading_, options)) {
    if (!place.span || place.span->empty()) continue;
    PlaceHit hit{.place = std::move(place)};
    hit.first = reading_.token_at(hit.place.span->begin);
    hit.past = reading_.token_at(hit.place.span->end - 1) + 1;
    places_.push_back(std::move(hit));
  }
}

void Scan::mark_borders(SentenceScan& sentence) const {
  const auto& tokens = reading_.tokens();
  std::uint16_t strong = 0;
  std::uint16_t commas = 0;
  std::optional<std::uint32_t> open_quote;
  for (std::uint32_t i = sentence.tokens.first; i < sentence.tokens.past; ++i) {
    sentence.strong_before.push_back(strong);
    sentence.commas_before.push_back(commas);
    const auto word = folded(i);
    if (tokens[i].kind != text::TokenKind::punctuation) {
      if (std::ranges::find(kBorderWords, word) != kBorderWords.end()) ++strong;
      continue;
    }
    const char mark = word.empty() ? ' ' : word.front();
    if (mark == ',') ++commas;
    // A hyphen joins words; a dash (longer in bytes, or with spaces around it) parts clauses.
    const bool is_dash = mark == '-' && (tokens[i].span.size() > 1 ||
                                         (tokens[i].spaced && i + 1 < tokens.size() && tokens[i + 1].spaced));
    if (is_dash || mark == ';' || mark == ':' || mark == '(' || mark == ')') ++strong;
    if (mark == '"') {
      if (open_quote) {
        sentence.quotes.push_back({*open_quote + 1, i});
        open_quote.reset();
      } else {
        open_quote = i;
      }
    }
  }
  if (open_quote) sentence.quotes.push_back({*open_quote + 1, sentence.tokens.past});
  sentence.strong_before.push_back(strong);
  sentence.commas_before.push_back(commas);
}

void Scan::lay_out_sentences() {
  sentence_of_token_.resize(reading_.tokens().size());
  for (const auto& cut : reading_.sentences()) {
    SentenceScan sentence;
    sentence.index = static_cast<std::uint32_t>(sentences_.size());
    sentence.block = cut.block;
    sentence.span = cut.span;
    sentence.tokens = {cut.first_token, cut.past_token};
    std::uint32_t persian = 0;
    std::uint32_t words = 0;
    for (std::uint32_t i = cut.first_token; i < cut.past_token; ++i) {
      sentence_of_token_[i] = sentence.index;
      if (reading_.tokens()[i].kind != text::TokenKind::word) continue;
      ++words;
      if (is_persian_letter(folded(i))) ++persian;
    }
    sentence.tongue = persian * 2 > words ? Tongue::persian : Tongue::english;
    mark_borders(sentence);
    sentences_.push_back(std::move(sentence));
  }
  for (const auto& number : reading_.numbers()) {
    if (number.past_token > number.first_token) sentence_of(number.first_token).numbers.push_back(&number);
  }
  for (const auto& time : times_) sentence_of(time.first).times.push_back(&time);
  for (const auto& place : places_) sentence_of(place.first).places.push_back(&place);
}

void Scan::find_length(SentenceScan& sentence) const {
  constexpr std::array<std::string_view, 8> kTowns{"cities", "towns",   "provinces", "villages",
                                                   "شهر",    "شهرستان", "استان",     "روستا"};
  constexpr std::int64_t kLengthLimitDays = 3660;
  constexpr std::int32_t kDurationLimitDays = 27;
  for (const TimeHit* hit : sentence.times) {
    // Months are what wages are owed for; acts are told in days and weeks.
    const bool exact =
        hit->low_days && hit->low_days == hit->high_days && *hit->low_days > 0 && *hit->low_days <= kDurationLimitDays;
    if (hit->kind == text::TimeKind::duration && exact) sentence.length_days = hit->low_days;
  }
  for (const text::Number* number : sentence.numbers) {
    if (number->past_token >= sentence.tokens.past) continue;
    const auto next = folded(number->past_token);
    const bool is_ordinal = number->form == text::NumberForm::ordinal;
    if (is_ordinal && number->low && *number->low > 1 && *number->low < kLengthLimitDays &&
        (next == "day" || next == "روز")) {
      sentence.length_days = static_cast<std::int32_t>(*number->low) - 1;
    }
    const bool several = !number->low || *number->low > 1;
    if (!is_ordinal && several && std::ranges::find(kTowns, next) != kTowns.end()) sentence.counts_towns = true;
  }
}

SentenceScan& Scan::sentence_of(std::uint32_t token) { return sentences_[sentence_of_token_[token]]; }

bool Scan::has_plural_ending(const text::Matcher::Match& match) const {
  return words({match.span.end, match.word.end}).find("ها") != std::string_view::npos;
}

void Scan::find_words(const Lexicon& lexicon) {
  const auto matches = lexicon.matcher().find(reading_.folded());
  std::uint32_t token = 0;
  const auto& tokens = reading_.tokens();
  for (const auto& match : matches) {
    while (token < tokens.size() && tokens[token].folded.end <= match.folded.begin) ++token;
    if (token >= tokens.size()) break;
    std::uint32_t past = token;
    while (past < tokens.size() && tokens[past].span.begin < match.word.end) ++past;
    const Word& word = lexicon.word(match.payload);
    const Hit hit{&word, match.word, token, std::max(past, token + 1), word.plural || has_plural_ending(match)};
    SentenceScan& sentence = sentence_of(token);
    if (hit.past > sentence.tokens.past) continue;
    if (hit.word->contexts.any()) sentence.contexts.push_back(hit);
    switch (hit.word->kind) {
      case WordKind::trigger:
        sentence.triggers.push_back(hit);
        break;
      case WordKind::actor:
        sentence.actors.push_back(hit);
        break;
      case WordKind::noun:
        sentence.nouns.push_back(hit);
        break;
      case WordKind::result:
        sentence.results.push_back(hit);
        break;
      case WordKind::verb:
        sentence.verbs.push_back(hit);
        break;
      case WordKind::cue:
        sentence.cues.push_back(hit);
        break;
      case WordKind::context:
        break;
    }
  }
  for (auto& sentence : sentences_) {
    sentence.actors = longest_hits(std::move(sentence.actors));
    sentence.nouns = longest_hits(std::move(sentence.nouns));
    sentence.results = longest_hits(std::move(sentence.results));
    sentence.verbs = longest_hits(std::move(sentence.verbs));
    sentence.cues = longest_hits(std::move(sentence.cues));
    find_length(sentence);
    // A word of a date is no cue: "May", "since 3 May" keeps only "since".
    std::erase_if(sentence.cues, [&](const Hit& cue) {
      return std::ranges::any_of(sentence.times, [&](const TimeHit* time) {
        return time->kind == text::TimeKind::when && cue.first > time->first && cue.past <= time->past;
      });
    });
  }
}

}  // namespace gavah::code
