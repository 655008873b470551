// rooms: capture model base
// Chats exported as text.
#include "read_and_walk.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // Two heads first, so that whatever follows is read as a chat.
  const std::string chat = "13/05/31, 20:49 - Mina: a\n[14/05/31, 20:49:10] Mina: b\n" +
                           std::string(reinterpret_cast<const char*>(data), size);
  gavah::read_and_walk(chat, "_chat.txt");
  return 0;
}
