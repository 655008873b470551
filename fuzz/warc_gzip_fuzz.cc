// rooms: capture model base
// Web archives cut into gzip members: damage, cuts, resynchronising.
#include "read_and_walk.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  std::string archive("\x1f\x8b\x08", 3);
  archive += bytes;
  gavah::read_and_walk(archive, "a.warc.gz");
  return 0;
}
