#pragma once

#include <string>
#include <vector>

#include "extract/mapped_text.h"

namespace gavah::extract {

/// Writes `text`, whose `map` leads into `markup`, so that it leads through it to what the markup was decoded from.
void write_through(std::string_view text, const std::vector<MapPiece>& map, const MappedText& markup, MappedText& out);

/// Writes the words of `markup`, a fragment of HTML that itself was decoded from a record (a JSON string), as a browser
/// shows them, each led back to the record's bytes. Gives the links that the author set, in order, without repetition:
/// mentions and hashtags are links of the platform and left out.
std::vector<std::string> write_markup(const MappedText& markup, MappedText& out);

}  // namespace gavah::extract
