// rooms: capture model base
// The first byte chooses a name, the rest is the capture.
#include "read_and_walk.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  constexpr std::string_view kNames[] = {"", "a.html", "a.csv", "a.json", "a.jsonl", "a.txt", "a.gz", "a.warc"};
  if (bytes.empty()) return 0;
  gavah::read_and_walk(bytes.substr(1), kNames[data[0] % 8]);
  return 0;
}
