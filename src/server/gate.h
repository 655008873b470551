#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gavah::server {

/// What of a request matters here; views into the listener's buffers. An absent header is empty.
struct Request {
  std::string_view method;
  std::string_view target;
  std::string_view host;
  std::string_view token;            ///< X-Gavah-Token
  std::string_view fetch_site;       ///< Sec-Fetch-Site
  std::string_view accept_encoding;  ///<
  std::string_view if_none_match;    ///<
  std::string_view body;             ///< empty where the server takes none
};

/// An answer. The body is sent for GET only.
struct Response {
  unsigned status = 200;
  std::string content_type = "application/json";
  std::vector<std::pair<std::string, std::string>> headers;  ///< besides content_type and security_headers()
  std::string body;
};

/// {"error":{"status","message"}}
Response refusal(unsigned status, std::string_view message);

/// Sent with every answer: only own files run, nothing may frame the page or learn its address, nothing is kept on
/// disk.
const std::vector<std::pair<std::string, std::string>>& security_headers();

/// The one address that takes POST: what a person decides.
inline constexpr std::string_view kDecideAddress = "/api/decide";

/// Why a request may not pass, or nothing. Passing means: GET or HEAD, or POST to kDecideAddress; for this machine by
/// name and port (a page on another site cannot rebind its name to us), not sent by another site, and with the token
/// when below /api/. No page of another site can send that header.
std::optional<Response> refused_at_gate(const Request& request, std::uint16_t port, std::string_view token);

}  // namespace gavah::server
