#pragma once

#include <string>
#include <string_view>

namespace gavah::capture {

/// What a WACZ's datapackage-digest.json is worth for the bytes of its datapackage.json.
struct WaczVerdict {
  enum class Kind {
    unsigned_package,  ///< a digest that anyone could have written
    anonymous,         ///< the signature holds under a key that the file itself brings
    domain,            ///< signature, certificate's chain, time-stamp and the ten minutes hold
    failed,            ///< something that it states does not hold
  };
  Kind kind = Kind::failed;
  std::string sentence;  ///< what it proves and what not, or what does not hold
};

/// Judges both shapes of "WACZ Signing and Verification" 0.1.0: anonymous (ECDSA over the text of the digest, SHA-256,
/// P-256 or P-384) and domain (the same by the key of a certificate for that domain, and an RFC 3161 time-stamp over
/// the signature, made at most ten minutes from `created`). No root is trusted and no revocation looked up: the
/// sentence names the certificates at the ends of the chains, and whom to trust stays the reader's. Any bytes, any
/// thread.
WaczVerdict judge_wacz_signature(std::string_view digest_json, std::string_view package);

}  // namespace gavah::capture
