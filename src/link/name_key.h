#pragma once

#include <string>
#include <string_view>

namespace gavah::link {

/// Consonants, but for v, w, y and silent letters, of a person's name in Latin or Persian script, by sound, so that
/// spellings and transliterations of one name mostly agree: «رامین زوروانی» and "Ramin Zorvani" both give "rmn zrn".
/// Words parted by one space; empty for a name of other scripts.
std::string name_key(std::string_view name);

}  // namespace gavah::link
