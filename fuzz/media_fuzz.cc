// rooms: media base
// What pictures and films say of themselves.
#include <cstdint>
#include <string_view>

#include "media/media.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto facts = gavah::media::facts_of({reinterpret_cast<const char*>(data), size});
  for (const auto& [key, value] : facts) {
    if (value.size() > 1000) __builtin_trap();
  }
  return 0;
}
