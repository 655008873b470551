#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "base/id.h"

namespace gavah::server {

/// Row of an event in EventColumns.
using EventRow = std::uint32_t;

inline constexpr std::uint32_t kNowhere = std::numeric_limits<std::uint32_t>::max();
inline constexpr std::int32_t kNoDay = std::numeric_limits<std::int32_t>::min();
inline constexpr std::uint16_t kNoArea = std::numeric_limits<std::uint16_t>::max();

/// Web Mercator, the world as [0, 2^32) both ways, y growing southwards.
struct MercatorPoint {
  std::uint32_t x = kNowhere;
  std::uint32_t y = kNowhere;
  bool is_nowhere() const { return x == kNowhere && y == kNowhere; }
  friend bool operator==(const MercatorPoint&, const MercatorPoint&) = default;
};

/// `lat_e6` is cut to what Web Mercator can show (±85.05 degrees).
MercatorPoint mercator_from(std::int32_t lat_e6, std::int32_t lon_e6);

/// What the overview counts, one value an event in each column; all columns have the same length.
/// About 34 bytes an event. Codes are indices into the lists of Labels, or model enums as numbers.
struct EventColumns {
  std::vector<EventId> id;
  std::vector<std::uint32_t> x;         ///< kNowhere (both) unless the place is a facility or a town (G0, G1)
  std::vector<std::uint32_t> y;         ///<
  std::vector<std::int32_t> first_day;  ///< day number since 1970-01-01 of the start; kNoDay when the start is unknown
  std::vector<std::int32_t> last_day;   ///< last day covered (inclusive); kNoDay when the end is unknown
  std::vector<std::uint16_t> area;      ///< index in Labels::areas (province) or kNoArea
  std::vector<std::uint16_t> lineages;  ///< independent lineages, cut at 65,535
  std::vector<std::uint16_t> sources;   ///< bit i: a source of kind Labels::source_kinds[i] reports it
  std::vector<std::uint8_t> act;        ///< index in Labels::acts
  std::vector<std::uint8_t> side;       ///< index in Labels::sides
  std::vector<std::uint8_t> status;     ///< model EventStatus as a number, 0 verified to 4 refuted
  std::vector<std::uint8_t> extent;     ///< model Extent as a number: 0 moment, 1 continuing, 2 umbrella
  std::vector<std::uint8_t> time_precision;   ///< model TimePrecision as a number: 0 is T0 … 5 is T5, 6 is T9
  std::vector<std::uint8_t> place_precision;  ///< model PlacePrecision as a number: 0 is G0 … 4 is G4, 5 is G9

  std::size_t size() const { return id.size(); }
  void reserve(std::size_t count);
  /// True when every column has size() values.
  bool is_complete() const;
};

}  // namespace gavah::server
