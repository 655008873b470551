#pragma once

#include <string_view>

namespace gavah::place {

/// ISO 3166-1 alpha-2 code of the country that a folded English adjective, or word for its people, belongs to
/// ("turkish" and "turks" give "TR"); empty for any other word. Adjectives alone name no place; a person who marks one
/// means the country.
std::string_view country_of_adjective(std::string_view folded_word);

}  // namespace gavah::place
