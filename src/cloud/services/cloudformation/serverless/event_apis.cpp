// Api: a method of a REST API calls a function, or starts a state machine.
#include <algorithm>

#include <fmt/format.h>

#include "base/json_write.h"
#include "base/text.h"
#include "cloud/services/cloudformation/serverless/integration.h"
#include "cloud/services/cloudformation/serverless/intrinsics.h"
#include "cloud/services/cloudformation/serverless/open_api.h"
#include "cloud/services/cloudformation/serverless/roles.h"
#include "cloud/services/cloudformation/serverless/security.h"

namespace trunkline::cloud::cloudformation::serverless {
namespace {

// The API of the event, and what its permission is named after.
struct Linked {
  json::Object* api = nullptr;  // null: of another template
  std::string stage = "AllStages";
};

Answer<Linked> Link(Document& document, const Event& event, MethodPlace& place) {
  Linked linked;
  const json::Value& id = event.properties.At("RestApiId");
  if (id.IsString()) place.api = id.AsString();
  if (id.IsObject()) place.api = id.AsObject().GetString("Ref");
  if (place.api.empty()) return linked;
  linked.api = document.PropertiesOf(place.api);
  if (!linked.api) {
    return InvalidEvent(event.name,
                        "RestApiId property of Api event must reference a valid "
                        "resource in the same template.");
  }
  const json::Value* stage = linked.api->Find("StageName");
  linked.stage = stage && stage->IsString() ? stage->AsString() : "Stage";
  if (linked.stage.empty()) return InvalidResource(place.api, "StageName cannot be empty.");
  return linked;
}

MethodPlace PlaceOf(const Event& event) {
  return {.event = event.name,
          .api = {},
          .path = std::string(event.properties.GetString("Path")),
          .method = ToLower(event.properties.GetString("Method")),
          .stage = {}};
}

Answer<void> CheckFree(json::Object& body, const MethodPlace& place) {
  TL_TRY(const bool taken, HasIntegration(body, place.path, place.method));
  if (!taken) return {};
  return InvalidEvent(place.event,
                      fmt::format("API method \"{}\" defined multiple times for path \"{}\".",
                                  place.method, place.path));
}

json::Value PermissionSource(const Event& event, const MethodPlace& place) {
  const std::string method = place.method == "any" ? "*" : ToUpper(place.method);
  return ExecuteApiArn("aws", fmt::format("/{}{}", method, PermittedPath(place.path, true)),
                       event.properties.At("RestApiId"));
}

// The role with which a method called as its caller calls the function.
void SetCredentials(const json::Object& auth, const json::Object& api_auth, json::Object& made) {
  const bool iam = auth.GetString("Authorizer") == "AWS_IAM" ||
                   (auth.empty() && api_auth.GetString("DefaultAuthorizer") == "AWS_IAM");
  if (!iam) return;
  const json::Value caller("arn:aws:iam::*:user/*");
  json::Value role = caller;
  for (const json::Object* from : {&auth, &api_auth}) {
    const json::Value* given = from->Find("InvokeRole");
    if (!given) continue;
    role = IsGiven(*given) ? *given : json::Value("NONE");
    if (role == json::Value("CALLER_CREDENTIALS")) role = caller;
    break;
  }
  if (role != json::Value("NONE")) made.Set("credentials", std::move(role));
}

json::Object FunctionIntegration(const Event& event, const Target& target,
                                 const json::Object& api) {
  const bool stream = event.properties.GetString("ResponseTransferMode") == "RESPONSE_STREAM";
  json::Object made;
  made.Set("type", "aws_proxy");
  made.Set("httpMethod", "POST");
  made.Set("uri", FunctionUri("aws", target, stream));
  if (stream) made.Set("responseTransferMode", "STREAM");
  SetCredentials(event.properties.GetObject("Auth"), api.GetObject("Auth"), made);
  return made;
}

// What the event says of the method beside its integration.
Answer<void> Describe(const Document& document, const Event& event, const MethodPlace& place,
                      const json::Object& api, json::Object& body) {
  const json::Object& auth = event.properties.GetObject("Auth");
  if (!auth.empty()) TL_DO(SecureMethod(document, place, auth, api, body));
  TL_DO(SetTimeout(event, place.path, place.method, body));
  TL_DO(SetRequestModel(event, place.path, place.method, api, body));
  return SetRequestParameters(event, place.path, place.method, body);
}

// Joined with what the API's own document says of the method.
void MergeInto(const MethodPlace& place, const json::Object& generated, json::Object& body) {
  json::Object& item = ObjectAt(ObjectAt(body, "paths"), place.path);
  const json::Object& method =
      generated.GetObject("paths").GetObject(place.path).GetObject(MethodKey(place.method));
  json::Object& merged = ObjectAt(item, place.method);
  for (const json::Member& member : method) merged.Set(member.key, member.value);
}

Answer<void> AddToApi(const Document& document, const Event& event, const MethodPlace& place,
                      const Target& target, json::Object& api) {
  json::Value* given = api.Find("DefinitionBody");
  if (!given || !given->IsObject()) return {};
  json::Object& own = given->AsObject();
  const bool merge = api.GetBool("MergeDefinitions");
  json::Object generated = SwaggerSkeleton();
  json::Object& body = merge ? generated : own;
  TL_DO(CheckFree(body, place));
  TL_DO(AddIntegration(body, place.path, place.method,
                       {.integration = FunctionIntegration(event, target, api),
                        .responses = {},
                        .condition = target.condition}));
  TL_DO(Describe(document, event, place, api, body));
  if (merge) MergeInto(place, generated, own);
  return {};
}

// A document of one's own may take an event's Auth where the event says so.
Answer<void> OverrideAuth(const Document& document, const Event& event, const MethodPlace& place,
                          json::Object& api) {
  const json::Object& auth = event.properties.GetObject("Auth");
  json::Value* body = api.Find("DefinitionBody");
  if (!Given(auth, "OverrideApiAuth") || !body || !body->IsObject()) return {};
  if (!Given(auth, "Authorizer") && !Given(auth, "ApiKeyRequired") &&
      !Given(auth, "ResourcePolicy")) {
    return InvalidEvent(event.name,
                        "Must define one of: Authorizer, ApiKeyRequired or "
                        "ResourcePolicy when using the OverrideApiAuth property.");
  }
  return SecureMethod(document, place, auth, api, body->AsObject());
}

Answer<Resources> FunctionApi(Document& document, const Event& event, const Target& target) {
  MethodPlace place = PlaceOf(event);
  TL_TRY(const Linked linked, Link(document, event, place));
  place.stage = linked.stage;
  const PermissionOrder order{.service = "apigateway.amazonaws.com",
                              .source_arn = PermissionSource(event, place),
                              .source_account = nullptr,
                              .suffix = linked.stage};
  Resources made{MakePermission(event.id, target, order)};
  if (!linked.api) return made;
  json::Object& api = *linked.api;
  if (api.GetBool(kManaged) || api.GetBool("MergeDefinitions"))
    TL_DO(AddToApi(document, event, place, target, api));
  TL_DO(OverrideAuth(document, event, place, api));
  return made;
}

// ---- state machines

json::Value RequestTemplate(const Event& event, const Target& target) {
  const bool plain = event.properties.GetBool("UnescapeMappingTemplate");
  const std::string_view input =
      plain ? R"($util.escapeJavaScript($input.json('$')).replaceAll("\\'","'"))"
            : R"($util.escapeJavaScript($input.json('$')))";
  return Sub(fmt::format(R"({{"input": "{}", "stateMachineArn": "${{{}}}"}})", input, target.id));
}

json::Object Statuses(std::string_view key, std::string_view ok, std::string_view bad) {
  json::Object made;
  made.Set("200", json::Object{{std::string(key), ok}});
  made.Set("400", json::Object{{std::string(key), bad}});
  return made;
}

json::Object MachineIntegration(const Event& event, const Target& target, const Resource& role) {
  json::Object templates;
  templates.Set("application/json", RequestTemplate(event, target));
  json::Object made;
  made.Set("type", "aws");
  made.Set("httpMethod", "POST");
  made.Set("uri", Sub("arn:${AWS::Partition}:apigateway:${AWS::Region}:states:action/"
                      "StartExecution"));
  made.Set("responses", Statuses("statusCode", "200", "400"));
  made.Set("credentials", GetAtt(role.id, "Arn"));
  made.Set("requestTemplates", std::move(templates));
  return made;
}

Resource CallRole(const Event& event, const Target& target) {
  Resource role = MakeResource(event.id + "Role", "AWS::IAM::Role", target);
  role.properties.Set("AssumeRolePolicyDocument", TrustOf("apigateway.amazonaws.com"));
  role.properties.Set("Policies", json::Array{InlinePolicy(role.id + "StartExecutionPolicy",
                                                           "states:StartExecution", target.arn)});
  if (!target.permissions_boundary.IsNull())
    role.properties.Set("PermissionsBoundary", target.permissions_boundary);
  return role;
}

Answer<Resources> MachineApi(Document& document, const Event& event, const Target& target) {
  MethodPlace place = PlaceOf(event);
  TL_TRY(const Linked linked, Link(document, event, place));
  Resource role = CallRole(event, target);
  json::Value* body =
      linked.api && linked.api->GetBool(kManaged) ? linked.api->Find("DefinitionBody") : nullptr;
  if (body && body->IsObject()) {
    json::Object& own = body->AsObject();
    TL_DO(CheckFree(own, place));
    TL_DO(AddIntegration(own, place.path, place.method,
                         {.integration = MachineIntegration(event, target, role),
                          .responses = Statuses("description", "OK", "Bad Request"),
                          .condition = target.condition}));
    const json::Object& auth = event.properties.GetObject("Auth");
    if (!auth.empty()) TL_DO(SecureMethod(document, place, auth, *linked.api, own));
  }
  return Resources{std::move(role)};
}

constexpr Rule kRules[] = {{"Path", "Rs"},
                           {"Method", "Rs"},
                           {"RestApiId", "Rs"},
                           {"Stage", "s"},
                           {"Auth", "m"},
                           {"RequestModel", "m"},
                           {"RequestParameters", "l"},
                           {"TimeoutInMillis", "i"},
                           {"ResponseTransferMode", "s"}};
constexpr Rule kMachineRules[] = {{"Path", "Rs"},      {"Method", "Rs"},
                                  {"RestApiId", "Rs"}, {"Stage", "s"},
                                  {"Auth", "m"},       {"UnescapeMappingTemplate", "Fb"}};

}  // namespace

constinit const EventKind kApiEvent{.type = "Api", .rules = kRules, .handle = FunctionApi};
constinit const EventKind kMachineApiEvent{
    .type = "Api", .rules = kMachineRules, .handle = MachineApi};

}  // namespace trunkline::cloud::cloudformation::serverless
