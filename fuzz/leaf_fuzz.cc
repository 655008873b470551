// rooms: proof model base
#include "base/check.h"
#include "proof/leaf.h"

/// What parses is written back as the same bytes.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto leaf = gavah::proof::parse_leaf(bytes);
  if (leaf) {
    const auto again = gavah::proof::leaf_bytes(*leaf);
    GAVAH_CHECK(again.has_value() && *again == bytes);
  }
  return 0;
}
