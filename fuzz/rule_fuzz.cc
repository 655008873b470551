// rooms: proof model base
// A rule, a manifest, a line of each kind: what is accepted is spelled exactly as it was read.
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "proof/proof.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gavah::proof;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto rule = Rule::parse(text)) GAVAH_CHECK(rule->canonical() == text);
  if (const auto manifest = Manifest::parse(text)) GAVAH_CHECK(manifest->text() == text);
  if (const auto line = list_line_from(text)) GAVAH_CHECK(to_json(*line) == text);
  if (const auto line = disposition_line_from(text)) GAVAH_CHECK(to_json(*line) == text);
  if (const auto change = change_from(text)) GAVAH_CHECK(to_json(*change) == text);
  if (const auto record = claim_record_from(text)) GAVAH_CHECK(to_json(*record) == text);
  if (const auto record = evidence_record_from(text)) GAVAH_CHECK(to_json(*record) == text);
  static_cast<void>(parse_record_line(text, LeafType::event));
  return 0;
}
