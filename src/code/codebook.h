#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "code/check.h"

namespace gavah::code {

/// One act type of data/codebook/acts.json, as far as coding needs it.
struct Act {
  std::string key;     ///< "hunger strike"
  std::string family;  ///< "protest", "violence by crowd", "state force", "custody", "justice", "restriction", "relief"
  std::string side;    ///< "protest", "state", "other"
  std::string count_kind;  ///< the kind that a number of people beside the act counts
};

struct ActorClass {
  std::string key;
  std::string side;
};

/// A worked example: a text that must be coded as `act`.
struct WorkedExample {
  std::string act;
  std::string lang;
  std::string text;
};

/// The codebook: acts and the closed lists around them. Immutable.
class Codebook {
 public:
  /// From acts.json and codes.json. A missing field, an act number out of order, a key named twice, an unknown side,
  /// family or count kind, or fewer than two worked examples (one in each language) is invalid input, named by its act.
  /// Where `findings` is given, what is wrong with an act goes there and the other acts are read; what is wrong with
  /// the whole still fails.
  static Result<Codebook> parse(std::string_view acts_json, std::string_view codes_json,
                                std::vector<Finding>* findings = nullptr);

  const std::vector<Act>& acts() const { return acts_; }
  const std::vector<ActorClass>& actor_classes() const { return actor_classes_; }
  const std::vector<std::string>& count_kinds() const { return count_kinds_; }
  const std::vector<WorkedExample>& examples() const { return examples_; }
  std::optional<std::size_t> act_named(std::string_view key) const;
  std::optional<std::size_t> actor_class_named(std::string_view key) const;
  std::optional<std::size_t> count_kind_named(std::string_view key) const;

 private:
  Result<void> read_act(const Json& item, std::size_t number);

  std::vector<Act> acts_;
  std::vector<ActorClass> actor_classes_;
  std::vector<std::string> count_kinds_;
  std::vector<WorkedExample> examples_;
};

}  // namespace gavah::code
