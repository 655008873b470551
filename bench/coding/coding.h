#pragma once

// What the parts of code_bench share.
#include <array>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "code/code.h"
#include "place/place.h"

namespace gavah::code::bench {

std::string file_text(const std::string& path);
/// $GAVAH_SHARED_DATA or <repo>/../shared/data.
std::string shared_data();
/// Rows of a GeoNames table as a gazetteer under the embedded codebook and lexicons.
Coder coder_over(const std::string& places_tsv);
Report report_of(std::string text, Day published);

/// Right, wrong and missed answers; `half` counts as half of a right one (MUC's partial answers).
struct Score {
  double right = 0;
  double half = 0;
  int given = 0;  ///< answers of ours
  int gold = 0;   ///< answers of the key
  double precision() const { return given == 0 ? 0 : 100 * (right + half / 2) / given; }
  double recall() const { return gold == 0 ? 0 : 100 * (right + half / 2) / gold; }
  double f1() const;
};
/// "name  P 78.0  R 72.0  F1 74.9  (gold 114)", then `published` where it is not empty.
void print_score(std::string_view name, const Score& score, std::string_view published = {});

/// FNV-1a of the bytes: which part of a set an item belongs to does not hang on its order.
std::uint64_t fold_of(std::string_view key);
/// Whether that is even.
bool is_half_a(std::string_view key);

/// Report lines, as `gavah code` takes them.
struct Lines {
  std::string name;
  std::string text;
  std::size_t documents = 0;
};

void measure_muc4();
/// The texts of MUC-4 that are here, dated by their headers; none where they are not.
std::vector<Report> muc4_reports();
void measure_process(const std::vector<Lines>& sets);
void measure_crowds();
void measure_sentences(const Coder& coder);
void measure_growth(const Coder& coder);

/// Whether what differs in the open part is listed; of the blind part nothing but totals is ever printed.
enum class GoldListing { totals, errors };
void measure_gold(GoldListing listing);

/// Whether a claim of the coder is let through.
using Accepts = std::function<bool(const Report&, const Claim&)>;
/// Claims of the own gold by language, of the open and of the blind part, that are let through.
std::array<std::map<std::string, Score>, 2> score_gold(const Accepts& accepts);
/// A linear layer that may reject claims: trained on one set, tried on the others.
void measure_layer(const Coder& coder);
void measure_acceptance(const Coder& coder);

}  // namespace gavah::code::bench
