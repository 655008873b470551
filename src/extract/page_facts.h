#pragma once

#include <string>
#include <vector>

#include "extract/class_table.h"
#include "html/html.h"
#include "model/time_interval.h"

namespace gavah::extract {

/// What a page says about itself, in attributes and scripts meant for machines and in lines meant for people.
struct PageFacts {
  std::string title;
  std::string author;
  std::string site;
  std::string url;   ///< canonical, as the page states it
  std::string lang;  ///< primary tag of <html lang>, lower case
  TimeInterval published;
  TimeInterval modified;
  std::string article_body;          ///< JSON-LD articleBody, decoded; empty when there is none
  bool is_author_stated = false;     ///< for machines, not found among lines
  bool is_published_stated = false;  ///< as property of the page, not found among lines
  bool has_password_field = false;
  bool is_discussion = false;  ///< a forum's thread, or questions with answers
};

/// Order of trust: JSON-LD and meta properties, then itemprop and time elements, then the address, then visible lines.
/// Dates before 1995 or after `latest` (when known) are passed over. `url` is the address the page was taken from, may
/// be empty. `table` is the page's.
PageFacts read_page_facts(const html::Document& page, const ClassTable& table, std::string_view url,
                          std::optional<Instant> latest);

}  // namespace gavah::extract
