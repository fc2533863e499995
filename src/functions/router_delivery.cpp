#include "functions/router_delivery.h"

#include <algorithm>

#include "base/hash.h"
#include "base/json_read.h"
#include "base/text.h"
#include "net/http.h"

namespace trunkline::functions::router {
namespace {

constexpr std::string_view kJson = "application/json";
constexpr std::string_view kForm = "application/x-www-form-urlencoded";

// Header names come in lower case from an HTTP API, as the client wrote them from others.
std::string_view Header(const json::Object& headers, std::string_view name) {
  for (const json::Member& member : headers) {
    if (EqualsIgnoreCase(member.key, name) && member.value.IsString())
      return member.value.AsString();
  }
  return {};
}

// Anybody may send anything: what goes into answers and logs has a form.
std::string WordOf(std::string_view text, std::string_view more) {
  constexpr std::size_t kLongest = 64;
  const auto allowed = [more](char c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter || (c >= '0' && c <= '9') || more.find(c) != std::string_view::npos;
  };
  if (text.size() > kLongest || !std::ranges::all_of(text, allowed)) return "";
  return std::string(text);
}

Result<std::string, Refusal> ReadBody(const json::Object& event) {
  std::string body(event.GetString("body"));
  if (event.GetBool("isBase64Encoded")) {
    std::optional<std::string> bytes = FromBase64(body);
    if (!bytes) return Refusal{.status = 400, .message = "the body says it is base64 and is not"};
    body = std::move(*bytes);
  }
  if (body.size() <= kMaxBody) return body;
  return Refusal{
      .status = 413,
      .message = fmt::format("the body has {} bytes, {} are taken", body.size(), kMaxBody)};
}

Result<std::string, Refusal> TextOfPayload(const Delivery& delivery) {
  if (delivery.content_type == kJson) return delivery.body;
  if (delivery.content_type != kForm) {
    return Refusal{.status = 415,
                   .message = fmt::format("expected content type {} or {} but got '{}'; set it to "
                                          "'application/json' in the webhook's settings",
                                          kJson, kForm, delivery.content_type)};
  }
  for (auto& [name, value] : net::ParseQuery(delivery.body, true)) {
    if (name == "payload") return std::move(value);
  }
  return Refusal{.status = 400, .message = "expected a form with the field 'payload'"};
}

}  // namespace

bool IsHttp(const json::Value& event) {
  const json::Value* headers = event.IsObject() ? event.AsObject().Find("headers") : nullptr;
  return headers != nullptr && headers->IsObject();
}

Result<Delivery, Refusal> ReadDelivery(const json::Value& event) {
  const json::Object& headers = event.AsObject().GetObject("headers");
  Delivery delivery;
  delivery.id = WordOf(Header(headers, "X-GitHub-Delivery"), "-");
  delivery.event = WordOf(Header(headers, "X-GitHub-Event"), "-_");
  delivery.signature = Header(headers, "X-Hub-Signature-256");
  const std::string_view type = Header(headers, "Content-Type");
  delivery.content_type = ToLower(Trim(type.substr(0, type.find(';'))));
  TL_TRY(delivery.body, ReadBody(event.AsObject()));
  return delivery;
}

Result<json::Object, Refusal> ReadPayload(const Delivery& delivery) {
  TL_TRY(const std::string text, TextOfPayload(delivery));
  Result<json::Value> value = json::Parse(text);
  if (!value)
    return Refusal{.status = 400, .message = "the payload is not JSON: " + value.error().message()};
  if (value->IsObject()) return std::move(value->AsObject());
  return Refusal{.status = 400,
                 .message = fmt::format("expected the payload to be a JSON object but got {}",
                                        value->TypeName())};
}

}  // namespace trunkline::functions::router
