// WebSocket frames (RFC 6455), the server's side: bytes to messages and back, without sockets.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace trunkline::net {

// What a whole message, or a control frame, was.
struct WebSocketMessage {
  enum class Kind { kText, kPing, kPong, kClose };
  Kind kind = Kind::kText;
  std::string payload;
};

// Why a connection is closed (RFC 6455, 7.4.1).
enum class CloseCode : std::uint16_t {
  kNormal = 1000,
  kGoingAway = 1001,
  kProtocolError = 1002,
  kUnsupportedData = 1003,  // anything but text
  kBadText = 1007,          // not UTF-8
  kTooBig = 1009,
};

// Takes what a client sent, in any pieces.
class WebSocketReader {
 public:
  explicit WebSocketReader(std::size_t max_message) : max_message_(max_message) {}

  void Put(std::string_view bytes) { bytes_.append(bytes); }
  // The next whole message; nothing when more bytes are needed or the client broke the rules.
  std::optional<WebSocketMessage> Next();
  // Set once the client broke the rules: nothing more is read.
  std::optional<CloseCode> problem() const { return problem_; }

 private:
  struct Head;
  std::optional<Head> ReadHead();
  bool Accept(const Head& head);
  std::optional<WebSocketMessage> Take(const Head& head);
  void Break(CloseCode code) { problem_ = code; }

  std::size_t max_message_;
  std::string bytes_;    // not understood yet
  std::string message_;  // of the fragments so far
  bool within_ = false;  // a message has begun and not ended
  std::optional<CloseCode> problem_;
};

// One frame of a whole message, unmasked as servers send them.
void AppendFrame(std::string& out, WebSocketMessage::Kind kind, std::string_view payload);
// The payload of a close frame.
std::string ClosePayload(CloseCode code);
// Sec-WebSocket-Accept for the client's Sec-WebSocket-Key.
std::string AcceptKey(std::string_view key);

}  // namespace trunkline::net
