#include "net/websocket.h"

#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <fmt/format.h>

#include "base/text.h"

namespace trunkline::net {

WebSocket::WebSocket(Loop& loop, std::shared_ptr<ByteStream> stream)
    : loop_(loop), stream_(std::move(stream)) {}

void WebSocket::Send(std::string_view text) {
  Push(WebSocketMessage::Kind::kText, text);
}

void WebSocket::Close(CloseCode code) {
  if (closing_) return;
  AppendFrame(waiting_, WebSocketMessage::Kind::kClose, ClosePayload(code));
  closing_ = true;  // before writing, which may be done at once
  StartWriting();
}

void WebSocket::Answer(const WebSocketMessage& message) {
  if (message.kind == WebSocketMessage::Kind::kPing)
    Push(WebSocketMessage::Kind::kPong, message.payload);
  if (message.kind == WebSocketMessage::Kind::kClose) Close(CloseCode::kNormal);
}

void WebSocket::Push(WebSocketMessage::Kind kind, std::string_view payload) {
  if (closing_) return;
  AppendFrame(waiting_, kind, payload);
  StartWriting();
}

void WebSocket::StartWriting() {
  if (waiting_.size() > kMostWaiting) return stream_->Close();
  if (std::exchange(writing_, true)) return;
  asio::co_spawn(loop_, Write(shared_from_this()), asio::detached);
}

aw<void> WebSocket::Write(std::shared_ptr<WebSocket> self) {
  while (!self->waiting_.empty()) {
    const std::string bytes = std::exchange(self->waiting_, {});
    const Result<void> written = co_await self->stream_->Write(bytes, {});
    if (!written.ok()) self->closing_ = true;  // the session learns of it by reading
  }
  self->writing_ = false;
  if (self->closing_) self->stream_->FinishWriting();
}

bool AsksForWebSocket(const Request& request) {
  return request.method == "GET" && EqualsIgnoreCase(request.headers.Get("Upgrade"), "websocket") &&
         request.headers.Get("Sec-WebSocket-Version") == "13" &&
         request.headers.Has("Sec-WebSocket-Key");
}

std::string AcceptingHead(const Request& request) {
  return fmt::format(
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Accept: {}\r\n\r\n",
      AcceptKey(request.headers.Get("Sec-WebSocket-Key")));
}

}  // namespace trunkline::net
