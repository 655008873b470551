#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "link/act_rule.h"
#include "link/corpus.h"
#include "model/claim.h"

namespace gavah::link {

/// Days first … last, both included; an open side lies at the type's end.
struct DayRange {
  static constexpr std::int32_t kOpenFirst = std::numeric_limits<std::int32_t>::min();
  static constexpr std::int32_t kOpenLast = std::numeric_limits<std::int32_t>::max();
  std::int32_t first = kOpenFirst;
  std::int32_t last = kOpenLast;

  bool is_day() const { return first == last; }
  bool is_bounded() const { return first != kOpenFirst && last != kOpenLast; }
  bool overlaps(const DayRange& other) const { return first <= other.last && other.first <= last; }
  bool holds(const DayRange& other) const { return first <= other.first && other.last <= last; }
  std::int64_t length() const { return static_cast<std::int64_t>(last) - first + 1; }
  /// Days from the end of the earlier to the start of the later; 0 when they overlap.
  std::int64_t gap(const DayRange& other) const;
  friend bool operator==(const DayRange&, const DayRange&) = default;
};

/// What a claim is to linking.
enum class StatementRole {
  assertion,
  denial,    ///< denied or doubted
  umbrella,  ///< about many acts at once
  plan,      ///< planned, threatened, attempted or cancelled: joins no event
};

/// A claim as linking sees it. Points into the claim, which must outlive it.
struct Statement {
  const Claim* claim = nullptr;
  ReportNumber report = 0;
  ActRule rule;
  StatementRole role = StatementRole::assertion;
  DayRange days;
  bool is_time_guessed = false;     ///< the words give no time: within kGuessDays before publication
  bool is_day_loose = false;        ///< resolved from "yesterday", "tonight" or a weekday, so that it may be off by one
  bool is_recycled = false;         ///< the same words or picture stood in an older report that tells no such act
  const Place* facility = nullptr;  ///< finest place of the act at each level, where the words name one
  const Place* town = nullptr;      ///< town or district
  const Place* area = nullptr;      ///< province or country, when nothing finer is named
  std::vector<std::string> persons;  ///< sorted name keys

  /// The province's id, or empty.
  std::string_view province() const;
};

inline constexpr std::int32_t kGuessDays = 7;  ///< news without a date is of the week before it is published

/// One statement a claim, in the order of reports, then spans. Claims of reports that are not in the corpus are
/// dropped. `claims` must outlive the statements.
std::vector<Statement> statements_of(std::span<const Claim* const> claims, const Corpus& corpus);

}  // namespace gavah::link
