#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/disk.h"
#include "base/result.h"
#include "capture/capture.h"
#include "model/capture.h"
#include "pipeline/parser.h"
#include "pipeline/workflows.h"

namespace gavah::pipeline {

/// The statement of the operator in a JSON file, or an empty one for an empty name.
Result<About> read_about(Disk& disk, const std::string& file);
/// The bytes of a mapping file, or nothing for an empty name.
Result<std::string> read_mapping(Disk& disk, const std::string& file);

/// One file to take in, with what the operator says of it.
struct IntakeFile {
  std::string path;  ///< to open it with; "-" for standard input
  std::string name;  ///< for people, never a path
  About about;
  std::string mapping;
};

/// What lies under the paths of `options`, in order, sidecars taken out where they speak; what cannot be looked at goes
/// to `set_aside`.
Result<std::vector<IntakeFile>> intake_files(Disk& disk, const AddOptions& options, std::vector<SetAside>& set_aside);

/// What reading one file gave, besides its parts.
struct ReadFile {
  Capture capture;  ///< name, format, about, hints; the rest is set by staging
  capture::Container container;
};
Result<ReadFile> read_file(const Parser& parser, const ByteSource& bytes, const IntakeFile& file,
                           const PartTaker& parts);

}  // namespace gavah::pipeline
