#pragma once

#include <cstddef>
#include <string>

#include "base/result.h"

namespace gavah::confine {

/// The system calls that a worker may make, as a program for the kernel's seccomp. All others end the process, but for
/// those by which libraries ask about files and the like: these are refused with an error, and do nothing.
class CallFilter {
 public:
  /// Compiles the table. unavailable when the library or architecture cannot.
  static Result<CallFilter> compile();
  /// Puts it on this thread and all it makes, for good. 0 or an errno. Allocates nothing.
  int apply() const;

 private:
  std::string program_;  ///< array of sock_filter
};

}  // namespace gavah::confine
