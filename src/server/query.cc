#include "server/query.h"

#include <algorithm>
#include <charconv>

#include "base/instant.h"
#include "model/event.h"
#include "model/named.h"

namespace gavah::server {

namespace {

constexpr std::size_t kMaxWordsBytes = 200;    // bytes: longer than anyone types
constexpr std::size_t kMaxKeysPerFacet = 600;  // keys: every area of a large country
constexpr std::size_t kStatusCount = 5;
constexpr std::size_t kExtentCount = 3;

constexpr std::array<Named<Facet>, kFacetCount> kFacetNames{{{Facet::status, "status"},
                                                             {Facet::act, "act"},
                                                             {Facet::side, "side"},
                                                             {Facet::extent, "extent"},
                                                             {Facet::area, "area"},
                                                             {Facet::source, "source"},
                                                             {Facet::tprec, "tprec"},
                                                             {Facet::pprec, "pprec"}}};
constexpr std::array<std::string_view, 7> kTimeCodes{"T0", "T1", "T2", "T3", "T4", "T5", "T9"};
constexpr std::array<std::string_view, 6> kPlaceCodes{"G0", "G1", "G2", "G3", "G4", "G9"};

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> pieces;
  while (!text.empty()) {
    const std::string_view piece = text.substr(0, text.find(separator));
    text.remove_prefix(std::min(text.size(), piece.size() + 1));
    if (!piece.empty()) pieces.push_back(piece);
  }
  return pieces;
}

Result<std::optional<std::int32_t>> day_from(std::string_view text) {
  if (text.empty()) return std::optional<std::int32_t>{};
  GAVAH_ASSIGN(const Day day, Day::parse(text));
  return std::optional<std::int32_t>{day.number};
}

/// The codes named with and without a leading minus.
struct Choice {
  std::vector<std::size_t> wanted;
  std::vector<std::size_t> unwanted;
};

Result<Choice> choice_from(std::string_view text, const std::vector<std::string_view>& keys, Facet facet) {
  Choice choice;
  const auto pieces = split(text, ',');
  if (pieces.size() > kMaxKeysPerFacet) return fail(ErrorCode::invalid_input, "too many values of a facet");
  for (std::string_view piece : pieces) {
    const bool excluded = piece.front() == '-';
    if (excluded) piece.remove_prefix(1);
    const auto found = std::ranges::find(keys, piece);
    if (found == keys.end()) {
      return fail(ErrorCode::invalid_input,
                  std::string("unknown ").append(name_of(facet)).append(" '").append(piece.substr(0, 40)).append("'"));
    }
    (excluded ? choice.unwanted : choice.wanted).push_back(static_cast<std::size_t>(found - keys.begin()));
  }
  return choice;
}

FacetFilter filter_from(const Choice& choice, Facet facet, std::size_t code_count) {
  FacetFilter filter;
  if (facet == Facet::source) {
    for (const auto code : choice.wanted) filter.any_of = static_cast<std::uint16_t>(filter.any_of | 1U << code);
    for (const auto code : choice.unwanted) filter.none_of = static_cast<std::uint16_t>(filter.none_of | 1U << code);
    return filter;
  }
  const bool apart = facet == Facet::extent && choice.wanted.empty();
  if (choice.wanted.empty() && choice.unwanted.empty() && !apart) return filter;
  filter.allowed.assign(code_count, choice.wanted.empty() ? 1 : 0);
  for (const auto code : choice.wanted) filter.allowed[code] = 1;
  for (const auto code : choice.unwanted) filter.allowed[code] = 0;
  if (apart) filter.allowed[static_cast<std::size_t>(Extent::umbrella)] = 0;
  return filter;
}

}  // namespace

std::string_view name_of(Facet facet) { return name_in(kFacetNames, facet); }

std::size_t code_at(const EventColumns& events, Facet facet, EventRow row, std::size_t area_count) {
  switch (facet) {
    case Facet::status:
      return events.status[row];
    case Facet::act:
      return events.act[row];
    case Facet::side:
      return events.side[row];
    case Facet::extent:
      return events.extent[row];
    case Facet::area:
      return std::min<std::size_t>(events.area[row], area_count);
    case Facet::tprec:
      return events.time_precision[row];
    case Facet::pprec:
      return events.place_precision[row];
    case Facet::source:
      break;
  }
  return 0;
}

std::vector<std::string_view> keys_of(Facet facet, const Labels& labels) {
  std::vector<std::string_view> keys;
  const auto add_labels = [&](const std::vector<Label>& list) {
    for (const auto& label : list) keys.emplace_back(label.key);
  };
  switch (facet) {
    case Facet::status:
      for (std::size_t i = 0; i < kStatusCount; ++i) keys.push_back(name_of(static_cast<EventStatus>(i)));
      break;
    case Facet::extent:
      for (std::size_t i = 0; i < kExtentCount; ++i) keys.push_back(name_of(static_cast<Extent>(i)));
      break;
    case Facet::act:
      add_labels(labels.acts);
      break;
    case Facet::side:
      add_labels(labels.sides);
      break;
    case Facet::source:
      add_labels(labels.source_kinds);
      break;
    case Facet::area:
      for (const auto& area : labels.areas) keys.emplace_back(area.label.key);
      keys.emplace_back("none");
      break;
    case Facet::tprec:
      keys.assign(kTimeCodes.begin(), kTimeCodes.end());
      break;
    case Facet::pprec:
      keys.assign(kPlaceCodes.begin(), kPlaceCodes.end());
      break;
  }
  return keys;
}

Result<MercatorBox> box_from(std::string_view text) {
  const auto pieces = split(text, ',');
  std::array<std::uint32_t, 4> sides{};
  if (pieces.size() != sides.size()) return fail(ErrorCode::invalid_input, "a box has four numbers");
  for (std::size_t i = 0; i < sides.size(); ++i) {
    const char* const end = pieces[i].data() + pieces[i].size();
    const auto read = std::from_chars(pieces[i].data(), end, sides[i]);
    if (read.ec != std::errc{} || read.ptr != end) return fail(ErrorCode::invalid_input, "a box has whole numbers");
  }
  if (sides[0] >= sides[2] || sides[1] >= sides[3]) return fail(ErrorCode::invalid_input, "the box is empty");
  return MercatorBox{sides[0], sides[1], sides[2], sides[3]};
}

Result<Query> Query::parse(const Address& address, const Labels& labels) {
  Query query;
  query.words = address.parameter("q");
  if (query.words.size() > kMaxWordsBytes) return fail(ErrorCode::invalid_input, "the search is too long");
  GAVAH_ASSIGN(query.from_day, day_from(address.parameter("from")));
  GAVAH_ASSIGN(query.to_day, day_from(address.parameter("to")));
  if (const auto box = address.parameter("bbox"); !box.empty()) {
    GAVAH_ASSIGN(query.box, box_from(box));
  }
  for (const auto& named : kFacetNames) {
    const auto keys = keys_of(named.value, labels);
    GAVAH_ASSIGN(const Choice choice, choice_from(address.parameter(named.name), keys, named.value));
    query.facets[static_cast<std::size_t>(named.value)] = filter_from(choice, named.value, keys.size());
  }
  return query;
}

}  // namespace gavah::server
