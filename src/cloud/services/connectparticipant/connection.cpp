// Coming and going: connections and their tokens.
#include <algorithm>

#include <fmt/format.h>

#include "cloud/services/connectparticipant/participant.h"
#include "cloud/services/connectparticipant/websocket.h"

namespace trunkline::cloud::participant {
namespace {

// How long a connection may be used before a client makes a new one; the URL itself must be used
// within Chat::kUrlLife.
constexpr std::chrono::hours kConnectionExpiry{1};

bool Has(const json::Array& types, std::string_view type) {
  return std::ranges::any_of(types, [&](const json::Value& one) { return one.AsString() == type; });
}

json::Object Credentials(contacts::Chat& chat, TimePoint now) {
  const contacts::Chat::Pass pass = chat.NewConnection(now);
  return {{"ConnectionToken", pass.secret}, {"Expiry", contacts::ToChatTime(*pass.expires)}};
}

// "ws://127.0.0.1:4566/participant/websocket?token=..."
json::Object WebSocketOf(contacts::Chat& chat, TimePoint now, std::string_view endpoint) {
  const std::string_view authority = endpoint.substr(endpoint.find("://") + 3);
  return {{"Url",
           fmt::format("ws://{}{}?token={}", authority, kWebSocketPath, chat.NewUrl(now).secret)},
          {"ConnectionExpiry", contacts::ToChatTime(now + kConnectionExpiry)}};
}

net::aw<Answer<>> CreateParticipantConnection(WaitContext context, json::Object input) {
  const TimePoint now = context.clock().Now();
  const std::string_view token = input.GetString("ParticipantToken");
  const Live live = context.engine().Get<contacts::Contacts>().FindByToken(token, now);
  if (!live || live->chat->participant_token() != token || live->ended()) co_return Denied();
  const json::Array& types = input.GetArray("Type");
  if (Has(types, "WEBRTC_CONNECTION"))
    co_return Invalid("WEBRTC_CONNECTION is not implemented by this cloud");
  if (types.empty())
    co_return Invalid("expected WEBSOCKET, CONNECTION_CREDENTIALS or both in Type");
  json::Object output;
  if (Has(types, "WEBSOCKET"))
    output.Set("Websocket", WebSocketOf(*live->chat, now, context.endpoint()));
  if (Has(types, "CONNECTION_CREDENTIALS"))
    output.Set("ConnectionCredentials", Credentials(*live->chat, now));
  co_return output;
}

net::aw<Answer<>> DisconnectParticipant(WaitContext context, json::Object input) {
  TL_CO_TRY(const Live live, FindConnected(context, input));
  Disconnect(context.engine(), live);
  co_return json::Object();
}

constexpr WaitHandler kCreateParticipantConnection{CreateParticipantConnection};
constexpr WaitHandler kDisconnectParticipant{DisconnectParticipant};

constexpr Operation kOperations[] = {
    {.name = "CreateParticipantConnection", .wait = &kCreateParticipantConnection},
    {.name = "DisconnectParticipant", .wait = &kDisconnectParticipant},
};
static_assert(InOrder(kOperations));

}  // namespace

void Disconnect(Engine& engine, const Live& live) {
  contacts::Chat& chat = *live->chat;
  if (!live->ended()) {
    chat.AddEvent(engine.clock.Now(), chat.customer(), "participant.left");
    contacts::Post(engine, live, sim::CallerHungUp{});
  }
  chat.Leave();
}

extern constinit const Family kConnectionOperations = kOperations;

}  // namespace trunkline::cloud::participant
