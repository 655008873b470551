#pragma once

#include <string>

#include "base/result.h"
#include "pipeline/chronicle.h"
#include "pipeline/filters.h"
#include "pipeline/reading.h"
#include "pipeline/world.h"

namespace gavah::pipeline {

/// Whether two codebooks give the same claims of the same reports.
enum class Compared { same, different };

struct CompareOptions {
  std::string other_directory;  ///< of the codebook that is looked at before it is taken, laid out as data/
  Form form = Form::text;
  std::size_t threads = 0;  ///< 0: all cores; changes nothing in the result
};

/// Codes the reports of `in` with the codebook of `filters` and with the other one, and says which claims were added,
/// lost or changed, in which slot, from what to what: in the order of the reports, each as it is found, then totals by
/// act and language. Decision lines stand before the reports: a claim that a person decided on is named as such, and a
/// decision that would meet no claim any more is an orphan. Holds one batch of reports at a time. Claims coded by hand
/// are no codebook's and stay.
Result<Compared> compare_lines(World& world, const LineSource& in, const FilterOptions& filters,
                               const CompareOptions& options, const LineSink& out);

/// The same of the reports and decisions of a chronicle, whose own codebook is the one in use.
Result<Compared> compare_chronicle(Chronicle& chronicle, const CompareOptions& options, const LineSink& out);

}  // namespace gavah::pipeline
