#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "server/address.h"
#include "server/snapshot.h"

namespace gavah::server {

/// What events can be chosen by, besides words, days and a box. The parameter of each is its name.
enum class Facet { status, act, side, extent, area, source, tprec, pprec };
inline constexpr std::size_t kFacetCount = 8;
std::string_view name_of(Facet facet);

/// The value of `facet` at `row`, as an index into keys_of(); sources have bits and are not asked here.
std::size_t code_at(const EventColumns& events, Facet facet, EventRow row, std::size_t area_count);
/// The keys of a facet, by code. Areas have one more, "none", last.
std::vector<std::string_view> keys_of(Facet facet, const Labels& labels);

/// A half-open box of the projected world.
struct MercatorBox {
  std::uint32_t left = 0;
  std::uint32_t top = 0;
  std::uint32_t right = kNowhere;
  std::uint32_t bottom = kNowhere;
  bool holds(std::uint32_t x, std::uint32_t y) const { return x >= left && x < right && y >= top && y < bottom; }
};

/// "left,top,right,bottom", decimal, left < right, top < bottom.
Result<MercatorBox> box_from(std::string_view text);

/// Which values of one facet are wanted; no filter when nothing was said.
struct FacetFilter {
  std::vector<std::uint8_t> allowed;  ///< by code: 1 passes; empty: everything passes
  std::uint16_t any_of = 0;           ///< sources: at least one of these bits, when not 0
  std::uint16_t none_of = 0;          ///< sources: none of these bits
  bool is_set() const { return !allowed.empty() || any_of != 0 || none_of != 0; }
};

/// Which events are asked for. Umbrellas stand apart: unless `extent` includes them by name they are in no result,
/// because what they cover is counted by itself.
struct Query {
  std::string words;                     ///< q: empty or 1 to 200 bytes
  std::optional<std::int32_t> from_day;  ///< from=YYYY-MM-DD: events that end on or after it
  std::optional<std::int32_t> to_day;    ///< to=YYYY-MM-DD: events that begin on or before it
  std::optional<MercatorBox> box;        ///< bbox: exact places inside it
  std::array<FacetFilter, kFacetCount> facets;

  const FacetFilter& of(Facet facet) const { return facets[static_cast<std::size_t>(facet)]; }
  /// Facet parameters are keys with commas between them; "-key" leaves that value out. Keys that the snapshot does
  /// not know are invalid_input, so that a stale address never shows a number for another question.
  static Result<Query> parse(const Address& address, const Labels& labels);
};

}  // namespace gavah::server
