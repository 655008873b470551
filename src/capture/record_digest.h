#pragma once

#include <string_view>

#include "capture/digests_ahead.h"

namespace gavah::capture {

enum class DigestMatch { same, different, unknown };

/// Compares bytes with a digest as WARC records state it: "sha1:…", "sha256:…", "sha512:…" or "md5:…", written in
/// base32, base64, base64url or hexadecimal (all four are met). Unknown when the label cannot be read.
/// `ahead` may hold the digest of the bytes already.
DigestMatch match_digest(std::string_view label, std::string_view bytes, const DigestsAhead& ahead = {});

}  // namespace gavah::capture
