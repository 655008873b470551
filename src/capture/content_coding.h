#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace gavah::capture {

/// What a decoder gave.
struct Decoded {
  enum class End {
    whole,
    broken,     ///< cut or damaged: `bytes` are what came before
    too_large,  ///< more than allowed: `bytes` are not to be used
  };
  std::string bytes;
  End end = End::whole;
};

/// Undoes one coding of bytes in memory. `decoder` is a name of ChainStep other than "none" and "http". Gives at most
/// `max_bytes`. A decoder that is unknown is invalid_input. Any thread.
Result<Decoded> decode(std::string_view decoder, std::string_view coded, std::uint64_t max_bytes);

// One file a library.
Decoded decode_brotli(std::string_view coded, std::uint64_t max_bytes);
Decoded decode_zstd(std::string_view coded, std::uint64_t max_bytes);

}  // namespace gavah::capture
