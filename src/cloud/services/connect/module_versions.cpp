#include <fmt/format.h>

#include "base/text.h"
#include "cloud/services/connect/contents.h"
#include "cloud/services/connect/families.h"
#include "cloud/services/connect/module_parts.h"
#include "cloud/services/connect/resources.h"

namespace trunkline::cloud::connect {
namespace {

Answer<> CreateContactFlowModuleVersion(Context& context, const json::Object& input) {
  TL_TRY(const ModuleRequest request, FindModule(context, input));
  TL_TRY(const Record* latest, FindModuleContent(context, *request.module, kLatest));
  const std::string_view expected = input.GetString("FlowModuleContentSha256");
  if (!expected.empty() && expected != latest->body.GetString("FlowModuleContentSha256")) {
    return InvalidRequest(
        fmt::format("the content of flow module '{}' has another FlowModuleContentSha256 than '{}'",
                    request.module->name, expected));
  }
  json::Object body = latest->body;
  body.SetIfNotEmpty("VersionDescription", input.GetString("Description"));
  const std::int64_t version =
      AddVersion(context, kModuleContent, request.module->id, std::move(body));
  json::Object output;
  output.Set("ContactFlowModuleArn",
             fmt::format("{}:{}", request.module->body.GetString("Arn"), version));
  output.Set("Version", version);
  return output;
}

Answer<> DeleteContactFlowModuleVersion(Context& context, const json::Object& input) {
  TL_TRY(const ModuleRequest request, FindModule(context, input));
  const std::int64_t version = input.GetInt("ContactFlowModuleVersion");
  TL_DO(FindModuleVersion(context, *request.module, version));
  for (const Record* alias :
       context.store.List(context.RegionScope(), kModuleAlias, request.module->id)) {
    if (alias->body.GetInt("Version") == version) {
      return InvalidRequest(fmt::format("version {} of flow module '{}' is used by the alias '{}'",
                                        version, request.module->name, alias->name));
    }
  }
  DeleteContent(context, kModuleContent, request.module->id, std::to_string(version));
  return json::Object();
}

Answer<> ListContactFlowModuleVersions(Context& context, const json::Object& input) {
  TL_TRY(const ModuleRequest request, FindModule(context, input));
  std::vector<PageItem> items;
  for (const Record* version : ListVersions(context, kModuleContent, request.module->id)) {
    const std::int64_t number = version->body.GetInt("Version");
    json::Object summary;
    summary.Set("Arn", fmt::format("{}:{}", request.module->body.GetString("Arn"), number));
    CopyMembers(version->body, {"VersionDescription", "Version"}, summary);
    items.push_back({.key = fmt::format("{:020}", number), .value = std::move(summary)});
  }
  return PageOf(input, "ContactFlowModuleVersionSummaryList", std::move(items),
                {.listing = "ListContactFlowModuleVersions " + request.module->id});
}

constexpr Operation kOperations[] = {
    {.name = "CreateContactFlowModuleVersion", .handle = CreateContactFlowModuleVersion},
    {.name = "DeleteContactFlowModuleVersion", .handle = DeleteContactFlowModuleVersion},
    {.name = "ListContactFlowModuleVersions", .handle = ListContactFlowModuleVersions},
};
static_assert(InOrder(kOperations));

}  // namespace

Answer<const Record*> FindModuleVersion(Context& context, const Record& module,
                                        std::int64_t version) {
  const Record* content = FindContent(context, kModuleContent, module.id, std::to_string(version));
  if (content != nullptr) return content;
  return ServiceError("ResourceNotFoundException",
                      fmt::format("flow module '{}' has no version {}", module.name, version));
}

Answer<const Record*> FindModuleContent(Context& context, const Record& module,
                                        std::string_view qualifier) {
  if (qualifier.empty() || qualifier == kLatest) {
    return FindContent(context, kModuleContent, module.id, kLatest);
  }
  if (const auto version = ToInt(qualifier)) return FindModuleVersion(context, module, *version);
  const Record* alias =
      context.store.FindByName(context.RegionScope(), kModuleAlias, module.id, qualifier);
  if (alias != nullptr) return FindModuleVersion(context, module, alias->body.GetInt("Version"));
  return ServiceError("ResourceNotFoundException",
                      fmt::format("flow module '{}' has no alias '{}'", module.name, qualifier));
}

extern constinit const Family kModuleVersionOperations = kOperations;

}  // namespace trunkline::cloud::connect
