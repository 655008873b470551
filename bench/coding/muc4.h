#pragma once

// MUC-4 (1992): texts, keys and places as its files hold them.
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/instant.h"
#include "coding/linear.h"
#include "model/claim.h"
#include "model/report.h"
#include "place/place.h"

namespace gavah::code::bench {

/// One template of a key or of ours. A slot holds its fills in order; each fill its alternatives; empty: nothing to
/// say.
struct Template {
  std::string document;
  std::string type, stage;
  std::vector<std::string> types, stages;           ///< alternatives of a key
  std::vector<std::string> dates;                   ///< "- 04 FEB 90"
  std::vector<std::vector<std::string>> locations;  ///< each a chain of names, country first
  std::vector<std::vector<std::string>> numbers, effects, confidences;
  bool is_optional = false;
};

struct Document {
  std::string id;
  std::string text;
  std::optional<Day> dated;
};

/// Claims of one report that tell of one incident, as the task wants it filled in. `hedged`: those whose sentence
/// hedges.
struct Incident {
  Template filled;
  Features features;
  std::string words;  ///< its triggers, for lists
};
std::vector<Incident> incidents_of(const Document& document, const Report& report, const std::vector<Claim>& claims,
                                   const std::set<ClaimId>& hedged, const place::Gazetteer& places);

std::vector<Document> muc_documents(const std::string& file);
/// Templates by document; a document without any has an empty list.
std::map<std::string, std::vector<Template>> muc_keys(const std::string& file);
/// The task's own lists of places and what holds them (handed to all systems of 1992) as GeoNames rows.
std::string muc_places(const std::string& part1, const std::string& part2);
/// "04 FEB 90"
std::string muc_day(Day day);

}  // namespace gavah::code::bench
