#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/random.h"
#include "base/result.h"
#include "server/desk.h"
#include "server/gate.h"
#include "server/view.h"

namespace gavah::server {

/// Gives the bytes of a web asset by its path ("index.html", "app.js.gz"); they live as long as the program.
/// Pass gavah::embedded_web (base/embedded.h, target gavah_web).
using Assets = std::function<std::optional<std::string_view>(std::string_view path)>;

struct ServerOptions {
  std::uint16_t port = 0;             ///< 0: any free one
  std::string address = "127.0.0.1";  ///< IPv4 or IPv6 to listen on; a View is served on this machine only
  std::size_t max_body_bytes = 0;     ///< of a request; longer ones are answered 413
  std::size_t max_connections = 64;   ///< beyond them: 503
  std::uint32_t timeout_ms = 10'000;  ///< for a request to arrive whole, and for an answer to be taken
};

/// Gives the answer to a request; called from the thread of run(), one request at a time.
using Answer = std::function<Response(const Request&)>;

/// Serves a View to browsers on this machine, on 127.0.0.1 only, and takes decisions for a Desk. Everything below /api/
/// needs the token of this run in the header X-Gavah-Token; url() carries it in the fragment, which browsers never
/// send.
class Server {
 public:
  /// Binds the port. `view` and `desk` must outlive the server; without a desk it only reads. unavailable when the port
  /// is taken.
  static Result<std::unique_ptr<Server>> open(const ServerOptions& options, const View& view, Assets assets,
                                              Random& random, Desk* desk = nullptr);
  /// Serves whatever `answer` gives, without a token and without a gate: for machines that speak to machines.
  /// unavailable when the port is taken, invalid_input for an address of another form.
  static Result<std::unique_ptr<Server>> open(const ServerOptions& options, Answer answer);
  virtual ~Server() = default;

  virtual std::uint16_t port() const = 0;
  /// 32 hexadecimal digits, new in every run.
  virtual const std::string& token() const = 0;
  /// "http://127.0.0.1:PORT/#t=TOKEN": what to print and to open.
  std::string url() const;

  /// Answers until stop(), SIGINT or SIGTERM.
  virtual Result<void> run() = 0;
  /// Any thread; run() returns soon after.
  virtual void stop() = 0;
};

}  // namespace gavah::server
