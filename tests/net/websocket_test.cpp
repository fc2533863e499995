#include "net/websocket.h"

#include <gmock/gmock.h>

#include "tests/net/live_server.h"

namespace trunkline::net {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Optional;
using testing::StartsWith;

// A frame as clients send it: masked.
std::string Frame(unsigned first, std::string_view payload, std::string_view mask = "abcd") {
  std::string frame{static_cast<char>(first)};
  if (payload.size() < 126) {
    frame += static_cast<char>(0x80U | payload.size());
  } else {
    frame += static_cast<char>(0x80U | 126U);
    frame += static_cast<char>(payload.size() >> 8U);
    frame += static_cast<char>(payload.size() & 0xFFU);
  }
  frame += mask;
  for (std::size_t i = 0; i < payload.size(); ++i)
    frame += static_cast<char>(payload[i] ^ mask[i % 4]);
  return frame;
}

constexpr unsigned kLast = 0x80, kText = 1, kBinary = 2, kClose = 8, kPing = 9;

std::vector<std::string> Read(WebSocketReader& reader, std::string_view bytes) {
  std::vector<std::string> texts;
  reader.Put(bytes);
  while (const auto message = reader.Next()) texts.push_back(message->payload);
  return texts;
}

TEST(WebSocketFrames, AreReadInAnyPieces) {
  WebSocketReader reader(1000);
  const std::string bytes = Frame(kLast | kText, "hello") + Frame(kLast | kText, "");
  std::vector<std::string> texts;

  for (const char byte : bytes) {
    for (const std::string& text : Read(reader, std::string_view(&byte, 1))) texts.push_back(text);
  }

  EXPECT_THAT(texts, ElementsAre("hello", ""));
}

TEST(WebSocketFrames, AreJoinedToMessagesWithPingsBetween) {
  WebSocketReader reader(1000);

  const auto texts =
      Read(reader, Frame(kText, "hel") + Frame(kLast | kPing, "p") + Frame(kLast, "lo"));

  EXPECT_THAT(texts, ElementsAre("p", "hello"));
}

TEST(WebSocketFrames, OfMoreThan125BytesHaveALongerLength) {
  WebSocketReader reader(1000);
  const std::string text(300, 'x');
  std::string written;

  AppendFrame(written, WebSocketMessage::Kind::kText, text);

  EXPECT_THAT(Read(reader, Frame(kLast | kText, text)), ElementsAre(text));
  EXPECT_THAT(written, StartsWith(std::string("\x81\x7e\x01\x2c", 4)));
}

struct Broken {
  std::string_view what;
  std::string bytes;
  CloseCode code;
};
class BrokenFrames : public testing::TestWithParam<Broken> {};

TEST_P(BrokenFrames, EndTheConnectionWithTheirCode) {
  WebSocketReader reader(100);

  EXPECT_THAT(Read(reader, GetParam().bytes), IsEmpty());
  EXPECT_THAT(reader.problem(), Optional(GetParam().code));
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, BrokenFrames,
    testing::Values(
        Broken{"Unmasked", std::string("\x81\x01x", 3) + "more bytes", CloseCode::kProtocolError},
        Broken{"Reserved", Frame(kLast | 0x40U | kText, "x"), CloseCode::kProtocolError},
        Broken{"Unknown", Frame(kLast | 3U, "x"), CloseCode::kProtocolError},
        Broken{"NothingToContinue", Frame(kLast, "x"), CloseCode::kProtocolError},
        Broken{"LongPing", Frame(kLast | kPing, std::string(126, 'x')), CloseCode::kProtocolError},
        Broken{"Binary", Frame(kLast | kBinary, "x"), CloseCode::kUnsupportedData},
        Broken{"NoUtf8", Frame(kLast | kText, "\xff"), CloseCode::kBadText},
        Broken{"TooBig", Frame(kLast | kText, std::string(101, 'x')), CloseCode::kTooBig},
        Broken{"TooBigInPieces",
               Frame(kText, std::string(60, 'x')) + Frame(0, std::string(60, 'x')),
               CloseCode::kTooBig}),
    [](const auto& row) { return std::string(row.param.what); });

// Says everything twice.
class Twice final : public WebSocketPeer {
 public:
  void Opened(const std::shared_ptr<WebSocket>& socket) override { socket_ = socket; }
  void Said(const std::string& text) override {
    if (text == "bye") return socket_->Close(CloseCode::kGoingAway);
    socket_->Send(text);
    socket_->Send(text);
  }
  void Closed() override { closed.set_value(); }
  std::promise<void> closed;

 private:
  std::shared_ptr<WebSocket> socket_;
};

class WebSockets : public testing::Test {
 protected:
  WebSockets() {
    caller_.Send(
        "GET /chat HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
  }
  ServerOptions Options() {
    ServerOptions options;
    options.websocket = [this](const Request& request) {
      return request.path() == "/chat" ? peer_ : nullptr;
    };
    return options;
  }
  static aw<Response> Refuse(Request) {
    Response response;
    response.status = 403;
    co_return response;
  }

  std::shared_ptr<Twice> peer_ = std::make_shared<Twice>();
  LiveServer server_{Options(), Refuse};
  RawConnection caller_{server_.port()};
};

TEST_F(WebSockets, AreAcceptedWithTheAnswerToTheirKey) {
  const std::string head = caller_.ReceiveHead();

  EXPECT_THAT(head, StartsWith("HTTP/1.1 101 Switching Protocols\r\n"));
  EXPECT_THAT(head, HasSubstr("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"));
}

TEST_F(WebSockets, CarryMessagesBothWaysUntilTheClientCloses) {
  caller_.ReceiveHead();

  caller_.Send(Frame(kLast | kText, "hi") + Frame(kLast | kPing, "p") + Frame(kLast | kClose, ""));

  EXPECT_EQ(caller_.ReceiveRest(), "\x81\x02hi\x81\x02hi\x8a\x01p\x88\x02\x03\xe8");
  caller_.FinishSending();
  peer_->closed.get_future().wait();
}

TEST_F(WebSockets, AreClosedByThePeer) {
  caller_.ReceiveHead();

  caller_.Send(Frame(kLast | kText, "bye"));

  EXPECT_EQ(caller_.ReceiveRest(), "\x88\x02\x03\xe9");
}

TEST_F(WebSockets, OfSilentClientsAreClosed) {
  caller_.ReceiveHead();

  server_.PassSeconds(601);

  EXPECT_EQ(caller_.ReceiveRest(), "");
}

TEST_F(WebSockets, EndWithTheServer) {
  caller_.ReceiveHead();
  server_.thread().Do([this] { server_.server().Stop(); });

  EXPECT_EQ(caller_.ReceiveRest(), "");
}

TEST_F(WebSockets, ThatNobodyTalksOverAreRequestsLikeOthers) {
  RawConnection other(server_.port());

  other.Send(
      "GET /other HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");

  EXPECT_THAT(other.ReceiveHead(), StartsWith("HTTP/1.1 403 Forbidden\r\n"));
}

}  // namespace
}  // namespace trunkline::net
