#include "proof/certificate_chain.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <memory>
#include <vector>

namespace gavah::proof {
namespace {

constexpr int kLeastRsaBits = 2048;
constexpr int kMostRsaBits = 8192;

struct Release {
  void operator()(X509* value) const { X509_free(value); }
};
using OwnedX509 = std::unique_ptr<X509, Release>;

OwnedX509 x509_of(const Certificate& certificate) {
  const auto* at = reinterpret_cast<const unsigned char*>(certificate.der.data());
  OwnedX509 out(d2i_X509(nullptr, &at, static_cast<long>(certificate.der.size())));
  ERR_clear_error();
  return out;
}

std::string der_of(const X509_NAME* name) {
  unsigned char* bytes = nullptr;
  const int size = i2d_X509_NAME(name, &bytes);
  std::string out;
  if (size > 0) out.assign(reinterpret_cast<char*>(bytes), static_cast<std::size_t>(size));
  OPENSSL_free(bytes);
  return out;
}

bool is_known_curve(const EVP_PKEY* key) {
  std::array<char, 64> name{};
  std::size_t size = 0;
  if (EVP_PKEY_get_group_name(key, name.data(), name.size(), &size) != 1) return false;
  const std::string_view curve(name.data(), size);
  return curve == "prime256v1" || curve == "secp384r1" || curve == "secp521r1";
}

bool is_known_key(const X509& certificate) {
  const EVP_PKEY* key = X509_get0_pubkey(&certificate);
  if (key == nullptr) return false;
  const int bits = EVP_PKEY_get_bits(key);
  if (EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA) return bits >= kLeastRsaBits && bits <= kMostRsaBits;
  return EVP_PKEY_get_base_id(key) == EVP_PKEY_EC && is_known_curve(key);
}

bool is_known_signature(const X509& certificate) {
  constexpr std::array kKnown{NID_sha256WithRSAEncryption, NID_sha384WithRSAEncryption, NID_sha512WithRSAEncryption,
                              NID_ecdsa_with_SHA256,       NID_ecdsa_with_SHA384,       NID_ecdsa_with_SHA512};
  return std::ranges::find(kKnown, X509_get_signature_nid(&certificate)) != kKnown.end();
}

bool is_understood(const X509& certificate) {
  for (int i = 0; i < X509_get_ext_count(&certificate); ++i) {
    X509_EXTENSION* extension = X509_get_ext(&certificate, i);
    const int kind = OBJ_obj2nid(X509_EXTENSION_get_object(extension));
    const bool is_known = kind == NID_basic_constraints || kind == NID_key_usage || kind == NID_ext_key_usage;
    if (X509_EXTENSION_get_critical(extension) != 0 && !is_known) return false;
  }
  return true;
}

bool is_valid_at(const X509& certificate, Instant when) {
  std::time_t seconds = when.seconds;
  return X509_cmp_time(X509_get0_notBefore(&certificate), &seconds) < 0 &&
         X509_cmp_time(X509_get0_notAfter(&certificate), &seconds) > 0;
}

/// May stand above another certificate, with so many authorities between it and the signer.
bool may_issue(X509& certificate, std::size_t authorities_below) {
  const std::uint32_t flags = X509_get_extension_flags(&certificate);
  if ((flags & EXFLAG_CA) == 0 || (flags & EXFLAG_INVALID) != 0 || !is_understood(certificate)) return false;
  const long limit = X509_get_pathlen(&certificate);
  if (limit >= 0 && authorities_below > static_cast<std::size_t>(limit)) return false;
  return (X509_get_key_usage(&certificate) & KU_KEY_CERT_SIGN) != 0;  // all bits when it has no key usage
}

/// Climbs from a signer to what is trusted.
class Climb {
 public:
  Climb(const Certificate& anchor, std::span<const Certificate> all, Instant when)
      : anchor_(anchor), all_(all), when_(when) {}

  bool from(const Certificate& certificate) {
    const OwnedX509 at = x509_of(certificate);
    if (!at || !is_valid_at(*at, when_)) return false;
    if (certificate.der == anchor_.der) return true;
    if (path_.size() > kMaxChainAbove) return false;
    path_.push_back(certificate.der);
    const bool found = std::ranges::any_of(all_, [&](const Certificate& above) { return is_above(above, *at); });
    path_.pop_back();
    return found;
  }

 private:
  bool is_above(const Certificate& above, X509& below) {
    const OwnedX509 issuer = x509_of(above);
    if (!issuer || der_of(X509_get_subject_name(issuer.get())) != der_of(X509_get_issuer_name(&below))) return false;
    if (std::ranges::find(path_, above.der) != path_.end() || ++tries_ > kMaxChainTries) return false;
    const bool is_link = may_issue(*issuer, path_.size() - 1) && is_known_signature(below) && is_known_key(*issuer) &&
                         X509_verify(&below, X509_get0_pubkey(issuer.get())) == 1;
    ERR_clear_error();
    return is_link && from(above);
  }

  const Certificate& anchor_;
  std::span<const Certificate> all_;
  Instant when_;
  std::vector<std::string> path_;
  std::size_t tries_ = 0;
};

}  // namespace

Result<void> check_key(const Certificate& certificate) {
  const OwnedX509 parsed = x509_of(certificate);
  const bool holds = parsed && is_known_key(*parsed);
  ERR_clear_error();
  if (holds) return {};
  return fail(ErrorCode::invalid_input, "a key is neither RSA of 2048 to 8192 bits nor on P-256, P-384 or P-521");
}

bool is_understood(const Certificate& certificate) {
  const OwnedX509 parsed = x509_of(certificate);
  return parsed && is_understood(*parsed);
}

Result<void> check_validity(const Certificate& certificate, Instant when) {
  const OwnedX509 parsed = x509_of(certificate);
  if (parsed && is_valid_at(*parsed, when)) return {};
  std::time_t seconds = when.seconds;
  const bool is_early = parsed && X509_cmp_time(X509_get0_notBefore(parsed.get()), &seconds) > 0;
  return fail(ErrorCode::invalid_input, is_early ? "the certificate was not valid yet" : "the certificate has expired");
}

bool leads_to(const Certificate& signer, const Certificate& anchor, std::span<const Certificate> all, Instant when) {
  return Climb(anchor, all, when).from(signer);
}

}  // namespace gavah::proof
