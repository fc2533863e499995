#include "cloud/services/cloudformation/serverless/document.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/json_write.h"
#include "cloud/services/cloudformation/serverless/intrinsics.h"

namespace trunkline::cloud::cloudformation::serverless {
namespace {

constexpr std::string_view kInherited[] = {"Condition", "DeletionPolicy", "UpdateReplacePolicy"};
constexpr std::string_view kOwn[] = {"DependsOn", "Metadata", "UpdatePolicy"};

// How a type takes its tags; a type that is not here takes none.
struct Tagged {
  std::string_view type;
  bool map = false;
};
constexpr Tagged kTagged[] = {
    {"AWS::ApiGateway::DomainName"},
    {"AWS::ApiGateway::DomainNameV2"},
    {"AWS::ApiGateway::RestApi"},
    {"AWS::ApiGateway::Stage"},
    {"AWS::ApiGateway::UsagePlan"},
    {"AWS::ApiGateway::ApiKey"},
    {"AWS::ApiGatewayV2::DomainName", true},
    {"AWS::ApiGatewayV2::Stage", true},
    {"AWS::IAM::Role"},
    {"AWS::Lambda::Function"},
    {"AWS::S3::Bucket"},
    {"AWS::SNS::Topic"},
    {"AWS::SQS::Queue"},
    {"AWS::StepFunctions::StateMachine"},
};

const Tagged* FindTagged(std::string_view type) {
  const auto found = std::find_if(std::begin(kTagged), std::end(kTagged),
                                  [&](const Tagged& row) { return row.type == type; });
  return found == std::end(kTagged) ? nullptr : found;
}

}  // namespace

json::Object Source::Inherited() const {
  json::Object members;
  for (const std::string_view name : kInherited) Copy(members, name, body);
  return members;
}

json::Object Source::Own() const {
  json::Object members = Inherited();
  for (const std::string_view name : kOwn) Copy(members, name, body);
  return members;
}

Document::Document(json::Object whole, const json::Object& parameters)
    : resources(whole.GetObject("Resources")), values(parameters, whole.GetObject("Mappings")) {
  sections = std::move(whole);
  sections.Remove("Resources");
}

void Document::Problem(const ServiceError& error) {
  if (std::find(problems.begin(), problems.end(), error.message) == problems.end())
    problems.push_back(error.message);
}

void Document::Put(const Resource& resource) {
  json::Object body{{"Type", resource.type}};
  for (const json::Member& member : resource.members) body.Set(member.key, member.value);
  body.Set("Properties", resource.properties);
  resources.Set(resource.id, std::move(body));
}

void Document::AddCondition(std::string_view name, json::Value condition) {
  json::Object conditions = sections.GetObject("Conditions");
  conditions.Set(name, std::move(condition));
  sections.Set("Conditions", std::move(conditions));
}

json::Object* Document::PropertiesOf(std::string_view id) {
  json::Value* resource = resources.Find(id);
  if (!resource || !resource->IsObject()) return nullptr;
  json::Value& properties = resource->AsObject()["Properties"];
  if (properties.IsNull()) properties = json::Object();
  return properties.IsObject() ? &properties.AsObject() : nullptr;
}

std::string Document::TypeOf(std::string_view id) const {
  return std::string(resources.GetObject(id).GetString("Type"));
}

ServiceError InvalidResource(std::string_view id, std::string_view what) {
  return {"ValidationError", fmt::format("Resource with id [{}] is invalid. {}", id, what)};
}

ServiceError InvalidEvent(std::string_view id, std::string_view what) {
  return {"InvalidEvent", fmt::format("Event with id [{}] is invalid. {}", id, what)};
}

ServiceError InvalidStructure(std::string_view what) {
  return {"ValidationError", fmt::format("Structure of the SAM template is invalid. {}", what)};
}

ServiceError WithinResource(std::string_view id, ServiceError error) {
  if (error.code != "InvalidEvent") return error;
  return InvalidResource(id, error.message);
}

json::Array TagList(const json::Object& tags) {
  json::Array list;
  for (const json::Member& tag : tags) {
    json::Value value = tag.value.IsNull() ? json::Value("") : tag.value;
    list.emplace_back(json::Object{{"Key", tag.key}, {"Value", std::move(value)}});
  }
  return list;
}

Answer<void> CheckRepeated(const Source& source, const json::Value& value, std::size_t times) {
  if (json::Write(value).size() * times <= kMaxRepeated) return {};
  return InvalidResource(source.id,
                         fmt::format("What it becomes is larger than {} bytes.", kMaxRepeated));
}

Answer<void> PropagateTags(std::vector<Resource>& resources, const Source& source) {
  const json::Object& tags = source.properties.GetObject("Tags");
  if (tags.empty() || !source.properties.GetBool("PropagateTags")) return {};
  TL_DO(CheckRepeated(source, json::Value(tags), resources.size()));
  for (Resource& resource : resources) {
    const Tagged* tagged = FindTagged(resource.type);
    if (!tagged) continue;
    if (tagged->map)
      resource.properties.Set("Tags", tags);
    else
      resource.properties.Set("Tags", TagList(tags));
  }
  return {};
}

std::string ManagedPolicyArn(std::string_view name) {
  return fmt::format("arn:aws:iam::aws:policy/{}", name);
}

}  // namespace trunkline::cloud::cloudformation::serverless
