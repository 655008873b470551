#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "server/query.h"

namespace gavah::server {

/// One test that a row can fail. The facets come first, numbered like Facet.
enum class Test : std::uint8_t { words = kFacetCount, days, box };
inline constexpr std::size_t kTestCount = kFacetCount + 3;

/// Bit i set: the row fails test i. A row with exactly one bit would be found if that one filter were dropped, which
/// is how facets count their alternatives.
using Failures = std::uint16_t;
constexpr Failures bit_of(Facet facet) { return static_cast<Failures>(1U << static_cast<unsigned>(facet)); }
constexpr Failures bit_of(Test test) { return static_cast<Failures>(1U << static_cast<unsigned>(test)); }

/// Tests rows against a query, a block at a time. The snapshot and the found rows must outlive it. Only tests that
/// the query states cost anything.
class Selection {
 public:
  /// `found` holds the rows that View::search gave, ascending; it is looked at only when the query has words.
  Selection(const Snapshot& snapshot, const Query& query, std::span<const EventRow> found);

  /// Writes the failures of rows [first, first + out.size()).
  void test(EventRow first, std::span<Failures> out) const;
  /// Every row that fails nothing, ascending.
  std::vector<EventRow> rows() const;

 private:
  void test_facets(EventRow first, std::span<Failures> out) const;
  void test_days(EventRow first, std::span<Failures> out) const;
  void test_box(EventRow first, std::span<Failures> out) const;
  void test_words(EventRow first, std::span<Failures> out) const;

  const Snapshot& snapshot_;
  const Query& query_;
  std::span<const EventRow> found_;
};

}  // namespace gavah::server
