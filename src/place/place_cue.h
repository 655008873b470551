#pragma once

#include <string_view>

namespace gavah::place {

/// How strongly the words around a name say that it is a place.
enum class Cue { none, weak, strong };

/// True for a folded name that is also an everyday word, or a person's name, in English, Persian or Arabic: it counts
/// as a place only after a strong cue.
bool is_everyday_word(std::string_view folded_name);

/// What the folded word before a name says: "in", «در» weak; "city", «شهر» strong.
Cue cue_before(std::string_view folded_word);
/// What the folded word after a name says: "province" strong.
Cue cue_after(std::string_view folded_word);
/// The same for Arabic alone.
bool is_everyday_in_arabic(std::string_view folded_name);
/// A word before a name that makes it the name of a street, club or firm: «خیابان», «نادي».
bool names_after_places(std::string_view folded_word);
/// "street", "avenue": after such a name.
bool street_after(std::string_view folded_word);
/// A building or site that is named by its town: «دانشگاه», "university", «محكمة».
bool says_facility(std::string_view folded_word);
/// A kind of site that has a name of its own: «میدان», "prison", «سوق».
bool says_site(std::string_view folded_word);
/// A word that is no part of a site's name: «در», "the", "supreme".
bool is_no_site_name(std::string_view folded_word);
/// "near", «حوالی»: the place itself is not meant, but its surroundings.
bool says_near(std::string_view folded_word);
/// A title or given name, after which a name is a person's.
bool says_person(std::string_view folded_word);
/// Words for a kind of area, before («استان») or after ("province") its name.
bool says_province(std::string_view folded_word);
bool says_county(std::string_view folded_word);
bool says_town(std::string_view folded_word);

}  // namespace gavah::place
