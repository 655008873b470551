#include "code/acceptance.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <tuple>

#include "base/format.h"
#include "code/cue.h"
#include "model/named.h"

namespace gavah::code {
namespace {

constexpr std::uint32_t kNearTokens = 5;
constexpr std::size_t kWordsLimit = 60;        // of a sentence; longer ones are lists and tables
constexpr std::uint32_t kAroundSentences = 2;  // before and after
constexpr std::size_t kShownParts = 5;

constexpr std::array<Named<FeatureKind>, kFeatureKinds> kKinds{{
    {FeatureKind::act, "act"},
    {FeatureKind::row, "row"},
    {FeatureKind::near, "near"},
    {FeatureKind::beside, "beside"},
    {FeatureKind::word, "word"},
    {FeatureKind::context, "context"},
    {FeatureKind::around, "around"},
    {FeatureKind::cue, "cue"},
    {FeatureKind::slot, "slot"},
}};

constexpr std::array<std::string_view, 9> kVerbForms{"plain verb",         "base verb",   "present verb",
                                                     "past verb",          "participle",  "progressive verb",
                                                     "verb of the future", "subjunctive", "infinitive"};

ContextSet contexts_of(const SentenceScan& sentence) {
  ContextSet out;
  for (const Hit& hit : sentence.contexts) out |= hit.word->contexts;
  return out;
}

/// Which words of a sentence have given a feature, each kind once.
class GivenWords {
 public:
  bool is_new(FeatureKind kind, std::string_view word, std::uint32_t hash) {
    std::size_t at = hash % kCells;
    while (!cells_[at].word.empty() && (cells_[at].hash != hash || cells_[at].word != word)) at = (at + 1) % kCells;
    Cell& cell = cells_[at];
    const auto bit = static_cast<std::uint16_t>(1U << static_cast<unsigned>(kind));
    if ((cell.kinds & bit) != 0) return false;
    cell = {word, hash, static_cast<std::uint16_t>(cell.kinds | bit)};
    return true;
  }

 private:
  struct Cell {
    std::string_view word;
    std::uint32_t hash = 0;
    std::uint16_t kinds = 0;
  };
  static constexpr std::size_t kCells = 128;
  static_assert(kCells > kWordsLimit);
  std::array<Cell, kCells> cells_{};
};

/// The features of one hit while they are gathered.
class Gathering {
 public:
  /// `layer` may be null: then all are taken, else those that it weighs.
  Gathering(const Mention& mention, const Scan& scan, const Acceptance* layer)
      : mention_(mention), scan_(scan), layer_(layer) {
    features_.reserve(2 * kWordsLimit);
  }

  void add(FeatureKind kind, std::string_view value) { take(kind, value, text::word_hash(value)); }

  void add_words() {
    const SentenceScan& sentence = sentence_of();
    const auto& tokens = scan_.reading().tokens();
    const Hit& trigger = mention_.trigger;
    GivenWords given;
    const auto add_once = [&](FeatureKind kind, std::uint32_t i) {
      if (layer_ != nullptr && !layer_->may_weigh(kind, tokens[i].hash)) return;
      const auto word = scan_.folded(i);
      const bool counts = layer_ == nullptr || layer_->weighs(kind, word, tokens[i].hash);
      if (counts && given.is_new(kind, word, tokens[i].hash)) features_.push_back({kind, word, tokens[i].hash});
    };
    std::size_t words = 0;
    for (std::uint32_t i = sentence.tokens.first; i < sentence.tokens.past && words < kWordsLimit; ++i) {
      if ((i >= trigger.first && i < trigger.past) || tokens[i].kind != text::TokenKind::word) continue;
      ++words;
      add_once(FeatureKind::word, i);
      const bool is_near = i < trigger.first ? trigger.first - i <= kNearTokens : i - trigger.past < kNearTokens;
      if (is_near) add_once(FeatureKind::near, i);
      if (i + 1 == trigger.first || i == trigger.past) add_once(FeatureKind::beside, i);
    }
  }

  void add_row(const Codebook& codebook) {
    const Word& row = *mention_.trigger.word;
    const auto& act = codebook.acts()[mention_.act];
    add(FeatureKind::act, act.key);
    add(FeatureKind::act, act.family);
    add(FeatureKind::row, row.weak ? "weak" : row.needs == 0 ? "says it alone" : "needs others");
    constexpr std::array<std::string_view, 3> kForms{"noun", "verb", "phrase"};
    add(FeatureKind::row, kForms.at(static_cast<std::size_t>(row.form)));
    add(FeatureKind::row, kVerbForms.at(static_cast<std::size_t>(row.verb)));
    if (mention_.trigger.past - mention_.trigger.first > 1) add(FeatureKind::row, "of several words");
    constexpr std::array<std::string_view, 3> kTongues{"english", "persian", "arabic"};
    add(FeatureKind::row, kTongues.at(static_cast<std::size_t>(sentence_of().tongue)));
  }

  void add_contexts(const Surroundings& surroundings, const Lexicon& lexicon) {
    lexicon.each_context(surroundings.own, [&](std::string_view name) { add(FeatureKind::context, name); });
    lexicon.each_context(surroundings.around, [&](std::string_view name) { add(FeatureKind::around, name); });
    if (surroundings.own.none()) add(FeatureKind::context, "none");
    if (surroundings.is_alone) add(FeatureKind::around, "no sentence");
    if (surroundings.acts_around) add(FeatureKind::around, "words of acts");
  }

  void add_slots() {
    const SentenceScan& sentence = sentence_of();
    const Hit& trigger = mention_.trigger;
    for (const Hit& cue : sentence.cues) add(FeatureKind::cue, code::name_of(cue.word->cue));
    add(FeatureKind::slot, sentence.places.empty() ? "no place" : "place");
    add(FeatureKind::slot, sentence.actors.empty() ? "no actor" : "actor");
    const bool dated =
        std::ranges::any_of(sentence.times, [](const TimeHit* time) { return time->kind == text::TimeKind::when; });
    add(FeatureKind::slot, dated ? "day" : "no day");
    if (std::ranges::any_of(sentence.times, &TimeHit::relative)) add(FeatureKind::slot, "relative day");
    if (!sentence.numbers.empty()) add(FeatureKind::slot, "number");
    for (const text::Number* number : sentence.numbers) {
      if (number->past_token <= trigger.first && trigger.first - number->past_token <= 2)
        add(FeatureKind::slot, "number before it");
    }
    const auto other = std::ranges::find_if(sentence.triggers, [&](const Hit& hit) {
      return hit.word->value != kNoAct && hit.word->value != mention_.act;
    });
    if (other != sentence.triggers.end()) add(FeatureKind::slot, "another act");
    add(FeatureKind::slot, gavah::name_of(mention_.stage));
    add(FeatureKind::slot, gavah::name_of(mention_.polarity));
    constexpr std::uint32_t kShort = 8, kLong = 25;
    const std::uint32_t length = sentence.tokens.past - sentence.tokens.first;
    if (length <= kShort) add(FeatureKind::slot, "short sentence");
    if (length > kLong) add(FeatureKind::slot, "long sentence");
    if (mention_.sentence > 0) add(FeatureKind::slot, "later sentence");
  }

  std::vector<Feature> finish() { return std::move(features_); }

 private:
  void take(FeatureKind kind, std::string_view value, std::uint32_t hash) {
    if (layer_ == nullptr || layer_->weighs(kind, value, hash)) features_.push_back({kind, value, hash});
  }
  const SentenceScan& sentence_of() const { return scan_.sentences()[mention_.sentence]; }

  const Mention& mention_;
  const Scan& scan_;
  const Acceptance* layer_;
  std::vector<Feature> features_;
};

std::vector<Feature> gather(Gathering gathering, const Surroundings& surroundings, const Codebook& codebook,
                            const Lexicon& lexicon) {
  gathering.add_row(codebook);
  gathering.add_words();
  gathering.add_contexts(surroundings, lexicon);
  gathering.add_slots();
  return gathering.finish();
}

std::array<std::string_view, 3> cells_of(std::string_view line) {
  std::array<std::string_view, 3> out;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const auto cut = i + 1 < out.size() ? line.find('\t') : std::string_view::npos;
    out.at(i) = line.substr(0, cut);
    line.remove_prefix(cut == std::string_view::npos ? line.size() : cut + 1);
  }
  return out;
}

}  // namespace

std::string_view name_of(FeatureKind kind) { return name_in(kKinds, kind); }
Result<FeatureKind> feature_kind_from(std::string_view name) { return value_in(kKinds, name, "kind of feature"); }
std::string name_of(const Feature& feature) { return format("{} '{}'", name_of(feature.kind), feature.value); }

Surroundings surroundings_of(const Scan& scan, std::uint32_t sentence) {
  const auto& sentences = scan.sentences();
  const std::uint32_t first = sentence > kAroundSentences ? sentence - kAroundSentences : 0;
  const std::size_t past = std::min<std::size_t>(sentences.size(), sentence + kAroundSentences + 1);
  Surroundings out{
      .own = contexts_of(sentences[sentence]), .around = {}, .acts_around = false, .is_alone = past - first == 1};
  for (std::size_t i = first; i < past; ++i) {
    if (i == sentence) continue;
    out.around |= contexts_of(sentences[i]);
    out.acts_around = out.acts_around || std::ranges::any_of(sentences[i].triggers,
                                                             [](const Hit& hit) { return hit.word->value != kNoAct; });
  }
  return out;
}

std::vector<Feature> features_of(const Mention& mention, const Surroundings& surroundings, const Scan& scan,
                                 const Codebook& codebook, const Lexicon& lexicon) {
  return gather(Gathering(mention, scan, nullptr), surroundings, codebook, lexicon);
}

std::vector<Feature> weighed_features_of(const Mention& mention, const Surroundings& surroundings, const Scan& scan,
                                         const Codebook& codebook, const Lexicon& lexicon, const Acceptance& layer) {
  return gather(Gathering(mention, scan, &layer), surroundings, codebook, lexicon);
}

Result<Acceptance> Acceptance::parse(std::string_view tsv) {
  Acceptance out;
  out.weights_.resize(kFeatureKinds, text::WordTable<int>({}));
  for (std::uint32_t number = 1; !tsv.empty(); ++number) {
    const auto cut = tsv.find('\n');
    const auto line = tsv.substr(0, cut);
    tsv.remove_prefix(cut == std::string_view::npos ? tsv.size() : cut + 1);
    if (line.empty() || line.front() == '#') continue;
    const auto [kind, value, weight] = cells_of(line);
    int thousandths = 0;
    const auto read = std::from_chars(weight.data(), weight.data() + weight.size(), thousandths);
    if (weight.empty() || read.ec != std::errc() || read.ptr != weight.data() + weight.size())
      return fail(ErrorCode::invalid_input,
                  format("line {}: a row is KIND, VALUE and a whole WEIGHT, parted by tabs", number));
    out.is_empty_ = false;
    if (kind == "bias") {
      out.bias_ = thousandths;
      continue;
    }
    GAVAH_ASSIGN_AS(const FeatureKind known, feature_kind_from(kind), format("line {}", number));
    out.weights_[static_cast<std::size_t>(known)].add(value, thousandths);
  }
  return out;
}

int Acceptance::weight_of(const Feature& feature) const {
  const int* weight = weights_[static_cast<std::size_t>(feature.kind)].find(feature.value, feature.hash);
  return weight == nullptr ? 0 : *weight;
}

int Acceptance::score(const std::vector<Feature>& features) const {
  int sum = bias_;
  for (const Feature& feature : features) sum += weight_of(feature);
  return sum;
}

std::vector<Acceptance::Part> Acceptance::strongest(const std::vector<Feature>& features, std::size_t most) const {
  std::vector<Part> out;
  for (const Feature& feature : features) {
    if (const int weight = weight_of(feature); weight != 0) out.push_back({feature, weight});
  }
  const auto rank = [](const Part& part) {
    return std::tuple(-std::abs(part.weight), part.feature.kind, part.feature.value);
  };
  std::ranges::sort(out, {}, rank);
  out.resize(std::min(out.size(), most));
  return out;
}

void reject_unlikely(std::vector<Mention>& mentions, const Scan& scan, const Codebook& codebook, const Lexicon& lexicon,
                     const Acceptance& layer) {
  if (layer.is_empty() || mentions.empty()) return;
  const Surroundings surroundings = surroundings_of(scan, mentions.front().sentence);
  std::erase_if(mentions, [&](const Mention& mention) {
    const auto features = weighed_features_of(mention, surroundings, scan, codebook, lexicon, layer);
    const int score = layer.score(features);
    if (Trace* trace = scan.trace()) {
      std::string rule = format("the layer weighs its words: in all {:+}", score);
      for (const auto& part : layer.strongest(features, kShownParts))
        rule += format("; {} {:+}", name_of(part.feature), part.weight);
      const std::string& act = codebook.acts()[mention.act].key;
      if (score < 0) {
        trace->reject(0, Slot::act, act, {rule}, &mention.trigger);
      } else {
        trace->take(mention.trail, Slot::confidence, "accepted", {rule}, &mention.trigger);
      }
    }
    return score < 0;
  });
}

}  // namespace gavah::code
