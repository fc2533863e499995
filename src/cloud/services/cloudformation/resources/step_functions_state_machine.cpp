// AWS::StepFunctions::StateMachine.
#include "base/json_write.h"
#include "base/text.h"
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

// The definition's text: from a text, an object, or an object of S3.
Answer<std::string> DefinitionText(const WaitContext& context, const json::Object& properties) {
  if (const json::Value* text = properties.Find("DefinitionString"))
    return text->IsString() ? text->AsString() : json::Write(*text);
  if (const json::Value* document = properties.Find("Definition")) return json::Write(*document);
  const json::Object& place = properties.GetObject("DefinitionS3Location");
  if (place.empty()) {
    return ServiceError(
        "InvalidRequest",
        "Property Definition, DefinitionString or DefinitionS3Location is required.");
  }
  json::Object input;
  input.Set("Bucket", place.GetString("Bucket"));
  input.Set("Key", place.GetString("Key"));
  input.SetIfNotEmpty("VersionId", place.GetString("Version"));
  TL_TRY(const json::Object object, context.Dispatch("s3", "GetObject", input));
  return std::string(object.GetString("Body"));
}

// Every "${name}" becomes its value.
Answer<void> BuildDefinition(const WaitContext& context, const ResourceOrder& order,
                             json::Object& properties) {
  if (&properties == &order.previous) return {};
  TL_TRY(std::string text, DefinitionText(context, properties));
  const json::Object& values = properties.GetObject("DefinitionSubstitutions");
  for (const json::Member& entry : values) {
    std::string value = json::Write(entry.value);
    if (entry.value.IsString()) value = entry.value.AsString();
    text = Replace(text, fmt::format("${{{}}}", entry.key), value);
  }
  properties.Set("Definition", text);
  return {};
}

// A machine that was never updated has no revision id of its own (seen in recordings of the
// service); publishing its version takes this word.
void AddRevision(const WaitContext& /*context*/, const ResourceOrder& /*order*/,
                 json::Object& known) {
  if (known.GetString("revisionId").empty()) known.Set("revisionId", "INITIAL");
}

constexpr auto kProperties = Properties<
    "DefinitionS3Location~ DefinitionString~ DefinitionSubstitutions~ Definition~ "
    "EncryptionConfiguration LoggingConfiguration RoleArn* StateMachineName^ "
    "StateMachineType^ Tags TracingConfiguration">();

constexpr auto kAttributes = Words<"Arn Name StateMachineRevisionId">();

constexpr Name kNames[] = {
    {"StateMachineName", "name"},
    {"StateMachineType", "type"},
};

constexpr Name kValues[] = {
    {"Arn", "stateMachineArn"},
    {"StateMachineRevisionId", "revisionId"},
};

constexpr Change kChanges[] = {
    {"UpdateStateMachine",
     "DefinitionString Definition DefinitionS3Location DefinitionSubstitutions RoleArn "
     "LoggingConfiguration TracingConfiguration EncryptionConfiguration"},
};

constexpr Fallback kFallbacks[] = {
    {"LoggingConfiguration", R"({"level": "OFF"})"},
    {"TracingConfiguration", R"({"enabled": false})"},
};

constexpr Mapping kMapping{
    .type = "AWS::StepFunctions::StateMachine",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "stepfunctions",
    .create = "CreateStateMachine",
    .describe = "DescribeStateMachine",
    .remove = "DeleteStateMachine",
    .changes = kChanges,
    .id = "StateMachineArn",
    .values = kValues,
    .names = kNames,
    .fallbacks = kFallbacks,
    .naming = {.property = "StateMachineName", .limit = 80},
    .vanishes_later = true,
    .tag = "TagResource",
    .untag = "UntagResource",
    .tagged = "stateMachineArn",
    .prepare = BuildDefinition,
    .complete = AddRevision,
};

}  // namespace

constinit const ResourceType kStepFunctionsStateMachineType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
