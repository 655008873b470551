#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace gavah::code {

class Coder;

/// A hit in a passage of the training set of the layer, and whether the passage reports its act.
struct TrainingHit {
  std::uint32_t passage = 0;  ///< from 0; folds are cut by it
  bool is_right = false;
  std::vector<std::string> features;  ///< as of TriggerHit
};

/// What the rules take in passages, rows LANGUAGE<TAB>GENRE<TAB>ACTS<TAB>TEXT: ACTS are the acts that the text reports,
/// parted by commas, "-" for none; "?arrest" where people may differ: such hits are left out. Each passage is read as
/// a report of one fixed day. invalid_input names the line of a row that is none.
Result<std::vector<TrainingHit>> training_hits(const Coder& coder, std::string_view passages);

/// How a layer does on hits that it did not see.
struct LayerFigures {
  int right = 0, right_kept = 0;
  int wrong = 0, wrong_kept = 0;
};
/// In five folds, by passage.
LayerFigures cross_fitted(const std::vector<TrainingHit>& hits);

/// The weights of a layer (Acceptance::parse): a support vector machine (L2, squared hinge) found by dual coordinate
/// descent (Hsieh et al. 2008, algorithm 1) over the features of at least two passages. The bias is set so that of
/// the right hits, cross-fitted in five folds, at most one in a hundred is lost. Same hits, same bytes: the order of
/// visits is fixed, and no library function with a rounding of its own is used.
std::string train_layer(const std::vector<TrainingHit>& hits);

/// SHA-256 (hex) of the hits with their labels: what a file of weights was made from, which it names in its head.
std::string digest_of(const std::vector<TrainingHit>& hits);

}  // namespace gavah::code
