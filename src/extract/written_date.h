#pragma once

#include <optional>
#include <string_view>

#include "base/instant.h"
#include "model/span.h"
#include "model/time_interval.h"

namespace gavah::extract {

/// A full date (day, month, year) as written somewhere, with a clock time where one stands beside it.
struct WrittenDate {
  Day day;
  std::optional<Instant> instant;  ///< when a clock time was written too; without a zone it is taken as UTC
  Calendar calendar = Calendar::gregorian;
  Span span;  ///< in the text that was searched
};

/// How "03/04/2021" is read where neither number is above 12.
enum class DayOrder { day_first, month_first };

/// The first full date in `text` (the first 64 kB are read): "January 20, 2025", "20 January 2025", "2025-01-20",
/// "20.01.2025", "2025. január 20.", "2025年1月20日", «۲۰ ژانویه ۲۰۲۵», «۳۰ دی ۱۴۰۳», «۱۴۰۳/۱۰/۳۰», "20 يناير 2025",
/// "14. März 2021"; digits of three scripts. A year 1300 to 1499 is Persian, or Islamic behind an Islamic month («٣
/// جمادى الأولى ١٤٤٦»), which is taken only where the text has no other date. Dates that do not exist are passed over.
/// For dates that pages and posts state about themselves; dates in running text are the text room's.
std::optional<WrittenDate> find_date(std::string_view text, DayOrder order = DayOrder::day_first);

/// As find_date, for dates whose year has two digits: "31.10.23", "26/10/23", day first unless that is no date. All
/// three numbers have two digits and nothing is glued to them. The century is the one before 2070.
std::optional<WrittenDate> find_short_date(std::string_view text);

/// The date that `text` starts with (after white space), if it does.
std::optional<WrittenDate> date_at_start(std::string_view text, DayOrder order = DayOrder::day_first);

/// Machine dates: ISO 8601 in any digits, Persian years included («۱۳۹۹/۰۲/۲۱ - ۱۸:۵۹»), RFC 2822 ("Mon, 20 Jan 2025
/// 10:00:00 +0000"), Unix seconds or milliseconds; else as find_date.
std::optional<WrittenDate> read_machine_date(std::string_view text, DayOrder order = DayOrder::month_first);

/// A time interval of that date: T0 with a clock, else T1; of an Islamic one the three days that it may be, T3. The
/// phrase is set, the span is not.
TimeInterval interval_of(const WrittenDate& date, std::string_view text);

}  // namespace gavah::extract
