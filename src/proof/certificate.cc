#include "proof/certificate.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <memory>

#include "base/check.h"
#include "base/format.h"
#include "proof/certificate_form.h"

namespace gavah::proof {
namespace {

constexpr std::string_view kPemBegin = "-----BEGIN CERTIFICATE-----";
constexpr std::string_view kPemEnd = "-----END CERTIFICATE-----";

struct Release {
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(BIO* bio) const { BIO_free(bio); }
};

std::string subject_of(const X509& certificate) {
  const std::unique_ptr<BIO, Release> out(BIO_new(BIO_s_mem()));
  GAVAH_CHECK(out != nullptr);
  X509_NAME_print_ex(out.get(), X509_get_subject_name(&certificate), 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB);
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(out.get(), &bytes);
  return {bytes, static_cast<std::size_t>(size)};
}

Result<Certificate> certificate_from_pem(std::string_view block) {
  if (block.size() > 2 * kMaxCertificateBytes) return fail(ErrorCode::invalid_input, "a certificate is too long");
  const std::unique_ptr<BIO, Release> in(BIO_new_mem_buf(block.data(), static_cast<int>(block.size())));
  const std::unique_ptr<X509, Release> read(PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr));
  ERR_clear_error();
  if (!read) return fail(ErrorCode::invalid_input, "a PEM block holds no certificate");
  unsigned char* der = nullptr;
  const int size = i2d_X509(read.get(), &der);
  if (size <= 0) return fail(ErrorCode::invalid_input, "a certificate cannot be written down");
  const std::string bytes(reinterpret_cast<char*>(der), static_cast<std::size_t>(size));
  OPENSSL_free(der);
  return Certificate::parse(bytes);
}

}  // namespace

Result<Certificate> Certificate::parse(std::string_view der) {
  if (der.size() > kMaxCertificateBytes) return fail(ErrorCode::invalid_input, "a certificate is too long");
  GAVAH_TRY(check_certificate_form(der));
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  const auto* end = at + der.size();
  const std::unique_ptr<X509, Release> read(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
  ERR_clear_error();
  if (!read || at != end) return fail(ErrorCode::invalid_input, "that is no X.509 certificate");
  return Certificate{std::string(der), subject_of(*read)};
}

Result<std::vector<Certificate>> certificates_from(std::string_view file) {
  std::vector<Certificate> out;
  if (file.find(kPemBegin) == std::string_view::npos) {
    GAVAH_ASSIGN(Certificate single, Certificate::parse(file));
    out.push_back(std::move(single));
    return out;
  }
  for (std::size_t at = file.find(kPemBegin); at != std::string_view::npos; at = file.find(kPemBegin, at)) {
    if (out.size() == kMaxCertificates) return fail(ErrorCode::invalid_input, "a file holds too many certificates");
    const std::size_t end = file.find(kPemEnd, at);
    if (end == std::string_view::npos) return fail(ErrorCode::invalid_input, "a PEM block does not end");
    GAVAH_ASSIGN(Certificate each, certificate_from_pem(file.substr(at, end + kPemEnd.size() - at)));
    out.push_back(std::move(each));
    at = end;
  }
  return out;
}

}  // namespace gavah::proof
