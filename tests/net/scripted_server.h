// Servers of tests that misbehave as told, and a caller that runs net::Client to the end of one
// request.
#pragma once

#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "net/client.h"
#include "tests/net/live_server.h"

namespace trunkline::net {

// A listening socket on a free port of 127.0.0.1.
class Listener {
 public:
  Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;
  ~Listener();
  std::uint16_t port() const { return port_; }
  int Accept() const;  // the socket of the next connection, -1 after ten seconds

 private:
  int socket_ = -1;
  std::uint16_t port_ = 0;
};

// Does one thing with each connection, in the order they come; the connection is closed after it.
class ScriptedServer {
 public:
  using Script = std::function<void(RawConnection&)>;
  explicit ScriptedServer(std::vector<Script> scripts);
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;
  ~ScriptedServer();
  Url origin() const;

 private:
  Listener listener_;
  std::thread thread_;
};

// A loop, a client on it, and requests that are waited for.
class Caller {
 public:
  explicit Caller(ClientOptions options = {}, MapEnvironment environment = {});
  Result<Response> Send(const Url& origin, Request request = {});

 private:
  MapEnvironment environment_;
  Loop loop_{1};
  Client client_;
};

Url LocalUrl(std::uint16_t port, const std::string& scheme = "http",
             const std::string& host = "127.0.0.1");

}  // namespace trunkline::net
