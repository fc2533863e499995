#include "net/websocket_frames.h"

#include "base/hash.h"
#include "base/text.h"

namespace trunkline::net {
namespace {

enum Opcode : unsigned {
  kContinuation = 0,
  kText = 1,
  kBinary = 2,
  kClose = 8,
  kPing = 9,
  kPong = 10
};

constexpr std::size_t kMostControl = 125;
constexpr std::size_t kMaskSize = 4;
constexpr unsigned kLength16 = 126, kLength64 = 127;

unsigned Byte(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}

std::uint64_t Number(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < size; ++i) number = number << 8U | Byte(bytes, at + i);
  return number;
}

void AppendNumber(std::string& out, std::uint64_t number, std::size_t size) {
  for (std::size_t i = size; i-- > 0;) out.push_back(static_cast<char>(number >> (8 * i) & 0xFFU));
}

WebSocketMessage::Kind KindOf(unsigned opcode) {
  if (opcode == kClose) return WebSocketMessage::Kind::kClose;
  if (opcode == kPing) return WebSocketMessage::Kind::kPing;
  return opcode == kPong ? WebSocketMessage::Kind::kPong : WebSocketMessage::Kind::kText;
}

unsigned OpcodeOf(WebSocketMessage::Kind kind) {
  constexpr unsigned kOpcodes[] = {kText, kPing, kPong, kClose};
  return kOpcodes[static_cast<std::size_t>(kind)];
}

}  // namespace

struct WebSocketReader::Head {
  bool last = false, reserved = false, masked = false;
  unsigned opcode = 0;
  std::uint64_t length = 0;
  std::size_t size = 0;  // of the head itself, with the mask

  bool control() const { return opcode >= kClose; }
};

// Nothing when its bytes are not all there.
std::optional<WebSocketReader::Head> WebSocketReader::ReadHead() {
  if (bytes_.size() < 2) return std::nullopt;
  Head head;
  head.last = (Byte(bytes_, 0) & 0x80U) != 0;
  head.reserved = (Byte(bytes_, 0) & 0x70U) != 0;
  head.opcode = Byte(bytes_, 0) & 0x0FU;
  head.masked = (Byte(bytes_, 1) & 0x80U) != 0;
  head.length = Byte(bytes_, 1) & 0x7FU;
  const std::size_t more = head.length == kLength16 ? 2 : head.length == kLength64 ? 8 : 0;
  head.size = 2 + more + kMaskSize;
  if (bytes_.size() < 2 + more) return std::nullopt;
  if (more > 0) head.length = Number(bytes_, 2, more);
  return head;
}

bool WebSocketReader::Accept(const Head& head) {
  const bool known = head.opcode <= kBinary || (head.opcode >= kClose && head.opcode <= kPong);
  const bool in_place = head.control() || within_ == (head.opcode == kContinuation);
  const bool short_enough = !head.control() || (head.last && head.length <= kMostControl);
  if (head.reserved || !head.masked || !known || !in_place || !short_enough) {
    Break(CloseCode::kProtocolError);
  } else if (head.opcode == kBinary) {
    Break(CloseCode::kUnsupportedData);
  } else if (head.length > max_message_ || message_.size() + head.length > max_message_) {
    Break(CloseCode::kTooBig);
  }
  return !problem_;
}

// The whole frame is there. Nothing when the message goes on in the next one.
std::optional<WebSocketMessage> WebSocketReader::Take(const Head& head) {
  const auto length = static_cast<std::size_t>(head.length);
  std::string payload = bytes_.substr(head.size, length);
  for (std::size_t i = 0; i < length; ++i) {
    payload[i] = static_cast<char>(payload[i] ^ bytes_[head.size - kMaskSize + i % kMaskSize]);
  }
  bytes_.erase(0, head.size + length);
  if (head.control()) return WebSocketMessage{.kind = KindOf(head.opcode), .payload = payload};
  message_.append(payload);
  within_ = !head.last;
  if (within_) return std::nullopt;
  if (!IsUtf8(message_)) {
    Break(CloseCode::kBadText);
    return std::nullopt;
  }
  return WebSocketMessage{.payload = std::exchange(message_, {})};
}

std::optional<WebSocketMessage> WebSocketReader::Next() {
  while (!problem_) {
    const auto head = ReadHead();
    if (!head || !Accept(*head) || bytes_.size() < head->size + head->length) return std::nullopt;
    if (auto message = Take(*head)) return message;
  }
  return std::nullopt;
}

void AppendFrame(std::string& out, WebSocketMessage::Kind kind, std::string_view payload) {
  out.push_back(static_cast<char>(0x80U | OpcodeOf(kind)));
  if (payload.size() <= kMostControl) {
    out.push_back(static_cast<char>(payload.size()));
  } else if (payload.size() <= 0xFFFFU) {
    out.push_back(static_cast<char>(kLength16));
    AppendNumber(out, payload.size(), 2);
  } else {
    out.push_back(static_cast<char>(kLength64));
    AppendNumber(out, payload.size(), 8);
  }
  out.append(payload);
}

std::string ClosePayload(CloseCode code) {
  std::string payload;
  AppendNumber(payload, static_cast<std::uint16_t>(code), 2);
  return payload;
}

std::string AcceptKey(std::string_view key) {
  return ToBase64(Sha1(std::string(key) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"));
}

}  // namespace trunkline::net
