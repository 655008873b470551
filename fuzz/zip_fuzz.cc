// rooms: capture model base
// ZIP and WACZ: directory, entries, nesting, package.
#include "read_and_walk.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  gavah::read_and_walk(bytes, "a.wacz");
  return 0;
}
