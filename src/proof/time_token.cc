#include "proof/time_token.h"

#include <openssl/asn1.h>
#include <openssl/err.h>
#include <openssl/ess.h>
#include <openssl/evp.h>
#include <openssl/pkcs7.h>
#include <openssl/ts.h>
#include <openssl/x509v3.h>

#include <array>
#include <ctime>
#include <memory>

#include "base/bytes.h"
#include "base/check.h"
#include "base/format.h"
#include "proof/certificate_chain.h"
#include "proof/der.h"

namespace gavah::proof {
namespace {

struct Release {
  void operator()(PKCS7* value) const { PKCS7_free(value); }
  void operator()(TS_REQ* value) const { TS_REQ_free(value); }
  void operator()(TS_RESP* value) const { TS_RESP_free(value); }
  void operator()(TS_TST_INFO* value) const { TS_TST_INFO_free(value); }
  void operator()(TS_MSG_IMPRINT* value) const { TS_MSG_IMPRINT_free(value); }
  void operator()(BIO* value) const { BIO_free_all(value); }
  void operator()(X509* value) const { X509_free(value); }
  void operator()(X509_ALGOR* value) const { X509_ALGOR_free(value); }
  void operator()(EXTENDED_KEY_USAGE* value) const { EXTENDED_KEY_USAGE_free(value); }
  void operator()(ESS_SIGNING_CERT* value) const { ESS_SIGNING_CERT_free(value); }
  void operator()(ESS_SIGNING_CERT_V2* value) const { ESS_SIGNING_CERT_V2_free(value); }
  void operator()(STACK_OF(X509) * value) const { sk_X509_pop_free(value, X509_free); }
  void operator()(BIGNUM* value) const { BN_free(value); }
  void operator()(char* value) const { OPENSSL_free(value); }
};
template <class T>
using Owned = std::unique_ptr<T, Release>;

std::unexpected<Error> bad(std::string why) {
  ERR_clear_error();
  return fail(ErrorCode::invalid_input, std::move(why));
}

const unsigned char* data_of(std::string_view bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }

/// Parses all of `bytes` with one of OpenSSL's d2i functions.
template <class T, class Parse>
Owned<T> parse_all(std::string_view bytes, Parse parse) {
  if (bytes.size() > kMaxTokenBytes) return nullptr;
  const unsigned char* at = data_of(bytes);
  Owned<T> out(parse(nullptr, &at, static_cast<long>(bytes.size())));
  ERR_clear_error();
  return at == data_of(bytes) + bytes.size() ? std::move(out) : nullptr;
}

std::string hex_of(const ASN1_INTEGER* value) {
  const Owned<BIGNUM> number(ASN1_INTEGER_to_BN(value, nullptr));
  const Owned<char> text(number ? BN_bn2hex(number.get()) : nullptr);
  ERR_clear_error();
  return text ? std::string(text.get()) : std::string();
}

std::string text_of(const ASN1_OBJECT* object) {
  std::array<char, 128> out{};
  const int size = OBJ_obj2txt(out.data(), out.size(), object, 1);
  return size > 0 ? std::string(out.data()) : std::string();
}

std::string text_of(const X509_NAME* name) {
  const Owned<char> text(X509_NAME_oneline(name, nullptr, 0));
  return text ? std::string(text.get()) : std::string();
}

/// "20310504103000.25Z": the seconds, and whether something is cut off.
struct GeneralTime {
  Instant at;
  bool has_fraction = false;
};
Result<GeneralTime> general_time(const ASN1_GENERALIZEDTIME* time) {
  const std::string_view text(reinterpret_cast<const char*>(ASN1_STRING_get0_data(time)),
                              static_cast<std::size_t>(ASN1_STRING_length(time)));
  std::tm parts{};
  if (text.size() < 15 || text.back() != 'Z' || ASN1_TIME_to_tm(time, &parts) != 1) {
    return bad("the token's time is not in UTC with seconds");
  }
  GAVAH_ASSIGN(const Day day, Day::make(parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday));
  const Instant at{Instant::at_start_of(day).seconds + parts.tm_hour * 3600 + parts.tm_min * 60 + parts.tm_sec};
  return GeneralTime{at, text.size() > 15};
}

/// Seconds of a stated accuracy, rounded up; accuracies beyond a day are refused as no statement at all.
constexpr std::int64_t kMaxAccuracySeconds = 86'400;
Result<std::int64_t> accuracy_seconds(TS_ACCURACY* accuracy) {
  if (accuracy == nullptr) return 0;
  std::int64_t seconds = 0;
  if (const auto* whole = TS_ACCURACY_get_seconds(accuracy)) {
    if (ASN1_INTEGER_get_int64(&seconds, whole) != 1 || seconds < 0 || seconds > kMaxAccuracySeconds) {
      return bad("the token's accuracy is no number of seconds within a day");
    }
  }
  const bool has_part = TS_ACCURACY_get_millis(accuracy) != nullptr || TS_ACCURACY_get_micros(accuracy) != nullptr;
  return seconds + (has_part ? 1 : 0);
}

/// Signed data with one signer, and what it signs.
struct Parsed {
  Owned<PKCS7> token;
  Owned<TS_TST_INFO> info;
  PKCS7_SIGNER_INFO* signer = nullptr;  ///< within `token`
};

Result<Parsed> parse_token(std::string_view bytes) {
  Parsed out;
  GAVAH_TRY_AS(check_der(bytes), "that is no time-stamp token");
  out.token = parse_all<PKCS7>(bytes, d2i_PKCS7);
  if (!out.token || !PKCS7_type_is_signed(out.token.get())) return bad("that is no time-stamp token");
  STACK_OF(PKCS7_SIGNER_INFO)* signers = PKCS7_get_signer_info(out.token.get());
  if (sk_PKCS7_SIGNER_INFO_num(signers) != 1) return bad("a time-stamp token has exactly one signer");
  out.signer = sk_PKCS7_SIGNER_INFO_value(signers, 0);
  out.info.reset(PKCS7_to_TS_TST_INFO(out.token.get()));
  if (!out.info) return bad("the signed data holds no TSTInfo");
  const ASN1_OCTET_STRING* content = out.token->d.sign->contents->d.other->value.octet_string;
  GAVAH_TRY_AS(check_der({reinterpret_cast<const char*>(ASN1_STRING_get0_data(content)),
                          static_cast<std::size_t>(ASN1_STRING_length(content))}),
               "reading the TSTInfo");
  if (TS_TST_INFO_get_version(out.info.get()) != 1) return bad("the TSTInfo is not of version 1");
  return out;
}

Result<std::vector<Certificate>> certificates_in(const PKCS7& token) {
  std::vector<Certificate> out;
  const STACK_OF(X509)* stack = token.d.sign->cert;
  if (sk_X509_num(stack) > static_cast<int>(kMaxCertificates)) return bad("the token holds too many certificates");
  for (int i = 0; i < sk_X509_num(stack); ++i) {
    unsigned char* der = nullptr;
    const int size = i2d_X509(sk_X509_value(stack, i), &der);
    if (size <= 0) return bad("the token holds a certificate that cannot be read");
    const Owned<char> owned(reinterpret_cast<char*>(der));
    GAVAH_ASSIGN(Certificate certificate, Certificate::parse({owned.get(), static_cast<std::size_t>(size)}));
    out.push_back(std::move(certificate));
  }
  return out;
}

const EVP_MD* digest_named(std::string_view name) {
  if (name == "SHA256") return EVP_sha256();
  if (name == "SHA384") return EVP_sha384();
  return name == "SHA512" ? EVP_sha512() : nullptr;
}

std::string digest_of(std::string_view bytes, std::string_view algorithm) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
  unsigned size = 0;
  const EVP_MD* type = digest_named(algorithm);
  GAVAH_CHECK(type != nullptr && EVP_Digest(bytes.data(), bytes.size(), out.data(), &size, type, nullptr) == 1);
  return {reinterpret_cast<const char*>(out.data()), size};
}

Owned<X509> x509_of(const Certificate& certificate) { return parse_all<X509>(certificate.der, d2i_X509); }

/// Owning copies of all of them, `first` foremost.
Owned<STACK_OF(X509)> stack_of(const Certificate* first, std::span<const Certificate> rest) {
  Owned<STACK_OF(X509)> out(sk_X509_new_null());
  const auto push = [&](const Certificate& certificate) {
    Owned<X509> copy = x509_of(certificate);
    if (copy && sk_X509_push(out.get(), copy.get()) > 0) copy.release();  // now the stack's
  };
  if (first != nullptr) push(*first);
  for (const Certificate& certificate : rest) push(certificate);
  return out;
}

/// A signed attribute's value as a structure.
template <class T, class Parse>
Owned<T> signed_attribute(const PKCS7_SIGNER_INFO* signer, int nid, Parse parse) {
  const ASN1_TYPE* value = PKCS7_get_signed_attribute(signer, nid);
  if (value == nullptr || value->type != V_ASN1_SEQUENCE) return nullptr;
  return parse_all<T>({reinterpret_cast<const char*>(value->value.sequence->data),
                       static_cast<std::size_t>(value->value.sequence->length)},
                      parse);
}

/// Whether the signed attributes ESSCertID or ESSCertIDv2 name this certificate first, and any others they name are
/// there too.
bool is_named_by_ess(const PKCS7_SIGNER_INFO* signer, const Certificate& candidate, std::span<const Certificate> all) {
  const auto v1 = signed_attribute<ESS_SIGNING_CERT>(signer, NID_id_smime_aa_signingCertificate, d2i_ESS_SIGNING_CERT);
  const auto v2 =
      signed_attribute<ESS_SIGNING_CERT_V2>(signer, NID_id_smime_aa_signingCertificateV2, d2i_ESS_SIGNING_CERT_V2);
  const auto chain = stack_of(&candidate, all);
  const int matches = OSSL_ESS_check_signing_certs(v1.get(), v2.get(), chain.get(), 1);
  ERR_clear_error();
  return matches > 0;
}

std::string der_of(const X509_NAME* name) {
  unsigned char* bytes = nullptr;
  const int size = i2d_X509_NAME(name, &bytes);
  const Owned<char> owned(reinterpret_cast<char*>(bytes));
  return size > 0 ? std::string(owned.get(), static_cast<std::size_t>(size)) : std::string();
}

/// The signer's certificate by issuer, serial and ESSCertID.
Result<Certificate> find_signer(const PKCS7_SIGNER_INFO* signer, std::span<const Certificate> all) {
  bool is_there = false;
  for (const Certificate& candidate : all) {
    const Owned<X509> certificate = x509_of(candidate);
    if (!certificate) continue;
    const bool has_name =
        der_of(X509_get_issuer_name(certificate.get())) == der_of(signer->issuer_and_serial->issuer) &&
        ASN1_INTEGER_cmp(X509_get0_serialNumber(certificate.get()), signer->issuer_and_serial->serial) == 0;
    if (!has_name) continue;
    is_there = true;
    if (is_named_by_ess(signer, candidate, all)) return candidate;
  }
  return bad(is_there ? "no certificate has both the signer's issuer and serial and the hash in ESSCertID"
                      : "the signer's certificate is neither in the token nor given");
}

/// RFC 3161 section 2.3.
Result<void> check_usage(const Certificate& signer) {
  const Owned<X509> certificate = x509_of(signer);
  int critical = -1;
  const Owned<EXTENDED_KEY_USAGE> usage(
      static_cast<EXTENDED_KEY_USAGE*>(X509_get_ext_d2i(certificate.get(), NID_ext_key_usage, &critical, nullptr)));
  ERR_clear_error();
  const bool is_sole = usage && sk_ASN1_OBJECT_num(usage.get()) == 1 &&
                       OBJ_obj2nid(sk_ASN1_OBJECT_value(usage.get(), 0)) == NID_time_stamp;
  if (!is_sole || critical != 1) {
    return bad("the signer's certificate is not for time stamping alone, and critically so");
  }
  const std::uint32_t key_usage = X509_get_key_usage(certificate.get());
  constexpr std::uint32_t kSigning = KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION;
  if (key_usage != UINT32_MAX && ((key_usage & ~kSigning) != 0 || key_usage == 0)) {
    return bad("the key of the signer's certificate is for something else than signatures");
  }
  if (is_understood(signer)) return {};
  return bad("the signer's certificate has a critical extension that is not known");
}

/// SHA-256, SHA-384 or SHA-512, without parameters that say anything; NID_undef for others.
int digest_of_algorithm(const X509_ALGOR* algorithm) {
  const int kind = OBJ_obj2nid(algorithm->algorithm);
  const bool is_plain = algorithm->parameter == nullptr || ASN1_TYPE_get(algorithm->parameter) == V_ASN1_NULL;
  const bool is_known = kind == NID_sha256 || kind == NID_sha384 || kind == NID_sha512;
  return is_plain && is_known ? kind : NID_undef;
}

/// The algorithm of the signature names the key's kind, alone or with the signer's digest.
bool fits(const X509_ALGOR* algorithm, int key, int digest) {
  const int kind = OBJ_obj2nid(algorithm->algorithm);
  const bool is_absent = algorithm->parameter == nullptr;
  if (key == EVP_PKEY_RSA && kind == NID_rsaEncryption) {
    return is_absent || ASN1_TYPE_get(algorithm->parameter) == V_ASN1_NULL;
  }
  if (key == EVP_PKEY_EC && kind == NID_X9_62_id_ecPublicKey) return is_absent;
  int named_digest = NID_undef;
  int named_key = NID_undef;
  if (OBJ_find_sigid_algs(kind, &named_digest, &named_key) != 1 || named_digest != digest) return false;
  if (key == EVP_PKEY_RSA && named_key == NID_rsaEncryption) {
    return is_absent || ASN1_TYPE_get(algorithm->parameter) == V_ASN1_NULL;
  }
  return key == EVP_PKEY_EC && named_key == NID_X9_62_id_ecPublicKey && is_absent;
}

/// Digests and signature are by algorithms that spec/time.md knows, and fit the signer's key.
Result<void> check_algorithms(const Parsed& parsed, const Certificate& signer) {
  const int digest = digest_of_algorithm(parsed.signer->digest_alg);
  bool is_listed = false;
  const STACK_OF(X509_ALGOR)* listed = parsed.token->d.sign->md_algs;
  for (int i = 0; i < sk_X509_ALGOR_num(listed); ++i) {
    const int each = digest_of_algorithm(sk_X509_ALGOR_value(listed, i));
    if (each == NID_undef) return bad("the token's signature: a digest is not by SHA-256, SHA-384 or SHA-512");
    is_listed = is_listed || each == digest;
  }
  if (digest == NID_undef || !is_listed) return bad("the token's signature: its digest is not among those it lists");
  GAVAH_TRY_AS(check_key(signer), "the token's signature");
  const Owned<X509> certificate = x509_of(signer);
  const int key = EVP_PKEY_get_base_id(X509_get0_pubkey(certificate.get()));
  if (fits(parsed.signer->digest_enc_alg, key, digest)) return {};
  return bad("the token's signature: its algorithm is not known, or does not fit the key");
}

/// No signed attribute stands twice; what is signed is said once to be a TSTInfo, and its digest once.
Result<void> check_attributes(const PKCS7_SIGNER_INFO* signer) {
  const STACK_OF(X509_ATTRIBUTE)* all = signer->auth_attr;
  for (int i = 0; i < sk_X509_ATTRIBUTE_num(all); ++i) {
    X509_ATTRIBUTE* each = sk_X509_ATTRIBUTE_value(all, i);
    const ASN1_OBJECT* name = X509_ATTRIBUTE_get0_object(each);
    for (int j = 0; j < i; ++j) {
      if (OBJ_cmp(name, X509_ATTRIBUTE_get0_object(sk_X509_ATTRIBUTE_value(all, j))) == 0) {
        return bad("the token's signature: a signed attribute stands twice");
      }
    }
    const int kind = OBJ_obj2nid(name);
    const bool is_single = kind == NID_pkcs9_contentType || kind == NID_pkcs9_messageDigest ||
                           kind == NID_id_smime_aa_signingCertificate || kind == NID_id_smime_aa_signingCertificateV2;
    if (is_single && X509_ATTRIBUTE_count(each) != 1)
      return bad("the token's signature: an attribute has not one value");
  }
  const ASN1_TYPE* type = PKCS7_get_signed_attribute(signer, NID_pkcs9_contentType);
  if (type != nullptr && type->type == V_ASN1_OBJECT && OBJ_obj2nid(type->value.object) == NID_id_smime_ct_TSTInfo) {
    return {};
  }
  return bad("the token's signature: what is signed is not said to be a TSTInfo");
}

/// Why OpenSSL refused, in its own words.
std::string openssl_reason() {
  const char* data = nullptr;
  int flags = 0;
  const unsigned long error = ERR_peek_last_error_all(nullptr, nullptr, nullptr, &data, &flags);
  std::string out;
  if (const char* reason = ERR_reason_error_string(error)) out = reason;
  if ((flags & ERR_TXT_STRING) != 0 && data != nullptr && *data != '\0') out.append(": ").append(data);
  ERR_clear_error();
  return out;
}

/// The signed attributes are signed by the signer, and name the digest of what is signed.
Result<void> check_signature(Parsed& parsed, const Certificate& signer) {
  const Owned<X509> certificate = x509_of(signer);
  const Owned<BIO> content(PKCS7_dataInit(parsed.token.get(), nullptr));
  if (!content) return bad(openssl_reason());
  std::array<char, 4096> buffer{};
  while (BIO_read(content.get(), buffer.data(), static_cast<int>(buffer.size())) > 0) {
  }
  const int holds = PKCS7_signatureVerify(content.get(), parsed.token.get(), parsed.signer, certificate.get());
  if (holds != 1) return bad(openssl_reason());
  ERR_clear_error();
  return {};
}

Result<TimeToken> describe(const Parsed& parsed) {
  TimeToken out;
  TS_MSG_IMPRINT* imprint = TS_TST_INFO_get_msg_imprint(parsed.info.get());
  const int algorithm = OBJ_obj2nid(TS_MSG_IMPRINT_get_algo(imprint)->algorithm);
  out.imprint_algorithm = algorithm == NID_undef ? "" : OBJ_nid2sn(algorithm);
  if (digest_named(out.imprint_algorithm) == nullptr) return bad("the imprint is not SHA-256, SHA-384 or SHA-512");
  const ASN1_OCTET_STRING* hash = TS_MSG_IMPRINT_get_msg(imprint);
  out.imprint.assign(reinterpret_cast<const char*>(ASN1_STRING_get0_data(hash)),
                     static_cast<std::size_t>(ASN1_STRING_length(hash)));
  GAVAH_ASSIGN(const GeneralTime time, general_time(TS_TST_INFO_get_time(parsed.info.get())));
  GAVAH_ASSIGN(const std::int64_t accuracy, accuracy_seconds(TS_TST_INFO_get_accuracy(parsed.info.get())));
  out.at = time.at;
  out.not_after = Instant{time.at.seconds + (time.has_fraction ? 1 : 0) + accuracy};
  out.serial = hex_of(TS_TST_INFO_get_serial(parsed.info.get()));
  out.policy = text_of(TS_TST_INFO_get_policy_id(parsed.info.get()));
  out.issuer = format("{} serial {}", text_of(parsed.signer->issuer_and_serial->issuer),
                      hex_of(parsed.signer->issuer_and_serial->serial));
  GAVAH_ASSIGN(out.certificates, certificates_in(*parsed.token));
  return out;
}

/// A token that is right but for whom to trust.
struct Sound {
  Parsed parsed;
  TimeToken says;
  std::vector<Certificate> all;
  Certificate signer;
};

Result<Sound> check_all_but_trust(std::string_view token, std::string_view bytes, std::span<const Certificate> more) {
  Sound out;
  GAVAH_ASSIGN(out.parsed, parse_token(token));
  GAVAH_ASSIGN(out.says, describe(out.parsed));
  out.all = out.says.certificates;
  out.all.insert(out.all.end(), more.begin(), more.end());
  GAVAH_ASSIGN(out.signer, find_signer(out.parsed.signer, out.all));
  GAVAH_TRY(check_usage(out.signer));
  GAVAH_TRY(check_algorithms(out.parsed, out.signer));
  GAVAH_TRY(check_attributes(out.parsed.signer));
  GAVAH_TRY_AS(check_signature(out.parsed, out.signer), "the token's signature");
  GAVAH_TRY_AS(check_validity(out.signer, out.says.at), "the token's signature");
  if (out.says.imprint != digest_of(bytes, out.says.imprint_algorithm)) {
    return bad("the token is over other bytes: its imprint differs");
  }
  return out;
}

}  // namespace

std::string time_request(const Digest& sha256_of_bytes) {
  const Owned<TS_REQ> request(TS_REQ_new());
  const Owned<TS_MSG_IMPRINT> imprint(TS_MSG_IMPRINT_new());
  const Owned<X509_ALGOR> algorithm(X509_ALGOR_new());
  GAVAH_CHECK(request && imprint && algorithm);
  GAVAH_CHECK(X509_ALGOR_set0(algorithm.get(), OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nullptr) == 1);
  std::array<unsigned char, 32> digest = sha256_of_bytes.bytes;
  GAVAH_CHECK(TS_REQ_set_version(request.get(), 1) == 1);
  GAVAH_CHECK(TS_MSG_IMPRINT_set_algo(imprint.get(), algorithm.get()) == 1);
  GAVAH_CHECK(TS_MSG_IMPRINT_set_msg(imprint.get(), digest.data(), static_cast<int>(digest.size())) == 1);
  GAVAH_CHECK(TS_REQ_set_msg_imprint(request.get(), imprint.get()) == 1);
  GAVAH_CHECK(TS_REQ_set_cert_req(request.get(), 1) == 1);
  unsigned char* der = nullptr;
  const int size = i2d_TS_REQ(request.get(), &der);
  GAVAH_CHECK(size > 0);
  const Owned<char> owned(reinterpret_cast<char*>(der));
  return {owned.get(), static_cast<std::size_t>(size)};
}

Result<std::string> token_from_response(std::string_view response) {
  if (parse_all<PKCS7>(response, d2i_PKCS7)) {
    GAVAH_TRY(parse_token(response));
    return std::string(response);
  }
  const auto parsed = parse_all<TS_RESP>(response, d2i_TS_RESP);
  if (!parsed) return bad("that is neither a time-stamp response nor a token");
  TS_STATUS_INFO* status = TS_RESP_get_status_info(parsed.get());
  std::int64_t code = -1;
  if (ASN1_INTEGER_get_int64(&code, TS_STATUS_INFO_get0_status(status)) != 1 || code < 0 || code > 1) {
    std::string words;
    const STACK_OF(ASN1_UTF8STRING)* lines = TS_STATUS_INFO_get0_text(status);
    for (int i = 0; i < sk_ASN1_UTF8STRING_num(lines); ++i) {
      const ASN1_UTF8STRING* line = sk_ASN1_UTF8STRING_value(lines, i);
      words.append(words.empty() ? "" : " ")
          .append(reinterpret_cast<const char*>(ASN1_STRING_get0_data(line)),
                  static_cast<std::size_t>(ASN1_STRING_length(line)));
    }
    ERR_clear_error();
    return fail(ErrorCode::refused, format("the authority granted no time stamp (status {}): {}", code, words));
  }
  // The token's own bytes, since its signature is over some of them: what follows the status within the response.
  const unsigned char* at = data_of(response);
  const unsigned char* const end = at + response.size();
  long size = 0;
  int tag = 0;
  int object_class = 0;
  ASN1_get_object(&at, &size, &tag, &object_class, end - at);
  ASN1_get_object(&at, &size, &tag, &object_class, end - at);
  if (size < 0 || size > end - at) return bad("that is no time-stamp response");
  const std::string token(reinterpret_cast<const char*>(at + size), static_cast<std::size_t>(end - at - size));
  GAVAH_TRY(parse_token(token));
  return token;
}

Result<TimeToken> TimeToken::parse(std::string_view token) {
  GAVAH_ASSIGN(const Parsed parsed, parse_token(token));
  return describe(parsed);
}

Result<CheckedTime> check_time_token_alone(std::string_view token, std::string_view bytes,
                                           std::span<const Certificate> more) {
  GAVAH_ASSIGN(Sound sound, check_all_but_trust(token, bytes, more));
  return CheckedTime{sound.says.at, sound.says.not_after, {}, std::move(sound.signer)};
}

Result<CheckedTime> check_time_token(std::string_view token, std::string_view bytes,
                                     std::span<const TimeAuthority> authorities, std::span<const Certificate> more) {
  GAVAH_ASSIGN(Sound sound, check_all_but_trust(token, bytes, more));
  std::string why = "none of their certificates is in the token or given";
  for (const TimeAuthority& authority : authorities) {
    for (const Certificate& anchor : sound.all) {
      if (anchor.digest() != authority.certificate) continue;
      if (leads_to(sound.signer, anchor, sound.all, sound.says.at)) {
        return CheckedTime{sound.says.at, sound.says.not_after, authority.name, std::move(sound.signer)};
      }
      why = "no certificates lead to theirs";
    }
  }
  return fail(ErrorCode::refused, format("no authority of the pin vouches for {}: {}", sound.signer.subject, why));
}

}  // namespace gavah::proof
