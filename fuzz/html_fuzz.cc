// rooms: html model base
#include <cstddef>
#include <cstdint>

#include "base/charset.h"
#include "base/check.h"
#include "html/document_builder.h"
#include "html/html.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const gavah::Transcoded page = gavah::to_utf8(bytes, "utf-8");
  for (const bool flat : {false, true}) {
    const auto document = flat ? gavah::html::flat_tree(page.text) : gavah::html::parse(page.text);
    for (gavah::html::NodeIndex i = 0; i < document.nodes().size(); ++i) {
      std::uint32_t at = document[i].text.begin;
      for (const auto& piece : document.pieces(i)) {
        GAVAH_CHECK(piece.text.begin == at && piece.source.end <= page.text.size());
        at = piece.text.end;
      }
    }
  }
  return 0;
}
