// A chat over a WebSocket, as the official chat clients hold it: they subscribe to the topic
// "aws/chat" and are told its items as they come.
#pragma once

#include <memory>
#include <string_view>

#include "cloud/engine.h"
#include "net/http.h"
#include "net/websocket.h"

namespace trunkline::cloud::participant {

// With "?token=", as CreateParticipantConnection's URL has it.
inline constexpr std::string_view kWebSocketPath = "/participant/websocket";

// Uses the URL up. nullptr: it is none of ours, was used before or is too old.
std::shared_ptr<net::WebSocketPeer> OpenWebSocket(Engine& engine, const net::Request& request);

}  // namespace trunkline::cloud::participant
