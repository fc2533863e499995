#include "net/server.h"

#include <utility>

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>

#include "base/system_error.h"
#include "net/session.h"

namespace trunkline::net {
namespace {

using asio::ip::tcp;
using boost::system::error_code;
using Acceptor = asio::basic_socket_acceptor<tcp, Executor>;
using World = std::shared_ptr<SessionWorld>;

constexpr std::chrono::seconds kTick{1};
constexpr std::string_view kFull =
    "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\nRetry-After: "
    "1\r\n\r\n";

// A coroutine's end: what it throws is a bug, but no reason to take the other connections down.
auto Ended(const World& world, std::string_view what) {
  return [world, what](const std::exception_ptr& thrown) {
    if (!thrown || world->stopping) return;
    try {
      std::rethrow_exception(thrown);
    } catch (const std::exception& bug) {
      world->log.Line(Log::Level::kError,
                      fmt::format("{} ended with an exception: {}", what, bug.what()));
    }
  };
}

void EndTickingWhenDone(SessionWorld& world) {
  if (world.stopping && world.sessions.empty())
    world.end_ticking.emit(asio::cancellation_type::terminal);
}

aw<void> Tick(World world) {
  while (!world->stopping || !world->sessions.empty()) {
    co_await world->timers.Wait(kTick);
    ++world->tick;
    for (Session* session : world->sessions) session->CheckDeadline();
  }
}

aw<void> RunSession(World world, Socket socket, std::string peer) {
  {
    Session session(world, std::move(socket), std::move(peer));
    co_await session.Run();
  }
  EndTickingWhenDone(*world);
}

void Welcome(const World& world, Socket socket) {
  error_code code;
  const tcp::endpoint peer = socket.remote_endpoint(code);
  if (code) return;  // it has left already
  if (world->sessions.size() >= world->options.max_connections) {
    socket.non_blocking(true, code);
    socket.write_some(asio::buffer(kFull), code);  // fits: nothing was sent before
    socket.shutdown(Socket::shutdown_send, code);
    return;
  }
  asio::co_spawn(world->loop, RunSession(world, std::move(socket), peer.address().to_string()),
                 Ended(world, "a connection"));
}

Error Refused(const ServerOptions& options, const error_code& code) {
  if (code == asio::error::address_in_use) {
    return Error(ErrorKind::kConflict,
                 "port {} on {} is in use; choose another with --port, or --port 0 for a free one",
                 options.port, options.address);
  }
  return Error(SystemErrorKind(code.value()), "cannot listen on port {} of {}: {}", options.port,
               options.address, ReasonOf(code));
}

}  // namespace

struct Server::State {
  State(World its_world, Acceptor its_acceptor)
      : world(std::move(its_world)), acceptor(std::move(its_acceptor)) {}

  World world;
  Acceptor acceptor;

  static aw<void> Accept(std::shared_ptr<State> state) {
    const World world = state->world;
    while (!world->stopping) {
      error_code code;
      Socket socket = co_await state->acceptor.async_accept(asio::redirect_error(kUseAw, code));
      if (world->stopping) break;
      if (!code) {
        Welcome(world, std::move(socket));
      } else if (code != asio::error::connection_aborted) {
        // Out of descriptors, most likely: trying at once would only burn the processor.
        world->log.Warn("cannot accept a connection: {}", ReasonOf(code));
        co_await world->timers.Wait(Milliseconds(100));
      }
    }
  }
};

Result<std::unique_ptr<Server>> Server::Listen(Loop& loop, const ServerOptions& options,
                                               Handler handler, Log& log) {
  error_code code;
  const asio::ip::address address = asio::ip::make_address(options.address, code);
  if (code) {
    return Error(ErrorKind::kInvalid, "expected an IP address to listen on but got '{}'",
                 options.address);
  }
  const tcp::endpoint endpoint(address, options.port);
  Acceptor acceptor(loop);
  acceptor.open(endpoint.protocol(), code);
  if (!code)
    acceptor.set_option(Acceptor::reuse_address(true),
                        code);  // a restart need not wait for old connections
  if (!code) acceptor.bind(endpoint, code);
  if (!code) acceptor.listen(Acceptor::max_listen_connections, code);
  if (code) return Refused(options, code);
  auto world = std::make_shared<SessionWorld>(loop, options, std::move(handler), log);
  auto state = std::make_shared<State>(world, std::move(acceptor));
  asio::co_spawn(loop, State::Accept(state), Ended(world, "accepting connections"));
  asio::co_spawn(
      loop, Tick(world),
      asio::bind_cancellation_slot(world->end_ticking.slot(), Ended(world, "the server's clock")));
  return std::unique_ptr<Server>(new Server(std::move(state)));
}

Server::Server(std::shared_ptr<State> state) : state_(std::move(state)) {}

Server::~Server() {
  Stop();
}

std::uint16_t Server::port() const {
  error_code code;
  return state_->acceptor.local_endpoint(code).port();
}

void Server::Stop() {
  SessionWorld& world = *state_->world;
  if (std::exchange(world.stopping, true)) return;
  error_code ignored;
  state_->acceptor.close(ignored);
  for (Session* session : world.sessions) session->Stop();
  EndTickingWhenDone(world);
}

}  // namespace trunkline::net
