// Who else may use a layer's version.
#include <algorithm>

#include <fmt/format.h>

#include "base/json_write.h"
#include "cloud/services/lambda/families.h"
#include "cloud/services/lambda/layers.h"
#include "cloud/services/lambda/policy.h"

namespace trunkline::cloud::lambda {
namespace {

Answer<Record> FindOwn(Context& context, const json::Object& input) {
  TL_TRY(const LayerName layer, ReadLayer(context, input));
  const bool own = layer.scope.account == context.caller.account;
  const Record* version = own ? FindLayerVersion(context.store, layer) : nullptr;
  if (version) return *version;
  return ServiceError("ResourceNotFoundException",
                      fmt::format("Layer version {} does not exist.", layer.VersionArn()));
}

Answer<void> CheckRevision(const Record& version, const json::Object& input) {
  const std::string_view revision = input.GetString("RevisionId");
  if (revision.empty() || revision == version.body.GetString("PolicyRevision")) return {};
  return ServiceError("PreconditionFailedException",
                      "The Revision Id provided does not match the latest Revision Id. Call the "
                      "GetLayerPolicy API to retrieve the latest Revision Id");
}

json::Object Statement(const Record& version, const json::Object& input) {
  json::Object statement{
      {"Sid", input.GetString("StatementId")},
      {"Effect", "Allow"},
      {"Principal", PrincipalOf(input.GetString("Principal"))},
      {"Action", input.GetString("Action")},
      {"Resource", version.body.GetObject("Shown").GetString("LayerVersionArn")}};
  if (input.Has("OrganizationId")) {
    json::Object equals{{"aws:PrincipalOrgID", input.GetString("OrganizationId")}};
    statement.Set("Condition", json::Object{{"StringEquals", std::move(equals)}});
  }
  return statement;
}

std::string Save(Context& context, Record version, json::Array statements) {
  std::string revision = NewUuid(context.random);
  version.body.Set("Statements", std::move(statements));
  version.body.Set("PolicyRevision", revision);
  context.store.Put(context.RegionScope(), kLayerVersion, std::move(version));
  return revision;
}

Answer<> AddLayerVersionPermission(Context& context, const json::Object& input) {
  TL_TRY(Record version, FindOwn(context, input));
  TL_DO(CheckRevision(version, input));
  json::Array statements = version.body.GetArray("Statements");
  const json::Object statement = Statement(version, input);
  TL_DO(AddStatement(statements, statement));
  const std::string revision = Save(context, std::move(version), std::move(statements));
  return json::Object{{"Statement", json::Write(statement)}, {"RevisionId", revision}};
}

Answer<> RemoveLayerVersionPermission(Context& context, const json::Object& input) {
  TL_TRY(Record version, FindOwn(context, input));
  TL_DO(CheckRevision(version, input));
  json::Array statements = version.body.GetArray("Statements");
  TL_DO(RemoveStatement(statements, input.GetString("StatementId")));
  Save(context, std::move(version), std::move(statements));
  return json::Object();
}

Answer<> GetLayerVersionPolicy(Context& context, const json::Object& input) {
  TL_TRY(const Record version, FindOwn(context, input));
  const json::Array& statements = version.body.GetArray("Statements");
  if (statements.empty()) {
    return ServiceError("ResourceNotFoundException",
                        "No policy is associated with the given resource.");
  }
  return json::Object{{"Policy", json::Write(PolicyOf(statements))},
                      {"RevisionId", version.body.GetString("PolicyRevision")}};
}

constexpr Operation kOperations[] = {
    {.name = "AddLayerVersionPermission", .handle = AddLayerVersionPermission},
    {.name = "GetLayerVersionPolicy", .handle = GetLayerVersionPolicy},
    {.name = "RemoveLayerVersionPermission", .handle = RemoveLayerVersionPermission},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kLayerPermissionOperations = kOperations;

}  // namespace trunkline::cloud::lambda
