// rooms: capture model base
// Web archives, plain: records, headers, lengths, digests.
#include "read_and_walk.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  gavah::read_and_walk(bytes, "a.warc");
  return 0;
}
