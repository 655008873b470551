#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/disk.h"
#include "base/result.h"
#include "place/place.h"
#include "seal/seal.h"

namespace gavah::pipeline {

/// In a list of gazetteer files: the one that is built in.
inline constexpr std::string_view kBuiltInGazetteer = "built-in";

/// The gazetteer of a list of files: GeoNames dumps, of whose rows with one id the first counts, `built-in` among them;
/// or one compiled file alone, which is mapped and shared with other processes. None: the one built in.
Result<std::shared_ptr<const place::Gazetteer>> open_gazetteer(Disk& disk, const std::vector<std::string>& files);

/// The same list as the bytes of one compiled file.
Result<std::string> compile_gazetteer(Disk& disk, const std::vector<std::string>& files);

/// Copies of the files of such a list for a chronicle to keep, once they were opened together; `built-in` without
/// bytes.
Result<std::vector<seal::GazetteerFile>> kept_gazetteers(Disk& disk, const std::vector<std::string>& files);

/// What is wrong with a dump or a compiled file (one mistake, without a line, when that cannot be opened).
Result<std::vector<place::GazetteerMistake>> check_gazetteer(Disk& disk, const std::string& file);

/// Writes the dumps that are built in into a directory that does not exist yet, each with its notice; refused when it
/// does.
Result<void> write_built_in_dumps(Disk& disk, const std::string& directory);

}  // namespace gavah::pipeline
