// rooms: capture model base
// Posts and chats as one JSON document or one a line.
#include "read_and_walk.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  gavah::read_and_walk(bytes, "a.json");
  gavah::read_and_walk(bytes, "a.jsonl");
  return 0;
}
