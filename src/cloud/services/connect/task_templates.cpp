#include <fmt/format.h>

#include "cloud/services/connect/client_tokens.h"
#include "cloud/services/connect/families.h"
#include "cloud/services/connect/resources.h"
#include "cloud/services/connect/task_template_check.h"

namespace trunkline::cloud::connect {
namespace {

// Takes what the input says, with ids instead of ARNs; what is not said stays. Then all of it must
// hold together.
Answer<void> TakeSettings(Context& context, const Record& instance, const json::Object& input,
                          json::Object& body) {
  CopyMembers(input, {"Constraints", "Defaults", "Status", "Fields"}, body);
  for (const std::string_view member : {"ContactFlowId", "SelfAssignFlowId"}) {
    const std::string_view flow = input.GetString(member);
    if (flow.empty()) {
      if (input.Has(member)) body.Remove(member);
      continue;
    }
    TL_TRY(const Record* found, FindResource(context, instance, kFlow, flow));
    body.Set(member, found->id);
  }
  return CheckTaskTemplate(body);
}

// A taken name is a property that is not valid.
ServiceError NameIsTaken(const ServiceError& error) {
  if (error.code != kTaskTemplate.taken) return error;
  return PropertyError("Name", "RESOURCE_NAME_ALREADY_EXISTS", error.message);
}

json::Object Shown(const Record& record) {
  json::Object shown = record.body;
  shown.Set("InstanceId", record.parent);
  return shown;
}

Answer<> CreateTaskTemplate(Context& context, const json::Object& input) {
  TL_TRY(const auto before,
         AnsweredBefore(context, "CreateTaskTemplate", input, "InvalidParameterException"));
  if (before) return *before;
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  auto made = NewResource(context, *instance, kTaskTemplate, input.GetString("Name"), input);
  if (!made) return NameIsTaken(made.error());
  Record record = std::move(made).value();
  record.body.Set("Status", "ACTIVE");
  record.body.Set("CreatedTime", Now(context));
  TL_DO(TakeSettings(context, *instance, input, record.body));
  json::Object output;
  CopyMembers(record.body, {"Id", "Arn"}, output);
  context.store.Put(context.RegionScope(), kTaskTemplate.kind, std::move(record));
  RememberAnswer(context, "CreateTaskTemplate", input, output);
  return output;
}

Answer<> DeleteTaskTemplate(Context& context, const json::Object& input) {
  TL_TRY(const Record* record, FindResource(context, kTaskTemplate, input));
  context.store.Delete(context.RegionScope(), kTaskTemplate.kind, std::string(record->id));
  return json::Object();
}

// A snapshot is made when a task is: there are none.
Answer<> GetTaskTemplate(Context& context, const json::Object& input) {
  TL_TRY(const Record* record, FindResource(context, kTaskTemplate, input));
  if (const std::string_view version = input.GetString("SnapshotVersion"); !version.empty()) {
    return ServiceError(
        "ResourceNotFoundException",
        fmt::format("task template '{}' has no snapshot '{}'", record->name, version));
  }
  return Shown(*record);
}

json::Value TemplateSummary(Context&, const Record& record) {
  return record.body;
}

Answer<> ListTaskTemplates(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  const std::string_view status = input.GetString("Status");
  const std::string_view name = input.GetString("Name");
  std::vector<const Record*> found;
  for (const Record* record :
       context.store.List(context.RegionScope(), kTaskTemplate.kind, instance->id)) {
    if (!status.empty() && record->body.GetString("Status") != status) continue;
    if (name.empty() || record->name == name) found.push_back(record);
  }
  return PageOf(context, input, "TaskTemplates", found, TemplateSummary,
                {.listing = fmt::format("ListTaskTemplates {} {} {}", instance->id, status, name)});
}

Answer<> UpdateTaskTemplate(Context& context, const json::Object& input) {
  TL_TRY(const Record* found, FindResource(context, kTaskTemplate, input));
  TL_TRY(const Record* instance, FindInstance(context, input));
  Record record = *found;
  if (const auto renamed = Rename(context, kTaskTemplate, input, record); !renamed) {
    return NameIsTaken(renamed.error());
  }
  TL_DO(TakeSettings(context, *instance, input, record.body));
  Touch(context, record.body);
  json::Object output = Shown(record);
  context.store.Put(context.RegionScope(), kTaskTemplate.kind, std::move(record));
  return output;
}

constexpr Operation kOperations[] = {
    {.name = "CreateTaskTemplate", .handle = CreateTaskTemplate},
    {.name = "DeleteTaskTemplate", .handle = DeleteTaskTemplate},
    {.name = "GetTaskTemplate", .handle = GetTaskTemplate},
    {.name = "ListTaskTemplates", .handle = ListTaskTemplates},
    {.name = "UpdateTaskTemplate", .handle = UpdateTaskTemplate},
};
static_assert(InOrder(kOperations));

}  // namespace

extern constinit const Family kTaskTemplateOperations = kOperations;

}  // namespace trunkline::cloud::connect
