#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/instant.h"
#include "base/result.h"
#include "proof/certificate.h"

namespace gavah::proof {

// RFC 3161 time stamps (with RFC 5816's ESSCertIDv2): a token says that a time-stamping authority saw the hash of some
// bytes at an instant. Pure: no clock and no store of trusted roots; whom to trust comes from the reader's pin.

/// A token or response longer than this is refused: real ones have one to ten KiB.
inline constexpr std::size_t kMaxTokenBytes = 1U << 20;

/// A TimeStampReq in DER for bytes with that SHA-256: version 1, no policy, no nonce, certificates asked for. The same
/// digest gives the same bytes: what is asked for is a time at which the bytes were there, and an older answer proves
/// more.
std::string time_request(const Digest& sha256_of_bytes);

/// The token (a CMS ContentInfo) in a TimeStampResp, byte for byte; a token is given back as it is. invalid_input for
/// anything else, refused with the authority's words when it did not grant one.
Result<std::string> token_from_response(std::string_view response);

/// What a token says. Nothing is checked.
struct TimeToken {
  std::string imprint_algorithm;          ///< "SHA256", "SHA384" or "SHA512"; others are refused
  std::string imprint;                    ///< the hash, as bytes
  Instant at;                             ///< genTime, fractions dropped
  Instant not_after;                      ///< genTime and the accuracy that is stated, both rounded up to seconds
  std::string serial;                     ///< hexadecimal, of the token
  std::string policy;                     ///< dotted numbers
  std::string issuer;                     ///< of the signer's certificate, with its serial, as the token names it
  std::vector<Certificate> certificates;  ///< that travel inside, in their order; anyone may have put them there
  /// invalid_input unless it is signed data with exactly one signer over a TSTInfo of version 1.
  static Result<TimeToken> parse(std::string_view token);
};

/// An authority that the reader trusts: by a certificate, its signer's own or one above it.
struct TimeAuthority {
  std::string name;    ///< the reader's word for it
  Digest certificate;  ///< SHA-256 of its DER
  friend bool operator==(const TimeAuthority&, const TimeAuthority&) = default;
};

/// A token that holds.
struct CheckedTime {
  Instant at;
  Instant not_after;      ///< the bytes were there at this instant
  std::string authority;  ///< name of the first of `authorities` that vouches for the signer
  Certificate signer;
};

/// Checks a token over `bytes`. The signer's certificate is the one, among those in the token and `more`, that has the
/// issuer and serial that SignerInfo names *and* the hash that the signed attribute ESSCertID(v2) names; what else is
/// in the token is never taken for the signer. Its extended key usage is critical and time stamping alone. Signature
/// and digests hold; the certificate's chain, built from what the token and `more` hold, ends at a certificate that one
/// of `authorities` names, each link valid at genTime (no revocation is looked up). The imprint is that of `bytes`.
/// invalid_input names what does not hold; refused when all does but no authority vouches for the signer.
Result<CheckedTime> check_time_token(std::string_view token, std::string_view bytes,
                                     std::span<const TimeAuthority> authorities,
                                     std::span<const Certificate> more = {});

/// check_time_token() but for whom to trust: the signer vouches for itself. What a desk checks before it keeps a token.
Result<CheckedTime> check_time_token_alone(std::string_view token, std::string_view bytes,
                                           std::span<const Certificate> more = {});

}  // namespace gavah::proof
