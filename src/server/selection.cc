#include "server/selection.h"

#include <algorithm>
#include <array>

namespace gavah::server {

namespace {

constexpr std::size_t kBlockRows = 4096;  // rows: the failures of a block stay in the first-level cache

template <class Code>
void test_codes(std::span<const Code> codes, const FacetFilter& filter, Failures bit, std::span<Failures> out) {
  const std::size_t last = filter.allowed.size() - 1;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const std::size_t code = std::min<std::size_t>(codes[i], last);
    out[i] = static_cast<Failures>(out[i] | (filter.allowed[code] != 0 ? 0 : bit));
  }
}

void test_bits(std::span<const std::uint16_t> bits, const FacetFilter& filter, std::span<Failures> out) {
  for (std::size_t i = 0; i < out.size(); ++i) {
    const bool wanted = filter.any_of == 0 || (bits[i] & filter.any_of) != 0;
    const bool unwanted = (bits[i] & filter.none_of) != 0;
    if (!wanted || unwanted) out[i] = static_cast<Failures>(out[i] | bit_of(Facet::source));
  }
}

template <class Value>
std::span<const Value> block_of(const std::vector<Value>& column, EventRow first, std::size_t count) {
  return std::span<const Value>(column).subspan(first, count);
}

}  // namespace

Selection::Selection(const Snapshot& snapshot, const Query& query, std::span<const EventRow> found)
    : snapshot_(snapshot), query_(query), found_(found) {}

void Selection::test(EventRow first, std::span<Failures> out) const {
  std::ranges::fill(out, Failures{0});
  test_facets(first, out);
  if (query_.from_day || query_.to_day) test_days(first, out);
  if (query_.box) test_box(first, out);
  if (!query_.words.empty()) test_words(first, out);
}

void Selection::test_facets(EventRow first, std::span<Failures> out) const {
  const EventColumns& events = snapshot_.events;
  const std::size_t count = out.size();
  const auto codes = [&](Facet facet, const std::vector<std::uint8_t>& column) {
    if (query_.of(facet).is_set()) test_codes(block_of(column, first, count), query_.of(facet), bit_of(facet), out);
  };
  codes(Facet::status, events.status);
  codes(Facet::act, events.act);
  codes(Facet::side, events.side);
  codes(Facet::extent, events.extent);
  codes(Facet::tprec, events.time_precision);
  codes(Facet::pprec, events.place_precision);
  if (query_.of(Facet::area).is_set()) {
    test_codes(block_of(events.area, first, count), query_.of(Facet::area), bit_of(Facet::area), out);
  }
  if (query_.of(Facet::source).is_set()) {
    test_bits(block_of(events.sources, first, count), query_.of(Facet::source), out);
  }
}

void Selection::test_days(EventRow first, std::span<Failures> out) const {
  const EventColumns& events = snapshot_.events;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const std::int32_t begin = events.first_day[first + i];
    const std::int32_t end = events.last_day[first + i];
    const bool undated = begin == kNoDay && end == kNoDay;
    const bool before = query_.from_day && end != kNoDay && end < *query_.from_day;
    const bool after = query_.to_day && begin != kNoDay && begin > *query_.to_day;
    if (undated || before || after) out[i] = static_cast<Failures>(out[i] | bit_of(Test::days));
  }
}

void Selection::test_box(EventRow first, std::span<Failures> out) const {
  const EventColumns& events = snapshot_.events;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const MercatorPoint point{events.x[first + i], events.y[first + i]};
    const bool inside = !point.is_nowhere() && query_.box->holds(point.x, point.y);
    if (!inside) out[i] = static_cast<Failures>(out[i] | bit_of(Test::box));
  }
}

void Selection::test_words(EventRow first, std::span<Failures> out) const {
  auto next = std::ranges::lower_bound(found_, first);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const bool hit = next != found_.end() && *next == first + i;
    if (hit) {
      ++next;
    } else {
      out[i] = static_cast<Failures>(out[i] | bit_of(Test::words));
    }
  }
}

std::vector<EventRow> Selection::rows() const {
  std::vector<EventRow> rows;
  std::array<Failures, kBlockRows> failures{};
  const std::size_t total = snapshot_.events.size();
  for (std::size_t first = 0; first < total; first += kBlockRows) {
    const auto block = std::span(failures).first(std::min(kBlockRows, total - first));
    test(static_cast<EventRow>(first), block);
    for (std::size_t i = 0; i < block.size(); ++i) {
      if (block[i] == 0) rows.push_back(static_cast<EventRow>(first + i));
    }
  }
  return rows;
}

}  // namespace gavah::server
