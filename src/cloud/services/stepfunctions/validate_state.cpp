// The fields of one state.
#include <algorithm>
#include <array>

#include "base/clock.h"
#include "base/text.h"
#include "cloud/services/stepfunctions/checker.h"
#include "cloud/services/stepfunctions/intrinsic.h"
#include "cloud/services/stepfunctions/payload.h"
#include "cloud/services/stepfunctions/resource.h"

namespace trunkline::cloud::stepfunctions {
namespace {

using Fields = std::span<const std::string_view>;

// What a type of state may have, beside Type, Comment and QueryLanguage: in both query languages,
// with JSONPath only, with JSONata only.
struct TypeFields {
  StateType type;
  Fields both;
  Fields path;
  Fields query;
};

constexpr std::string_view kTask[] = {"Assign",           "Catch", "Credentials", "End",
                                      "HeartbeatSeconds", "Next",  "Resource",    "Retry",
                                      "TimeoutSeconds"};
constexpr std::string_view kTaskPath[] = {"HeartbeatSecondsPath", "InputPath",  "OutputPath",
                                          "Parameters",           "ResultPath", "ResultSelector",
                                          "TimeoutSecondsPath"};
constexpr std::string_view kArguments[] = {"Arguments", "Output"};
constexpr std::string_view kPass[] = {"Assign", "End", "Next"};
constexpr std::string_view kPassPath[] = {"InputPath", "OutputPath", "Parameters", "Result",
                                          "ResultPath"};
constexpr std::string_view kOutput[] = {"Output"};
constexpr std::string_view kChoice[] = {"Assign", "Choices", "Default"};
constexpr std::string_view kInOut[] = {"InputPath", "OutputPath"};
constexpr std::string_view kWait[] = {"Assign", "End", "Next", "Seconds", "Timestamp"};
constexpr std::string_view kWaitPath[] = {"InputPath", "OutputPath", "SecondsPath",
                                          "TimestampPath"};
constexpr std::string_view kFail[] = {"Cause", "Error"};
constexpr std::string_view kFailPath[] = {"CausePath", "ErrorPath", "InputPath", "OutputPath"};
constexpr std::string_view kParallel[] = {"Assign", "Branches", "Catch", "End", "Next", "Retry"};
constexpr std::string_view kParallelPath[] = {"InputPath", "OutputPath", "Parameters", "ResultPath",
                                              "ResultSelector"};
constexpr std::string_view kMap[] = {"Assign",
                                     "Catch",
                                     "End",
                                     "ItemBatcher",
                                     "ItemProcessor",
                                     "ItemReader",
                                     "ItemSelector",
                                     "Iterator",
                                     "Label",
                                     "MaxConcurrency",
                                     "Next",
                                     "ResultWriter",
                                     "Retry",
                                     "ToleratedFailureCount",
                                     "ToleratedFailurePercentage"};
constexpr std::string_view kMapPath[] = {"InputPath",
                                         "ItemsPath",
                                         "MaxConcurrencyPath",
                                         "OutputPath",
                                         "Parameters",
                                         "ResultPath",
                                         "ResultSelector",
                                         "ToleratedFailureCountPath",
                                         "ToleratedFailurePercentagePath"};
constexpr std::string_view kMapQuery[] = {"Items", "Output"};

constexpr TypeFields kTypeFields[] = {
    {StateType::kTask, kTask, kTaskPath, kArguments},
    {StateType::kPass, kPass, kPassPath, kOutput},
    {StateType::kChoice, kChoice, kInOut, kOutput},
    {StateType::kWait, kWait, kWaitPath, kOutput},
    {StateType::kSucceed, {}, kInOut, kOutput},
    {StateType::kFail, kFail, kFailPath, {}},
    {StateType::kParallel, kParallel, kParallelPath, kArguments},
    {StateType::kMap, kMap, kMapPath, kMapQuery},
};

bool Names(Fields fields, std::string_view name) {
  return std::ranges::find(fields, name) != fields.end();
}

void CheckFieldNames(Checker& checker, const json::Object& state, const TypeFields& fields,
                     bool jsonata, const std::string& location) {
  constexpr std::string_view kAlways[] = {"Comment", "QueryLanguage", "Type"};
  for (const auto& member : state) {
    if (Names(kAlways, member.key) || Names(fields.both, member.key) ||
        Names(jsonata ? fields.query : fields.path, member.key))
      continue;
    const bool other = Names(jsonata ? fields.path : fields.query, member.key);
    const std::string place = location.empty() ? "/" : location;
    if (other) {
      checker.Schema(fmt::format("The field '{}' is not supported by {}", member.key,
                                 jsonata ? "JSONata" : "JSONPath"),
                     place);
    } else {
      checker.Schema(fmt::format("Field '{}' is not supported", member.key), place);
    }
  }
}

void CheckEnd(Checker& checker, const json::Object& state, StateType type,
              const std::string& location) {
  if (type == StateType::kChoice || type == StateType::kSucceed || type == StateType::kFail) return;
  const bool ends = state.GetBool("End");
  const json::Value* next = state.Find("Next");
  if (next && !next->IsString())
    checker.Schema("Expected value of type String", location + "/Next");
  if (ends && state.Has("Next")) {
    checker.Schema("Only one of these fields is allowed: [Next, End]", location);
  } else if (!ends && !state.Has("Next")) {
    checker.Schema("One of these fields is required: [Next, End]", location);
  }
}

void CheckPath(Checker& checker, const json::Object& state, std::string_view field,
               const std::string& location) {
  const json::Value* value = state.Find(field);
  if (!value) return;
  const std::string place = fmt::format("{}/{}", location, field);
  const bool nullable = field == "InputPath" || field == "OutputPath" || field == "ResultPath";
  if (value->IsNull() && nullable) return;
  if (!value->IsString()) {
    checker.Schema("Expected value of type String", place);
    return;
  }
  const bool function = field == "ErrorPath" || field == "CausePath";
  if (function && LooksIntrinsic(value->AsString()) && ParseIntrinsic(value->AsString())) return;
  const auto path = ParseRooted(value->AsString());
  const bool reference = field == "ResultPath";
  if (!path) {
    checker.Schema(fmt::format("Value is not a valid JSONPath: {}", path.error().message()), place);
  } else if (reference && (path->root != RootedPath::Root::kInput || !path->path.is_reference())) {
    checker.Schema("Value is not a Reference Path", place);
  }
}

void CheckRetry(Checker& checker, const json::Object& state, const std::string& location) {
  for (const std::string_view list : {"Retry", "Catch"}) {
    const json::Value* value = state.Find(list);
    if (!value) continue;
    if (!value->IsArray()) {
      checker.Schema("Expected value of type Array", fmt::format("{}/{}", location, list));
      continue;
    }
    const json::Array& items = value->AsArray();
    for (std::size_t i = 0; i < items.size(); ++i) {
      const std::string place = fmt::format("{}/{}[{}]", location, list, i);
      if (!items[i].IsObject()) {
        checker.Schema("Expected value of type Object", place);
        continue;
      }
      constexpr std::string_view kRetry[] = {"ErrorEquals"};
      constexpr std::string_view kCatch[] = {"ErrorEquals", "Next"};
      checker.Require(items[i].AsObject(), list == "Catch" ? Fields(kCatch) : Fields(kRetry),
                      place);
      const json::Array& errors = items[i].AsObject().GetArray("ErrorEquals");
      const bool all = std::ranges::any_of(errors, [](const json::Value& error) {
        return error.IsString() && error.AsString() == "States.ALL";
      });
      if (all && (errors.size() > 1 || i + 1 < items.size())) {
        checker.Schema("States.ALL must appear alone and at end of list", place + "/ErrorEquals");
      }
    }
  }
}

void CheckTask(Checker& checker, const json::Object& state, const std::string& location) {
  constexpr std::string_view kRequired[] = {"Resource"};
  checker.Require(state, kRequired, location);
  const json::Value* arn = state.Find("Resource");
  if (!arn) return;
  const std::string place = location + "/Resource";
  if (!arn->IsString()) {
    checker.Schema("Expected value of type String", place);
    return;
  }
  const auto resource = ReadResource(arn->AsString());
  if (!resource) {
    checker.Schema(resource.error().message(), place);
  } else if (checker.express && resource->pattern != Resource::Pattern::kRequest) {
    // The blank at the end of one of the two is the service's own.
    checker.Schema(
        resource->pattern == Resource::Pattern::kToken
            ? "Express state machine does not support '.waitForTaskToken' service integration "
            : "Express state machine does not support '.sync' service integration",
        place);
  } else if (checker.express && resource->kind == Resource::Kind::kActivityArn) {
    checker.Schema("Express state machine does not support Activity ARN", place);
  }
}

void CheckWait(Checker& checker, const json::Object& state, const std::string& location) {
  constexpr std::string_view kWays[] = {"Seconds", "SecondsPath", "Timestamp", "TimestampPath"};
  const auto ways =
      std::ranges::count_if(kWays, [&](std::string_view field) { return state.Has(field); });
  if (ways != 1) {
    checker.Schema(
        fmt::format("{} of these fields is {}: [Seconds, SecondsPath, Timestamp, TimestampPath]",
                    ways == 0 ? "One" : "Only one", ways == 0 ? "required" : "allowed"),
        location);
  }
  const json::Value* seconds = state.Find("Seconds");
  if (seconds && seconds->IsNumber() && seconds->AsInt() < 0)
    checker.Schema("Value must not be negative", location + "/Seconds");
  const std::string_view timestamp = state.GetString("Timestamp");
  if (!timestamp.empty() && !timestamp.starts_with("{%") && !ParseIso8601(timestamp)) {
    checker.Schema("String does not match RFC3339 timestamp", location + "/Timestamp");
  }
}

void CheckMap(Checker& checker, const json::Object& state, const std::string& location) {
  if (!state.Has("ItemProcessor") && !state.Has("Iterator")) {
    checker.Schema("These fields are required: [ItemProcessor]", location);
    return;
  }
  const json::Object& processor = ProcessorOf(state);
  if (processor.empty())
    checker.Schema("Expected value of type Object", location + "/ItemProcessor");
  if (IsDistributed(state)) {
    if (!processor.GetObject("ProcessorConfig").Has("ExecutionType")) {
      checker.Schema("These fields are required: [ExecutionType]",
                     location + "/ItemProcessor/ProcessorConfig");
    }
    const std::string_view label = state.GetString("Label");
    if (!label.empty() && !checker.labels.emplace(label).second) {
      checker.Add("DUPLICATE_LABEL_NAME", fmt::format("Duplicate label: {}", label),
                  location + "/Label");
    }
    return;
  }
  // Inline maps may say how many failures they tolerate (seen); it means nothing to them.
  for (const std::string_view field : {"ItemReader", "ItemBatcher", "ResultWriter", "Label"}) {
    if (state.Has(field)) {
      checker.Schema(fmt::format("The field '{}' is not supported for INLINE maps", field),
                     location);
    }
  }
}

void CheckByType(Checker& checker, const json::Object& state, StateType type, bool jsonata,
                 const std::string& location) {
  if (type == StateType::kTask) CheckTask(checker, state, location);
  if (type == StateType::kChoice) CheckChoices(checker, state, jsonata, location);
  if (type == StateType::kWait) CheckWait(checker, state, location);
  if (type == StateType::kMap) CheckMap(checker, state, location);
  if (type == StateType::kParallel) {
    constexpr std::string_view kRequired[] = {"Branches"};
    checker.Require(state, kRequired, location);
    if (state.Has("Branches") && state.GetArray("Branches").empty())
      checker.Schema("The field 'Branches' must have at least one branch", location + "/Branches");
    if (!std::ranges::all_of(state.GetArray("Branches"), &json::Value::IsObject))
      checker.Schema("Expected values of type Object", location + "/Branches");
  }
}

void CheckPayloads(Checker& checker, const json::Object& state, bool jsonata,
                   const std::string& location) {
  for (const std::string_view field :
       {"Parameters", "ResultSelector", "ItemSelector", "Assign", "Arguments", "Output", "Items"}) {
    const json::Value* form = state.Find(field);
    if (!form) continue;
    const std::string place = fmt::format("{}/{}", location, field);
    if (jsonata) {
      CheckExpressions(checker, *form, place);
    } else {
      CheckTemplate(checker, *form, place);
    }
  }
}

}  // namespace

void CheckState(Checker& checker, const json::Object& state, const std::string& location) {
  const std::string here = location.empty() ? "/" : location;
  constexpr std::string_view kRequired[] = {"Type"};
  checker.Require(state, kRequired, here);
  if (!state.Has("Type")) return;
  const auto type = ReadStateType(state.GetString("Type"));
  if (!type) {
    checker.Schema("Value is not one of: [Task, Pass, Choice, Wait, Succeed, Fail, Parallel, Map]",
                   location + "/Type");
    return;
  }
  const std::string_view language = state.GetString("QueryLanguage");
  if (checker.jsonata && language == "JSONPath") {
    checker.Schema(
        "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine", here);
    return;
  }
  const bool jsonata = checker.jsonata || language == "JSONata";
  for (const TypeFields& fields : kTypeFields) {
    if (fields.type == *type) CheckFieldNames(checker, state, fields, jsonata, location);
  }
  CheckEnd(checker, state, *type, here);
  CheckByType(checker, state, *type, jsonata, location);
  CheckRetry(checker, state, location);
  if (!jsonata) {
    for (const std::string_view field :
         {"InputPath", "OutputPath", "ResultPath", "SecondsPath", "TimestampPath",
          "TimeoutSecondsPath", "HeartbeatSecondsPath", "ItemsPath", "MaxConcurrencyPath",
          "ErrorPath", "CausePath"})
      CheckPath(checker, state, field, location);
  }
  CheckPayloads(checker, state, jsonata, location);
}

}  // namespace trunkline::cloud::stepfunctions
