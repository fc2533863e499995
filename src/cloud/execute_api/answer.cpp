#include "cloud/execute_api/answer.h"

#include "base/hash.h"
#include "base/json_read.h"
#include "base/json_write.h"

namespace trunkline::cloud::execute_api {
namespace {

// Numbers and booleans of headers are written as texts; what is no plain value is malformed.
std::optional<std::string> PlainText(const json::Value& value) {
  if (value.IsString()) return value.AsString();
  if (value.IsNumber()) return value.AsNumber().text;
  if (value.IsBool()) return std::string(value.AsBool() ? "true" : "false");
  return std::nullopt;
}

bool AddHeaders(const json::Object& answer, net::Headers& headers) {
  const json::Object& many = answer.GetObject("multiValueHeaders");
  for (const json::Member& header : answer.GetObject("headers")) {
    if (header.value.IsNull() || many.Has(header.key)) continue;
    const auto text = PlainText(header.value);
    if (!text) return false;
    headers.Set(header.key, *text);
  }
  for (const json::Member& header : many) {
    if (!header.value.IsArray()) return false;
    for (const json::Value& value : header.value.AsArray()) {
      const auto text = PlainText(value);
      if (!text) return false;
      headers.Add(header.key, *text);
    }
  }
  return true;
}

bool AddCookies(const json::Object& answer, net::Headers& headers) {
  for (const json::Value& cookie : answer.GetArray("cookies")) {
    if (!cookie.IsString()) return false;
    headers.Add("Set-Cookie", cookie.AsString());
  }
  return true;
}

std::optional<int> StatusOf(const json::Value& value) {
  constexpr int kFirst = 200;
  constexpr int kLast = 599;
  std::int64_t status = 0;
  if (value.IsNumber()) status = value.AsInt();
  if (value.IsString()) {
    const Result<json::Value> number = json::Parse(value.AsString());
    if (number && number->IsNumber()) status = number->AsInt();
  }
  if (status < kFirst || status > kLast) return std::nullopt;
  return static_cast<int>(status);
}

bool AddBody(const json::Object& answer, net::Response& response) {
  const json::Value* body = answer.Find("body");
  if (!body || body->IsNull()) return true;
  if (!body->IsString()) return false;
  response.body = body->AsString();
  if (!answer.GetBool("isBase64Encoded")) return true;
  auto bytes = FromBase64(response.body);
  if (!bytes) return false;
  response.body = std::move(*bytes);
  return true;
}

net::Response WholeAsBody(const json::Value& answer, std::string payload) {
  net::Response response;
  response.headers.Set("Content-Type", "application/json");
  if (answer.IsString())
    response.body = answer.AsString();
  else
    response.body = std::move(payload);
  return response;
}

}  // namespace

net::Response MessageAnswer(int status, std::string_view message) {
  net::Response response;
  response.status = status;
  response.headers.Set("Content-Type", "application/json");
  response.body = "{\"message\":" + json::Quote(message) + "}";
  return response;
}

std::optional<net::Response> ReadFunctionAnswer(std::string_view payload, AnswerForm form,
                                                std::string& why) {
  const Result<json::Value> parsed = json::Parse(payload);
  if (!parsed) {
    why = "expected the function to answer JSON";
    return std::nullopt;
  }
  const json::Value* status = parsed->IsObject() ? parsed->AsObject().Find("statusCode") : nullptr;
  if (!status) {
    if (form == AnswerForm::kHttpV2) return WholeAsBody(*parsed, std::string(payload));
    if (form == AnswerForm::kFunctionUrl) return WholeAsBody(*parsed, json::Write(*parsed));
    why = "expected the function to answer an object with a statusCode";
    return std::nullopt;
  }
  const json::Object& answer = parsed->AsObject();
  net::Response response;
  const auto code = StatusOf(*status);
  if (!code) why = "expected the function's statusCode to be a number between 200 and 599";
  response.status = code.value_or(0);
  if (!AddHeaders(answer, response.headers)) why = "expected the function's headers to be texts";
  const bool cookies = form == AnswerForm::kHttpV2 || form == AnswerForm::kFunctionUrl;
  if (cookies && !AddCookies(answer, response.headers))
    why = "expected the function's cookies to be texts";
  if (!AddBody(answer, response))
    why = "expected the function's body to be a text, in Base64 if isBase64Encoded says so";
  if (!why.empty()) return std::nullopt;
  return response;
}

}  // namespace trunkline::cloud::execute_api
