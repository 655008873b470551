// rooms: capture html model base
// Pages saved as MHTML, and e-mails.
#include "read_and_walk.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  gavah::read_and_walk(bytes, "a.mht");
  gavah::read_and_walk("From: a\nDate: b\nContent-Type: multipart/related; boundary=b\n\n--b\n" + std::string(bytes),
                       "a");
  return 0;
}
