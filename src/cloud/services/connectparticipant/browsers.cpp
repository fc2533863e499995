#include "cloud/services/connectparticipant/browsers.h"

#include "base/text.h"
#include "cloud/services/connectparticipant/websocket.h"

namespace trunkline::cloud::participant {

bool IsPreflight(const net::Request& request) {
  const std::string headers = ToLower(request.headers.Get("Access-Control-Request-Headers"));
  return request.method == "OPTIONS" && request.path().starts_with("/participant/") &&
         headers.find("x-amz-bearer") != std::string::npos;
}

net::Response AnswerPreflight() {
  net::Response response;
  response.status = 204;
  AllowBrowsers(response);
  response.headers.Set("Access-Control-Allow-Methods", "GET, POST, OPTIONS");
  response.headers.Set("Access-Control-Allow-Headers", "*, Authorization");
  response.headers.Set("Access-Control-Max-Age", "3600");
  return response;
}

bool IsForWebSocket(const net::Request& request) {
  return net::AsksForWebSocket(request) && request.path() == kWebSocketPath;
}

net::Response RefuseWebSocket() {
  net::Response response;
  response.status = 403;
  response.headers.Set("Content-Type", "application/json");
  response.body = R"({"message":"the URL was used before, or is older than 100 seconds"})";
  return response;
}

void AllowBrowsers(net::Response& response) {
  response.headers.Set("Access-Control-Allow-Origin", "*");
  response.headers.Set("Access-Control-Expose-Headers", "x-amzn-ErrorType, x-amzn-RequestId");
}

}  // namespace trunkline::cloud::participant
