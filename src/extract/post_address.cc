#include "extract/post_address.h"

#include <algorithm>

#include "extract/report_set.h"

namespace gavah::extract {

std::string x_address(std::string_view id) { return "https://x.com/i/status/" + std::string(id); }

std::string bluesky_address(std::string_view uri) {
  constexpr std::string_view kScheme = "at://";
  constexpr std::string_view kPosts = "/app.bsky.feed.post/";
  const std::size_t at = uri.find(kPosts);
  if (!uri.starts_with(kScheme) || at == std::string_view::npos) return std::string(uri);
  std::string out = "https://bsky.app/profile/";
  out += uri.substr(kScheme.size(), at - kScheme.size());
  out += "/post/";
  out += uri.substr(at + kPosts.size());
  return out;
}

std::string mastodon_address(std::string_view id) {
  constexpr std::string_view kUsers = "/users/";
  constexpr std::string_view kStatuses = "/statuses/";
  const std::size_t users = id.find(kUsers);
  const std::size_t statuses = id.find(kStatuses);
  if (users == std::string_view::npos || statuses == std::string_view::npos || statuses < users + kUsers.size())
    return std::string(id);
  const std::string_view name = id.substr(users + kUsers.size(), statuses - users - kUsers.size());
  const std::string_view number = id.substr(statuses + kStatuses.size());
  if (number.find_first_not_of("0123456789") != std::string_view::npos) return std::string(id);
  std::string out(id.substr(0, users));
  out += "/@";
  out += name;
  out += "/";
  out += number;
  return out;
}

std::string post_address(std::string_view url) {
  const std::string host = host_of(url);
  if (host == "twitter.com" || host == "mobile.twitter.com" || host == "x.com") {
    for (const std::string_view mark : {std::string_view("/status/"), std::string_view("/statuses/")}) {
      const std::size_t at = url.find(mark);
      if (at == std::string_view::npos) continue;
      const std::string_view rest = url.substr(at + mark.size());
      const std::string_view id = rest.substr(0, std::min(rest.find_first_not_of("0123456789"), rest.size()));
      if (!id.empty()) return x_address(id);
    }
  }
  const bool is_platform = host == "t.me" || host == "instagram.com" || host == "facebook.com" || host == "tiktok.com";
  return std::string(url.substr(0, url.find_first_of(is_platform ? "?#" : "#")));
}

}  // namespace gavah::extract
