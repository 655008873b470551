#include "code/scan.h"

#include <algorithm>
#include <array>

namespace gavah::code {
namespace {

/// Words that part clauses.
const text::WordTable<char>& border_words() {
  static const text::WordTable<char> table{{"but", 1},     {"while", 1}, {"whereas", 1}, {"although", 1}, {"though", 1},
                                           {"however", 1}, {"yet", 1},   {"despite", 1}, {"اما", 1},      {"ولی", 1},
                                           {"لیکن", 1},    {"حالی", 1},  {"هرچند", 1},   {"گرچه", 1}};
  return table;
}

/// Nobody says more in one sentence; what is longer is a list or hostile. A window of the grammar compares words of one
/// sentence with each other, so this keeps the whole linear in the text.
constexpr std::uint32_t kSentenceLimitTokens = 400;

/// پ چ ژ گ, of two bytes each.
bool has_persian_letter(std::string_view word) {
  for (std::size_t i = 0; i + 1 < word.size(); ++i) {
    const auto trail = static_cast<unsigned char>(word[i + 1]);
    if (word[i] == '\xDA' && (trail == 0x86 || trail == 0x98 || trail == 0xAF)) return true;
    if (word[i] == '\xD9' && trail == 0xBE) return true;
  }
  return false;
}

/// Words that only one of the two languages uses: positive for Arabic, negative for Persian.
const text::WordTable<int>& signs_of_words() {
  static const text::WordTable<int> table{
      {"در", -1},  {"به", -1},   {"از", -1},    {"که", -1},   {"را", -1},   {"این", -1}, {"است", -1}, {"شد", -1},
      {"شده", -1}, {"برای", -1}, {"کرد", -1},   {"می", -1},   {"های", -1},  {"ها", -1},  {"یک", -1},  {"روز", -1},
      {"بود", -1}, {"نیز", -1},  {"کردند", -1}, {"شدند", -1}, {"اند", -1},  {"خود", -1}, {"فی", 1},   {"الی", 1},
      {"عن", 1},   {"مع", 1},    {"التی", 1},   {"الذی", 1},  {"الذین", 1}, {"هذا", 1},  {"هذه", 1},  {"ذلک", 1},
      {"قد", 1},   {"کان", 1},   {"کانت", 1},   {"لم", 1},    {"انه", 1},   {"وقد", 1},  {"منذ", 1},  {"یوم", 1},
      {"نحو", 1},  {"ثم", 1},    {"حیث", 1},    {"اثنین", 1},
  };
  return table;
}

/// The same of any word, by its letters too, as they are written: folding makes the feminine ending the «ه» of both.
int arabic_sign(std::string_view word, std::uint32_t hash, std::string_view as_written) {
  constexpr std::string_view kFeminineEnding = "ة";
  if (as_written.ends_with(kFeminineEnding)) return 1;
  if (const int* sign = signs_of_words().find(word, hash)) return *sign;
  if (has_persian_letter(word)) return -1;
  constexpr std::string_view kArticle = "ال";
  constexpr std::size_t kArticleWordBytes = 10;
  return word.starts_with(kArticle) && word.size() >= kArticleWordBytes ? 1 : 0;
}

/// A token that starts with a letter of the Arabic script.
bool is_arabic_script(const text::Reading& reading, const text::Token& token) {
  const auto lead = static_cast<unsigned char>(reading.folded().text()[token.folded.begin]);
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

bool SentenceScan::is_name(const text::Number& number) const {
  const auto begins = [&](const Hit& hit) { return hit.first == number.past_token; };
  // «در منطقه ۵ نفر»: five people. "Arrested" may be a noun or what somebody did.
  const bool is_before_act = std::ranges::any_of(triggers, begins);
  if (!is_before_act && (std::ranges::any_of(nouns, begins) || std::ranges::any_of(actors, begins))) return false;
  return std::ranges::any_of(
      cues, [&](const Hit& cue) { return cue.word->cue == Cue::numbered && cue.past == number.first_token; });
}

void SentenceScan::clear() {
  index = block = 0;
  span = {};
  tokens = length_words = {};
  tongue = Tongue::english;
  script = Tongue::persian;
  for (auto* hits : {&triggers, &actors, &nouns, &results, &verbs, &cues, &contexts}) hits->clear();
  numbers.clear();
  times.clear();
  places.clear();
  length_days.reset();
  counts_towns = false;
  quotes.clear();
  strong_before.clear();
  commas_before.clear();
}

namespace {

/// Tokens between the two sides of a row with a gap; more than any where there is none.
std::uint32_t gap_of(const Hit& hit) {
  if (hit.rest.past == 0) return UINT32_MAX;
  return hit.rest.first >= hit.past ? hit.rest.first - hit.past : hit.first - hit.rest.past;
}

/// In order, and each past the one before: so are most, whose words mean one thing.
bool stand_apart(const std::vector<Hit>& hits) {
  return std::ranges::adjacent_find(hits, [](const Hit& a, const Hit& b) { return a.past > b.first; }) == hits.end();
}

}  // namespace

std::vector<Hit> longest_hits(std::vector<Hit> hits) {
  if (stand_apart(hits)) return hits;
  // Rows of one spelling keep the order of their file: the first whose needs are met wins.
  std::sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) {
    const auto a_size = a.past - a.first;
    const auto b_size = b.past - b.first;
    if (a_size != b_size) return a_size > b_size;
    // A row with a gap says more than its verb alone; of two the one whose other side is nearer.
    if (gap_of(a) != gap_of(b)) return gap_of(a) < gap_of(b);
    if (a.span.begin != b.span.begin) return a.span.begin < b.span.begin;
    return a.word < b.word;
  });
  std::uint32_t first = hits.front().first;
  std::uint32_t past = 0;
  for (const Hit& hit : hits) {
    first = std::min(first, hit.first);
    past = std::max(past, hit.past);
  }
  std::vector<bool> taken(past - first);
  std::erase_if(hits, [&](const Hit& hit) {
    const auto begin = taken.begin() + static_cast<std::ptrdiff_t>(hit.first - first);
    const auto end = begin + static_cast<std::ptrdiff_t>(hit.past - hit.first);
    if (std::find(begin, end, true) != end) return true;
    std::fill(begin, end, true);
    return false;
  });
  std::ranges::sort(hits, {}, &Hit::first);
  return hits;
}

namespace {

/// Sentences of reports that a thread read before: the memory of their lists is used again.
std::vector<SentenceScan>& spare_sentences() {
  thread_local std::vector<SentenceScan> spare;
  return spare;
}

SentenceScan empty_sentence() {
  auto& spare = spare_sentences();
  if (spare.empty()) return {};
  SentenceScan out = std::move(spare.back());
  spare.pop_back();
  out.clear();
  return out;
}

}  // namespace

Scan::Scan(const Report& report, const Lexicon& lexicon, const place::Resolver& resolver,
           const place::ResolveOptions& options, Trace* trace)
    : report_(report), lexicon_(lexicon), trace_(trace), reading_(report.text) {
  if (trace_ != nullptr) trace_->read_with(lexicon);
  find_times();
  find_places(resolver, options);
  lay_out_sentences();
  find_words(lexicon);
  find_times_ahead();
}

Scan::~Scan() {
  constexpr std::size_t kSpareLimit = 64;  // two reports of a few kilobytes; what a longer one has beyond goes
  auto& spare = spare_sentences();
  while (!sentences_.empty() && spare.size() < kSpareLimit) {
    spare.push_back(std::move(sentences_.back()));
    sentences_.pop_back();
  }
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
  // Only what is said relative to the report reads otherwise when it is to come.
  const auto is_relative = [](const SentenceScan& sentence) {
    return std::ranges::any_of(sentence.times, &TimeHit::relative);
  };
  const bool needed = std::ranges::any_of(sentences_, [&](const SentenceScan& sentence) {
    return is_relative(sentence) &&
           (std::ranges::any_of(sentence.cues, points_ahead) || std::ranges::any_of(sentence.triggers, points_ahead) ||
            std::ranges::any_of(sentence.verbs, points_ahead));
  });
  if (!needed) return;
  std::vector<text::Sentence> relative;
  for (const text::Sentence& cut : reading_.sentences()) {
    const std::uint32_t first = sentence_of_token_[cut.first_token];
    const std::uint32_t last = sentence_of_token_[cut.past_token - 1];
    if (std::any_of(sentences_.begin() + first, sentences_.begin() + last + 1, is_relative)) relative.push_back(cut);
  }
  const Anchors anchors = anchors_of(report_);
  const auto ahead = text::find_times(reading_,
                                      {.anchor = anchors.first ? anchors.first : anchors.last,
                                       .tense = text::Tense::future,
                                       .order = text::FieldOrder::unknown},
                                      relative);
  // The tense may join other words to a time, so that the lists need not be of one length.
  std::size_t at = 0;
  for (const auto& mention : ahead) {
    while (at < times_.size() && times_[at].time.span->begin < mention.time.span->begin) ++at;
    if (at < times_.size() && times_[at].time.span->begin == mention.time.span->begin) times_[at].future = mention.time;
  }
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
  const text::WordTable<char>& border_words = code::border_words();
  std::uint16_t strong = 0;
  std::uint16_t commas = 0;
  std::optional<std::uint32_t> open_quote;
  sentence.strong_before.reserve(sentence.tokens.past - sentence.tokens.first + 1);
  sentence.commas_before.reserve(sentence.tokens.past - sentence.tokens.first + 1);
  for (std::uint32_t i = sentence.tokens.first; i < sentence.tokens.past; ++i) {
    sentence.strong_before.push_back(strong);
    sentence.commas_before.push_back(commas);
    if (tokens[i].kind != text::TokenKind::punctuation) {
      if (border_words.may_hold(tokens[i].hash) && border_words.find(folded(i), tokens[i].hash) != nullptr) ++strong;
      continue;
    }
    const auto word = folded(i);
    const char mark = word.empty() ? ' ' : word.front();
    if (mark == ',') ++commas;
    // A hyphen joins words; a dash (longer in bytes, with spaces around it, or written as two) parts clauses.
    const bool doubled = i + 1 < tokens.size() && !tokens[i + 1].spaced && folded(i + 1) == "-";
    const bool is_dash = mark == '-' && (tokens[i].span.size() > 1 || doubled ||
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
    std::uint32_t first = cut.first_token;
    do {
      const std::uint32_t past = std::min(cut.past_token, first + kSentenceLimitTokens);
      const bool whole = first == cut.first_token && past == cut.past_token;
      add_sentence(cut.block, {first, past}, whole ? cut.span : span_of(first, past));
      first = past;
    } while (first < cut.past_token);
  }
  tell_tongues();
  // What reaches over the end of a piece belongs to none.
  for (const auto& number : reading_.numbers()) {
    if (number.past_token <= number.first_token) continue;
    SentenceScan& sentence = sentence_of(number.first_token);
    if (number.past_token <= sentence.tokens.past) sentence.numbers.push_back(&number);
  }
  for (const auto& time : times_) {
    SentenceScan& sentence = sentence_of(time.first);
    if (time.past <= sentence.tokens.past) sentence.times.push_back(&time);
  }
  for (const auto& place : places_) {
    SentenceScan& sentence = sentence_of(place.first);
    if (place.past <= sentence.tokens.past) sentence.places.push_back(&place);
  }
}

void Scan::add_sentence(std::uint32_t block, TokenRange tokens, Span span) {
  SentenceScan sentence = empty_sentence();
  sentence.index = static_cast<std::uint32_t>(sentences_.size());
  sentence.block = block;
  sentence.span = span;
  sentence.tokens = tokens;
  std::uint32_t persian = 0;
  std::uint32_t words = 0;
  for (std::uint32_t i = tokens.first; i < tokens.past; ++i) {
    sentence_of_token_[i] = sentence.index;
    const text::Token& token = reading_.tokens()[i];
    if (token.kind != text::TokenKind::word) continue;
    ++words;
    if (is_arabic_script(reading_, token)) ++persian;
  }
  sentence.tongue = persian * 2 > words ? Tongue::persian : Tongue::english;
  mark_borders(sentence);
  sentences_.push_back(std::move(sentence));
}

/// A sentence without a sign goes with the whole text, which goes with what the report says of itself.
void Scan::tell_tongues() {
  std::vector<int> signs(sentences_.size());
  int all = report_.lang == "ar" ? 1 : 0;
  for (std::size_t i = 0; i < sentences_.size(); ++i) {
    for (std::uint32_t token = sentences_[i].tokens.first; token < sentences_[i].tokens.past; ++token) {
      const text::Token& written = reading_.tokens()[token];
      if (is_arabic_script(reading_, written))
        signs[i] += arabic_sign(folded(token), written.hash, words(written.span));
    }
    all += signs[i];
  }
  for (std::size_t i = 0; i < sentences_.size(); ++i) {
    const bool arabic = signs[i] > 0 || (signs[i] == 0 && all > 0);
    if (!arabic) continue;
    sentences_[i].script = Tongue::arabic;
    if (sentences_[i].tongue == Tongue::persian) sentences_[i].tongue = Tongue::arabic;
  }
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
    if (hit->kind == text::TimeKind::duration && exact) {
      sentence.length_days = hit->low_days;
      sentence.length_words = {hit->first, hit->past};
    }
  }
  for (const text::Number* number : sentence.numbers) {
    if (number->past_token >= sentence.tokens.past) continue;
    const auto next = folded(number->past_token);
    const bool is_ordinal = number->form == text::NumberForm::ordinal;
    if (is_ordinal && number->low && *number->low > 1 && *number->low < kLengthLimitDays &&
        (next == "day" || next == "روز")) {
      sentence.length_days = static_cast<std::int32_t>(*number->low) - 1;
      sentence.length_words = {number->first_token, number->past_token + 1};
    }
    // «لليوم الثاني», «يومهم الرابع»
    constexpr std::array<std::string_view, 6> kArabicDays{"الیوم", "للیوم", "یومه", "یومها", "یومهم", "یوم"};
    const auto before =
        number->first_token > sentence.tokens.first ? folded(number->first_token - 1) : std::string_view();
    if (is_ordinal && number->low && *number->low > 1 && *number->low < kLengthLimitDays &&
        std::ranges::find(kArabicDays, before) != kArabicDays.end()) {
      sentence.length_days = static_cast<std::int32_t>(*number->low) - 1;
      sentence.length_words = {number->first_token - 1, number->past_token};
    }
    const bool several = !number->low || *number->low > 1;
    if (!is_ordinal && several && std::ranges::find(kTowns, next) != kTowns.end()) sentence.counts_towns = true;
  }
}

SentenceScan& Scan::sentence_of(std::uint32_t token) { return sentences_[sentence_of_token_[token]]; }

bool Scan::has_plural_ending(const text::Matcher::Match& match) const {
  return words({match.span.end, match.word.end}).find("ها") != std::string_view::npos;
}

/// «قتلى» are people killed, «قتل» killed, «الصادر» what is issued: the article and endings of nouns make a verb's
/// letters a noun.
bool Scan::is_noun_of_verb(const Word& word, const text::Matcher::Match& match) const {
  if (word.kind != WordKind::trigger || word.form != TriggerForm::verb) return false;
  if (word.piece != Piece::whole && !word.has_verb) return false;
  const std::string_view before = words({match.word.begin, match.span.begin});
  if (before.ends_with("ال")) return true;
  // «بقتل», «لضرب»: what follows a preposition is the noun; of the present, «بيضرب» is how it is spoken.
  if (word.verb == VerbForm::past && (before.ends_with("ب") || before.ends_with("ل"))) return true;
  constexpr std::array<std::string_view, 9> kNounEndings{"ى", "ي", "ين", "ان", "ات", "ون", "ة", "ية", "تين"};
  return std::ranges::find(kNounEndings, words({match.span.end, match.word.end})) != kNounEndings.end();
}

/// Rows with a gap: each head is joined with the nearest tail of its row, in one clause and no more than a few words
/// on. Only heads wait: words such as "police" end many rows and mostly none that began.
class Scan::GapJoiner {
 public:
  explicit GapJoiner(const Scan& scan) : scan_(scan) {}

  void open(const Hit& head) { open_.push_back({head, heads_++}); }

  /// Whether a head waits that the word at a token may end.
  bool is_waiting(std::uint32_t token) {
    std::erase_if(open_, [&](const Head& head) { return token > head.hit.past + kGapTokens; });
    return !open_.empty();
  }

  void close(const Hit& tail) {
    std::erase_if(open_, [&](const Head& head) {
      const Hit& hit = head.hit;
      if (tail.first < hit.past || hit.word->file != tail.word->file || hit.word->line != tail.word->line) return false;
      const SentenceScan& sentence = scan_.sentences_[scan_.sentence_of_token_[hit.first]];
      if (tail.past <= sentence.tokens.past && sentence.borders(hit.past, tail.first) == 0)
        joined_.push_back({join(hit, tail), head.number});
      return true;
    });
  }

  /// What was joined, in the order of the heads.
  std::vector<Hit> finish() {
    std::ranges::sort(joined_, {}, &Head::number);
    std::vector<Hit> out;
    for (const Head& head : joined_) out.push_back(head.hit);
    return out;
  }

 private:
  static constexpr std::uint32_t kGapTokens = 7;
  struct Head {
    Hit hit;
    std::uint32_t number = 0;
  };

  static Hit join(const Hit& head, const Hit& tail) {
    Hit joined = tail.word->has_verb ? tail : head;
    const Hit& other = tail.word->has_verb ? head : tail;
    joined.rest = {other.first, other.past};
    joined.span = {head.span.begin, tail.span.end};
    return joined;
  }

  const Scan& scan_;
  std::vector<Head> open_;
  std::vector<Head> joined_;
  std::uint32_t heads_ = 0;
};

void Scan::find_words(const Lexicon& lexicon) {
  constexpr std::uint32_t kWindowTokens = 8192;  // so that not all matches of a long text are held at once
  const auto& tokens = reading_.tokens();
  const auto size = static_cast<std::uint32_t>(tokens.size());
  GapJoiner gaps(*this);
  std::vector<text::Matcher::Match> matches;
  for (std::uint32_t first = 0; first < size;) {
    std::uint32_t past = std::min(first + kWindowTokens, size);
    while (past < size && !tokens[past].spaced) ++past;
    matches.clear();
    lexicon.matcher().find(reading_.folded(), {tokens[first].folded.begin, tokens[past - 1].folded.end}, matches);
    lay_out_words(matches, first, gaps);
    first = past;
  }
  for (const Hit& hit : gaps.finish()) sentence_of(hit.first).triggers.push_back(hit);
  for (auto& sentence : sentences_) settle_words(sentence);
}

/// `token` is the first that a match may start at.
void Scan::lay_out_words(const std::vector<text::Matcher::Match>& matches, std::uint32_t token, GapJoiner& gaps) {
  const auto& tokens = reading_.tokens();
  // Rows of the lexicon lie apart in memory: those of the next matches are on their way while one is laid out.
  constexpr std::size_t kAhead = 6;
  for (std::size_t i = 0; i < matches.size(); ++i) {
    if (i + kAhead < matches.size()) __builtin_prefetch(&lexicon_.word(matches[i + kAhead].payload));
    const auto& match = matches[i];
    while (token < tokens.size() && tokens[token].folded.end <= match.folded.begin) ++token;
    if (token >= tokens.size()) break;
    const Word& word = lexicon_.word(match.payload);
    if (word.piece == Piece::tail && !gaps.is_waiting(token)) continue;
    std::uint32_t past = token;
    while (past < tokens.size() && tokens[past].span.begin < match.word.end) ++past;
    const Hit hit{&word, match.word, token, std::max(past, token + 1), word.plural || has_plural_ending(match), {}};
    SentenceScan& sentence = sentence_of(token);
    if (hit.past > sentence.tokens.past) continue;
    if (word.tongue != Tongue::english && word.tongue != sentence.script) continue;
    if (word.tongue == Tongue::arabic && is_noun_of_verb(word, match)) continue;
    if (hit.word->contexts.any()) sentence.contexts.push_back(hit);
    switch (hit.word->kind) {
      case WordKind::trigger:
        if (word.piece == Piece::whole) sentence.triggers.push_back(hit);
        if (word.piece == Piece::head) gaps.open(hit);
        if (word.piece == Piece::tail) gaps.close(hit);
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
}

/// Of words that overlap the longest stays, and what is no cue after all goes.
void Scan::settle_words(SentenceScan& sentence) const {
  sentence.actors = longest_hits(std::move(sentence.actors));
  sentence.nouns = longest_hits(std::move(sentence.nouns));
  sentence.results = longest_hits(std::move(sentence.results));
  sentence.verbs = longest_hits(std::move(sentence.verbs));
  sentence.cues = longest_hits(std::move(sentence.cues));
  find_length(sentence);
  // «فراخوان‌دهندگان» are people, no call.
  std::erase_if(sentence.cues, [&](const Hit& cue) {
    return cue.word->tongue != Tongue::english && std::ranges::any_of(sentence.actors, [&](const Hit& actor) {
             return actor.first <= cue.first && cue.past <= actor.past &&
                    actor.past - actor.first > cue.past - cue.first;
           });
  });
  // "warning shots", "claimed the lives of": words of an act are no cue.
  std::erase_if(sentence.cues, [&](const Hit& cue) {
    return cue.word->tongue == Tongue::english && std::ranges::any_of(sentence.triggers, [&](const Hit& trigger) {
             const bool is_sure = trigger.word->value != kNoAct && trigger.word->needs == 0;
             return is_sure && trigger.first <= cue.first && cue.past <= trigger.past &&
                    trigger.past - trigger.first > cue.past - cue.first;
           });
  });
  // A word of a date is no cue: "May", "since 3 May" keeps only "since".
  std::erase_if(sentence.cues, [&](const Hit& cue) {
    return std::ranges::any_of(sentence.times, [&](const TimeHit* time) {
      return time->kind == text::TimeKind::when && cue.first > time->first && cue.past <= time->past;
    });
  });
}

}  // namespace gavah::code
