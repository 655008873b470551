#pragma once

#include <string_view>

#include "base/result.h"

namespace gavah::proof {

/// Whether bytes have the form of a certificate that spec/time.md lets a verifier read: DER, version 1 to 3, names of
/// plain strings, times in UTC with seconds, one signature algorithm, no unique identifiers, each extension once.
/// OpenSSL reads more; two verifiers must read the same. invalid_input names what is wrong.
Result<void> check_certificate_form(std::string_view der);

}  // namespace gavah::proof
