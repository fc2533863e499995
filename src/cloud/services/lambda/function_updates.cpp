// UpdateFunctionCode and UpdateFunctionConfiguration.
#include "cloud/objects.h"
#include "cloud/services/lambda/code.h"
#include "cloud/services/lambda/configuration.h"
#include "cloud/services/lambda/families.h"
#include "cloud/services/lambda/function_layers.h"
#include "cloud/services/lambda/layers.h"
#include "cloud/services/lambda/records.h"
#include "cloud/services/lambda/revisions.h"
#include "cloud/services/lambda/settle.h"
#include "cloud/services/lambda/versions.h"

namespace trunkline::cloud::lambda {
namespace {

struct Update {
  Name name;
  Record record;
};

// The record to change: not a version, not in the middle of another update, and at the revision the
// caller knows.
Answer<Update> Begin(Context& context, const json::Object& input) {
  TL_TRY(Name name, ReadName(context, input));
  TL_TRY(const Record* function, FindFunction(context, name.function));
  if (!name.qualifier.empty() && name.qualifier != kLatest) {
    return ServiceError("InvalidParameterValueException", "only $LATEST can be changed");
  }
  const json::Object& configuration = function->body.GetObject("Configuration");
  TL_DO(CheckSettled(configuration, FunctionArn(context, name.function)));
  TL_DO(CheckRevision(configuration.GetString("RevisionId"), input.GetString("RevisionId")));
  return Update{.name = std::move(name), .record = *function};
}

void MarkInProgress(json::Object& configuration) {
  configuration.Set("LastUpdateStatus", "InProgress");
  // Seen: the same words as for a new one.
  configuration.Set("LastUpdateStatusReason", "The function is being created.");
  configuration.Set("LastUpdateStatusReasonCode", "Creating");
}

Answer<> Finish(Context& context, Update update) {
  json::Object& configuration = update.record.body["Configuration"].AsObject();
  Touch(context, configuration);
  MarkInProgress(configuration);
  json::Object answer = configuration;
  update.record.body.Set("Build", answer.GetString("RevisionId"));
  context.store.Put(context.RegionScope(), kFunction, std::move(update.record));
  ScheduleSettling(context, update.name.function);
  return answer;
}

bool UsedByVersion(Context& context, const std::string& function, const std::string& code_id) {
  for (const Record* version : context.store.List(context.RegionScope(), kVersion, function)) {
    if (version->body.GetString("CodeId") == code_id) return true;
  }
  return false;
}

Answer<> UpdateFunctionCode(Context& context, const json::Object& input) {
  TL_TRY(Update update, Begin(context, input));
  TL_TRY(const Code code, KeepCode(context, input));
  json::Object& configuration = update.record.body["Configuration"].AsObject();
  if (input.GetBool("DryRun")) {
    context.objects.Drop(code.id);
    json::Object dry = configuration;
    Describe(code, dry);
    return dry;
  }
  TL_DO(CheckUnpackedSize(context, configuration, code.unpacked));
  Describe(code, configuration);
  const json::Value* architectures = input.Find("Architectures");
  if (architectures != nullptr) configuration.Set("Architectures", *architectures);
  const std::string before(update.record.body.GetString("CodeId"));
  update.record.body.Set("CodeId", code.id);
  update.record.body.Set("Unpacked", code.unpacked);
  const std::string name = update.name.function;
  TL_TRY(json::Object answer, Finish(context, std::move(update)));
  if (!UsedByVersion(context, name, before)) context.objects.Drop(before);
  if (!input.GetBool("Publish")) return answer;
  return Publish(context, name, {});
}

Answer<> UpdateFunctionConfiguration(Context& context, const json::Object& input) {
  TL_TRY(Update update, Begin(context, input));
  json::Object& configuration = update.record.body["Configuration"].AsObject();
  TL_DO(ApplyConfiguration(context, input, configuration));
  const auto unpacked = static_cast<std::uint64_t>(update.record.body.GetInt("Unpacked"));
  TL_DO(CheckUnpackedSize(context, configuration, unpacked));
  TL_TRY(json::Object answer, Finish(context, std::move(update)));
  if (input.Has("Layers")) DropUnusedLayers(context);
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "UpdateFunctionCode", .handle = UpdateFunctionCode},
    {.name = "UpdateFunctionConfiguration", .handle = UpdateFunctionConfiguration},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kFunctionUpdateOperations = kOperations;

}  // namespace trunkline::cloud::lambda
