// rooms: proof model base
#include "base/check.h"
#include "proof/time_token.h"

/// A response, a token or a file of certificates from anyone: what is read is read again the same, and nothing that no
/// authority vouches for is believed.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gavah::proof;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto token = token_from_response(bytes);
  if (token) {
    GAVAH_CHECK(token_from_response(*token).value() == *token);
    const auto says = TimeToken::parse(*token);
    if (says) GAVAH_CHECK(says->not_after >= says->at);
    GAVAH_CHECK(!check_time_token(*token, "bytes", {}));
  }
  const auto certificates = certificates_from(bytes);
  if (certificates) {
    for (const Certificate& each : *certificates) GAVAH_CHECK(Certificate::parse(each.der).value() == each);
  }
  return 0;
}
