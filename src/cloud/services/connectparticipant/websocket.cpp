#include "cloud/services/connectparticipant/websocket.h"

#include <algorithm>

#include "base/json_read.h"
#include "base/json_write.h"
#include "cloud/contacts/host.h"

namespace trunkline::cloud::participant {
namespace {

constexpr std::string_view kChatTopic = "aws/chat";

json::Array Named(const json::Array& topics, bool known) {
  json::Array some;
  for (const json::Value& topic : topics) {
    if (topic.IsString() && (topic.AsString() == kChatTopic) == known) some.push_back(topic);
  }
  return some;
}

// The official client for iOS closes one bracket too many: "{...})".
Result<json::Value> ReadMessage(std::string_view text) {
  if (text.ends_with("})")) text.remove_suffix(1);
  return json::Parse(text);
}

class ChatSocket final : public net::WebSocketPeer,
                         public contacts::ChatListener,
                         public std::enable_shared_from_this<ChatSocket> {
 public:
  explicit ChatSocket(std::shared_ptr<contacts::LiveContact> live) : live_(std::move(live)) {}

  void Opened(const std::shared_ptr<net::WebSocket>& socket) override { socket_ = socket; }

  void Said(const std::string& text) override {
    const auto read = ReadMessage(text);
    if (!read || !read->IsObject()) return Send({{"message", "expected a JSON object"}});
    const json::Object& message = read->AsObject();
    const std::string_view topic = message.GetString("topic");
    if (topic == "aws/subscribe") return Subscribe(message.GetObject("content").GetArray("topics"));
    if (topic == "aws/heartbeat") return Send({{"topic", topic}});
    if (topic == "aws/ping")
      return Send({{"topic", topic}, {"statusCode", 200}, {"statusContent", "OK"}});
    Send({{"topic", topic}, {"message", "expected aws/subscribe, aws/heartbeat or aws/ping"}});
  }

  void Closed() override { socket_.reset(); }

  void Hear(const json::Object& item) override {
    Send({{"content", json::Write(item)},
          {"contentType", "application/json"},
          {"topic", kChatTopic}});
  }

  void Close() override {
    if (socket_) socket_->Close(net::CloseCode::kNormal);
  }

 private:
  void Subscribe(const json::Array& topics) {
    const json::Array known = Named(topics, true);
    const json::Array unknown = Named(topics, false);
    if (!known.empty()) live_->chat->Listen(shared_from_this());
    if (!known.empty()) Subscribed("success", known);
    if (!unknown.empty() || known.empty()) Subscribed("failure", unknown);
  }

  void Subscribed(std::string_view status, const json::Array& topics) {
    json::Object content{{"status", status}};
    content.Set("topics", topics);
    Send({{"topic", "aws/subscribe"}, {"content", std::move(content)}});
  }

  void Send(const json::Object& message) {
    if (socket_) socket_->Send(json::Write(message));
  }

  std::shared_ptr<contacts::LiveContact> live_;  // shared with the host's list
  std::shared_ptr<net::WebSocket> socket_;       // shared with the session that reads it
};

std::string TokenOf(const net::Request& request) {
  const auto query = net::ParseQuery(request.query());
  const auto found = std::ranges::find(query, "token", &std::pair<std::string, std::string>::first);
  return found == query.end() ? std::string() : found->second;
}

}  // namespace

std::shared_ptr<net::WebSocketPeer> OpenWebSocket(Engine& engine, const net::Request& request) {
  if (request.path() != kWebSocketPath) return nullptr;
  auto live = engine.Get<contacts::Contacts>().TakeUrl(TokenOf(request), engine.clock.Now());
  return live ? std::make_shared<ChatSocket>(std::move(live)) : nullptr;
}

}  // namespace trunkline::cloud::participant
