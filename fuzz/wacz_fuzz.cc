// rooms: capture proof model base
// What describes a WACZ: its signature, the lines of its index and of its list of pages, digests as records write them.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "capture/archive_index.h"
#include "capture/record_digest.h"
#include "capture/wacz.h"
#include "capture/wacz_signature.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  constexpr std::string_view kPackage = R"({"profile":"data-package","resources":[]})";
  if (gavah::capture::judge_wacz_signature(bytes, kPackage).sentence.empty()) std::abort();
  (void)gavah::capture::parse_wacz_package(bytes);
  (void)gavah::capture::parse_wacz_index_line(bytes);
  (void)gavah::capture::parse_wacz_page(bytes);
  (void)gavah::capture::absolute_address("http://a.example/b", bytes);
  const std::string plain = gavah::capture::plain_digest(bytes);
  if (gavah::capture::plain_digest(plain) != plain) std::abort();
  return 0;
}
