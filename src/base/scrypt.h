#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace gavah {

/// More would take a gibibyte of memory and several seconds: whoever asks for it may want only that.
inline constexpr std::uint32_t kMaxScryptWork = 20;

/// scrypt (RFC 7914) with N = 2^log2_work, r = 8, p = 1; 32 bytes. Takes 1 KiB · N of memory. invalid_input unless
/// log2_work is 1 to kMaxScryptWork; unavailable when there is not that much memory.
Result<std::string> scrypt(std::string_view passphrase, std::string_view salt, std::uint32_t log2_work);

}  // namespace gavah
