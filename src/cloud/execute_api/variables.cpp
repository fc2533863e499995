#include "cloud/execute_api/variables.h"

#include <cctype>

#include "base/json_read.h"
#include "base/json_write.h"
#include "base/text.h"
#include "cloud/execute_api/event.h"

namespace trunkline::cloud::execute_api {
namespace {

constexpr std::string_view kRequest = "request.";

bool IsNameCharacter(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '_' || c == '-';
}

std::string Text(const json::Value& value) {
  if (value.IsString()) return value.AsString();
  if (value.IsNumber()) return value.AsNumber().text;
  return json::Write(value);
}

std::optional<std::string> Found(std::string_view text) {
  if (text.empty()) return std::nullopt;
  return std::string(text);
}

std::optional<std::string> QueryParameter(const ApiCall& call, std::string_view name) {
  const json::Object query = JoinedQuery(call);
  const json::Value* value = query.Find(name);
  if (!value) return std::nullopt;
  return value->AsString();
}

std::optional<std::string> InBody(const ApiCall& call, std::string_view path) {
  const Result<json::Value> body = json::Parse(call.body);
  if (!body) return std::nullopt;
  return TextInside(*body, path);
}

// Behind "request.".
std::optional<std::string> RequestPart(const ApiCall& call, std::string_view name) {
  if (name == "path") return DecodedPath(call);
  if (name == "body") return Found(call.body);
  if (name == "method") return call.method;
  const std::size_t dot = name.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const std::string_view part = name.substr(0, dot);
  const std::string_view rest = name.substr(dot + 1);
  if (part == "header") return Found(call.headers.Get(rest));
  if (part == "querystring") return QueryParameter(call, rest);
  if (part == "path") return Found(call.path_parameters.GetString(rest));
  if (part == "body") return InBody(call, rest);
  return std::nullopt;
}

// Names of HTTP APIs' access logs that stand elsewhere in events.
std::optional<std::string> LogVariable(const ApiCall& call, std::string_view name) {
  if (name == "identity.sourceIp") return Found(call.peer);
  if (name == "identity.userAgent") return Found(call.headers.Get("User-Agent"));
  if (name == "routeKey") return Found(call.route_key);
  if (name == "extendedRequestId") return Found(call.extended_id);
  if (name == "xrayTraceId") return Found(call.trace_id);
  if (name == "awsEndpointRequestId") return Found(call.request_id);
  if (name == "customDomain.basePathMatched") return Found(call.base_path);
  if (name == "integrationErrorMessage") return TextInside(call.errors, "integration.error");
  for (const std::string_view part : {"error.", "integration."}) {
    if (name.starts_with(part)) return TextInside(call.errors, name);
  }
  return std::nullopt;
}

// One name without its dollar.
std::optional<std::string> Variable(const ApiCall& call, std::string_view name) {
  constexpr std::string_view kContext = "context.";
  constexpr std::string_view kStage = "stageVariables.";
  if (name.starts_with(kContext)) return ContextVariable(call, name.substr(kContext.size()));
  if (name.starts_with(kStage))
    return Found(call.stage_variables.GetString(name.substr(kStage.size())));
  if (name.starts_with(kRequest)) return RequestPart(call, name.substr(kRequest.size()));
  return std::nullopt;
}

bool IsExpression(std::string_view name) {
  return name.starts_with("context.") || name.starts_with("stageVariables.") ||
         name.starts_with(kRequest);
}

}  // namespace

std::optional<std::string> TextInside(const json::Value& root, std::string_view path) {
  const json::Value* value = &root;
  for (const std::string_view step : Split(path, '.')) {
    if (!value->IsObject()) return std::nullopt;
    value = value->AsObject().Find(step);
    if (!value) return std::nullopt;
  }
  if (value->IsNull()) return std::nullopt;
  return Text(*value);
}

std::optional<std::string> ContextVariable(const ApiCall& call, std::string_view name) {
  const bool rest = call.route_key.empty() || !call.resource_id.empty();
  if (auto found = TextInside(RequestContextV1(call, rest), name)) return found;
  return LogVariable(call, name);
}

std::optional<std::string> RequestExpression(const ApiCall& call, std::string_view expression) {
  if (!expression.starts_with('$')) return std::nullopt;
  return Variable(call, expression.substr(1));
}

std::string Interpolate(const ApiCall& call, std::string_view text) {
  std::string whole;
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] != '$') {
      whole += text[i++];
      continue;
    }
    const bool braces = i + 1 < text.size() && text[i + 1] == '{';
    const std::size_t first = i + (braces ? 2 : 1);
    std::size_t end = first;
    while (end < text.size() && IsNameCharacter(text[end])) ++end;
    const std::string_view name = text.substr(first, end - first);
    const bool closed = !braces || (end < text.size() && text[end] == '}');
    if (!closed || !IsExpression(name)) {
      whole += text[i++];
      continue;
    }
    whole += Variable(call, name).value_or("");
    i = end + (braces ? 1 : 0);
  }
  return whole;
}

}  // namespace trunkline::cloud::execute_api
