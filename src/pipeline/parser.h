#pragma once

#include <functional>
#include <span>
#include <vector>

#include "base/byte_source.h"
#include "base/result.h"
#include "capture/capture.h"
#include "confine/confine.h"
#include "model/capture.h"
#include "model/report.h"

namespace gavah::pipeline {

/// The tasks of the workers that a Parser is given.
std::vector<confine::Task> parsing_tasks();

/// What reading a file gave: the parts without their bytes. Chains and digests are kept, bytes are read again through
/// the chain when they are needed.
struct ReadParts {
  std::vector<Part> parts;
  capture::Container container;
};

/// Where bytes from outside are parsed: in confined workers, or in this process where a person said so. Both give the
/// same. Any thread.
class Parser {
 public:
  /// Null: in this process. The workers know parsing_tasks(), and must outlive it.
  explicit Parser(confine::Workers* workers) : workers_(workers) {}

  /// capture::read. A file over which a worker was lost is unreadable, with the reason.
  Result<ReadParts> read(const ByteSource& bytes, std::string_view name, const std::string& mapping) const;

  /// Takes the reports of one part.
  using ReportSink = std::function<Result<void>(const Part& part, std::vector<Report> reports)>;
  /// extract::extract of each part, in order, under `ids`; the secret stays here. A part over which a worker was lost
  /// gives one hollow report, with the reason. Errors are those of the bytes, and corrupt.
  Result<void> extract(const ByteSource& bytes, const Capture& capture, std::span<const Part> parts,
                       const IdSecret& ids, const ReportSink& sink) const;

 private:
  Result<void> extract_here(const ByteSource& bytes, const Capture& capture, std::span<const Part> parts,
                            const IdSecret& ids, const ReportSink& sink) const;

  confine::Workers* workers_;
};

}  // namespace gavah::pipeline
