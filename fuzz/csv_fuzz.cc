// rooms: capture model base
// Tables, with and without a mapping.
#include "read_and_walk.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  gavah::read_and_walk(bytes, "a.csv");
  gavah::read_and_walk(std::string("a;b\n").append(bytes), "a.csv", R"({"columns":{"text":"a"},"delimiter":";"})");
  gavah::capture::csv_cells(bytes, ',');
  return 0;
}
