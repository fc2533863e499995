// Chat clients run in browsers, on pages of anywhere.
#pragma once

#include "net/http.h"

namespace trunkline::cloud::participant {

// A browser asks whether a page of another origin may call the participant service.
bool IsPreflight(const net::Request& request);
net::Response AnswerPreflight();
// A WebSocket is asked for by a URL that is not good any more: 403.
bool IsForWebSocket(const net::Request& request);
net::Response RefuseWebSocket();
// Any page may read the answer: tokens are no cookies, which a browser would send by itself.
void AllowBrowsers(net::Response& response);

}  // namespace trunkline::cloud::participant
