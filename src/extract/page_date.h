#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "extract/json_ld.h"
#include "html/html.h"
#include "model/time_interval.h"

namespace gavah::extract {

/// Contents of <meta> by lower-case name, property or itemprop; the first of each.
using MetaTable = std::map<std::string, std::string, std::less<>>;

struct PageDates {
  TimeInterval published;
  TimeInterval modified;
};

struct PageDateInput {
  const html::Document& page;
  const MetaTable& meta;
  const JsonLd& json_ld;
  std::string_view url;
  std::optional<Instant> latest;  ///< dates after it are not the page's
};

/// When a page was published and changed. Order of trust: meta properties that say "published", JSON-LD, itemprop,
/// <time>, the address, elements that class words call dates, the next lines below the heading, meta names that say
/// only "date", short lines with a date (below the first heading, else anywhere), sentences that say "published", the
/// data of scripts, the date of change, and last dates with years of two digits. A line that names its date something
/// else (the clock of the page, a member's first day) is passed over. Where metadata state the moment in UTC and the
/// page shows the same moment in its own zone, on another day, the phrase is what it shows. "05/03" is a day in May
/// where the page's language is that of the United States. The order was chosen on half of the pages of htmldate,
/// trafilatura and WCXB (bench/extract_bench.cc).
PageDates read_page_dates(const PageDateInput& input);

}  // namespace gavah::extract
