// The layer that rejects hits, on passages that it did not see (five folds), on the passages as claims, and on the
// gold.
#include <cstdio>

#include "base/format.h"
#include "coding/coding.h"

namespace gavah::code::bench {

void measure_acceptance(const Coder& coder) {
  const auto passages = file_text(std::string(GAVAH_SOURCE_DIR) + "/data/models/acceptance/training.tsv");
  const auto hits = training_hits(coder, passages);
  if (!hits) {
    std::puts(hits.error().sentence().c_str());
    return;
  }
  const LayerFigures figures = cross_fitted(*hits);
  std::puts(
      format("layer, cross-fitted in five folds of its passages: of {} right hits {} are kept, of {} wrong ones {} "
             "are rejected",
             figures.right, figures.right_kept, figures.wrong, figures.wrong - figures.wrong_kept)
          .c_str());
}

}  // namespace gavah::code::bench
