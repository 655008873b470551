#pragma once

#include <string>
#include <string_view>

#include "capture/digests_ahead.h"

namespace gavah::capture {

enum class DigestMatch { same, different, unknown };

/// Compares bytes with a digest as WARC records state it: "sha1:…", "sha256:…", "sha512:…" or "md5:…", written in
/// base32, base64, base64url or hexadecimal (all four are met). Unknown when the label cannot be read.
/// `ahead` may hold the digest of the bytes already.
DigestMatch match_digest(std::string_view label, std::string_view bytes, const DigestsAhead& ahead = {});

/// A digest in one form, "sha1:" and hexadecimal, whatever alphabet it was written in and however its algorithm was
/// spelt ("sha-256"): equal digests are then equal. As it is written when it cannot be read.
std::string plain_digest(std::string_view label);

}  // namespace gavah::capture
