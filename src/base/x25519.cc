#include "base/x25519.h"

#include <openssl/evp.h>

#include <memory>

#include "base/check.h"

namespace gavah {
namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Context = std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)>;

Key secret_key(const X25519Value& secret) {
  Key key(EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, nullptr, secret.data(), secret.size()), &EVP_PKEY_free);
  GAVAH_CHECK(key != nullptr);
  return key;
}

}  // namespace

X25519Value x25519_public(const X25519Value& secret) {
  X25519Value out{};
  std::size_t size = out.size();
  GAVAH_CHECK(EVP_PKEY_get_raw_public_key(secret_key(secret).get(), out.data(), &size) == 1 && size == out.size());
  return out;
}

Result<X25519Value> x25519_shared(const X25519Value& secret, const X25519Value& other_public) {
  const Key ours = secret_key(secret);
  const Key theirs(EVP_PKEY_new_raw_public_key(EVP_PKEY_X25519, nullptr, other_public.data(), other_public.size()),
                   &EVP_PKEY_free);
  const Context context(EVP_PKEY_CTX_new(ours.get(), nullptr), &EVP_PKEY_CTX_free);
  GAVAH_CHECK(theirs != nullptr && context != nullptr && EVP_PKEY_derive_init(context.get()) == 1);
  GAVAH_CHECK(EVP_PKEY_derive_set_peer(context.get(), theirs.get()) == 1);
  X25519Value out{};
  std::size_t size = out.size();
  // OpenSSL itself refuses an all-zero result.
  if (EVP_PKEY_derive(context.get(), out.data(), &size) != 1 || out == X25519Value{}) {
    return fail(ErrorCode::invalid_input, "an X25519 share is of low order");
  }
  return out;
}

}  // namespace gavah
