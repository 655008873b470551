#include "extract/post_address.h"

#include <algorithm>

#include "extract/report_set.h"

namespace gavah::extract {

std::string x_address(std::string_view id) { return "https://x.com/i/status/" + std::string(id); }

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
