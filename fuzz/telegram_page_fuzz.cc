// rooms: capture html model base
// Chats that Telegram Desktop exported as HTML.
#include "read_and_walk.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string page =
      "<html><div class=\"page_wrap\"><div class=\"text bold\">Docks</div><div class=\"history\">" +
      std::string(reinterpret_cast<const char*>(data), size);
  gavah::read_and_walk(page, "messages.html");
  return 0;
}
