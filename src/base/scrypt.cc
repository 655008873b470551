#include "base/scrypt.h"

#include <openssl/err.h>
#include <openssl/evp.h>

#include "base/format.h"

namespace gavah {
namespace {

constexpr std::uint64_t kBlockSize = 8;    // r
constexpr std::uint64_t kParallelism = 1;  // p
constexpr std::size_t kKeyBytes = 32;

}  // namespace

Result<std::string> scrypt(std::string_view passphrase, std::string_view salt, std::uint32_t log2_work) {
  if (log2_work == 0 || log2_work > kMaxScryptWork) {
    return fail(ErrorCode::invalid_input,
                format("a work factor of 2^{} is outside of 2^1 to 2^{}", log2_work, kMaxScryptWork));
  }
  const std::uint64_t cost = std::uint64_t{1} << log2_work;
  std::string out(kKeyBytes, '\0');
  // Twice what the table takes: the limit counts a little more than that.
  const std::uint64_t memory_bytes = 2 * 128 * kBlockSize * (cost + kParallelism + 2);
  const int done = EVP_PBE_scrypt(passphrase.data(), passphrase.size(),
                                  reinterpret_cast<const unsigned char*>(salt.data()), salt.size(), cost, kBlockSize,
                                  kParallelism, memory_bytes, reinterpret_cast<unsigned char*>(out.data()), out.size());
  ERR_clear_error();
  if (done != 1) return fail(ErrorCode::unavailable, format("there is no memory for scrypt with 2^{}", log2_work));
  return out;
}

}  // namespace gavah
