#include "cloud/execute_api/rest_mapping.h"

#include <algorithm>

#include "aws/pattern.h"
#include "base/hash.h"
#include "base/json_read.h"
#include "base/text.h"
#include "cloud/execute_api/variables.h"

namespace trunkline::cloud::execute_api {
namespace {

std::string MediaType(std::string_view header) {
  return ToLower(Trim(header.substr(0, header.find(';'))));
}

// A value of a mapping: of the request, or a text in single quotes.
std::string RequestValue(const ApiCall& call, std::string_view text) {
  constexpr std::string_view kMethod = "method.";
  if (text.size() > 1 && text.front() == '\'' && text.back() == '\'')
    return std::string(text.substr(1, text.size() - 2));
  if (text.starts_with(kMethod)) text.remove_prefix(kMethod.size());
  return RequestExpression(call, "$" + std::string(text)).value_or("");
}

// "integration.response.header.x", "integration.response.body.a.b", else as of the request.
std::string AnswerValue(const ApiCall& call, const IntegrationAnswer& answer,
                        std::string_view text) {
  constexpr std::string_view kHeader = "integration.response.header.";
  constexpr std::string_view kBody = "integration.response.body";
  if (text.starts_with(kHeader))
    return std::string(answer.headers.Get(text.substr(kHeader.size())));
  if (text == kBody) return answer.body;
  if (!text.starts_with(kBody)) return RequestValue(call, text);
  const Result<json::Value> body = json::Parse(answer.body);
  return body ? TextInside(*body, text.substr(kBody.size() + 1)).value_or("") : std::string();
}

// The response whose pattern matches the whole selector; without one, the one without a pattern.
const json::Object* ChooseResponse(const json::Object& responses, const std::string& selector) {
  const json::Object* other = nullptr;
  for (const json::Member& one : responses) {
    const json::Object& response = one.value.AsObject();
    const std::string_view expression = response.GetString("selectionPattern");
    if (expression.empty()) {
      other = &response;
      continue;
    }
    const auto pattern = aws::Pattern::Compile(expression);
    if (pattern && pattern->Matches(selector)) return &response;
  }
  return other;
}

void ApplyOverride(const json::Object& override, net::Response& response) {
  const json::Value* status = override.Find("status");
  if (status && status->IsNumber()) response.status = static_cast<int>(status->AsInt());
  if (status && status->IsString())
    response.status = static_cast<int>(ToInt(status->AsString()).value_or(response.status));
  for (const json::Member& header : override.GetObject("header")) {
    if (header.value.IsString()) response.headers.Set(header.key, header.value.AsString());
  }
}

// The template for what the client accepts, else the first.
const json::Member* ChooseTemplate(const ApiCall& call, const json::Object& templates) {
  if (templates.empty()) return nullptr;
  const std::string accepted = MediaType(call.headers.Get("Accept"));
  for (const std::string_view wanted :
       {std::string_view(accepted), std::string_view("application/json")}) {
    const auto found = std::ranges::find(templates, wanted, &json::Member::key);
    if (found != templates.end()) return &*found;
  }
  return &*templates.begin();
}

Result<void> FillBody(const ApiCall& call, const json::Object& chosen,
                      const IntegrationAnswer& answer, net::Response& response) {
  const json::Member* form = ChooseTemplate(call, chosen.GetObject("responseTemplates"));
  response.headers.Set("Content-Type", form ? std::string_view(form->key) : "application/json");
  if (!form || !form->value.IsString() || form->value.AsString().empty()) {
    response.body = answer.body;
    return {};
  }
  TemplateWorld world{
      .call = &call, .body = answer.body, .response_override = {}, .request_override = {}};
  TL_TRY(response.body, RenderTemplate(form->value.AsString(), world));
  ApplyOverride(world.response_override, response);
  return {};
}

}  // namespace

Result<std::string> MapRequestBody(const ApiCall& call, const json::Object& integration) {
  const json::Object& templates = integration.GetObject("requestTemplates");
  std::string type = MediaType(call.headers.Get("Content-Type"));
  if (type.empty()) type = "application/json";
  const json::Value* form = templates.Find(type);
  if (form && form->IsString()) {
    TemplateWorld world{
        .call = &call, .body = call.body, .response_override = {}, .request_override = {}};
    return RenderTemplate(form->AsString(), world);
  }
  const std::string_view passthrough =
      integration.GetString("passthroughBehavior", "WHEN_NO_MATCH");
  const bool passes =
      passthrough == "WHEN_NO_MATCH" || (passthrough == "WHEN_NO_TEMPLATES" && templates.empty());
  if (passes) return call.body;
  return Error(ErrorKind::kNotFound, "no template fits the content type '{}'", type);
}

void MapRequestParameters(const ApiCall& call, const json::Object& integration,
                          net::Request& request, json::Object& path) {
  constexpr std::string_view kRequest = "integration.request.";
  std::string query;
  for (const json::Member& parameter : integration.GetObject("requestParameters")) {
    std::string_view key = parameter.key;
    if (!key.starts_with(kRequest) || !parameter.value.IsString()) continue;
    key.remove_prefix(kRequest.size());
    const std::size_t dot = key.find('.');
    if (dot == std::string_view::npos) continue;
    const std::string_view place = key.substr(0, dot);
    const std::string name(key.substr(dot + 1));
    const std::string value = RequestValue(call, parameter.value.AsString());
    if (place == "header" && !value.empty()) request.headers.Set(name, value);
    if (place == "path") path.Set(name, value);
    if (place == "querystring" && !value.empty())
      query += (query.empty() ? "" : "&") + PercentEncode(name) + "=" + PercentEncode(value);
  }
  if (!query.empty()) request.target += "?" + query;
}

Result<std::optional<net::Response>> MapAnswer(const ApiCall& call, const RestMethod& met,
                                               const IntegrationAnswer& answer) {
  const json::Object* chosen =
      ChooseResponse(met.integration.GetObject("integrationResponses"), answer.selector);
  if (!chosen) return std::optional<net::Response>();
  net::Response response;
  response.status = static_cast<int>(ToInt(chosen->GetString("statusCode")).value_or(200));
  TL_DO(FillBody(call, *chosen, answer, response));
  constexpr std::string_view kHeader = "method.response.header.";
  for (const json::Member& parameter : chosen->GetObject("responseParameters")) {
    if (!parameter.key.starts_with(kHeader) || !parameter.value.IsString()) continue;
    response.headers.Set(parameter.key.substr(kHeader.size()),
                         AnswerValue(call, answer, parameter.value.AsString()));
  }
  if (chosen->GetString("contentHandling") == "CONVERT_TO_BINARY") {
    if (auto bytes = FromBase64(response.body)) response.body = std::move(*bytes);
  }
  return std::optional<net::Response>(std::move(response));
}

}  // namespace trunkline::cloud::execute_api
