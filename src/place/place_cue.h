#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "text/text.h"

namespace gavah::place {

/// How strongly the words around a name say that it is a place.
enum class Cue : std::uint8_t { none, weak, strong };

/// What a word says about a name, or about the name beside it: the rows of data/place/words.tsv.
enum class Says : std::uint8_t {
  everyday,            ///< also an everyday word or a person's name: a place only after a strong cue; in Latin script
                       ///< a capital and a weak one are enough
  dated,               ///< a month or a weekday, which has its capital always: "the town of March" alone is a place
  everyday_in_arabic,  ///< the same in Arabic alone
  doubtful,            ///< the same, where a weak cue is enough
  place_follows,       ///< "in", «در»
  area_follows,        ///< "city", «شهر»
  area_before,         ///< "province" after a name
  person,              ///< a title or given name, after which a name is a person's
  near,                ///< "near", «حوالی»: the surroundings of the place are meant
  province,            ///< words for a kind of area, before or after its name
  county,
  town,
  named_after,     ///< before a name that a street, club or firm has: «خیابان», «نادي»
  street,          ///< after one: "street"
  facility,        ///< a building that is named by its town: «دانشگاه», "university"
  site,            ///< a kind of site: «میدان», "weighbridge"
  town_site,       ///< one that is its town's where the town follows: «بازار»
  site_adjective,  ///< which site of a town, where it has no name: "main", «اصلی»
  at_site,         ///< before a site, where something is at it: "at", «مقابل»
  no_site_name,    ///< no part of a site's name: «در», "the", "supreme"
  prayer,          ///< before a word of prayer_time: «صلاة», «بعد»
  prayer_time,     ///< «المغرب»
  place_kind,      ///< before the name of one, with the article: «العاصمة»
};

bool says(std::string_view folded_word, Says what);
/// The words of Says::site alone, to look through a text for.
const text::WordTable<char>& site_words();
/// What the folded word before a name says.
Cue cue_before(std::string_view folded_word);
/// What the folded word after a name says.
Cue cue_after(std::string_view folded_word);

/// Of a table like data/place/words.tsv: a bit for each of Says. invalid_input with the line of a mistake.
Result<text::WordTable<std::uint32_t>> read_place_words(std::string_view table);

}  // namespace gavah::place
