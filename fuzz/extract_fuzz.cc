// rooms: extract html text model base
#include <array>
#include <cstddef>
#include <cstdint>

#include "base/check.h"
#include "base/utf8.h"
#include "extract/extract.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr auto kFormats = std::to_array<const char*>(
      {"html", "text", "x-v1", "x-v2", "telegram", "csv-row", "bluesky", "activity", "chat-line", "meta-message",
       "telegram-page", "x-note", "mastodon-status", "meta-post", "video-info", "video-comment", "signal"});
  if (size == 0) return 0;
  gavah::Capture capture;
  gavah::Part part;
  part.format = kFormats[data[0] % kFormats.size()];
  part.hints = {{"words", "24"},
                {"author_handle", "quay"},
                {"day", "2031-05-03"},
                {"mapping", R"({"columns":{"text":"a","date":"b","place":"c"},"delimiter":","})"},
                {"header", R"(["a","b","c"])"}};
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  for (const auto& report : gavah::extract::extract({capture, part, bytes}, gavah::IdSecret{})) {
    GAVAH_CHECK(gavah::is_utf8(report.text));
    std::uint32_t past = 0;
    for (const auto& piece : report.map) {
      GAVAH_CHECK(piece.text.begin >= past && piece.text.end <= report.text.size());
      GAVAH_CHECK(piece.source.begin <= piece.source.end && piece.source.end <= bytes.size());
      past = piece.text.end;
    }
    for (const auto& relation : report.relations) {
      GAVAH_CHECK(!relation.span || relation.span->end <= report.text.size());
    }
  }
  return 0;
}
