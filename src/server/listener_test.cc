#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>

#include "base/format.h"
#include "browser/fake_view.h"
#include "server/server.h"

namespace gavah::server {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::optional<std::string_view> assets(std::string_view path) {
  if (path == "index.html") return "<!doctype html>";
  return std::nullopt;
}

/// A client that speaks bytes, so that it can be as wrong as it likes.
class Client {
 public:
  explicit Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  ~Client() { ::close(socket_); }

  void send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
  }
  /// Everything until the server closes.
  std::string rest() {
    std::string out;
    std::array<char, 4096> buffer{};
    for (;;) {
      const ssize_t got = ::recv(socket_, buffer.data(), buffer.size(), 0);
      if (got <= 0) return out;
      out.append(buffer.data(), static_cast<std::size_t>(got));
    }
  }

 private:
  int socket_;
};

class RunningServer : public testing::Test {
 protected:
  void open(ServerOptions options) {
    auto opened = Server::open(options, view, assets, random);
    ASSERT_TRUE(opened.has_value());
    server = *std::move(opened);
    thread = std::thread([this] { EXPECT_TRUE(server->run().has_value()); });
  }
  void SetUp() override { open({.port = 0, .max_connections = 3, .timeout_ms = 300}); }
  void TearDown() override {
    server->stop();
    thread.join();
  }
  std::string ask(std::string_view line, std::string_view headers = {}) {
    Client client(server->port());
    client.send(gavah::format("{} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n{}\r\n", line, server->port(),
                              headers));
    return client.rest();
  }

  const FakeView view{20};
  SeededRandom random{1};
  std::unique_ptr<Server> server;
  std::thread thread;
};

TEST_F(RunningServer, SendsThePageWithStrictHeaders) {
  const std::string answer = ask("GET /");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(answer, HasSubstr("Content-Security-Policy: default-src 'none'; script-src 'self'"));
  EXPECT_THAT(answer, HasSubstr("X-Content-Type-Options: nosniff"));
  EXPECT_THAT(answer, HasSubstr("Referrer-Policy: no-referrer"));
  EXPECT_THAT(answer, HasSubstr("Cache-Control: no-store"));
  EXPECT_THAT(answer, HasSubstr("\r\n\r\n<!doctype html>"));
}

TEST_F(RunningServer, AnswersTheApiWithTheTokenOnly) {
  EXPECT_THAT(ask("GET /api/meta"), StartsWith("HTTP/1.1 401"));
  const std::string answer = ask("GET /api/meta", gavah::format("X-Gavah-Token: {}\r\n", server->token()));
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(answer, HasSubstr("\"acts\""));
  EXPECT_EQ(server->url(), gavah::format("http://127.0.0.1:{}/#t={}", server->port(), server->token()));
}

TEST_F(RunningServer, HeadSendsNoBody) {
  const std::string answer = ask("HEAD /");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(answer, HasSubstr("Content-Length: 15"));
  EXPECT_THAT(answer, Not(HasSubstr("<!doctype")));
}

TEST_F(RunningServer, KeepsAConnectionForTheNextRequest) {
  Client client(server->port());
  const std::string host = gavah::format("Host: 127.0.0.1:{}\r\n", server->port());
  client.send("GET / HTTP/1.1\r\n" + host + "\r\nGET / HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n");
  const std::string answers = client.rest();
  EXPECT_NE(answers.find("<!doctype html>HTTP/1.1 200"), std::string::npos) << answers;
}

TEST_F(RunningServer, RefusesOtherMethodsBodiesAndLongHeaders) {
  EXPECT_THAT(ask("POST /"), StartsWith("HTTP/1.1 405"));
  EXPECT_THAT(ask("GET /", "Content-Length: 5\r\n"), StartsWith("HTTP/1.1 413"));
  EXPECT_THAT(ask("GET /", gavah::format("X-Long: {}\r\n", std::string(20'000, 'a'))), StartsWith("HTTP/1.1 431"));
  EXPECT_THAT(ask("GET / a"), StartsWith("HTTP/1.1 400"));
}

TEST_F(RunningServer, AnotherNameForThisMachineIsRefused) {
  Client client(server->port());
  client.send("GET / HTTP/1.1\r\nHost: rebound.example\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(client.rest(), StartsWith("HTTP/1.1 421"));
}

TEST_F(RunningServer, ASlowClientIsDroppedAndOthersAreServedMeanwhile) {
  Client slow(server->port());
  slow.send("GET / HTTP/1.1\r\nHo");
  EXPECT_THAT(ask("GET /"), StartsWith("HTTP/1.1 200"));
  EXPECT_EQ(slow.rest(), "");
}

TEST_F(RunningServer, TooManyConnectionsAreTurnedAway) {
  std::vector<std::unique_ptr<Client>> idle;
  for (int i = 0; i < 3; ++i) idle.push_back(std::make_unique<Client>(server->port()));
  EXPECT_THAT(ask("GET /"), StartsWith("HTTP/1.1 503"));
}

TEST_F(RunningServer, ATakenPortIsSaid) {
  SeededRandom other(2);
  const auto second = Server::open({.port = server->port()}, view, assets, other);
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().code, ErrorCode::unavailable);
}

}  // namespace
}  // namespace gavah::server
