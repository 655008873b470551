#pragma once

#include <optional>
#include <span>
#include <vector>

#include "link/statement.h"

namespace gavah::link {

/// A statement by its place in the list that statements_of() gives.
using StatementNumber = std::uint32_t;
/// Lineages before families are considered: the root report of each report's descent.
using DescentRoots = std::vector<ReportNumber>;

/// Statements held to be about one act, with what they agree on.
struct Cluster {
  std::vector<StatementNumber> members;  ///< sorted at the end
  DayRange days;                         ///< narrowest compatible of a moment, hull of a stretch
  bool is_time_guessed = true;
  bool is_day_loose = true;
  bool has_ended = false;
  const Place* facility = nullptr;
  const Place* town = nullptr;
  const Place* area = nullptr;
  std::vector<std::string> persons;
  std::vector<ReportNumber> descents;  ///< sorted
  std::vector<ReportNumber> reports;   ///< sorted
};

/// What statements and clusters are compared with.
struct ClusterContext {
  std::span<const Statement> statements;
  const DescentRoots& descent;
};

void add_member(const ClusterContext& context, Cluster& cluster, StatementNumber member);

/// How well the statement fits the cluster; nothing when a rule forbids it: another place unless one holds the other,
/// 24 hours apart (another day) for acts of a moment, a stretch that has ended or lies too far away, other persons
/// named as victims.
///   place: same facility 4, same town 3, facility and its town 2.5, one inside the other 2, province 1
///   day:   same 3, inside a week 1.5, inside a longer time 0.5, the next day where one is resolved from a word 0.5
///   else:  same act 1 (same family 0.5), a person of the same name 3, same lineage or report 1, equal numbers 0.5,
///          another class of people acting -1.5
/// Weights follow what news linking found to tell most: place before day before words (Piskorski et al. 2018).
std::optional<double> fit(const ClusterContext& context, const Cluster& cluster, StatementNumber member);

/// Same town, same day: 3 + 3 + 0.5. Below it stand pairs that agree on place or day alone.
inline constexpr double kJoinFit = 5.0;
/// A denial is held against the act it most likely denies, though it names less.
inline constexpr double kDenialFit = 4.0;

}  // namespace gavah::link
