// rooms: capture html model base
// Tar archives. Sums are put right, so that headers are read whatever the fuzzer writes.
#include "read_and_walk.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string bytes(reinterpret_cast<const char*>(data), size);
  for (std::size_t at = 0; at + 512 <= bytes.size(); at += 512) {
    if (std::string_view(bytes).substr(at + 257, 5) != "ustar") continue;
    bytes.replace(at + 148, 8, 8, ' ');
    unsigned sum = 0;
    for (std::size_t i = 0; i < 512; ++i) sum += static_cast<unsigned char>(bytes[at + i]);
    for (std::size_t digit = 0; digit < 6; ++digit) {
      bytes[at + 153 - digit] = static_cast<char>('0' + (sum >> (3 * digit) & 7U));
    }
  }
  gavah::read_and_walk(bytes, "a.tar");
  return 0;
}
