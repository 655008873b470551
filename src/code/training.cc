#include "code/training.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "base/digest.h"
#include "base/format.h"
#include "code/acceptance.h"
#include "code/code.h"

namespace gavah::code {
namespace {

constexpr std::uint32_t kFolds = 5;
constexpr int kRounds = 60;      // no weight moves by a thousandth after about forty
constexpr double kCost = 0.1;    // of an error; from 0.02 to 0.3 the cross-fitted figures differ little
constexpr int kLostOneIn = 100;  // right hits that may be lost
constexpr double kThousand = 1000;
constexpr std::size_t kPassagesLimit = 100000;

/// How far a kind may weigh: words are many and seen seldom, classes few and seen often.
double scale_of(FeatureKind kind) {
  switch (kind) {
    case FeatureKind::act:
      return 0.3;
    case FeatureKind::near:
    case FeatureKind::beside:
    case FeatureKind::word:
      return 0.4;
    case FeatureKind::row:
    case FeatureKind::around:
      return 0.5;
    case FeatureKind::cue:
      return 0.7;
    case FeatureKind::context:
    case FeatureKind::slot:
      return 1;
  }
  return 0;
}

using Row = std::vector<std::pair<std::uint32_t, double>>;  // of features with their values

/// Hits as rows of numbers over the features that two passages have.
struct Table {
  std::vector<std::string> names;
  std::vector<Row> rows;
  std::vector<bool> is_right;
};

Table table_of(const std::vector<const TrainingHit*>& hits) {
  std::map<std::string_view, std::set<std::uint32_t>> passages;
  for (const TrainingHit* hit : hits) {
    for (const std::string& feature : hit->features) passages[feature].insert(hit->passage);
  }
  Table out;
  std::map<std::string_view, std::pair<std::uint32_t, double>> numbers;
  for (const auto& [feature, in] : passages) {
    if (in.size() < 2) continue;
    const auto kind = feature_kind_from(feature.substr(0, feature.find('\t')));
    numbers.emplace(feature, std::pair(static_cast<std::uint32_t>(out.names.size()), scale_of(kind.value())));
    out.names.emplace_back(feature);
  }
  for (const TrainingHit* hit : hits) {
    std::map<std::uint32_t, double> row;
    for (const std::string& feature : hit->features) {
      const auto found = numbers.find(feature);
      if (found != numbers.end()) row[found->second.first] += found->second.second;
    }
    out.rows.emplace_back(row.begin(), row.end());
    out.is_right.push_back(hit->is_right);
  }
  return out;
}

/// One weight a feature, then that of the constant feature.
std::vector<double> fit(const Table& table) {
  std::vector<double> weights(table.names.size() + 1, 0.0);
  std::vector<double> alphas(table.rows.size(), 0.0);
  constexpr double kDiagonal = 0.5 / kCost;
  for (int round = 0; round < kRounds; ++round) {
    for (std::size_t at = 0; at < table.rows.size(); ++at) {
      const double sign = table.is_right[at] ? 1 : -1;
      double square = 1;
      double margin = weights.back();
      for (const auto& [feature, value] : table.rows[at]) {
        square += value * value;
        margin += weights[feature] * value;
      }
      const double gradient = sign * margin - 1 + kDiagonal * alphas[at];
      const double moved = std::max(0.0, alphas[at] - gradient / (square + kDiagonal));
      const double step = sign * (moved - alphas[at]);
      alphas[at] = moved;
      for (const auto& [feature, value] : table.rows[at]) weights[feature] += step * value;
      weights.back() += step;
    }
  }
  return weights;
}

/// A layer before its bias is moved to where few right hits are lost.
struct Fitted {
  std::map<std::string, int, std::less<>> weights;  ///< thousandths of what one feature adds
  int bias = 0;

  int score(const TrainingHit& hit) const {
    int sum = bias;
    for (const std::string& feature : hit.features) {
      const auto found = weights.find(feature);
      if (found != weights.end()) sum += found->second;
    }
    return sum;
  }
};

Fitted fitted_to(const std::vector<const TrainingHit*>& hits) {
  const Table table = table_of(hits);
  const std::vector<double> weights = fit(table);
  Fitted out;
  for (std::size_t i = 0; i < table.names.size(); ++i) {
    const std::string& name = table.names[i];
    const double scale = scale_of(feature_kind_from(name.substr(0, name.find('\t'))).value());
    const int thousandths = static_cast<int>(std::lround(weights[i] * scale * kThousand));
    if (thousandths != 0) out.weights.emplace(name, thousandths);
  }
  out.bias = static_cast<int>(std::lround(weights.back() * kThousand));
  return out;
}

/// The score of each hit under a layer that was fitted to the other folds.
std::vector<int> held_out_scores(const std::vector<TrainingHit>& hits) {
  std::vector<int> scores(hits.size());
  for (std::uint32_t fold = 0; fold < kFolds; ++fold) {
    std::vector<const TrainingHit*> seen;
    for (const TrainingHit& hit : hits) {
      if (hit.passage % kFolds != fold) seen.push_back(&hit);
    }
    const Fitted layer = fitted_to(seen);
    for (std::size_t i = 0; i < hits.size(); ++i) {
      if (hits[i].passage % kFolds == fold) scores[i] = layer.score(hits[i]);
    }
  }
  return scores;
}

/// The lowest score that is accepted.
int threshold_of(const std::vector<TrainingHit>& hits, const std::vector<int>& scores) {
  std::vector<int> right;
  for (std::size_t i = 0; i < hits.size(); ++i) {
    if (hits[i].is_right) right.push_back(scores[i]);
  }
  if (right.empty()) return 0;
  std::ranges::sort(right);
  return std::min(0, right[right.size() / kLostOneIn]);
}

LayerFigures figures_of(const std::vector<TrainingHit>& hits, const std::vector<int>& scores, int threshold) {
  LayerFigures out;
  for (std::size_t i = 0; i < hits.size(); ++i) {
    const int kept = scores[i] >= threshold ? 1 : 0;
    (hits[i].is_right ? out.right : out.wrong) += 1;
    (hits[i].is_right ? out.right_kept : out.wrong_kept) += kept;
  }
  return out;
}

struct Passage {
  Report report;
  std::set<std::string, std::less<>> acts;
  std::set<std::string, std::less<>> open;
};

Result<Passage> passage_of(std::string_view line, std::uint32_t number) {
  std::array<std::string_view, 4> cells;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const auto cut = i + 1 < cells.size() ? line.find('\t') : std::string_view::npos;
    cells.at(i) = line.substr(0, cut);
    line.remove_prefix(cut == std::string_view::npos ? line.size() : cut + 1);
  }
  auto [lang, genre, acts, text] = cells;
  if (text.empty())
    return fail(ErrorCode::invalid_input,
                format("line {}: a row is LANGUAGE, GENRE, ACTS and TEXT, parted by tabs", number));
  Passage out;
  out.report.lang = std::string(lang);
  out.report.text = std::string(text);
  const auto size = static_cast<std::uint32_t>(text.size());
  out.report.map.push_back({{0, size}, {0, size}});
  out.report.published = TimeInterval::of_day(Day::from_civil(2021, 5, 14), TimePrecision::day_stated);
  while (!acts.empty()) {
    const auto cut = acts.find(',');
    const auto act = acts.substr(0, cut);
    acts.remove_prefix(cut == std::string_view::npos ? acts.size() : cut + 1);
    if (act.starts_with('?')) {
      out.open.emplace(act.substr(1));
    } else if (act != "-") {
      out.acts.emplace(act);
    }
  }
  return out;
}

}  // namespace

Result<std::vector<TrainingHit>> training_hits(const Coder& coder, std::string_view passages) {
  std::vector<TrainingHit> out;
  std::uint32_t passage = 0;
  for (std::uint32_t number = 1; !passages.empty(); ++number) {
    const auto cut = passages.find('\n');
    const auto line = passages.substr(0, cut);
    passages.remove_prefix(cut == std::string_view::npos ? passages.size() : cut + 1);
    if (line.empty() || line.front() == '#') continue;
    if (passage >= kPassagesLimit)
      return fail(ErrorCode::invalid_input, format("more than {} passages", kPassagesLimit));
    GAVAH_ASSIGN(const Passage read, passage_of(line, number));
    for (TriggerHit& hit : coder.hits(read.report)) {
      if (read.open.contains(hit.act)) continue;
      out.push_back({passage, read.acts.contains(hit.act), std::move(hit.features)});
    }
    ++passage;
  }
  return out;
}

LayerFigures cross_fitted(const std::vector<TrainingHit>& hits) {
  const auto scores = held_out_scores(hits);
  return figures_of(hits, scores, threshold_of(hits, scores));
}

std::string train_layer(const std::vector<TrainingHit>& hits) {
  std::vector<const TrainingHit*> all;
  for (const TrainingHit& hit : hits) all.push_back(&hit);
  const Fitted layer = fitted_to(all);
  const auto scores = held_out_scores(hits);
  const int threshold = threshold_of(hits, scores);
  const LayerFigures figures = figures_of(hits, scores, threshold);
  std::string out = format(
      "# made by: gavah codebook --train-layer training.tsv\n# from hits {}\n"
      "# cross-fitted: of {} right hits {} are kept, of {} wrong ones {} are rejected\n"
      "# kind\tvalue\tthousandths\nbias\t-\t{}\n",
      digest_of(hits), figures.right, figures.right_kept, figures.wrong, figures.wrong - figures.wrong_kept,
      layer.bias - threshold);
  for (const auto& [name, weight] : layer.weights) out += format("{}\t{}\n", name, weight);
  return out;
}

std::string digest_of(const std::vector<TrainingHit>& hits) {
  Sha256 hash;
  for (const TrainingHit& hit : hits) {
    hash.update(format("{}\t{}\n", hit.passage, hit.is_right ? 1 : 0));
    for (const std::string& feature : hit.features) hash.update(feature + "\n");
  }
  return hash.finish().hex();
}

}  // namespace gavah::code
