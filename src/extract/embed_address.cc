#include "extract/embed_address.h"

#include <algorithm>
#include <array>

#include "extract/post_address.h"
#include "extract/report_set.h"

namespace gavah::extract {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char low = static_cast<char>(c | 0x20);
  return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_escape =
        text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 && hex_value(text[i + 2]) >= 0;
    if (is_escape) {
      out.push_back(static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2])));
      i += 2;
    } else {
      out.push_back(text[i]);
    }
  }
  return out;
}

/// The value of a member of the query, decoded; empty when there is none.
std::string query_value(std::string_view url, std::string_view name) {
  for (std::size_t at = url.find('?'); at != std::string_view::npos; at = url.find('&', at + 1)) {
    const std::string_view rest = url.substr(at + 1);
    if (rest.starts_with(name) && rest.size() > name.size() && rest[name.size()] == '=') {
      const std::string_view value = rest.substr(name.size() + 1);
      return percent_decoded(value.substr(0, value.find_first_of("&#")));
    }
  }
  return {};
}

std::string_view path_of(std::string_view url) {
  const std::size_t begin = url.find("//");
  const std::size_t slash = begin == std::string_view::npos ? begin : url.find('/', begin + 2);
  if (slash == std::string_view::npos) return {};
  const std::string_view path = url.substr(slash);
  return path.substr(0, path.find_first_of("?#"));
}

/// The path's segment behind `before` ("/embed/"); empty when it is not there.
std::string segment_after(std::string_view path, std::string_view before) {
  const std::size_t at = path.find(before);
  if (at == std::string_view::npos) return {};
  const std::string_view rest = path.substr(at + before.size());
  return std::string(rest.substr(0, rest.find('/')));
}

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_telegram_post(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash != std::string_view::npos && slash > 0 && is_number(path.substr(slash + 1)) &&
         !path.starts_with("/share");
}

std::string youtube(std::string_view url, std::string_view path) {
  const std::string id = segment_after(path, "/embed/");
  if (id.empty()) return {};
  if (id == "videoseries") return "https://www.youtube.com/playlist?list=" + query_value(url, "list");
  if (id == "live_stream") return "https://www.youtube.com/channel/" + query_value(url, "channel") + "/live";
  return "https://www.youtube.com/watch?v=" + id;
}

std::string instagram(std::string_view path) {
  for (const std::string_view kind : {"/p/", "/reel/", "/tv/"}) {
    if (const std::string code = segment_after(path, kind); !code.empty())
      return "https://www.instagram.com/p/" + code + "/";
  }
  return {};
}

std::string bluesky(std::string_view path) {
  constexpr std::string_view kBefore = "/embed/";
  return path.starts_with(kBefore) ? bluesky_address("at://" + std::string(path.substr(kBefore.size())))
                                   : std::string();
}

std::string with_segment(std::string_view before, std::string_view segment) {
  return segment.empty() ? std::string() : std::string(before) + std::string(segment);
}

std::string tiktok(std::string_view path) {
  for (const std::string_view before : {"/embed/v2/", "/embed/v3/", "/player/v1/", "/embed/"}) {
    if (const std::string id = segment_after(path, before); is_number(id))
      return "https://www.tiktok.com/embed/v2/" + id;
  }
  return {};
}

/// https://HOST/@NAME/NUMBER/embed
std::string mastodon(std::string_view url, std::string_view path) {
  constexpr std::string_view kEnd = "/embed";
  if (!path.starts_with("/@") || !path.ends_with(kEnd)) return {};
  const std::string_view post = path.substr(0, path.size() - kEnd.size());
  const std::size_t slash = post.rfind('/');
  if (slash == 0 || !is_number(post.substr(slash + 1))) return {};
  return std::string(url.substr(0, url.find(path))) + std::string(post);
}

std::string on_platform(const std::string& url) {
  const std::string host = host_of(url);
  const std::string_view path = path_of(url);
  if (host == "youtube.com" || host == "youtube-nocookie.com") return youtube(url, path);
  if (host == "platform.twitter.com" || host == "platform.x.com") {
    const std::string id = query_value(url, "id");
    return path.starts_with("/embed") && is_number(id) ? x_address(id) : std::string();
  }
  if (host == "instagram.com") return instagram(path);
  if (host == "t.me" || host == "telegram.me") {
    return is_telegram_post(path) ? "https://t.me" + std::string(path) : std::string();
  }
  if (host == "facebook.com" || host == "web.facebook.com" || host == "m.facebook.com") {
    if (path.find("/plugins/post.php") == std::string_view::npos &&
        path.find("/plugins/video.php") == std::string_view::npos)
      return {};
    const std::string href = query_value(url, "href");
    return href.empty() ? url : post_address(href);
  }
  if (host == "tiktok.com") return tiktok(path);
  if (host == "embed.bsky.app") return bluesky(path);
  if (host == "player.vimeo.com") return with_segment("https://vimeo.com/", segment_after(path, "/video/"));
  if (host == "dailymotion.com")
    return with_segment("https://www.dailymotion.com/video/", segment_after(path, "/embed/video/"));
  if (host == "aparat.com") {
    const std::string hash = segment_after(path, "/videohash/");
    return path.starts_with("/video/") ? (hash.empty() ? url : "https://www.aparat.com/v/" + hash) : std::string();
  }
  if (host == "rumble.com" || host == "odysee.com") return path.find("/embed/") != std::string_view::npos ? url : "";
  return mastodon(url, path);
}

}  // namespace

std::string framed_post(std::string_view src) {
  const std::size_t first = src.find_first_not_of(" \t\n\r");
  if (first == std::string_view::npos) return {};
  std::string url(src.substr(first));
  if (url.starts_with("//")) url.insert(0, "https:");
  if (!url.starts_with("http")) return {};
  if (std::string post = on_platform(url); !post.empty()) return post;
  // Services that frame what others frame name it in their query.
  for (const std::string_view name : {"url", "src", "href"}) {
    const std::string inner = query_value(url, name);
    if (inner.empty()) continue;
    if (std::string post = on_platform(inner); !post.empty()) return post;
    if (is_platform_post(inner)) return post_address(inner);
  }
  return {};
}

bool is_post_address(std::string_view url) {
  return url.find("/status/") != std::string_view::npos || url.find("/statuses/") != std::string_view::npos ||
         url.find("instagram.com/p/") != std::string_view::npos ||
         url.find("instagram.com/reel/") != std::string_view::npos || url.find("/posts/") != std::string_view::npos ||
         url.find("/videos/") != std::string_view::npos ||
         (url.find("//t.me/") != std::string_view::npos && std::count(url.begin(), url.end(), '/') >= 4) ||
         url.find("/video/") != std::string_view::npos;
}

bool is_platform_post(std::string_view url) {
  const std::string host = host_of(url);
  const std::string_view path = path_of(url);
  if (host == "twitter.com" || host == "mobile.twitter.com" || host == "x.com") {
    const std::string id = segment_after(path, "/status/");
    return is_number(id) || is_number(segment_after(path, "/statuses/"));
  }
  if (host == "t.me" || host == "telegram.me") return is_telegram_post(path);
  if (host == "instagram.com") return !instagram(path).empty();
  if (host == "facebook.com" || host == "m.facebook.com")
    return path.find("/posts/") != std::string_view::npos || path.find("/videos/") != std::string_view::npos;
  if (host == "tiktok.com") return path.starts_with("/@") && is_number(segment_after(path, "/video/"));
  if (host == "youtube.com" || host == "m.youtube.com") return path == "/watch" && !query_value(url, "v").empty();
  if (host == "youtu.be") return path.size() > 1;
  if (host == "bsky.app") return path.starts_with("/profile/") && path.find("/post/") != std::string_view::npos;
  return false;
}

std::string account_in(std::string_view url) {
  const std::string host = host_of(url);
  const bool names_account = host == "twitter.com" || host == "mobile.twitter.com" || host == "x.com" ||
                             host == "t.me" || host == "tiktok.com" || host == "facebook.com";
  if (!names_account) return {};
  std::string_view path = url.substr(url.find("//") + 2);
  const std::size_t slash = path.find('/');
  if (slash == std::string_view::npos) return {};
  path.remove_prefix(slash + 1);
  if (path.starts_with("s/") && host == "t.me") path.remove_prefix(2);
  if (path.starts_with('@')) path.remove_prefix(1);
  const std::string_view name = path.substr(0, path.find_first_of("/?#"));
  constexpr auto kNoAccounts =
      std::to_array<std::string_view>({"", "i", "intent", "hashtag", "search", "share", "home", "plugins", "watch",
                                       "embed", "photo", "permalink.php", "story.php", "c", "joinchat"});
  if (std::find(kNoAccounts.begin(), kNoAccounts.end(), name) != kNoAccounts.end()) return {};
  return "@" + std::string(name);
}

}  // namespace gavah::extract
