// A WebSocket that the server has accepted (ServerOptions::websocket): its peer is told what comes.
//
// Text only; no extensions and no subprotocols.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "net/async.h"
#include "net/http.h"
#include "net/stream.h"
#include "net/websocket_frames.h"

namespace trunkline::net {

// The connection, for who wants to say something. Belongs to the loop's thread.
class WebSocket : public std::enable_shared_from_this<WebSocket> {
 public:
  static constexpr std::size_t kMostMessage = 128U << 10U;  // larger: closed
  // What waits for a slow client; more, and it is cut off.
  static constexpr std::size_t kMostWaiting = 4U << 20U;
  static constexpr std::chrono::minutes kIdle{10};  // a client that says nothing is closed

  WebSocket(Loop& loop, std::shared_ptr<ByteStream> stream);

  void Send(std::string_view text);
  void Close(CloseCode code);  // after what was sent before

 private:
  friend class Session;
  // Answers what the protocol wants answered; a text is for the peer.
  void Answer(const WebSocketMessage& message);
  void Push(WebSocketMessage::Kind kind, std::string_view payload);
  void StartWriting();
  static aw<void> Write(std::shared_ptr<WebSocket> self);

  Loop& loop_;
  std::shared_ptr<ByteStream> stream_;  // shared with the session, which reads
  std::string waiting_;
  bool writing_ = false;
  bool closing_ = false;
};

// Who talks over it. Told on the loop's thread.
class WebSocketPeer {
 public:
  virtual ~WebSocketPeer() = default;
  virtual void Opened(const std::shared_ptr<WebSocket>& socket) = 0;
  virtual void Said(const std::string& text) = 0;
  virtual void Closed() = 0;  // the connection is gone
};

// Whether the request asks for a WebSocket, of the version that is spoken here (13).
bool AsksForWebSocket(const Request& request);
// Head of the answer that accepts it.
std::string AcceptingHead(const Request& request);

}  // namespace trunkline::net
