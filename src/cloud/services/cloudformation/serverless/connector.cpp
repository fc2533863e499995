#include "cloud/services/cloudformation/serverless/connector.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/text.h"
#include "cloud/services/cloudformation/serverless/connector_policies.h"
#include "cloud/services/cloudformation/serverless/intrinsics.h"
#include "cloud/services/cloudformation/serverless/kinds.h"
#include "cloud/services/cloudformation/serverless/open_api.h"

namespace trunkline::cloud::cloudformation::serverless {
namespace {

Resource Make(const Connection& connection, std::string_view word, std::string_view type) {
  Resource made{.id = fmt::format("{}{}{}", connection.source.id, word, connection.suffix),
                .type = std::string(type),
                .members = connection.source.Own(),
                .properties = {}};
  return made;
}

// A resource waits for the policy.
void Before(Document& document, const std::string& id, const std::string& policy) {
  json::Value* resource = document.resources.Find(id);
  if (!resource) return;
  json::Object& body = resource->AsObject();
  const json::Value* before = body.Find("DependsOn");
  json::Array depends;
  if (before) depends = before->IsArray() ? before->AsArray() : json::Array{*before};
  const json::Value name(policy);
  if (std::find(depends.begin(), depends.end(), name) == depends.end()) depends.push_back(name);
  body.Set("DependsOn", std::move(depends));
}

// The one mapping between the two.
std::string MappingOf(const Document& document, const Connection& connection) {
  std::vector<std::string> found;
  for (const json::Member& member : document.resources) {
    if (document.TypeOf(member.key) != "AWS::Lambda::EventSourceMapping") continue;
    const json::Object& properties = member.value.AsObject().GetObject("Properties");
    const json::Value* function = properties.Find("FunctionName");
    const json::Value* arn = properties.Find("EventSourceArn");
    if (function && arn && LogicalIdOf(*function) == connection.to.id &&
        LogicalIdOf(*arn) == connection.from.id)
      found.push_back(member.key);
  }
  return found.size() == 1 ? found.front() : std::string();
}

Answer<Resource> MakeRolePolicy(Document& document, const Connection& connection) {
  const bool of_source = connection.profile.kind == ProfileKind::kSourceRole;
  const json::Value& role = of_source ? connection.from.role : connection.to.role;
  if (role.IsNull()) {
    return InvalidResource(connection.source.id,
                           fmt::format("Unable to get IAM role name from '{}' resource.",
                                       of_source ? "Source" : "Destination"));
  }
  Resource policy = Make(connection, "Policy", "AWS::IAM::ManagedPolicy");
  policy.properties.Set("PolicyDocument", PolicyOf(connection));
  policy.properties.Set("Roles", json::Array{role});
  if (connection.profile.before_mapping && !connection.from.id.empty())
    Before(document, MappingOf(document, connection), policy.id);
  if (connection.profile.before_source) Before(document, connection.from.id, policy.id);
  return policy;
}

json::Value PermissionSource(const ConnectorEnd& from) {
  if (!from.type.starts_with("AWS::ApiGateway")) return from.arn;
  json::Object variables;
  variables.Set("SourceResourceId", from.resource_id);
  variables.Set("SourceQualifier", from.qualifier);
  return Sub(
      "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:"
      "${SourceResourceId}/${SourceQualifier}",
      std::move(variables));
}

Answer<Resource> MakePermission(const Connection& connection) {
  if (connection.to.arn.IsNull()) {
    return InvalidResource(connection.source.id,
                           "Unable to get Lambda function ARN from 'Destination' resource.");
  }
  Resource permission = Make(connection, "WriteLambdaPermission", "AWS::Lambda::Permission");
  permission.properties.Set("Action", "lambda:InvokeFunction");
  permission.properties.Set("FunctionName", connection.to.arn);
  permission.properties.Set("Principal", connection.profile.principal);
  permission.properties.Set("SourceArn", PermissionSource(connection.from));
  if (connection.from.type == "AWS::S3::Bucket")
    permission.properties.Set("SourceAccount", Sub("${AWS::AccountId}"));
  return permission;
}

Answer<Resource> MakeResourcePolicy(const Connection& connection) {
  const bool queue = connection.profile.kind == ProfileKind::kQueuePolicy;
  const json::Value& holder = queue ? connection.to.url : connection.to.arn;
  if (holder.IsNull()) {
    return InvalidResource(connection.source.id,
                           fmt::format("Unable to get {} from 'Destination' resource.",
                                       queue ? "SQS queue URL" : "SNS topic ARN"));
  }
  Resource policy = queue ? Make(connection, "QueuePolicy", "AWS::SQS::QueuePolicy")
                          : Make(connection, "TopicPolicy", "AWS::SNS::TopicPolicy");
  policy.properties.Set("PolicyDocument", PolicyOf(connection));
  policy.properties.Set(queue ? "Queues" : "Topics", json::Array{holder});
  return policy;
}

Answer<Resource> MakeOne(Document& document, const Connection& connection) {
  switch (connection.profile.kind) {
    case ProfileKind::kSourceRole:
    case ProfileKind::kDestinationRole:
      return MakeRolePolicy(document, connection);
    case ProfileKind::kPermission:
      return MakePermission(connection);
    case ProfileKind::kQueuePolicy:
    case ProfileKind::kTopicPolicy:
      break;
  }
  return MakeResourcePolicy(connection);
}

std::vector<std::string_view> CategoriesOf(const Profile& profile) {
  std::vector<std::string_view> categories;
  for (const Access& access : profile.access) {
    if (std::find(categories.begin(), categories.end(), access.category) == categories.end())
      categories.push_back(access.category);
  }
  return categories;
}

Answer<void> CheckPermissions(const std::string& id, const Profile& profile,
                              const std::set<std::string>& permissions) {
  const std::vector<std::string_view> categories = CategoriesOf(profile);
  const std::string valid = fmt::format("{}", fmt::join(categories, ", "));
  if (permissions.empty()) {
    return InvalidResource(
        id, fmt::format("'Permissions' cannot be empty; valid values are: {}.", valid));
  }
  const std::string unsupported =
      fmt::format("Unsupported 'Permissions' provided for connector from {} to {}; valid ",
                  profile.source, profile.destination);
  for (const std::string& permission : permissions) {
    if (std::find(categories.begin(), categories.end(), permission) == categories.end())
      return InvalidResource(id, fmt::format("{}values are: {}.", unsupported, valid));
  }
  if (profile.combinations.empty()) return {};
  const std::string asked = fmt::format("{}", fmt::join(permissions, "+"));
  const std::vector<std::string_view> allowed = Split(profile.combinations, ' ');
  if (std::find(allowed.begin(), allowed.end(), asked) != allowed.end()) return {};
  return InvalidResource(
      id, fmt::format("{}combinations are: {}.", unsupported,
                      Replace(Replace(profile.combinations, " ", ", "), "+", " + ")));
}

// The types as the template has them are kept in the metadata.
void AddMetadata(const Document& document, const Connection& connection, Resource& resource) {
  const auto type_of = [&](const ConnectorEnd& end) {
    const auto found = document.types.find(end.id);
    return json::Object{{"Type", found == document.types.end() ? end.type : found->second}};
  };
  json::Object ends{{"Source", type_of(connection.from)}, {"Destination", type_of(connection.to)}};
  json::Object connectors;
  connectors.Set(connection.source.id, std::move(ends));
  json::Object metadata = resource.members.GetObject("Metadata");
  metadata.Set("aws:sam:connectors", std::move(connectors));
  resource.members.Set("Metadata", std::move(metadata));
}

Answer<Resource> Connect(Document& document, const Source& source, const json::Object& to,
                         const std::string& suffix) {
  const json::Object& from = source.properties.GetObject("Source");
  TL_TRY(const ConnectorEnd destination, ReadEnd(document, source.id, to, from));
  TL_TRY(const ConnectorEnd origin, ReadEnd(document, source.id, from, to));
  const Profile* profile = FindProfile(origin.type, destination.type);
  if (!profile) {
    return InvalidResource(
        source.id, fmt::format("Unable to create connector from {} to {}; it's not supported or "
                               "the template is invalid.",
                               origin.type, destination.type));
  }
  std::set<std::string> permissions;
  for (const json::Value& one : source.properties.GetArray("Permissions"))
    permissions.insert(TextOf(one));
  TL_DO(CheckPermissions(source.id, *profile, permissions));
  const Connection connection{.source = source,
                              .profile = *profile,
                              .from = origin,
                              .to = destination,
                              .permissions = permissions,
                              .suffix = suffix};
  TL_DO(CheckKnown(connection));
  TL_TRY(Resource made, MakeOne(document, connection));
  AddMetadata(document, connection, made);
  return made;
}

// What waits for the connector waits for what it became.
void ReplaceDependencies(Document& document, const std::string& id,
                         const std::vector<Resource>& made) {
  for (json::Member& member : document.resources) {
    if (!member.value.IsObject()) continue;
    json::Value* depends = member.value.AsObject().Find("DependsOn");
    if (!depends) continue;
    json::Array all = depends->IsArray() ? depends->AsArray() : json::Array{*depends};
    const auto found = std::find(all.begin(), all.end(), json::Value(id));
    if (found == all.end()) continue;
    all.erase(found);
    for (const Resource& resource : made) all.emplace_back(resource.id);
    *depends = json::Value(std::move(all));
  }
}

Answer<std::vector<Resource>> Translate(Document& document, Source& source) {
  const json::Value& given = source.properties.At("Destination");
  const bool several = given.IsArray();
  const json::Array destinations = several ? given.AsArray() : json::Array{given};
  std::vector<Resource> all;
  for (const json::Value& destination : destinations) {
    const json::Object nothing;
    const json::Object& to = destination.IsObject() ? destination.AsObject() : nothing;
    TL_TRY(Resource made,
           Connect(document, source, to, several ? fmt::format("Destination{}", all.size()) : ""));
    all.push_back(std::move(made));
  }
  if (all.empty()) return InvalidResource(source.id, "'Destination' is an empty list");
  ReplaceDependencies(document, source.id, all);
  return all;
}

constexpr Rule kRules[] = {{"Source", "RFm"}, {"Destination", "RFml"}, {"Permissions", "Rt"}};

Answer<json::Object> Embedded(const std::string& id, const std::string& name,
                              const json::Value& value) {
  if (!value.IsObject())
    return InvalidResource(id + name, fmt::format("{}.{}{} should be a map.", id, id, name));
  json::Object connector = value.AsObject();
  json::Value* properties = connector.Find("Properties");
  if (!properties || !properties->IsObject()) {
    return InvalidResource(
        id, fmt::format("Attribute 'Connectors.{}.Properties' should be a map.", name));
  }
  json::Object source{{"Id", id}};
  const json::Object reference = properties->AsObject().GetObject("SourceReference");
  if (reference.Has("Id"))
    return InvalidResource(name, "'Id' shouldn't be defined in 'SourceReference'.");
  for (const json::Member& member : reference) source.Set(member.key, member.value);
  properties->AsObject().Remove("SourceReference");
  properties->AsObject().Set("Source", std::move(source));
  connector.Set("Type", kConnector);
  return connector;
}

}  // namespace

void AddEmbeddedConnectors(Document& document) {
  json::Object connectors;
  for (json::Member& member : document.resources) {
    if (!member.value.IsObject()) continue;
    const json::Value* given = member.value.AsObject().Find("Connectors");
    if (given && !given->IsObject()) {
      document.Problem(InvalidResource(
          member.key, fmt::format("Attribute '{}.Connectors' should be a map.", member.key)));
      continue;
    }
    const json::Object embedded = member.value.AsObject().GetObject("Connectors");
    member.value.AsObject().Remove("Connectors");
    for (const json::Member& one : embedded) {
      auto made = Embedded(member.key, one.key, one.value);
      if (!made)
        document.Problem(made.error());
      else
        connectors.Set(member.key + one.key, std::move(*made));
    }
  }
  for (json::Member& connector : connectors)
    document.resources.Set(connector.key, std::move(connector.value));
}

constinit const Kind kConnectorKind{
    .type = kConnector, .rules = kRules, .referable = {}, .translate = Translate};

}  // namespace trunkline::cloud::cloudformation::serverless
