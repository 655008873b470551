#pragma once

#include <string_view>
#include <vector>

#include "text/text.h"

namespace gavah::times {

/// The spans of mentions as the annotators of HengamGold (and of parstdex, by the same hands) draw their borders:
///  * what leads into a time is part of it («در تاریخ», «از», «تا», «راس», «همان», «فصل»), but for «از» and «طی»
///    before hours and minutes;
///  * so is what follows it («بعد», «دیگر», «میلادی», «به وقت تهران»);
///  * times that stand side by side, or that «تا» joins, are one; days and years that «و» joins too;
///  * a date after «مورخ» is one of its own, and so is what a comma, a hyphen or a bracket parts from it.
/// Nothing is found or dropped here: borders move, and what was found is joined or parted.
std::vector<Span> as_annotated(std::string_view text, const std::vector<text::TimeMention>& mentions);

}  // namespace gavah::times
