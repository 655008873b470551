// rooms: proof model base
#include "base/check.h"
#include "proof/ots_proof.h"

/// What parses stays within the limits that the format states.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gavah::proof;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto proof = OtsProof::parse(bytes);
  if (proof) {
    GAVAH_CHECK(!proof->attestations.empty() && proof->attestations.size() <= kMaxOtsSteps);
    for (const OtsAttestation& attestation : proof->attestations) {
      GAVAH_CHECK(attestation.message.size() <= kMaxOtsMessageBytes);
      GAVAH_CHECK(attestation.calendar.size() <= kMaxCalendarAddressBytes);
    }
  }
  const auto header = BlockHeader::parse(bytes);
  if (header) GAVAH_CHECK(header->merkle_root.size() == 32);
  return 0;
}
