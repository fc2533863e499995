#include "cloud/execute_api/cors.h"

#include <string>
#include <vector>

#include "base/text.h"

namespace trunkline::cloud::execute_api {
namespace {

constexpr std::string_view kHeaders[] = {
    "Access-Control-Allow-Origin",   "Access-Control-Allow-Credentials",
    "Access-Control-Allow-Headers",  "Access-Control-Allow-Methods",
    "Access-Control-Expose-Headers", "Access-Control-Max-Age"};

std::string List(const json::Array& values) {
  std::vector<std::string> texts;
  for (const json::Value& value : values) {
    if (value.IsString()) texts.push_back(value.AsString());
  }
  return Join(texts, ",");
}

// The origin that is allowed: "*", "https://*" (any of the scheme) or the very one.
std::string AllowedOrigin(const json::Object& cors, std::string_view origin) {
  for (const json::Value& allowed : cors.GetArray("AllowOrigins")) {
    const std::string& text = allowed.AsString();
    if (text == "*") return "*";
    if (EqualsIgnoreCase(text, origin)) return std::string(origin);
    if (text.ends_with("://*") && origin.starts_with(text.substr(0, text.size() - 1)))
      return std::string(origin);
  }
  return {};
}

}  // namespace

std::optional<net::Response> AnswerPreflight(const json::Object& cors, std::string_view method,
                                             const net::Headers& asked) {
  const bool preflight =
      method == "OPTIONS" && asked.Has("Origin") && asked.Has("Access-Control-Request-Method");
  if (cors.empty() || !preflight) return std::nullopt;
  net::Response response;
  response.status = 204;
  const std::string origin = AllowedOrigin(cors, asked.Get("Origin"));
  if (origin.empty()) return response;
  response.headers.Set(kHeaders[0], origin);
  if (cors.GetBool("AllowCredentials")) response.headers.Set(kHeaders[1], "true");
  const std::string headers = List(cors.GetArray("AllowHeaders"));
  if (!headers.empty()) response.headers.Set(kHeaders[2], headers);
  const std::string methods = List(cors.GetArray("AllowMethods"));
  if (!methods.empty()) response.headers.Set(kHeaders[3], methods);
  if (cors.Has("MaxAge")) response.headers.Set(kHeaders[5], std::to_string(cors.GetInt("MaxAge")));
  return response;
}

void AddCorsHeaders(const json::Object& cors, const net::Headers& asked, net::Headers& answer) {
  if (cors.empty()) return;
  for (const std::string_view name : kHeaders) answer.Remove(name);
  if (!asked.Has("Origin")) return;
  const std::string origin = AllowedOrigin(cors, asked.Get("Origin"));
  if (origin.empty()) return;
  answer.Set(kHeaders[0], origin);
  if (cors.GetBool("AllowCredentials")) answer.Set(kHeaders[1], "true");
  const std::string exposed = List(cors.GetArray("ExposeHeaders"));
  if (!exposed.empty()) answer.Set(kHeaders[4], exposed);
}

}  // namespace trunkline::cloud::execute_api
