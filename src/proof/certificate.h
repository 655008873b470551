#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/result.h"

namespace gavah::proof {

inline constexpr std::size_t kMaxCertificateBytes = 64 * 1024;  ///< DER; real ones have one or two KiB
inline constexpr std::size_t kMaxCertificates = 64;             ///< in one file or token; chains have two to five

/// An X.509 certificate as bytes. Nothing about it is checked, and having one says nothing about trusting it.
struct Certificate {
  std::string der;
  std::string subject;  ///< for people: "CN=Example TSA,O=Example" (RFC 2253)
  /// SHA-256 of the DER: how a pin names it.
  Digest digest() const { return sha256(der); }
  /// Exactly one certificate and nothing after it; invalid_input otherwise.
  static Result<Certificate> parse(std::string_view der);
  friend bool operator==(const Certificate&, const Certificate&) = default;
};

/// The certificates of a file: PEM blocks with anything between them, or one in DER. invalid_input when there is none,
/// one cannot be read, or there are more than kMaxCertificates.
Result<std::vector<Certificate>> certificates_from(std::string_view file);

}  // namespace gavah::proof
