#pragma once

#include <vector>

#include "base/byte_source.h"
#include "base/result.h"
#include "capture/capture.h"
#include "confine/confine.h"
#include "model/capture.h"
#include "pipeline/parser.h"

namespace gavah::pipeline {

/// The task of a worker that walks parts' chains anew and says whether their digests hold.
inline constexpr std::string_view kCheckTask = "check";
Result<void> check_inside(std::string_view request, confine::Inside& inside);

/// Stands between a worker that read a file and who takes its parts, so that a digest which goes to the log is not that
/// worker's word alone. What lies in the file as it is, is hashed here. What lies packed is not unpacked in this
/// process: another worker, which reads no file, unpacks it and must find the same. One thread.
class CheckedParts {
 public:
  /// All must outlive it.
  CheckedParts(confine::Workers& workers, const ByteSource& bytes, const PartTaker& parts)
      : workers_(workers), bytes_(bytes), parts_(parts) {}

  /// As PartTaker::take; parts may wait until finish(). invalid_input, and is_false(), for a part that is not what was
  /// said of it. Errors of the bytes and of the taker.
  Result<void> take(Part part);
  Result<void> finish();
  Result<void> forget();
  bool is_false() const { return is_false_; }

 private:
  Result<void> hash(Part& part);
  Result<void> check_packed();
  void clear();
  std::unexpected<Error> refuse(std::string why);

  confine::Workers& workers_;
  const ByteSource& bytes_;
  const PartTaker& parts_;
  std::vector<Part> waiting_;        ///< from the first that lies packed on
  std::uint64_t waiting_bytes_ = 0;  ///< of what was said of those
  confine::FlatWriter order_;        ///< to check those that lie packed
  std::uint64_t hashed_bytes_ = 0;   ///< of parts that lie in the file as they are
  bool is_false_ = false;
};

}  // namespace gavah::pipeline
