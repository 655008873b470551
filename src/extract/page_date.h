#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "extract/class_table.h"
#include "extract/json_ld.h"
#include "html/html.h"
#include "model/time_interval.h"

namespace gavah::extract {

/// Contents of <meta> by lower-case name, property or itemprop; the first of each.
using MetaTable = std::map<std::string, std::string, std::less<>>;

struct PageDates {
  TimeInterval published;
  TimeInterval modified;
  bool is_stated = false;  ///< metadata say "published"
};

struct PageDateInput {
  const html::Document& page;
  const ClassTable& table;  ///< the page's
  const MetaTable& meta;
  const JsonLd& json_ld;
  std::string_view url;
  std::optional<Instant> latest;  ///< dates after it are not the page's
};

/// When a page was published and changed. Order of trust: meta properties that say "published", JSON-LD (where it is
/// broken, its first "datePublished"), itemprop, <time> (what it says beside "published" before its attribute), the
/// address, elements that class words call dates or a line with a date that stands between the heading and them, the
/// next lines below the heading, meta names that say only "date", short lines with a date (below the first heading,
/// else the next above it, else anywhere), sentences that say "published", the data of scripts, the date of change, and
/// last dates with years of two digits. A line that names its date something else (the clock of the page, a member's
/// first day) is passed over. Where metadata state the moment in UTC and the address or the page shows the same moment
/// in its own zone, on another day, the phrase is what it shows. "05/03" is a day in May where the page's language is
/// that of the United States. The order was chosen on three quarters of the pages of htmldate, trafilatura and WCXB
/// (bench/extract_bench.cc).
PageDates read_page_dates(const PageDateInput& input);

/// The date of a discussion's post: what its <time> or itemprop states, else its first line with a date that is no
/// member's first day.
TimeInterval read_post_date(const html::Document& page, const ClassTable& table, html::NodeIndex post,
                            std::optional<Instant> latest);

}  // namespace gavah::extract
