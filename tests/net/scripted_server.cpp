#include "tests/net/scripted_server.h"

#include <arpa/inet.h>
#include <boost/asio/co_spawn.hpp>
#include <gmock/gmock.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace trunkline::net {

Listener::Listener() : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  const timeval limit{.tv_sec = 10, .tv_usec = 0};
  setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  EXPECT_EQ(bind(socket_, reinterpret_cast<const sockaddr*>(&address), size), 0);
  EXPECT_EQ(listen(socket_, 16), 0);
  EXPECT_EQ(getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size), 0);
  port_ = ntohs(address.sin_port);
}

Listener::~Listener() {
  close(socket_);
}

int Listener::Accept() const {
  return accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC);
}

ScriptedServer::ScriptedServer(std::vector<Script> scripts)
    : thread_([this, steps = std::move(scripts)] {
        for (const Script& script : steps) {
          const int socket = listener_.Accept();
          EXPECT_GE(socket, 0) << "nobody called within ten seconds";
          if (socket < 0) return;
          const std::unique_ptr<RawConnection> connection = RawConnection::OfSocket(socket);
          script(*connection);
        }
      }) {}

ScriptedServer::~ScriptedServer() {
  thread_.join();
}

Url ScriptedServer::origin() const {
  return LocalUrl(listener_.port());
}

Caller::Caller(ClientOptions options, MapEnvironment environment)
    : environment_(std::move(environment)), client_(loop_, environment_, std::move(options)) {}

Result<Response> Caller::Send(const Url& origin, Request request) {
  std::optional<Result<Response>> answer;
  const auto run = [&answer](Client& client, Url to, Request what) -> aw<void> {
    answer = co_await client.Send(std::move(to), std::move(what));
  };
  asio::co_spawn(loop_, run(client_, origin, std::move(request)), [](std::exception_ptr error) {
    if (error) std::rethrow_exception(error);
  });
  loop_.restart();
  loop_.run();
  return std::move(*answer);
}

Url LocalUrl(std::uint16_t port, const std::string& scheme, const std::string& host) {
  return {.scheme = scheme, .host = host, .port = port, .target = "/"};
}

}  // namespace trunkline::net
