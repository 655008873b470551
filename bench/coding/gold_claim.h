#pragma once

// The gold of reports with claims (bench/gold/README.md), and what the coder made, in one shape.
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "code/code.h"

namespace gavah::code::bench {

/// Words of a slot with what the slot says of them: a class of actors, a role of a place; empty where it says nothing.
struct SlotWords {
  std::string words;
  std::string label;
  std::string precision = {};  ///< of a place: "G0" to "G9"
};

struct PersonWords {
  std::string name;
  std::string condition;
  std::optional<std::int64_t> age;
};

struct CountRow {
  std::string kind;
  std::optional<std::int64_t> low, high;
  friend auto operator<=>(const CountRow&, const CountRow&) = default;
};

/// One claim as a person or the coder made it, as far as it is scored.
struct GoldClaim {
  std::string act, stage, polarity, attribution;
  std::string speaker = {};
  std::string words = {};  ///< of the trigger
  Span trigger = {};
  bool umbrella = false;
  std::optional<std::size_t> about = {};  ///< number of a claim of the same list
  std::optional<Day> first = {}, past = {};
  std::vector<SlotWords> places = {}, actors = {}, targets = {};
  std::vector<PersonWords> persons = {};
  std::vector<CountRow> counts = {};
};

struct GoldReport {
  std::string id, lang;
  Report report;
  std::vector<GoldClaim> first, second;  ///< the two human passes
};

/// The reports of a file of bench/gold; a line that does not parse stops the program.
std::vector<GoldReport> gold_reports(const std::string& path);
/// The claims of the coder. A time without words is a default of the product and counts as unknown here.
std::vector<GoldClaim> coded_claims(const std::vector<Claim>& claims, const Report& report);
/// A gazetteer (GeoNames rows) of the towns, provinces and countries that the gold names, beside `known`: the coder can
/// only find places that a gazetteer holds, and this country is in none.
std::string places_of_gold(const std::vector<GoldReport>& reports, std::string known);

}  // namespace gavah::code::bench
