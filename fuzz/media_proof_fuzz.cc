// rooms: capture html media proof model base
// What a package of ProofMode says of its files.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/digest.h"
#include "capture/media_proof.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const gavah::Digest digest = gavah::sha256("a file");
  for (const std::string_view ending : {".proof.csv", ".proof.json"}) {
    gavah::capture::MediaProofs proofs;
    proofs.note(digest.hex() + std::string(ending), bytes);
    proofs.note_signature(digest.hex() + ".asc");
    const bool is_known = !proofs.hints_of(digest).empty();
    if (proofs.made(digest).has_value() && !is_known) std::abort();
    if (!proofs.missing().empty()) std::abort();
  }
  return 0;
}
