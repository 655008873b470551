// rooms: capture html media proof model base
// Web archives packed by zstd, with dictionaries and without.
#include "read_and_walk.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  gavah::read_and_walk(bytes, "a.warc.zst");
  gavah::read_and_walk("\x28\xb5\x2f\xfd" + std::string(bytes), "a.warc.zst");
  return 0;
}
