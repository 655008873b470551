#pragma once

#include <vector>

#include "link/statement.h"
#include "link/tie.h"

namespace gavah::link {

/// Old words or an old picture under a new date make no second act. Where a report repeats the words or the picture of
/// one published kRecycledDays or more before, its undated or loosely dated statements take the days of the statement
/// about the same act in the older report; where that has none, they are marked recycled with the older date.
/// A date that the words state stays, unless it is the picture that is old.
void redate_recycled(std::vector<Statement>& statements, const Corpus& corpus, const std::vector<Tie>& ties);

inline constexpr std::int32_t kRecycledDays = 2;  ///< reprints run a day behind

}  // namespace gavah::link
