#pragma once

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define GAVAH_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define GAVAH_SANITIZED 1
#endif
#endif
#ifndef GAVAH_SANITIZED
#define GAVAH_SANITIZED 0
#endif

namespace gavah::confine {

/// True in builds with a sanitizer, whose runtime reserves terabytes of addresses and makes calls of its own: there the
/// limit of memory is not set, a few more calls are allowed, and patience is ten times as long. Nowhere else.
inline constexpr bool kSanitized = GAVAH_SANITIZED == 1;

}  // namespace gavah::confine
