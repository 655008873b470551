#include "capture/wacz_signature.h"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>
#include <optional>

#include "base/bytes.h"
#include "base/digest.h"
#include "base/format.h"
#include "base/instant.h"
#include "base/json.h"
#include "proof/proof.h"

namespace gavah::capture {
namespace {

using proof::Certificate;

constexpr std::int64_t kMostSecondsApart = 600;  // WACZ Signing and Verification 0.1.0: created and time-stamp
constexpr std::size_t kMaxSignatureBytes = 1024;

struct Release {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(ECDSA_SIG* signature) const { ECDSA_SIG_free(signature); }
};
using Key = std::unique_ptr<EVP_PKEY, Release>;
using OwnedX509 = std::unique_ptr<X509, Release>;

const unsigned char* octets(std::string_view bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }

/// ECDSA as browsers write it, two numbers of equal size, in DER.
std::string der_signature(std::string_view signature) {
  const std::unique_ptr<ECDSA_SIG, Release> out(ECDSA_SIG_new());
  const auto half = static_cast<int>(signature.size() / 2);
  BIGNUM* r = BN_bin2bn(octets(signature), half, nullptr);
  BIGNUM* s = BN_bin2bn(octets(signature) + half, half, nullptr);
  if (out == nullptr || ECDSA_SIG_set0(out.get(), r, s) != 1) {
    BN_free(r);
    BN_free(s);
    return {};
  }
  unsigned char* der = nullptr;
  const int size = i2d_ECDSA_SIG(out.get(), &der);
  std::string bytes(reinterpret_cast<const char*>(der), size > 0 ? static_cast<std::size_t>(size) : 0);
  OPENSSL_free(der);
  return bytes;
}

/// Both spellings of ECDSA, and RSA (PKCS #1 v1.5) where a certificate has such a key; SHA-256.
bool holds(EVP_PKEY* key, std::string_view message, std::string_view signature) {
  const auto verify = [&](std::string_view der) {
    const std::unique_ptr<EVP_MD_CTX, Release> context(EVP_MD_CTX_new());
    return context != nullptr && EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key) == 1 &&
           EVP_DigestVerify(context.get(), octets(der), der.size(), octets(message), message.size()) == 1;
  };
  if (verify(signature)) return true;
  const std::size_t field_bytes = (static_cast<std::size_t>(EVP_PKEY_get_bits(key)) + 7) / 8;
  const bool is_plain = EVP_PKEY_get_base_id(key) == EVP_PKEY_EC && signature.size() == 2 * field_bytes;
  return is_plain && verify(der_signature(signature));
}

struct Signed {
  std::string hash;
  std::string signature;  // as bytes
  std::string signature_text;
  std::optional<Instant> created;
};

WaczVerdict failed(std::string sentence) { return {WaczVerdict::Kind::failed, std::move(sentence)}; }

WaczVerdict judge_anonymous(const Signed& what, std::string_view key_text) {
  const auto key_bytes = from_base64(key_text);
  const unsigned char* at = key_bytes ? octets(*key_bytes) : nullptr;
  const Key key(key_bytes ? d2i_PUBKEY(nullptr, &at, static_cast<long>(key_bytes->size())) : nullptr);
  if (key == nullptr) return failed("its signature names a key that cannot be read");
  if (!holds(key.get(), what.hash, what.signature))
    return failed("its signature does not hold under the key that it names");
  return {
      WaczVerdict::Kind::anonymous,
      format("signed by the key with SHA-256 {}: the package is as that key's holder left it; the file does not prove "
             "who that is, nor when{}",
             sha256(*key_bytes).hex(), what.created ? format(" (it says {})", what.created->text()) : std::string())};
}

bool is_for(const Certificate& certificate, std::string_view domain) {
  const unsigned char* at = octets(certificate.der);
  const OwnedX509 parsed(d2i_X509(nullptr, &at, static_cast<long>(certificate.der.size())));
  return parsed != nullptr && X509_check_host(parsed.get(), domain.data(), domain.size(), 0, nullptr) == 1;
}

bool signed_by(const Certificate& certificate, const Signed& what) {
  const unsigned char* at = octets(certificate.der);
  const OwnedX509 parsed(d2i_X509(nullptr, &at, static_cast<long>(certificate.der.size())));
  EVP_PKEY* key = parsed != nullptr ? X509_get0_pubkey(parsed.get()) : nullptr;
  return key != nullptr && holds(key, what.hash, what.signature);
}

/// The highest certificate of the list that the first one's chain reaches.
const Certificate& top_of(std::span<const Certificate> chain, Instant when) {
  for (std::size_t i = chain.size(); i > 1; --i) {
    if (proof::leads_to(chain.front(), chain[i - 1], chain, when)) return chain[i - 1];
  }
  return chain.front();
}

WaczVerdict judge_domain(const Signed& what, const Json& data) {
  const std::string_view domain = data.text_of("domain");
  const auto chain = proof::certificates_from(data.text_of("domainCert"));
  if (!chain) return failed(format("the certificate of {} cannot be read", domain));
  if (!signed_by(chain->front(), what))
    return failed(format("its signature does not hold under the certificate of {}", domain));
  if (!is_for(chain->front(), domain)) return failed(format("its certificate is not one for {}", domain));
  const auto response = from_base64(data.text_of("timeSignature"));
  const auto token =
      response ? proof::token_from_response(*response) : Result<std::string>(std::unexpected(response.error()));
  if (!token) return failed("its time-stamp cannot be read");
  const auto authorities = proof::certificates_from(data.text_of("timestampCert"));
  const auto time = proof::check_time_token_alone(
      *token, what.signature_text,
      authorities ? std::span<const Certificate>(*authorities) : std::span<const Certificate>());
  if (!time) return failed(format("its time-stamp does not hold: {}", time.error().sentence()));
  if (!what.created) return failed("it does not say when it was signed");
  const std::int64_t apart = time->at.seconds - what.created->seconds;
  if (apart > kMostSecondsApart || apart < -kMostSecondsApart) {
    return failed(
        format("it says that it was signed at {}, but its time-stamp is of {}", what.created->text(), time->at.text()));
  }
  if (const auto valid = proof::check_validity(chain->front(), time->at); !valid) {
    return failed(format("its certificate for {} was not valid at {}", domain, time->at.text()));
  }
  const Certificate& top = top_of(*chain, time->at);
  const std::string above = top == chain->front() ? "a certificate that names no certificate above it here"
                                                  : format("a certificate whose chain reaches '{}'", top.subject);
  return {
      WaczVerdict::Kind::domain,
      format("signed for {} by the key of {} and there at {} as '{}' says: whoever trusts both knows that the package "
             "is as that domain's holder left it then; neither is trusted by this reading, and nothing is said of how "
             "true the pages are",
             domain, above, time->at.text(), time->signer.subject)};
}

}  // namespace

WaczVerdict judge_wacz_signature(std::string_view digest_json, std::string_view package) {
  const auto json = Json::parse(digest_json);
  if (!json) return failed("datapackage-digest.json cannot be read");
  const std::string hash = format("sha256:{}", sha256(package).hex());
  if (json->text_of("hash") != hash) return failed("datapackage.json is not what datapackage-digest.json states");
  const Json* data = json->find("signedData");
  if (data == nullptr) {
    return {WaczVerdict::Kind::unsigned_package,
            "not signed: its digests show damage, but anyone could have written them"};
  }
  if (data->text_of("hash") != hash) return failed("what was signed is not this datapackage.json");
  Signed what;
  what.hash = hash;
  what.signature_text = data->text_of("signature");
  const auto signature = from_base64(what.signature_text);
  if (!signature || signature->empty() || signature->size() > kMaxSignatureBytes)
    return failed("its signature cannot be read");
  what.signature = *signature;
  if (const auto created = Instant::parse(data->text_of("created"))) what.created = *created;
  if (data->find("domain") != nullptr) return judge_domain(what, *data);
  return judge_anonymous(what, data->text_of("publicKey"));
}

}  // namespace gavah::capture
