// One connection of the server: reads requests one after the other, asks the handler, writes the
// answers. For net/server.cpp only.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <unordered_set>

#include <boost/asio/cancellation_signal.hpp>

#include "net/input_buffer.h"
#include "net/read_message.h"
#include "net/server.h"
#include "net/tcp_stream.h"
#include "net/websocket.h"

namespace trunkline::net {

class Session;

// What the sessions of a server have in common. Time is counted in ticks of a second, which one
// coroutine counts for all: a timer per connection would cost more than the answer.
struct SessionWorld {
  SessionWorld(Loop& its_loop, const ServerOptions& its_options, Handler its_handler, Log& its_log)
      : loop(its_loop),
        options(its_options),
        handler(std::move(its_handler)),
        log(its_log),
        own_timers(its_loop),
        timers(its_options.timers != nullptr ? *its_options.timers : own_timers) {}

  Loop& loop;
  ServerOptions options;
  Handler handler;
  Log& log;
  RealTimers own_timers;
  Timers& timers;
  std::uint64_t tick = 0;
  bool stopping = false;
  std::unordered_set<Session*> sessions;
  asio::cancellation_signal end_ticking;
};

class Session {
 public:
  Session(std::shared_ptr<SessionWorld> world, Socket socket, std::string peer);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session();

  aw<void> Run();
  // Closes a connection whose time is up; called once a tick.
  void CheckDeadline();
  // Closes at once when no request is under way, else after its answer.
  void Stop();

 private:
  // How an answer must be sent, known from the request.
  struct Manner {
    bool without_body = false;  // HEAD
    bool keep_alive = false;
    bool say_keep_alive = false;
  };

  aw<bool> ReadRequest();  // false: the connection ends
  aw<bool> ReadMore();
  aw<bool> TellToContinue();
  aw<Response> Ask(Request request);
  aw<bool> Send(Response response, Manner manner);
  aw<bool> SendFile(FileBody file);
  aw<void> Refuse();
  aw<void> Linger();
  std::shared_ptr<WebSocketPeer> PeerOf(const Request& request) const;
  static bool Hear(WebSocketReader& reader, WebSocket& socket, WebSocketPeer& peer);
  // Reads until the WebSocket ends; its peer is told.
  aw<void> Talk(std::shared_ptr<WebSocketPeer> peer, std::string accepting);
  void AllowFor(std::uint64_t bytes);

  static constexpr std::uint64_t kNever = std::numeric_limits<std::uint64_t>::max();

  std::shared_ptr<SessionWorld> world_;
  std::shared_ptr<TcpStream> stream_;  // shared with who writes to a WebSocket
  std::string peer_;
  InputBuffer input_;
  RequestReader reader_;
  std::string head_;      // reused for every answer
  std::string name_;      // of the request under way, for the log
  bool waiting_ = false;  // for a first byte
  bool told_to_continue_ = false;
  std::uint64_t received_ = 0;  // of the request under way
  std::uint64_t began_ = 0;     // tick of what is being waited for
  std::uint64_t deadline_ = kNever;
};

}  // namespace trunkline::net
