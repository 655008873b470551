#pragma once

#include <string>
#include <string_view>

namespace gavah::extract {

/// The address of the post or video that a frame or player at `src` shows, in one form however it was framed
/// ("https://x.com/i/status/1", "https://t.me/NAME/1", "https://www.youtube.com/watch?v=ID"); what it cannot be led
/// back to stays as written. Empty when `src` is no frame of a platform for posts or video. Knows platforms, no sites.
std::string framed_post(std::string_view src);

/// True for the address of one post, on whatever host: …/status/1, t.me/NAME/1, …/posts/….
[[nodiscard]] bool is_post_address(std::string_view url);
/// True for the address of one post or video on a platform that all kinds of pages embed.
[[nodiscard]] bool is_platform_post(std::string_view url);

/// The account in an address of a post ("@NAME" of twitter.com/NAME/status/…, t.me/NAME/…), or empty.
std::string account_in(std::string_view url);

}  // namespace gavah::extract
