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

/// When a page was published and changed. Order of trust: JSON-LD, meta properties, itemprop, <time> of the article,
/// address, lines with a date in elements that class words call dates, short lines of the article's head, and last the
/// date of change. The order was measured on htmldate's pages (bench/extract_bench.cc).
PageDates read_page_dates(const PageDateInput& input);

}  // namespace gavah::extract
