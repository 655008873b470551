#pragma once

// The front door of net/: the one way out of this machine.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "base/result.h"

namespace gavah::net {

/// One request. Nothing is sent but what stands here and the headers Host, Content-Type, Content-Length and
/// "User-Agent: gavah": no cookies, no reader's name.
struct HttpRequest {
  std::string url;                          ///< http:// or https:// and nothing else
  std::string body;                         ///< sent with POST; empty: GET
  std::string content_type;                 ///< of the body
  std::uint32_t timeout_ms = 30'000;        ///< from the call to the last byte of the answer
  std::size_t max_answer_bytes = 1U << 20;  ///< a longer answer is cut off and refused
};

/// An answer, whatever its status. Redirects are not followed: the address was chosen by a person.
struct HttpAnswer {
  unsigned status = 0;
  std::string content_type;  ///< as sent, empty when absent
  std::string body;
};

/// Sends requests one at a time. A workflow takes one from its caller, so that tests need no network.
class HttpClient {
 public:
  virtual ~HttpClient() = default;
  /// unavailable when no whole answer comes in time; invalid_input for an address of another kind, or an answer that is
  /// too long. Certificates of https are checked against the system's.
  virtual Result<HttpAnswer> send(const HttpRequest& request) = 0;
};

/// libcurl's. It honours the proxy of the environment (https_proxy, ALL_PROXY with socks5h:// for Tor) but for this
/// machine's own addresses. One thread for each client; the first one of a program is made before other threads start.
std::unique_ptr<HttpClient> make_http_client();

}  // namespace gavah::net
