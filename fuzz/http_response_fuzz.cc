// rooms: capture model base
// The block of a WARC response: HTTP header, chunks, content codings.
#include "read_and_walk.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  std::string record = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nContent-Length: " +
                       std::to_string(size) + "\r\n\r\nHTTP/1.1 200 OK\r\n";
  gavah::read_and_walk(record.append(bytes), "a.warc");
  return 0;
}
