#pragma once

#include <span>

#include "base/instant.h"
#include "proof/certificate.h"

namespace gavah::proof {

inline constexpr std::size_t kMaxChainAbove = 8;    ///< certificates above the signer's; chains have one to three
inline constexpr std::size_t kMaxChainTries = 256;  ///< signatures looked at for one chain

/// What spec/time.md asks of the key of a certificate: RSA of 2048 to 8192 bits, or on P-256, P-384 or P-521.
/// invalid_input otherwise.
Result<void> check_key(const Certificate& certificate);

/// Whether a certificate has no critical extension but basicConstraints, keyUsage and extendedKeyUsage.
bool is_understood(const Certificate& certificate);

/// Whether a certificate is valid then: from notBefore on, and before notAfter. invalid_input says which it is not.
Result<void> check_validity(const Certificate& certificate, Instant when);

/// Whether certificates of `all` lead from `signer` up to `anchor` as spec/time.md says: issuers by the bytes of their
/// names, signatures by known algorithms, authorities that may sign certificates, each valid at that instant.
bool leads_to(const Certificate& signer, const Certificate& anchor, std::span<const Certificate> all, Instant when);

}  // namespace gavah::proof
