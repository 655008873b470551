#include <algorithm>
#include <array>

#include "html/letters.h"
#include "html/tree_builder.h"

namespace gavah::html {
namespace {

/// Public identifiers that begin so (section 13.2.6.4.1), in lower case.
constexpr auto kPrefixes =
    std::to_array<std::string_view>({"+//silmaril//dtd html pro v0r11 19970101//",
                                     "-//as//dtd html 3.0 aswedit + extensions//",
                                     "-//advasoft ltd//dtd html 3.0 aswedit + extensions//",
                                     "-//ietf//dtd html 2.0 level 1//",
                                     "-//ietf//dtd html 2.0 level 2//",
                                     "-//ietf//dtd html 2.0 strict level 1//",
                                     "-//ietf//dtd html 2.0 strict level 2//",
                                     "-//ietf//dtd html 2.0 strict//",
                                     "-//ietf//dtd html 2.0//",
                                     "-//ietf//dtd html 2.1e//",
                                     "-//ietf//dtd html 3.0//",
                                     "-//ietf//dtd html 3.2 final//",
                                     "-//ietf//dtd html 3.2//",
                                     "-//ietf//dtd html 3//",
                                     "-//ietf//dtd html level 0//",
                                     "-//ietf//dtd html level 1//",
                                     "-//ietf//dtd html level 2//",
                                     "-//ietf//dtd html level 3//",
                                     "-//ietf//dtd html strict level 0//",
                                     "-//ietf//dtd html strict level 1//",
                                     "-//ietf//dtd html strict level 2//",
                                     "-//ietf//dtd html strict level 3//",
                                     "-//ietf//dtd html strict//",
                                     "-//ietf//dtd html//",
                                     "-//metrius//dtd metrius presentational//",
                                     "-//microsoft//dtd internet explorer 2.0 html strict//",
                                     "-//microsoft//dtd internet explorer 2.0 html//",
                                     "-//microsoft//dtd internet explorer 2.0 tables//",
                                     "-//microsoft//dtd internet explorer 3.0 html strict//",
                                     "-//microsoft//dtd internet explorer 3.0 html//",
                                     "-//microsoft//dtd internet explorer 3.0 tables//",
                                     "-//netscape comm. corp.//dtd html//",
                                     "-//netscape comm. corp.//dtd strict html//",
                                     "-//o'reilly and associates//dtd html 2.0//",
                                     "-//o'reilly and associates//dtd html extended 1.0//",
                                     "-//o'reilly and associates//dtd html extended relaxed 1.0//",
                                     "-//sq//dtd html 2.0 hotmetal + extensions//",
                                     "-//softquad software//dtd hotmetal pro 6.0::19990601::extensions to html 4.0//",
                                     "-//softquad//dtd hotmetal pro 4.0::19971010::extensions to html 4.0//",
                                     "-//spyglass//dtd html 2.0 extended//",
                                     "-//sun microsystems corp.//dtd hotjava html//",
                                     "-//sun microsystems corp.//dtd hotjava strict html//",
                                     "-//w3c//dtd html 3 1995-03-24//",
                                     "-//w3c//dtd html 3.2 draft//",
                                     "-//w3c//dtd html 3.2 final//",
                                     "-//w3c//dtd html 3.2//",
                                     "-//w3c//dtd html 3.2s draft//",
                                     "-//w3c//dtd html 4.0 frameset//",
                                     "-//w3c//dtd html 4.0 transitional//",
                                     "-//w3c//dtd html experimental 19960712//",
                                     "-//w3c//dtd html experimental 970421//",
                                     "-//w3c//dtd w3 html//",
                                     "-//w3o//dtd w3 html 3.0//",
                                     "-//webtechs//dtd mozilla html 2.0//",
                                     "-//webtechs//dtd mozilla html//"});

bool begins(std::string_view text, std::string_view small) { return is_same_word(text.substr(0, small.size()), small); }

}  // namespace

bool is_quirky(const Token& doctype) {
  if (doctype.forces_quirks || doctype.doctype_name != std::optional<std::string_view>("html")) return true;
  if (doctype.system_id &&
      is_same_word(*doctype.system_id, "http://www.ibm.com/data/dtd/v11/ibmxhtml1-transitional.dtd"))
    return true;
  if (!doctype.public_id) return false;
  const std::string_view id = *doctype.public_id;
  if (is_same_word(id, "-//w3o//dtd w3 html strict 3.0//en//") ||
      is_same_word(id, "-/w3c/dtd html 4.0 transitional/en") || is_same_word(id, "html"))
    return true;
  const bool is_loose =
      begins(id, "-//w3c//dtd html 4.01 frameset//") || begins(id, "-//w3c//dtd html 4.01 transitional//");
  if (is_loose && !doctype.system_id) return true;
  return std::any_of(kPrefixes.begin(), kPrefixes.end(), [id](std::string_view prefix) { return begins(id, prefix); });
}

}  // namespace gavah::html
