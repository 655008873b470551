#pragma once

#include <string_view>
#include <vector>

#include "place/gazetteer.h"
#include "place/mention.h"

namespace gavah::place {

/// Narrows the candidates of all mentions of a text to those that the text supports:
///  * an area that stands right beside a name and holds a candidate decides, for the other mentions of the name too;
///  * else candidates are weighed by the other places of the text: areas that hold them, one county, province or
///    country with them, nearness; then by the home country and by being a seat. People count only to weigh candidates
///    that other places of the text support already.
/// Candidates that come out alike all stay. Same input, same result. Linear in mentions: a name is compared with its
/// nearest names alone, and of each of those with the 48 candidates that come first in the gazetteer; all of its own
/// are. Mentions side by side cost the product of their candidates that are areas and those that are places.
void choose(const Gazetteer& gazetteer, std::string_view home_country, std::vector<Mention>& mentions);

/// Whether an area holds another place: by codes, never by distance.
bool contains(const Gazetteer& gazetteer, EntryNumber area, EntryNumber inner);
/// Same country and same first-level code.
bool same_province(const Gazetteer& gazetteer, EntryNumber a, EntryNumber b);

}  // namespace gavah::place
