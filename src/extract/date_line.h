#pragma once

#include <string_view>

namespace gavah::extract {

/// What a line of a page says that its date is.
enum class DateRole {
  plain,      ///< it does not say
  published,  ///< "Published", "Erschienen am", «تاریخ انتشار», "نشر"
  modified,   ///< "Last updated", "Zuletzt geändert", «به‌روزرسانی»
  other,      ///< no date of the text: the clock of the page, a member's first day, a reader's last visit
};

/// By the words of the line; where it names two roles, the first one counts. Lines over 400 bytes are plain.
DateRole role_of_date(std::string_view line);

}  // namespace gavah::extract
