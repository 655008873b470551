#pragma once

#include <string>
#include <string_view>

namespace gavah::extract {

/// One address for one post, however it was written, so that reports of it meet: "https://x.com/i/status/ID" for
/// twitter.com, mobile.twitter.com and x.com with any account; without query and fragment for other platforms.
/// Addresses of anything else are given back without a fragment.
std::string post_address(std::string_view url);

/// The address of the post with that number on X.
std::string x_address(std::string_view id);

/// "https://bsky.app/profile/DID/post/KEY" for "at://DID/app.bsky.feed.post/KEY"; another at:// address as it is.
std::string bluesky_address(std::string_view uri);

/// "https://HOST/@NAME/ID" for Mastodon's "https://HOST/users/NAME/statuses/ID"; any other address as it is.
std::string mastodon_address(std::string_view id);

}  // namespace gavah::extract
