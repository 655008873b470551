#include "link/address.h"

#include <array>

namespace gavah::link {
namespace {

constexpr std::size_t kAddressLimitBytes = 4096;  // longer ones are data, not addresses

std::string_view after(std::string_view text, std::string_view prefix) {
  return text.starts_with(prefix) ? text.substr(prefix.size()) : text;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_tracking(std::string_view parameter) {
  constexpr auto kPrefixes =
      std::to_array<std::string_view>({"utm_", "ref_src=", "ref_url=", "fbclid=", "gclid=", "igshid=", "s=", "t="});
  return std::ranges::any_of(kPrefixes, [&](std::string_view prefix) { return parameter.starts_with(prefix); });
}

enum class Site { x, other };

std::string kept_parameters(std::string_view query, Site site) {
  std::string out;
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view one = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    // "s" and "t" track on X only; elsewhere they may name the page.
    const bool short_name = one.starts_with("s=") || one.starts_with("t=");
    if (one.empty() || (is_tracking(one) && (site == Site::x || !short_name))) continue;
    out.append(out.empty() ? "?" : "&").append(one);
  }
  return out;
}

std::string status_number(std::string_view path) {
  const std::size_t at = path.find("/status/");
  if (at == std::string_view::npos) return {};
  path.remove_prefix(at + 8);
  return std::string(path.substr(0, std::min(path.find_first_not_of("0123456789"), path.size())));
}

}  // namespace

std::string normal_address(std::string_view address) {
  if (address.size() > kAddressLimitBytes) return {};
  if (address.starts_with("urn:")) return std::string(address);
  address = address.substr(0, address.find('#'));
  const std::string_view bare = after(after(address, "https://"), "http://");
  if (bare.size() == address.size() && address.find('.') == std::string_view::npos) return {};
  const std::size_t host_end = std::min(bare.find_first_of("/?"), bare.size());
  std::string host;
  for (const char c : bare.substr(0, host_end)) host.push_back(lower(c));
  if (host.find('.') == std::string::npos || host.find(' ') != std::string::npos) return {};
  host = std::string(after(after(after(host, "www."), "mobile."), "m."));
  const bool is_x = host == "twitter.com" || host == "x.com";
  const std::string_view rest = bare.substr(host_end);
  const std::size_t question = std::min(rest.find('?'), rest.size());
  std::string_view path = rest.substr(0, question);
  if (is_x) {
    if (const std::string number = status_number(path); !number.empty()) return "x.com/status/" + number;
    host = "x.com";
  }
  while (path.ends_with('/')) path.remove_suffix(1);
  const std::string_view query = question < rest.size() ? rest.substr(question + 1) : std::string_view();
  return host.append(path).append(kept_parameters(query, is_x ? Site::x : Site::other));
}

}  // namespace gavah::link
