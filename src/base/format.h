#pragma once

// The one door to fmt, which stands in for std::format until both compilers have it.
#include <fmt/format.h>

namespace gavah {
using fmt::format;
}  // namespace gavah
