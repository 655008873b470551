#pragma once

#include "model/report.h"

namespace gavah::extract {

/// Adds the relations to other statements that the report's own words state, each with the span of the words:
///   cites       "according to Harbor Gazette", "Harbor Gazette reported", «به گزارش …»، «به نقل از …», "نقلا عن …"
///   translates  "translated from …", «ترجمه از …»
///   retracts    "Correction:", "retracts", "an earlier version of this article", «اصلاحیه», «تکذیبیه», "تصحيح"
/// The target is the name or title as written, an address where one follows, or empty when the words name none.
/// A name is no source where it is "police", "officials", "witnesses" and the like: those speak, they do not publish.
/// Reads title and the first 4 kB of the text; at most 8 relations. A span is in the text; words of the title have
/// none.
void add_relations_in_words(Report& report);

}  // namespace gavah::extract
