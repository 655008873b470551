#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "base/result.h"
#include "proof/proof.h"

namespace gavah::publish {

/// What the values of a rule's conditions are compared with, so that a slip of the pen does not count nothing.
struct RuleWords {
  std::map<std::string, std::string> act_families;        ///< act to family, from the codebook; empty: not compared
  std::function<bool(std::string_view area)> knows_area;  ///< of the gazetteer; none: not compared
};

/// Reads a rule as a person writes it: the members of proof::Rule in any order, with any white space, all but "name"
/// may be left out, and shorter forms:
///   "where": {"act/name": "killing", "place/province": ["ZZ-01", "ZZ-02"]}
///   "window": "2031", "2031-05" or {"from": DAY, "to": DAY}      "to" is the first day after
///   "cells": "time/month" or a list                              "sum": KIND in place of "measure"
///   "note": for readers of the file; not part of the rule
/// invalid_input names the member, the word that is wrong and the nearest right one.
Result<proof::Rule> rule_from_file(std::string_view json, const RuleWords& words);

}  // namespace gavah::publish
