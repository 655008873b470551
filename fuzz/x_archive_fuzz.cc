// rooms: capture html model base
// Files of an X archive.
#include "read_and_walk.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  gavah::read_and_walk(bytes, "tweets.js");
  gavah::read_and_walk("window.YTD.tweets.part0 = " + std::string(bytes), "tweets.js");
  return 0;
}
