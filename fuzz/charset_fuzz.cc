// rooms: base
#include <array>
#include <cstddef>
#include <cstdint>

#include "base/charset.h"
#include "base/check.h"
#include "base/utf8.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::array<const char*, 8> kCharsets{"",         "utf-8",    "windows-1256", "windows-1252",
                                                 "utf-16le", "utf-16be", "gb18030",      "iso-2022-jp"};
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const char* charset = kCharsets[data[0] % kCharsets.size()];
  const gavah::Transcoded out = *charset == '\0' ? gavah::to_utf8(bytes, "") : *gavah::transcode(bytes, charset);
  GAVAH_CHECK(gavah::is_utf8(out.text));
  if (out.text.empty()) return 0;
  std::uint32_t past = 0;
  out.map.for_each_piece(0, static_cast<std::uint32_t>(out.text.size()),
                         [&](std::uint32_t from, std::uint32_t to, gavah::ByteRange source) {
                           GAVAH_CHECK(from == past && to > from && source.begin <= source.end);
                           past = to;
                         });
  GAVAH_CHECK(past == out.text.size());
  return 0;
}
