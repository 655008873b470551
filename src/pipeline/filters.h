#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "pipeline/toolkit.h"
#include "pipeline/world.h"

namespace gavah::pipeline {

/// What the filters may be told.
struct FilterOptions {
  std::vector<std::string> gazetteer_files;  ///< GeoNames dumps; empty: the one built in
  std::string codebook_directory;            ///< laid out as data/; empty: the one built in
  std::string sources_file;                  ///< CSV as in import_sources; empty: none
  std::string mapping_file;                  ///< for tables
  std::string about_file;
  std::size_t threads = 0;
};

/// The toolkit that the options name.
Result<Toolkit> load_toolkit(World& world, const FilterOptions& options);

/// Gives the next input line, or nothing at the end.
using LineSource = std::function<std::optional<std::string>()>;

/// Report lines of files and folders, `path` naming the input. What cannot be read goes to `complain`.
Result<void> extract_files(World& world, const std::vector<std::string>& paths, const FilterOptions& options,
                           const LineSink& out, const LineSink& complain);
/// Passes every line on; after each report line come its claim lines.
Result<void> code_lines(World& world, const LineSource& in, const FilterOptions& options, const LineSink& out);
/// Passes every line on; at the end come lineage, event and victim lines.
Result<void> link_lines(World& world, const LineSource& in, const FilterOptions& options, const LineSink& out);

}  // namespace gavah::pipeline
