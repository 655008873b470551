#pragma once

// A linear layer over what the coder found: how much of what the rules accept wrongly could it reject?
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "model/claim.h"
#include "model/report.h"

namespace gavah::code::bench {

/// Hashed features with their values.
class Features {
 public:
  /// Adds `kind`=`value`; the same one twice is one feature of twice the value.
  void add(std::string_view kind, std::string_view value, double weight = 1);
  /// Words, pairs and (where asked for) letters of a text, each counted once.
  void add_words(std::string_view kind, std::string_view text, double weight = 1);
  void add_letters(std::string_view kind, std::string_view text, double weight = 1);
  void add_all(const Features& other, double weight = 1);
  /// Sorts, joins doubles and scales to length one.
  void finish();
  const std::vector<std::pair<std::uint32_t, float>>& items() const { return items_; }

 private:
  std::vector<std::pair<std::uint32_t, float>> items_;
};

/// Features of a claim: its act and trigger, the words around it with their side, what its slots hold.
void add_claim(Features& to, const Report& report, const Claim& claim);

struct Example {
  Features features;
  bool is_right = false;
};

/// What errors cost while training.
struct Costs {
  double wrong = 1;   ///< of a wrong example that is accepted
  double missed = 1;  ///< of a right example that is rejected
};

/// A support vector machine (L2, squared hinge) found by dual coordinate descent (Hsieh et al. 2008, algorithm 1); the
/// order of visits is fixed, so that the same examples give the same weights.
class Linear {
 public:
  Linear(const std::vector<Example>& examples, const Costs& costs);
  /// Above 0 where right is likelier than wrong under the costs.
  double margin(const Features& features) const;

 private:
  std::vector<float> weights_;
};

}  // namespace gavah::code::bench
