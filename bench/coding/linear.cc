#include "coding/linear.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <string>

namespace gavah::code::bench {
namespace {

constexpr std::size_t kWeights = std::size_t{1} << 18;
constexpr int kRounds = 300;
constexpr double kStill = 1e-4;  // < a round that moves no multiplier further has found the best weights
constexpr std::size_t kWindowWords = 6;

std::uint32_t slot_of(std::string_view kind, std::string_view value) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const std::string_view part : {kind, std::string_view("="), value}) {
    for (const char c : part) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  }
  return static_cast<std::uint32_t>((hash ^ (hash >> 32U)) % kWeights);
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> out(1);
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c < 0;
    if (letter) {
      out.back().push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
    } else if (!out.back().empty()) {
      out.emplace_back();
    }
  }
  if (out.back().empty()) out.pop_back();
  return out;
}

}  // namespace

void Features::add(std::string_view kind, std::string_view value, double weight) {
  items_.emplace_back(slot_of(kind, value), static_cast<float>(weight));
}

void Features::add_words(std::string_view kind, std::string_view text, double weight) {
  const auto words = words_of(text);
  std::set<std::string> seen;
  for (std::size_t i = 0; i < words.size(); ++i) {
    seen.insert(words[i]);
    if (i > 0) seen.insert(words[i - 1] + " " + words[i]);
  }
  for (const auto& one : seen) add(kind, one, weight);
}

void Features::add_letters(std::string_view kind, std::string_view text, double weight) {
  constexpr std::size_t kShortest = 3, kLongest = 5;
  std::set<std::string> seen;
  for (const auto& word : words_of(text)) {
    const std::string framed = "^" + word + "$";
    for (std::size_t size = kShortest; size <= kLongest; ++size) {
      for (std::size_t at = 0; at + size <= framed.size(); ++at) seen.insert(framed.substr(at, size));
    }
  }
  for (const auto& one : seen) add(kind, one, weight);
}

void Features::add_all(const Features& other, double weight) {
  for (const auto& [slot, value] : other.items_) items_.emplace_back(slot, static_cast<float>(weight) * value);
}

void Features::finish() {
  std::ranges::sort(items_);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < items_.size(); ++i) {
    if (kept > 0 && items_[kept - 1].first == items_[i].first) {
      items_[kept - 1].second += items_[i].second;
    } else {
      items_[kept++] = items_[i];
    }
  }
  items_.resize(kept);
  double squares = 0;
  for (const auto& item : items_) squares += static_cast<double>(item.second) * static_cast<double>(item.second);
  const float scale = squares > 0 ? static_cast<float>(1 / std::sqrt(squares)) : 0.0F;
  for (auto& item : items_) item.second *= scale;
}

void add_claim(Features& to, const Report& report, const Claim& claim) {
  constexpr std::size_t kReachBytes = 160;
  const std::string_view text = report.text;
  const std::size_t from = claim.trigger.begin > kReachBytes ? claim.trigger.begin - kReachBytes : 0;
  const auto left = words_of(text.substr(from, claim.trigger.begin - from));
  const auto right = words_of(text.substr(claim.trigger.end, kReachBytes));
  std::string trigger;
  for (const auto& word : words_of(text.substr(claim.trigger.begin, claim.trigger.size()))) trigger += word + " ";
  to.add("act", claim.act);
  to.add("trigger", trigger);
  for (std::size_t i = 0; i < std::min(kWindowWords, left.size()); ++i) to.add("left", left[left.size() - 1 - i]);
  for (std::size_t i = 0; i < std::min(kWindowWords, right.size()); ++i) to.add("right", right[i]);
  if (!left.empty()) to.add("before", left.back() + "|" + trigger);
  if (!right.empty()) to.add("after", trigger + "|" + right.front());
  to.add("polarity", name_of(claim.polarity));
  to.add("stage", name_of(claim.stage));
  to.add("attribution", name_of(claim.attribution));
  for (const auto& actor : claim.actors) to.add("actor", actor.actor_class);
  for (const auto& actor : claim.targets) to.add("target", actor.actor_class);
  for (const auto& count : claim.counts) to.add("count", count.kind);
  to.add("time", code_of(claim.time.precision));
  to.add("dated", claim.time.span ? "own" : "none");
  to.add("place", claim.places.empty() ? "none" : code_of(claim.places.front().precision));
  to.add("umbrella", claim.umbrella ? "yes" : "no");
}

Linear::Linear(const std::vector<Example>& examples, const Costs& costs) : weights_(kWeights + 1, 0.0F) {
  std::vector<double> alphas(examples.size(), 0.0);
  if (examples.empty()) return;
  std::vector<std::size_t> order(examples.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::uint64_t state = 0x9e3779b97f4a7c15ULL;  // of a generator of its own: the same order everywhere
  for (int round = 0; round < kRounds; ++round) {
    for (std::size_t i = order.size(); i > 1; --i) {
      state = state * 6364136223846793005ULL + 1442695040888963407ULL;
      std::swap(order[i - 1], order[(state >> 33U) % i]);
    }
    double largest = 0;
    for (const std::size_t at : order) {
      const Example& example = examples[at];
      const double sign = example.is_right ? 1 : -1;
      const double diagonal = 0.5 / (example.is_right ? costs.missed : costs.wrong);
      double square = 1;  // of the constant feature; the others are scaled to length one
      for (const auto& item : example.features.items())
        square += static_cast<double>(item.second) * static_cast<double>(item.second);
      const double gradient = sign * margin(example.features) - 1 + diagonal * alphas[at];
      const double moved = std::max(0.0, alphas[at] - gradient / (square + diagonal));
      const auto step = static_cast<float>(sign * (moved - alphas[at]));
      largest = std::max(largest, std::abs(moved - alphas[at]));
      alphas[at] = moved;
      if (step == 0.0F) continue;
      for (const auto& [slot, value] : example.features.items()) weights_[slot] += step * value;
      weights_[kWeights] += step;
    }
    if (largest < kStill) break;
  }
}

double Linear::margin(const Features& features) const {
  auto sum = static_cast<double>(weights_[kWeights]);
  for (const auto& [slot, value] : features.items())
    sum += static_cast<double>(weights_[slot]) * static_cast<double>(value);
  return sum;
}

}  // namespace gavah::code::bench
