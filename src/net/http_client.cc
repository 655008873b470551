#include <curl/curl.h>

#include <array>

#include "base/check.h"
#include "base/format.h"
#include "net/net.h"

namespace gavah::net {
namespace {

constexpr std::uint32_t kConnectTimeoutMs = 15'000;  // a name that does not resolve, a machine that is off

struct Taken {
  std::string bytes;
  std::size_t limit = 0;
  bool is_over = false;
};

std::size_t take(char* bytes, std::size_t size, std::size_t count, void* into) {
  auto& taken = *static_cast<Taken*>(into);
  if (taken.bytes.size() + size * count > taken.limit) {
    taken.is_over = true;
    return 0;  // libcurl gives up
  }
  taken.bytes.append(bytes, size * count);
  return size * count;
}

bool is_this_machine(std::string_view url) {
  for (const std::string_view host : {"http://127.0.0.1", "http://localhost", "http://[::1]"}) {
    if (!url.starts_with(host)) continue;
    const std::string_view rest = url.substr(host.size());
    if (rest.empty() || rest.front() == ':' || rest.front() == '/') return true;
  }
  return false;
}

class CurlClient final : public HttpClient {
 public:
  CurlClient() : curl_(curl_easy_init()) { GAVAH_CHECK(curl_ != nullptr); }
  CurlClient(const CurlClient&) = delete;
  CurlClient& operator=(const CurlClient&) = delete;
  ~CurlClient() override { curl_easy_cleanup(curl_); }

  Result<HttpAnswer> send(const HttpRequest& request) override {
    if (!request.url.starts_with("http://") && !request.url.starts_with("https://")) {
      return fail(ErrorCode::invalid_input, format("'{}' is no http address", request.url.substr(0, 100)));
    }
    curl_easy_reset(curl_);
    Taken taken{{}, request.max_answer_bytes, false};
    std::array<char, CURL_ERROR_SIZE> why{};
    curl_slist* headers = nullptr;
    set_up(request, taken, why.data(), headers);
    const CURLcode code = curl_easy_perform(curl_);
    curl_slist_free_all(headers);
    if (taken.is_over) {
      return fail(ErrorCode::invalid_input,
                  format("{} answers more than {} bytes", request.url, request.max_answer_bytes));
    }
    if (code != CURLE_OK) {
      const std::string_view words = why.front() != '\0' ? why.data() : curl_easy_strerror(code);
      return fail(ErrorCode::unavailable, format("{}: {}", request.url, words));
    }
    return answer(std::move(taken.bytes));
  }

 private:
  void set_up(const HttpRequest& request, Taken& taken, char* why, curl_slist*& headers) {
    curl_easy_setopt(curl_, CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(curl_, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl_, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl_, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl_, CURLOPT_USERAGENT, "gavah");
    curl_easy_setopt(curl_, CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout_ms));
    curl_easy_setopt(curl_, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(kConnectTimeoutMs));
    curl_easy_setopt(curl_, CURLOPT_ERRORBUFFER, why);
    curl_easy_setopt(curl_, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(curl_, CURLOPT_WRITEDATA, &taken);
    if (is_this_machine(request.url)) curl_easy_setopt(curl_, CURLOPT_NOPROXY, "*");
    if (request.body.empty()) return;
    curl_easy_setopt(curl_, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    curl_easy_setopt(curl_, CURLOPT_POSTFIELDS, request.body.data());
    headers = curl_slist_append(headers, ("Content-Type: " + request.content_type).c_str());
    headers = curl_slist_append(headers, "Expect:");  // a large body goes at once, without asking first
    curl_easy_setopt(curl_, CURLOPT_HTTPHEADER, headers);
  }

  HttpAnswer answer(std::string body) {
    long status = 0;
    curl_easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &status);
    const char* type = nullptr;
    curl_easy_getinfo(curl_, CURLINFO_CONTENT_TYPE, &type);
    return {static_cast<unsigned>(status), type != nullptr ? std::string(type) : std::string(), std::move(body)};
  }

  CURL* curl_;
};

}  // namespace

std::unique_ptr<HttpClient> make_http_client() {
  static const bool is_ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  GAVAH_CHECK(is_ready);
  return std::make_unique<CurlClient>();
}

}  // namespace gavah::net
