#pragma once

#include <string>
#include <vector>

#include "link/corpus.h"
#include "link/forest.h"
#include "model/lineage.h"

namespace gavah::link {

/// Whether a tie says that the later report shows the very words or picture of the earlier one.
enum class TieGround { same_words, same_picture, stated };

/// One reason to hold that report `later` descends from the same origin as `earlier`.
struct Tie {
  ReportNumber earlier = 0;  ///< smaller than `later`
  ReportNumber later = 0;
  LineageKind kind = LineageKind::copy;
  TieGround ground = TieGround::stated;
  std::string why;
  friend auto operator<=>(const Tie&, const Tie&) = default;
};

/// The MinHash of a report's word triples, kSignatureSlots values or none: kept, or made from the triples.
std::vector<std::uint32_t> signature_of(const ReportDigest& report);

/// Equal and nearly equal texts. Long ones (more than kShortWords words) by estimated Jaccard similarity of word
/// triples, short ones by the share of the shorter one's triples that stand in the other.
/// A series by one source (same frame, other day and other numbers) is no copy.
std::vector<Tie> text_ties(const Corpus& corpus, std::size_t threads);

/// Same address captured again, the same post met in several places, forwards, translations and edits that say so,
/// posts that only quote, posts embedded by their own family, links to an original with like words, the same picture
/// caption.
std::vector<Tie> stated_ties(const Corpus& corpus);

}  // namespace gavah::link
