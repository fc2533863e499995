#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/services/connect/client_tokens.h"
#include "cloud/services/connect/content_check.h"
#include "cloud/services/connect/contents.h"
#include "cloud/services/connect/families.h"
#include "cloud/services/connect/module_parts.h"
#include "cloud/services/connect/resources.h"
#include "cloud/services/connect/search.h"

namespace trunkline::cloud::connect {
namespace {

constexpr std::string_view kNoSettings = "JSON field is missing or null for field name: settings";

json::Object ContentBody(std::string_view content, std::string_view settings) {
  json::Object body;
  body.Set("Content", content);
  body.Set("FlowModuleContentSha256", ContentSha256(content));
  body.Set("Settings", settings);
  return body;
}

Answer<void> CheckModule(Context& context, const Record& instance, std::string_view content,
                         std::string_view settings) {
  TL_DO(CheckContentLength(content));
  TL_DO(CheckModuleSettings(settings));
  const auto problems = CheckContent(context, instance, "MODULE", content);
  // The service answers this one with another code than all the others.
  if (std::ranges::find(problems, kNoSettings) != problems.end()) {
    return InvalidRequest(std::string(kNoSettings));
  }
  if (!problems.empty()) return InvalidModule(problems);
  return {};
}

Answer<> CreateContactFlowModule(Context& context, const json::Object& input) {
  TL_TRY(const auto before,
         AnsweredBefore(context, "CreateContactFlowModule", input, "IdempotencyException"));
  if (before) return *before;
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  const std::string_view content = input.GetString("Content");
  const std::string_view settings = input.GetString("Settings", "{}");
  TL_DO(CheckModule(context, *instance, content, settings));
  TL_TRY(Record module, NewResource(context, *instance, kModule, input.GetString("Name"), input));
  module.body.Set("State", "ACTIVE");
  module.body.Set("Status", "PUBLISHED");
  module.body.Set("FlowModuleContentSha256", ContentSha256(content));
  CopyMembers(input, {"ExternalInvocationConfiguration"}, module.body);
  PutContent(context, kModuleContent, module.id, kLatest, ContentBody(content, settings));
  json::Object output;
  output.Set("Id", module.id);
  output.Set("Arn", module.body.GetString("Arn"));
  context.store.Put(context.RegionScope(), kModule.kind, std::move(module));
  RememberAnswer(context, "CreateContactFlowModule", input, output);
  return output;
}

Answer<> DeleteContactFlowModule(Context& context, const json::Object& input) {
  TL_TRY(const ModuleRequest request, FindModule(context, input));
  const std::string id = request.module->id;
  for (const Record* alias : context.store.List(context.RegionScope(), kModuleAlias, id)) {
    context.store.Delete(context.RegionScope(), kModuleAlias, std::string(alias->id));
  }
  DeleteContents(context, kModuleContent, id);
  context.store.Delete(context.RegionScope(), kModule.kind, id);
  return json::Object();
}

Answer<> DescribeContactFlowModule(Context& context, const json::Object& input) {
  TL_TRY(const ModuleRequest request, FindModule(context, input));
  TL_TRY(const Record* content, FindModuleContent(context, *request.module, request.qualifier));
  json::Object module = request.module->body;
  CopyMembers(content->body,
              {"Content", "FlowModuleContentSha256", "Settings", "Version", "VersionDescription"},
              module);
  json::Object output;
  output.Set("ContactFlowModule", std::move(module));
  return output;
}

json::Value ModuleSummary(Context&, const Record& module) {
  json::Object summary;
  CopyMembers(module.body, {"Id", "Arn", "Name", "State"}, summary);
  return summary;
}

Answer<> ListContactFlowModules(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  const std::string_view state = input.GetString("ContactFlowModuleState");
  std::vector<const Record*> modules;
  for (const Record* module :
       context.store.List(context.RegionScope(), kModule.kind, instance->id)) {
    if (state.empty() || module->body.GetString("State") == state) modules.push_back(module);
  }
  return PageOf(context, input, "ContactFlowModulesSummaryList", modules, ModuleSummary,
                {.listing = fmt::format("ListContactFlowModules {} {}", instance->id, state)});
}

bool HasState(const Record& module, const json::Value& state) {
  return module.body.GetString("State") == state.AsString();
}
bool HasStatus(const Record& module, const json::Value& status) {
  return module.body.GetString("Status") == status.AsString();
}

constexpr SearchLeaf kLeaves[] = {{"StateCondition", HasState}, {"StatusCondition", HasStatus}};

// Shows everything but the content, as SearchContactFlows.
Answer<> SearchContactFlowModules(Context& context, const json::Object& input) {
  return Search(context, input, kModule,
                {.operation = "SearchContactFlowModules",
                 .output = "ContactFlowModules",
                 .fields = kCommonFields,
                 .leaves = kLeaves});
}

// Its row has no InvalidParameterException.
Answer<> UpdateContactFlowModuleContent(Context& context, const json::Object& input) {
  TL_TRY(const ModuleRequest request, FindModule(context, input));
  if (!request.qualifier.empty() && request.qualifier != kLatest) {
    return InvalidRequest(fmt::format("version '{}' of flow module '{}' cannot be changed",
                                      request.qualifier, request.module->name));
  }
  TL_TRY(const Record* instance, FindInstance(context, input));
  const Record* current = FindContent(context, kModuleContent, request.module->id, kLatest);
  const std::string content(input.GetString("Content", current->body.GetString("Content")));
  const std::string settings(input.GetString("Settings", current->body.GetString("Settings")));
  TL_DO(CheckModule(context, *instance, content, settings));
  Record module = *request.module;
  module.body.Set("FlowModuleContentSha256", ContentSha256(content));
  PutContent(context, kModuleContent, module.id, kLatest, ContentBody(content, settings));
  Save(context, kModule.kind, std::move(module));
  return json::Object();
}

Answer<> UpdateContactFlowModuleMetadata(Context& context, const json::Object& input) {
  TL_TRY(const ModuleRequest request, FindModule(context, input));
  Record module = *request.module;
  TL_DO(Rename(context, kModule, input, module));
  CopyMembers(input, {"State"}, module.body);
  Save(context, kModule.kind, std::move(module));
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "CreateContactFlowModule", .handle = CreateContactFlowModule},
    {.name = "DeleteContactFlowModule", .handle = DeleteContactFlowModule},
    {.name = "DescribeContactFlowModule", .handle = DescribeContactFlowModule},
    {.name = "ListContactFlowModules", .handle = ListContactFlowModules},
    {.name = "SearchContactFlowModules", .handle = SearchContactFlowModules},
    {.name = "UpdateContactFlowModuleContent", .handle = UpdateContactFlowModuleContent},
    {.name = "UpdateContactFlowModuleMetadata", .handle = UpdateContactFlowModuleMetadata},
};
static_assert(InOrder(kOperations));

}  // namespace

Answer<ModuleRequest> FindModule(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  const QualifiedId name = SplitQualifier(input.GetString("ContactFlowModuleId"));
  TL_TRY(const Record* module, FindResource(context, *instance, kModule, name.id));
  return ModuleRequest{.module = module, .qualifier = std::string(name.qualifier)};
}

extern constinit const Family kModuleOperations = kOperations;

}  // namespace trunkline::cloud::connect
