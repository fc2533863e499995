#include <fmt/format.h>

#include "cloud/services/connect/families.h"
#include "cloud/services/connect/module_parts.h"
#include "cloud/services/connect/resources.h"

namespace trunkline::cloud::connect {
namespace {

Answer<const Record*> FindAlias(Context& context, const Record& module, const json::Object& input) {
  const std::string_view id = input.GetString("AliasId");
  const Record* alias = context.store.Find(context.RegionScope(), kModuleAlias, id);
  if (alias != nullptr && alias->parent == module.id) return alias;
  return ServiceError(
      "ResourceNotFoundException",
      fmt::format("flow module '{}' has no alias with the id '{}'", module.name, id));
}

Answer<void> CheckAliasName(Context& context, const Record& module, std::string_view name,
                            std::string_view own_id) {
  const Record* other =
      context.store.FindByName(context.RegionScope(), kModuleAlias, module.id, name);
  if (other == nullptr || other->id == own_id) return {};
  return ServiceError(
      "DuplicateResourceException",
      fmt::format("flow module '{}' already has an alias named '{}'", module.name, name));
}

Answer<> CreateContactFlowModuleAlias(Context& context, const json::Object& input) {
  TL_TRY(const ModuleRequest request, FindModule(context, input));
  const Record& module = *request.module;
  const std::string_view name = input.GetString("AliasName");
  TL_DO(CheckAliasName(context, module, name, ""));
  TL_DO(FindModuleVersion(context, module, input.GetInt("ContactFlowModuleVersion")));
  Record alias{.id = NewUuid(context.random), .parent = module.id, .name = std::string(name)};
  alias.body.Set("ContactFlowModuleId", module.id);
  alias.body.Set("ContactFlowModuleArn", fmt::format("{}:{}", module.body.GetString("Arn"), name));
  alias.body.Set("AliasId", alias.id);
  alias.body.Set("Version", input.GetInt("ContactFlowModuleVersion"));
  alias.body.Set("Name", name);
  alias.body.SetIfNotEmpty("Description", input.GetString("Description"));
  json::Object output;
  output.Set("ContactFlowModuleArn", alias.body.GetString("ContactFlowModuleArn"));
  output.Set("Id", alias.id);
  Save(context, kModuleAlias, std::move(alias));
  return output;
}

Answer<> DeleteContactFlowModuleAlias(Context& context, const json::Object& input) {
  TL_TRY(const ModuleRequest request, FindModule(context, input));
  TL_TRY(const Record* alias, FindAlias(context, *request.module, input));
  context.store.Delete(context.RegionScope(), kModuleAlias, std::string(alias->id));
  return json::Object();
}

Answer<> DescribeContactFlowModuleAlias(Context& context, const json::Object& input) {
  TL_TRY(const ModuleRequest request, FindModule(context, input));
  TL_TRY(const Record* alias, FindAlias(context, *request.module, input));
  json::Object output;
  output.Set("ContactFlowModuleAlias", alias->body);
  return output;
}

json::Value AliasSummary(Context&, const Record& alias) {
  json::Object summary;
  summary.Set("Arn", alias.body.GetString("ContactFlowModuleArn"));
  summary.Set("AliasId", alias.id);
  summary.Set("AliasName", alias.name);
  summary.SetIfNotEmpty("AliasDescription", alias.body.GetString("Description"));
  CopyMembers(alias.body, {"Version", "LastModifiedTime"}, summary);
  return summary;
}

Answer<> ListContactFlowModuleAliases(Context& context, const json::Object& input) {
  TL_TRY(const ModuleRequest request, FindModule(context, input));
  return PageOf(context, input, "ContactFlowModuleAliasSummaryList",
                context.store.List(context.RegionScope(), kModuleAlias, request.module->id),
                AliasSummary, {.listing = "ListContactFlowModuleAliases " + request.module->id});
}

Answer<> UpdateContactFlowModuleAlias(Context& context, const json::Object& input) {
  TL_TRY(const ModuleRequest request, FindModule(context, input));
  TL_TRY(const Record* found, FindAlias(context, *request.module, input));
  Record alias = *found;
  if (const json::Value* version = input.Find("ContactFlowModuleVersion")) {
    TL_DO(FindModuleVersion(context, *request.module, version->AsInt()));
    alias.body.Set("Version", *version);
  }
  if (const json::Value* name = input.Find("Name")) {
    TL_DO(CheckAliasName(context, *request.module, name->AsString(), alias.id));
    alias.name = name->AsString();
    alias.body.Set("ContactFlowModuleArn",
                   fmt::format("{}:{}", request.module->body.GetString("Arn"), alias.name));
  }
  CopyMembers(input, {"Name", "Description"}, alias.body);
  Save(context, kModuleAlias, std::move(alias));
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "CreateContactFlowModuleAlias", .handle = CreateContactFlowModuleAlias},
    {.name = "DeleteContactFlowModuleAlias", .handle = DeleteContactFlowModuleAlias},
    {.name = "DescribeContactFlowModuleAlias", .handle = DescribeContactFlowModuleAlias},
    {.name = "ListContactFlowModuleAliases", .handle = ListContactFlowModuleAliases},
    {.name = "UpdateContactFlowModuleAlias", .handle = UpdateContactFlowModuleAlias},
};
static_assert(InOrder(kOperations));

}  // namespace

extern constinit const Family kModuleAliasOperations = kOperations;

}  // namespace trunkline::cloud::connect
