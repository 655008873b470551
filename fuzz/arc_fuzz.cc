// rooms: capture model base
// ARC records.
#include "read_and_walk.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  gavah::read_and_walk(std::string("filedesc://a 0 20310101000000 text/plain 0\n").append(bytes), "a.arc");
  return 0;
}
