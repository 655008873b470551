#pragma once

#include "capture/content_coding.h"

namespace gavah::capture {

/// Undoes the chunked coding of HTTP/1.1 (RFC 9112, 7.1); trailers are dropped. Broken coding gives what came before;
/// when not even the first chunk's size can be read, that is nothing.
Decoded dechunk(std::string_view coded, std::uint64_t max_bytes);

}  // namespace gavah::capture
