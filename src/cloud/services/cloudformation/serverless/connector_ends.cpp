#include "cloud/services/cloudformation/serverless/connector_ends.h"

#include <fmt/format.h>

#include "cloud/services/cloudformation/serverless/intrinsics.h"

namespace trunkline::cloud::cloudformation::serverless {
namespace {

struct Translated {
  std::string_view serverless;
  std::string_view type;
};
constexpr Translated kTranslated[] = {{kApi, "AWS::ApiGateway::RestApi"},
                                      {kFunction, "AWS::Lambda::Function"},
                                      {kHttpApi, "AWS::ApiGatewayV2::Api"},
                                      {"AWS::Serverless::SimpleTable", "AWS::DynamoDB::Table"},
                                      {kStateMachine, "AWS::StepFunctions::StateMachine"}};

json::Value ValueOr(const json::Object& object, std::string_view key) {
  const json::Value* value = Present(object, key);
  return value ? *value : json::Value();
}

// An end that the template describes.
Answer<ConnectorEnd> Described(const std::string& id, const json::Object& end) {
  ConnectorEnd made;
  made.type = end.GetString("Type");
  if (made.type.empty()) return InvalidResource(id, "'Type' is missing or not a string.");
  for (const Translated& row : kTranslated) {
    if (row.serverless == made.type) made.type = row.type;
  }
  made.arn = ValueOr(end, "Arn");
  made.role = ValueOr(end, "RoleName");
  made.url = ValueOr(end, "QueueUrl");
  made.resource_id = ValueOr(end, "ResourceId");
  made.name = ValueOr(end, "Name");
  made.qualifier = ValueOr(end, "Qualifier");
  return made;
}

json::Value RuleRole(const json::Object& properties, const json::Object& other) {
  for (const json::Value& value : properties.GetArray("Targets")) {
    if (!value.IsObject()) continue;
    const json::Object& target = value.AsObject();
    const json::Value arn = ValueOr(target, "Arn");
    const std::string id = LogicalIdOf(arn);
    const bool by_id = !id.empty() && id == other.GetString("Id");
    const bool by_arn = Present(other, "Arn") && arn == other.At("Arn");
    if (by_id || by_arn) return ValueOr(target, "RoleArn");
  }
  return nullptr;
}

json::Value RoleOf(const std::string& type, const json::Object& properties,
                   const json::Object& other) {
  json::Value role;
  if (type == "AWS::Lambda::Function") role = ValueOr(properties, "Role");
  if (type == "AWS::StepFunctions::StateMachine") role = ValueOr(properties, "RoleArn");
  if (type == "AWS::Events::Rule") role = RuleRole(properties, other);
  const std::string id = LogicalIdOf(role);
  return id.empty() ? json::Value() : Ref(id);
}

void SetNames(const std::string& id, ConnectorEnd& made) {
  const bool by_reference =
      made.type == "AWS::StepFunctions::StateMachine" || made.type == "AWS::SNS::Topic";
  made.arn = by_reference ? Ref(id) : GetAtt(id, "Arn");
  if (made.type == "AWS::StepFunctions::StateMachine") made.name = GetAtt(id, "Name");
  if (made.type == "AWS::SQS::Queue") made.url = Ref(id);
  if (!made.type.starts_with("AWS::ApiGateway")) return;
  made.resource_id = Ref(id);
  made.qualifier = "*";
}

}  // namespace

Answer<ConnectorEnd> ReadEnd(const Document& document, const std::string& id,
                             const json::Object& end, const json::Object& other) {
  const bool by_id = end.Has("Id");
  bool described = false;
  for (const json::Member& member : end)
    described = described || (member.key != "Id" && member.key != "Qualifier");
  if (by_id == described) {
    return InvalidResource(id,
                           "Must provide 'Id' (with optional 'Qualifier') or a supported "
                           "combination of other properties.");
  }
  if (!by_id) return Described(id, end);
  ConnectorEnd made;
  made.id = end.GetString("Id");
  if (made.id.empty()) return InvalidResource(id, "'Id' is missing or not a string.");
  const json::Value* resource = document.resources.Find(made.id);
  if (!resource || !resource->IsObject()) {
    return InvalidResource(id,
                           fmt::format("Unable to find resource with logical ID '{}'.", made.id));
  }
  made.type = resource->AsObject().GetString("Type");
  SetNames(made.id, made);
  made.role = RoleOf(made.type, resource->AsObject().GetObject("Properties"), other);
  if (end.Has("Qualifier")) made.qualifier = end.At("Qualifier");
  return made;
}

}  // namespace trunkline::cloud::cloudformation::serverless
