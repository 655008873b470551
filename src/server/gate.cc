#include "server/gate.h"

#include "base/digest.h"
#include "base/format.h"
#include "base/json.h"

namespace gavah::server {

namespace {

bool is_this_machine(std::string_view host, std::uint16_t port) {
  for (const std::string_view name : {"127.0.0.1", "localhost", "[::1]"}) {
    if (host == gavah::format("{}:{}", name, port)) return true;
  }
  return false;
}

bool is_own_page(std::string_view fetch_site) {
  return fetch_site.empty() || fetch_site == "same-origin" || fetch_site == "none";
}

}  // namespace

Response refusal(unsigned status, std::string_view message) {
  JsonWriter out;
  out.begin_object().key("error").begin_object().member("status", status).member("message", message);
  return {.status = status, .headers = {}, .body = out.end_object().end_object().take()};
}

const std::vector<std::pair<std::string, std::string>>& security_headers() {
  static const std::vector<std::pair<std::string, std::string>> headers{
      {"Content-Security-Policy",
       "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
       "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; "
       "require-trusted-types-for 'script'; trusted-types svelte-trusted-html"},
      {"X-Content-Type-Options", "nosniff"},
      {"X-Frame-Options", "DENY"},
      {"Referrer-Policy", "no-referrer"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      {"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
      {"Cache-Control", "no-store"},
  };
  return headers;
}

std::optional<Response> refused_at_gate(const Request& request, std::uint16_t port, std::string_view token) {
  if (!is_this_machine(request.host, port)) return refusal(421, "this server answers for this machine only");
  const bool reads = request.method == "GET" || request.method == "HEAD";
  const bool decides = request.method == "POST" && request.target == kDecideAddress;
  if (!reads && !decides) {
    Response response = refusal(405, "only GET and HEAD are answered, and POST of a decision");
    response.headers.emplace_back("Allow", request.target == kDecideAddress ? "GET, HEAD, POST" : "GET, HEAD");
    return response;
  }
  if (!request.target.starts_with("/api/")) return std::nullopt;
  if (!is_own_page(request.fetch_site)) return refusal(403, "the request comes from another site");
  if (!equal_secret(request.token, token)) return refusal(401, "the token of this run is missing or wrong");
  return std::nullopt;
}

}  // namespace gavah::server
