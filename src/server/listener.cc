#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <csignal>

#include "base/bytes.h"
#include "base/format.h"
#include "server/routes.h"
#include "server/server.h"

namespace gavah::server {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;

constexpr std::uint32_t kHeaderBytes = 16U << 10;       // bytes: the whole header of a request
constexpr std::size_t kTokenBytes = 16;                 // bytes: 128 bits cannot be guessed
constexpr std::chrono::milliseconds kAcceptPause{100};  // when the process has no more descriptors

/// What all connections of one server share; everything runs on the thread of run().
struct Shared {
  ServerOptions options;
  std::uint16_t port = 0;
  std::string token;
  Answer answer;
  std::size_t connections = 0;
};

std::string_view view_of(beast::string_view text) { return {text.data(), text.size()}; }

/// One connection: reads a request, answers it, and again while the client keeps it open. Keeps itself alive through
/// the handlers it hands out.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(tcp::socket socket, Shared& shared) : stream_(std::move(socket)), shared_(shared) {
    ++shared_.connections;
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() { --shared_.connections; }

  void start() {
    if (shared_.connections > shared_.options.max_connections) {
      expire();
      send(refusal(503, "too many connections"));
    } else {
      read();
    }
  }

 private:
  void expire() { stream_.expires_after(std::chrono::milliseconds(shared_.options.timeout_ms)); }

  void read() {
    parser_.emplace();
    parser_->header_limit(kHeaderBytes);
    parser_->body_limit(std::uint64_t{shared_.options.max_body_bytes});
    expire();
    http::async_read(stream_, buffer_, *parser_,
                     [self = shared_from_this()](beast::error_code error, std::size_t) { self->take(error); });
  }

  void take(beast::error_code error) {
    keep_open_ = false;
    if (error == http::error::header_limit) return send(refusal(431, "the header is larger than 16 KiB"));
    if (error == http::error::body_limit) {
      const bool takes_any = shared_.options.max_body_bytes > 0;
      return send(refusal(413, takes_any ? "the body is too long" : "no body is taken"));
    }
    if (error == http::error::end_of_stream || error == beast::error::timeout) return close();
    if (error.category() == http::make_error_code(http::error::bad_method).category()) {
      return send(refusal(400, "this is not HTTP"));
    }
    if (error) return close();
    answer();
  }

  void answer() {
    const auto& message = parser_->get();
    const auto header = [&](beast::string_view name) { return view_of(message[name]); };
    const Request request{.method = view_of(message.method_string()),
                          .target = view_of(message.target()),
                          .host = header("Host"),
                          .token = header("X-Gavah-Token"),
                          .fetch_site = header("Sec-Fetch-Site"),
                          .accept_encoding = header("Accept-Encoding"),
                          .if_none_match = header("If-None-Match"),
                          .body = message.body()};
    keep_open_ = message.keep_alive();
    head_only_ = message.method() == http::verb::head;
    send(shared_.answer(request));
  }

  void send(Response response) {
    message_ = {};
    message_.version(11);
    message_.result(response.status);
    message_.set(http::field::content_type, response.content_type);
    for (const auto& [name, value] : security_headers()) message_.set(name, value);
    for (const auto& [name, value] : response.headers) message_.set(name, value);
    message_.keep_alive(keep_open_);
    message_.body() = std::move(response.body);
    message_.prepare_payload();
    if (head_only_) message_.body().clear();
    expire();
    http::async_write(stream_, message_, [self = shared_from_this()](beast::error_code error, std::size_t) {
      if (error || !self->keep_open_) return self->close();
      self->read();
    });
  }

  void close() {
    beast::error_code ignored;  // the other side may have gone already, which is what is wanted
    stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
  }

  beast::tcp_stream stream_;
  Shared& shared_;
  beast::flat_buffer buffer_{kHeaderBytes * 2};
  std::optional<http::request_parser<http::string_body>> parser_;
  http::response<http::string_body> message_;
  bool keep_open_ = false;
  bool head_only_ = false;
};

class Listener final : public Server {
 public:
  explicit Listener(const ServerOptions& options) : shared_{options, 0, {}, {}, 0} {}

  void answer_with(Answer answer) { shared_.answer = std::move(answer); }

  /// Answers from a View, behind the gate.
  void show(const View& view, Assets assets, Desk* desk, std::string token) {
    shared_.token = std::move(token);
    auto routes = std::make_shared<Routes>(view, std::move(assets), desk);
    answer_with([this, routes](const Request& request) {
      auto refused = refused_at_gate(request, shared_.port, shared_.token);
      return refused ? *std::move(refused) : routes->answer(request);
    });
  }

  Result<void> bind() {
    beast::error_code error;
    const auto address = asio::ip::make_address(shared_.options.address, error);
    if (error) {
      return fail(ErrorCode::invalid_input, gavah::format("'{}' is no address to listen on", shared_.options.address));
    }
    const tcp::endpoint endpoint(address, shared_.options.port);
    acceptor_.open(endpoint.protocol(), error);
    if (!error) acceptor_.set_option(asio::socket_base::reuse_address(true), error);
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
    if (error) {
      return fail(ErrorCode::unavailable, gavah::format("cannot listen on {}:{}: {}", shared_.options.address,
                                                        shared_.options.port, error.message()));
    }
    shared_.port = acceptor_.local_endpoint().port();
    return {};
  }

  std::uint16_t port() const override { return shared_.port; }
  const std::string& token() const override { return shared_.token; }

  Result<void> run() override {
    signals_.async_wait([this](beast::error_code error, int) {
      if (!error) context_.stop();
    });
    accept();
    context_.run();
    return {};
  }

  void stop() override { context_.stop(); }

 private:
  void accept() {
    acceptor_.async_accept([this](beast::error_code error, tcp::socket socket) {
      if (!error) {
        std::make_shared<Connection>(std::move(socket), shared_)->start();
        accept();
      } else if (error != asio::error::operation_aborted) {
        pause_.expires_after(kAcceptPause);
        pause_.async_wait([this](beast::error_code aborted) {
          if (!aborted) accept();
        });
      }
    });
  }

  // The context is destroyed first to last in reverse: handlers hold connections, which count themselves in shared_.
  Shared shared_;
  asio::io_context context_{1};
  tcp::acceptor acceptor_{context_};
  asio::steady_timer pause_{context_};
  asio::signal_set signals_{context_, SIGINT, SIGTERM};
};

}  // namespace

std::string Server::url() const { return gavah::format("http://127.0.0.1:{}/#t={}", port(), token()); }

Result<std::unique_ptr<Server>> Server::open(const ServerOptions& options, const View& view, Assets assets,
                                             Random& random, Desk* desk) {
  ServerOptions here = options;
  here.address = "127.0.0.1";
  if (desk != nullptr) here.max_body_bytes = kMaxDecisionBytes;
  auto listener = std::make_unique<Listener>(here);
  listener->show(view, std::move(assets), desk, to_hex(random.bytes(kTokenBytes)));
  GAVAH_TRY(listener->bind());
  return std::unique_ptr<Server>(std::move(listener));
}

Result<std::unique_ptr<Server>> Server::open(const ServerOptions& options, Answer answer) {
  auto listener = std::make_unique<Listener>(options);
  listener->answer_with(std::move(answer));
  GAVAH_TRY(listener->bind());
  return std::unique_ptr<Server>(std::move(listener));
}

}  // namespace gavah::server
