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
/// The task of reading as a worker does it; `before_record` is called with the number of each record, member, post
/// or body (capture::ReadOptions::before_record) that is about to be read. For tests of what happens when that ends the
/// worker.
Result<void> read_inside(std::string_view request, confine::Inside& inside,
                         const std::function<void(std::uint64_t record)>& before_record);

/// What reading a file gave: the parts without their bytes. Chains and digests are kept, bytes are read again through
/// the chain when they are needed.
struct ReadParts {
  std::vector<Part> parts;
  capture::Container container;
};

/// Who takes the parts of a file, in order of their number from 0.
struct PartTaker {
  std::function<Result<void>(Part part)> take;
  /// Forget what was taken: the file is read anew, or is unreadable.
  std::function<Result<void>()> forget;
};

/// Where bytes from outside are parsed: in confined workers, or in this process where a person said so. Both give the
/// same. Any thread.
class Parser {
 public:
  /// Null: in this process. The workers know parsing_tasks(), and must outlive it.
  explicit Parser(confine::Workers* workers) : workers_(workers) {}

  /// capture::read. A file over which a worker was lost is unreadable, with the reason; single records of a web
  /// archive, members of an archive, posts of a JSON export and bodies of a mail that break their reader down are
  /// passed over, and it is said to be incomplete. With workers a digest is never the word of the one that read the
  /// file alone (CheckedParts). Memory does not grow with the number of parts. Errors are those of `bytes` and `parts`,
  /// and a mapping that is none.
  Result<capture::Container> read(const ByteSource& bytes, std::string_view name, const std::string& mapping,
                                  const PartTaker& parts) const;
  /// The same with the parts in memory.
  Result<ReadParts> read(const ByteSource& bytes, std::string_view name, const std::string& mapping) const;

  /// Takes the reports of one part.
  using ReportSink = std::function<Result<void>(const Part& part, std::vector<Report> reports)>;
  /// extract::extract of each part, in order, under `ids`; the secret stays here. A part over which a worker was lost,
  /// or whose bytes are not those of its digest, gives one hollow report, with the reason. Errors are those of the
  /// bytes: corrupt where they are not what was stored.
  Result<void> extract(const ByteSource& bytes, const Capture& capture, std::span<const Part> parts,
                       const IdSecret& ids, const ReportSink& sink) const;

 private:
  Result<capture::Container> read_here(const ByteSource& bytes, std::string_view name, const std::string& mapping,
                                       const PartTaker& parts) const;
  Result<capture::Container> read_confined(const ByteSource& bytes, std::string_view name, const std::string& mapping,
                                           const PartTaker& parts) const;
  Result<void> extract_here(const ByteSource& bytes, const Capture& capture, std::span<const Part> parts,
                            const IdSecret& ids, const ReportSink& sink) const;

  confine::Workers* workers_;
};

}  // namespace gavah::pipeline
