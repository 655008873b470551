#pragma once

#include <string>
#include <string_view>

#include "model/time_interval.h"

namespace gavah::extract {

/// What is known of the dates in a column before one is read.
struct DateRule {
  enum class Order { open, day_first, month_first };
  enum class Zone {
    stated,  ///< a clock time means what it says where it states its zone, else its day alone is known
    utc,     ///< clock times without a zone are UTC
    untrue,  ///< zones that stand there were put on later: the day alone is known
  };
  Order order = Order::open;
  Zone zone = Zone::stated;
};

/// The order that "dd/mm/yyyy" or "mm/dd/yyyy" states; open for anything else.
DateRule::Order date_order_of(std::string_view date_format);

/// The time that a cell states: a date in any form that find_date() or read_machine_date() takes, "20310503",
/// "20310503083000" (UTC). Open, with the cell as its phrase, when day and month could be either; unknown when the cell
/// is empty or no date.
TimeInterval table_date(std::string_view cell, DateRule rule);

/// "2031-05-03" for a Gregorian date in numbers alone, when it is no other by the rule; empty otherwise.
std::string iso_day(std::string_view cell, DateRule rule);

}  // namespace gavah::extract
