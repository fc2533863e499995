#include "cloud/execute_api/rest_mapping.h"

#include <algorithm>

#include "aws/pattern.h"
#include "base/hash.h"
#include "base/json_read.h"
#include "base/text.h"
#include "cloud/execute_api/remapped_headers.h"
#include "cloud/execute_api/rest_content.h"
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

// Answers what the template overrides.
Result<json::Object> FillBody(const ApiCall& call, const RestMethod& met,
                              const json::Object& chosen, const IntegrationAnswer& answer,
                              net::Response& response) {
  const json::Member* form = ChooseTemplate(call, chosen.GetObject("responseTemplates"));
  response.headers.Set("Content-Type", form ? std::string_view(form->key) : "application/json");
  const std::string_view handling = chosen.GetString("contentHandling");
  if (!form || !form->value.IsString() || form->value.AsString().empty()) {
    const std::string_view own = answer.headers.Get("Content-Type");
    TL_TRY(response.body, ResponseContent(call, met, handling,
                                          own.empty() ? "application/json" : own, answer.body));
    return json::Object();
  }
  TemplateWorld world{.call = &call,
                      .body = TextOfBytes(answer.body),
                      .response_override = {},
                      .request_override = {}};
  TL_TRY(response.body, RenderTemplate(form->value.AsString(), world));
  if (handling == "CONVERT_TO_BINARY") {
    if (auto bytes = FromBase64(response.body)) response.body = std::move(*bytes);
  }
  return std::move(world.response_override);
}

void AddQuery(Pairs& query, const std::string& name, const std::string& value) {
  std::erase_if(query, [&](const auto& pair) { return pair.first == name; });
  query.emplace_back(name, value);
}

// One parameter: "header", "X-Name".
Result<void> Place(std::string_view place, const std::string& name, const std::string& value,
                   bool aws, MappedParameters& mapped) {
  if (place == "path") mapped.path.Set(name, value);
  if (value.empty()) return {};
  if (place == "querystring") AddQuery(mapped.query, name, value);
  if (place != "header") return {};
  if (!MaySetHeader(name, aws))
    return Error(ErrorKind::kInvalid, "the header '{}' of the integration's request is set", name);
  mapped.headers.Set(name, value);
  return {};
}

}  // namespace

Result<MappedRequest> MapRequestBody(const ApiCall& call, const RestMethod& met) {
  const json::Object& templates = met.integration.GetObject("requestTemplates");
  std::string type = MediaType(call.headers.Get("Content-Type"));
  if (type.empty()) type = "application/json";
  MappedRequest mapped;
  const json::Value* form = templates.Find(type);
  if (form && form->IsString()) {
    TemplateWorld world{.call = &call, .body = {}, .response_override = {}, .request_override = {}};
    TL_TRY(world.body, RequestContent(call, met));
    TL_TRY(mapped.body, RenderTemplate(form->AsString(), world));
    mapped.override = std::move(world.request_override);
    return mapped;
  }
  const std::string_view passthrough =
      met.integration.GetString("passthroughBehavior", "WHEN_NO_MATCH");
  const bool passes =
      passthrough == "WHEN_NO_MATCH" || (passthrough == "WHEN_NO_TEMPLATES" && templates.empty());
  if (!passes) return Error(ErrorKind::kNotFound, "no template fits the content type '{}'", type);
  TL_TRY(mapped.body, RequestContent(call, met));
  return mapped;
}

Result<MappedParameters> MapRequestParameters(const ApiCall& call, const json::Object& integration,
                                              const json::Object& override, bool aws) {
  constexpr std::string_view kRequest = "integration.request.";
  MappedParameters mapped;
  for (const json::Member& parameter : integration.GetObject("requestParameters")) {
    std::string_view key = parameter.key;
    if (!key.starts_with(kRequest) || !parameter.value.IsString()) continue;
    key.remove_prefix(kRequest.size());
    const std::size_t dot = key.find('.');
    if (dot == std::string_view::npos) continue;
    TL_DO(Place(key.substr(0, dot), std::string(key.substr(dot + 1)),
                RequestValue(call, parameter.value.AsString()), aws, mapped));
  }
  for (const std::string_view place : {"path", "querystring", "header"}) {
    for (const json::Member& one : override.GetObject(place)) {
      if (one.value.IsString()) TL_DO(Place(place, one.key, one.value.AsString(), aws, mapped));
    }
  }
  return mapped;
}

std::string QueryText(const Pairs& query) {
  std::string text;
  for (const auto& [name, value] : query)
    text += (text.empty() ? "?" : "&") + PercentEncode(name) + "=" + PercentEncode(value);
  return text;
}

Result<std::optional<net::Response>> MapAnswer(const ApiCall& call, const RestMethod& met,
                                               const IntegrationAnswer& answer) {
  const json::Object* chosen =
      ChooseResponse(met.integration.GetObject("integrationResponses"), answer.selector);
  if (!chosen) return std::optional<net::Response>();
  net::Response response;
  response.status = static_cast<int>(ToInt(chosen->GetString("statusCode")).value_or(200));
  TL_TRY(const json::Object override, FillBody(call, met, *chosen, answer, response));
  constexpr std::string_view kHeader = "method.response.header.";
  for (const json::Member& parameter : chosen->GetObject("responseParameters")) {
    if (!parameter.key.starts_with(kHeader) || !parameter.value.IsString()) continue;
    const std::string name = ClientHeader(parameter.key.substr(kHeader.size()), false);
    const std::string value = AnswerValue(call, answer, parameter.value.AsString());
    if (!name.empty() && !value.empty()) response.headers.Set(name, value);
  }
  ApplyOverride(override, response);
  return std::optional<net::Response>(std::move(response));
}

}  // namespace trunkline::cloud::execute_api
