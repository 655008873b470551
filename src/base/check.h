#pragma once

namespace gavah {

/// Prints where and what to standard error and aborts. For our own mistakes only; bad input returns an Error.
[[noreturn]] void check_failed(const char* file, int line, const char* condition);

}  // namespace gavah

/// Holds in release builds too. Never for bad input.
#define GAVAH_CHECK(condition) \
  (static_cast<bool>(condition) ? static_cast<void>(0) : ::gavah::check_failed(__FILE__, __LINE__, #condition))
