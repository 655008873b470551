#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "code/codebook.h"
#include "code/lexicon.h"
#include "code/mention.h"
#include "text/text.h"

namespace gavah::code {

/// What a feature of a hit is about.
enum class FeatureKind : std::uint8_t {
  act,      ///< its act, and the family of that
  row,      ///< of the lexicon: what its row asks for, form and tense
  near,     ///< a word within a few words of it
  beside,   ///< the word right before or after it
  word,     ///< a word of its sentence
  context,  ///< words of its sentence that the lexicon classes: an actor's class, "site", "market"
  around,   ///< the same of the sentences beside its own
  cue,      ///< a cue in its sentence
  slot,     ///< whether a number, a time, a place, another act stand there
};
inline constexpr std::size_t kFeatureKinds = 9;

/// A thing that is so of a hit. The value stays with the report, the lexicon or the program.
struct Feature {
  FeatureKind kind = FeatureKind::act;
  std::string_view value;
  std::uint32_t hash = 0;  ///< text::word_hash of the value
};
/// "near 'stadium'"
std::string name_of(const Feature& feature);
Result<FeatureKind> feature_kind_from(std::string_view name);
std::string_view name_of(FeatureKind kind);

/// What is the same for all hits of a sentence.
struct Surroundings {
  ContextSet own;
  ContextSet around;  ///< of the sentences beside it
  bool acts_around = false;
  bool is_alone = true;
};
Surroundings surroundings_of(const Scan& scan, std::uint32_t sentence);

/// The features of a hit that the rules took for an act: each word once. Bounded by kWordsLimit words of
/// its sentence.
std::vector<Feature> features_of(const Mention& mention, const Surroundings& surroundings, const Scan& scan,
                                 const Codebook& codebook, const Lexicon& lexicon);

class Acceptance;
/// Of these, those that the layer weighs.
std::vector<Feature> weighed_features_of(const Mention& mention, const Surroundings& surroundings, const Scan& scan,
                                         const Codebook& codebook, const Lexicon& lexicon, const Acceptance& layer);

/// A linear layer over the hits that the rules took: it rejects those that look like the ordinary text that it was
/// trained on (data/models/acceptance). Weights are whole thousandths, so that a sum is the same everywhere.
/// Immutable.
class Acceptance {
 public:
  /// Rows KIND<TAB>VALUE<TAB>WEIGHT; a row "bias<TAB>-<TAB>WEIGHT" is added to every sum. Without rows every hit is
  /// accepted. invalid_input names the line of a row that is none.
  static Result<Acceptance> parse(std::string_view tsv);

  bool is_empty() const { return is_empty_; }
  /// Accepted from 0 up.
  int score(const std::vector<Feature>& features) const;

  struct Part {
    Feature feature;
    int weight = 0;
  };
  /// The features that weigh most in the sum, the heaviest first; of one weight by kind and value.
  std::vector<Part> strongest(const std::vector<Feature>& features, std::size_t most) const;

  /// False for most features that have no weight.
  bool may_weigh(FeatureKind kind, std::uint32_t hash) const {
    return weights_[static_cast<std::size_t>(kind)].may_hold(hash);
  }
  bool weighs(FeatureKind kind, std::string_view value, std::uint32_t hash) const {
    return weights_[static_cast<std::size_t>(kind)].find(value, hash) != nullptr;
  }

 private:
  int weight_of(const Feature& feature) const;

  bool is_empty_ = true;
  int bias_ = 0;
  std::vector<text::WordTable<int>> weights_;  ///< by kind
};

/// Takes out the mentions, all of one sentence, that the layer rejects, and says in the trace what it weighed.
void reject_unlikely(std::vector<Mention>& mentions, const Scan& scan, const Codebook& codebook, const Lexicon& lexicon,
                     const Acceptance& layer);

}  // namespace gavah::code
