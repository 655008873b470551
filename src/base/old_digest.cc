#include "base/old_digest.h"

// The low-level calls: RIPEMD-160 is not in every provider of OpenSSL 3.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/ripemd.h>
#include <openssl/sha.h>

#include <array>

namespace gavah {

std::string sha1(std::string_view bytes) {
  std::array<unsigned char, SHA_DIGEST_LENGTH> out{};
  SHA_CTX context;
  SHA1_Init(&context);
  SHA1_Update(&context, bytes.data(), bytes.size());
  SHA1_Final(out.data(), &context);
  return {reinterpret_cast<const char*>(out.data()), out.size()};
}

std::string ripemd160(std::string_view bytes) {
  std::array<unsigned char, RIPEMD160_DIGEST_LENGTH> out{};
  RIPEMD160_CTX context;
  RIPEMD160_Init(&context);
  RIPEMD160_Update(&context, bytes.data(), bytes.size());
  RIPEMD160_Final(out.data(), &context);
  return {reinterpret_cast<const char*>(out.data()), out.size()};
}

}  // namespace gavah
