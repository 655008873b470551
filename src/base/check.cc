#include "base/check.h"

#include <cstdio>
#include <cstdlib>

namespace gavah {

void check_failed(const char* file, int line, const char* condition) {
  std::fprintf(stderr, "gavah: a check failed, which is a mistake in the program: %s (%s:%d)\n", condition, file, line);
  std::abort();
}

}  // namespace gavah
