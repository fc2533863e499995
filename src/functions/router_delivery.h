// Delivery: one POST of a webhook, as API Gateway or a function URL hands it over; nothing of its
// body is understood before its signature was checked.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"
#include "base/result.h"

namespace trunkline::functions::router {

struct Delivery {
  std::string id;            // X-GitHub-Delivery; empty when it is not of letters, digits and '-'
  std::string event;         // X-GitHub-Event; likewise with '_'
  std::string signature;     // X-Hub-Signature-256
  std::string content_type;  // without parameters, lower case
  std::string body;          // the bytes as they were sent
};

// Lambda takes 6 MB with each invocation, a base64 body's a third more.
inline constexpr std::size_t kMaxBody = 6U << 20U;

// What is answered instead of working: a status of HTTP, and why.
struct Refusal {
  int status;
  std::string message;
};

// Whether it is an event of payload format 2.0; a REST API's 1.0 has the same members.
bool IsHttp(const json::Value& event);
Result<Delivery, Refusal> ReadDelivery(const json::Value& event);

// The JSON of a delivery whose signature was checked. The content type is JSON, or a form with the
// field `payload`.
Result<json::Object, Refusal> ReadPayload(const Delivery& delivery);

}  // namespace trunkline::functions::router
