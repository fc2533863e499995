// An HTTP/1.1 server on loopback: keep-alive, chunked and sized bodies, 100-continue, bounded
// input.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/log.h"
#include "base/result.h"
#include "net/async.h"
#include "net/http.h"
#include "net/timers.h"

namespace trunkline::net {

class WebSocketPeer;  // net/websocket.h

struct ServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;                  // 0: a free one
  std::uint64_t max_body = 512ULL << 20U;  // larger: 413 and the connection is closed
  std::uint32_t max_header = 64U << 10U;   // larger: 431
  std::uint32_t max_connections = 4096;    // more: accepted and closed with 503
  std::chrono::seconds idle{75};           // a connection that says nothing is closed
  // Asked when a client wants a WebSocket: who talks over it, else nullptr, and the handler answers
  // the request. Shared with the session.
  std::function<std::shared_ptr<WebSocketPeer>(const Request&)> websocket;
  Timers* timers = nullptr;  // what counts the seconds of `idle`; null: the loop's clock
};

// Called once per request, many at a time. What it throws becomes a 500 and a line in the log.
using Handler = std::function<aw<Response>(Request)>;

// The loop must outlive the server, and what the handler refers to must live until the loop has
// ended the connections.
class Server {
 public:
  // Binds at once: a port in use is ErrorKind::kConflict and names the port and the way out
  // (--port).
  static Result<std::unique_ptr<Server>> Listen(Loop& loop, const ServerOptions& options,
                                                Handler handler, Log& log);
  ~Server();

  std::uint16_t port() const;
  void Stop();  // no new connections; those that wait are closed; requests under way are answered

 private:
  struct State;
  explicit Server(std::shared_ptr<State> state);
  std::shared_ptr<State> state_;  // shared with the session coroutines
};

}  // namespace trunkline::net
