#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>

#include "base/format.h"
#include "net/net.h"

namespace gavah::net {
namespace {

/// Answers one connection on loopback with fixed bytes, after reading what the client sends.
class OneAnswer {
 public:
  explicit OneAnswer(std::string answer) : answer_(std::move(answer)), socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof(address);
    EXPECT_EQ(::bind(socket_, reinterpret_cast<sockaddr*>(&address), length), 0);
    EXPECT_EQ(::listen(socket_, 1), 0);
    EXPECT_EQ(::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &length), 0);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  OneAnswer(const OneAnswer&) = delete;
  OneAnswer& operator=(const OneAnswer&) = delete;
  ~OneAnswer() {
    ::shutdown(socket_, SHUT_RDWR);
    thread_.join();
    ::close(socket_);
  }
  std::string url(std::string_view path) const { return format("http://127.0.0.1:{}{}", port_, path); }
  const std::string& request() {
    thread_.join();
    thread_ = std::thread([] {});
    return request_;
  }

 private:
  void serve() {
    const int connection = ::accept(socket_, nullptr, nullptr);
    if (connection < 0) return;
    std::string buffer(65536, '\0');
    const auto count = ::recv(connection, buffer.data(), buffer.size(), 0);
    request_ = buffer.substr(0, static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    for (std::size_t sent = 0; sent < answer_.size();) {
      const auto more = ::send(connection, answer_.data() + sent, answer_.size() - sent, MSG_NOSIGNAL);
      if (more <= 0) break;
      sent += static_cast<std::size_t>(more);
    }
    if (answer_.empty()) ::recv(connection, buffer.data(), buffer.size(), 0);  // says nothing until the client goes
    ::close(connection);
  }
  std::string answer_;
  int socket_;
  std::uint16_t port_ = 0;
  std::string request_;
  std::thread thread_;
};

TEST(HttpClient, PostsABodyAndGivesStatusTypeAndAnswer) {
  OneAnswer server("HTTP/1.1 409 Conflict\r\nContent-Type: text/x.tlog.size\r\nContent-Length: 3\r\n\r\n12\n");
  const auto client = make_http_client();
  const auto answer =
      client->send({.url = server.url("/add-checkpoint"), .body = "old 0\n", .content_type = "text/plain"});
  ASSERT_TRUE(answer.has_value()) << answer.error().sentence();
  EXPECT_EQ(answer->status, 409U);
  EXPECT_EQ(answer->content_type, "text/x.tlog.size");
  EXPECT_EQ(answer->body, "12\n");
  const std::string& request = server.request();
  EXPECT_TRUE(request.starts_with("POST /add-checkpoint HTTP/1.1\r\n")) << request;
  EXPECT_NE(request.find("User-Agent: gavah\r\n"), std::string::npos);
  EXPECT_TRUE(request.ends_with("\r\n\r\nold 0\n"));
}

TEST(HttpClient, ALongerAnswerThanAskedForIsRefused) {
  OneAnswer server("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + std::string(1000, 'x'));
  const auto answer =
      make_http_client()->send({.url = server.url("/"), .body = {}, .content_type = {}, .max_answer_bytes = 999});
  ASSERT_FALSE(answer.has_value());
  EXPECT_EQ(answer.error().code, ErrorCode::invalid_input);
}

TEST(HttpClient, SilenceEndsInTime) {
  OneAnswer server("");
  const auto answer =
      make_http_client()->send({.url = server.url("/"), .body = {}, .content_type = {}, .timeout_ms = 200});
  ASSERT_FALSE(answer.has_value());
  EXPECT_EQ(answer.error().code, ErrorCode::unavailable);
}

TEST(HttpClient, ARedirectIsAnAnswerNotAnOrder) {
  OneAnswer server("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n");
  const auto answer = make_http_client()->send({.url = server.url("/"), .body = {}, .content_type = {}});
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->status, 302U);
}

TEST(HttpClient, NothingButHttpIsOpened) {
  for (const char* url : {"file:///etc/hostname", "ftp://127.0.0.1/", "127.0.0.1", ""}) {
    const auto answer = make_http_client()->send({.url = url, .body = {}, .content_type = {}});
    ASSERT_FALSE(answer.has_value()) << url;
    EXPECT_EQ(answer.error().code, ErrorCode::invalid_input);
  }
}

}  // namespace
}  // namespace gavah::net
