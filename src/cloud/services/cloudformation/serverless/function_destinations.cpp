// EventInvokeConfig: where the records of asynchronous invocations go.
#include <algorithm>

#include <fmt/format.h>

#include "cloud/services/cloudformation/serverless/function.h"
#include "cloud/services/cloudformation/serverless/intrinsics.h"
#include "cloud/services/cloudformation/serverless/logical_ids.h"
#include "cloud/services/cloudformation/serverless/roles.h"

namespace trunkline::cloud::cloudformation::serverless {
namespace {

constexpr std::string_view kTypes[] = {"SQS", "SNS", "EventBridge", "Lambda", "S3Bucket"};

// Whether a destination has to be made: always, or where one branch of an Fn::If gives none.
struct Wanted {
  std::string condition;  // when it is made; empty: always
  json::Value otherwise;  // the destination that is given
};

std::string ConditionName(const std::string& name, const std::string& id) {
  constexpr std::size_t kLimit = 255;
  return HashedId(name, std::string_view(id)).substr(0, kLimit);
}

Wanted WantedOf(Document& document, const json::Value& destination, const std::string& id) {
  const json::Array* branches = IfArguments(destination);
  if (!branches || (IsNoValue((*branches)[1]) && IsNoValue((*branches)[2]))) return {};
  const std::string condition = TextOf((*branches)[0]);
  if (IsNoValue((*branches)[1])) return {.condition = condition, .otherwise = (*branches)[2]};
  if (!IsNoValue((*branches)[2])) return {};
  std::string name = ConditionName("NOT" + condition, id);
  document.AddCondition(name, Not(condition));
  return {.condition = name, .otherwise = (*branches)[1]};
}

// Both the function's condition and the destination's.
std::string Combined(Document& document, const Source& source, const std::string& condition) {
  const std::string own(source.condition());
  if (own.empty() || condition.empty()) return own + condition;
  std::string name = ConditionName(own + "AND" + condition, source.id);
  json::Array both;
  for (const std::string& one : {own, condition})
    both.emplace_back(json::Object{{"Condition", one}});
  json::Object call;
  call.Set("Fn::And", std::move(both));
  document.AddCondition(name, json::Value(std::move(call)));
  return name;
}

// One of OnSuccess and OnFailure.
struct Outcome {
  std::string id;  // "<function>EventInvokeConfigOnSuccess"
  std::string type;
  json::Value destination;
};

Resource MakeDestination(Document& document, const Source& source, const Outcome& outcome,
                         const Wanted& wanted) {
  const bool queue = outcome.type == "SQS";
  Resource made{.id = outcome.id + (queue ? "Queue" : "Topic"),
                .type = queue ? "AWS::SQS::Queue" : "AWS::SNS::Topic",
                .members = source.Inherited(),
                .properties = {}};
  const std::string condition = Combined(document, source, wanted.condition);
  if (!condition.empty()) made.members.Set("Condition", condition);
  return made;
}

Answer<json::Value> AddOutcome(Document& document, const Source& source, Outcome outcome,
                               const std::string& config, FunctionParts& parts) {
  const Wanted wanted = WantedOf(document, outcome.destination, config);
  if (outcome.destination.IsNull() || !wanted.condition.empty()) {
    if (outcome.type != "SQS" && outcome.type != "SNS") {
      return InvalidResource(source.id, "Destination is required if Type is not ['SQS', 'SNS']");
    }
    Resource made = MakeDestination(document, source, outcome, wanted);
    json::Value arn = outcome.type == "SQS" ? GetAtt(made.id, "Arn") : Ref(made.id);
    outcome.destination = wanted.condition.empty()
                              ? std::move(arn)
                              : If(json::Value(wanted.condition), std::move(arn), wanted.otherwise);
    parts.more.push_back(std::move(made));
  }
  json::Value policy = DestinationPolicy(outcome.type, outcome.id, outcome.destination);
  if (!policy.IsNull()) parts.policies.push_back(std::move(policy));
  return outcome.destination;
}

Answer<json::Object> DestinationsOf(Document& document, const Source& source,
                                    const json::Object& given, const std::string& config,
                                    FunctionParts& parts) {
  json::Object made;
  for (const std::string_view name : {"OnSuccess", "OnFailure"}) {
    const json::Value* one = Present(given, name);
    if (!one) continue;
    if (!one->IsObject()) {
      return InvalidResource(
          source.id,
          fmt::format("Property 'EventInvokeConfig.DestinationConfig.{}' should be a map.", name));
    }
    const json::Object& own = one->AsObject();
    const std::string type(own.GetString("Type", "None"));
    if (std::find(std::begin(kTypes), std::end(kTypes), type) == std::end(kTypes)) {
      return InvalidResource(source.id,
                             fmt::format("'Type: {}' must be one of ['SQS', 'SNS', 'EventBridge', "
                                         "'Lambda', 'S3Bucket']",
                                         type));
    }
    Outcome outcome{.id = config + std::string(name), .type = type, .destination = nullptr};
    if (const json::Value* destination = Present(own, "Destination"))
      outcome.destination = *destination;
    json::Object destination;
    TL_TRY(json::Value arn, AddOutcome(document, source, std::move(outcome), config, parts));
    destination.Set("Destination", std::move(arn));
    made.Set(name, std::move(destination));
  }
  return made;
}

}  // namespace

Answer<void> AddInvokeConfig(Document& document, const Source& source, FunctionParts& parts) {
  const json::Value* given = Given(source.properties, "EventInvokeConfig");
  if (!given) return {};
  const json::Value resolved = document.values.Resolve(*given);
  const json::Object& config = resolved.AsObject();
  Resource made{.id = source.id + "EventInvokeConfig",
                .type = "AWS::Lambda::EventInvokeConfig",
                .members = source.Own(),
                .properties = {}};
  made.members.Remove("DependsOn");
  if (parts.alias) made.members.Set("DependsOn", json::Array{parts.alias->id});
  const json::Value* destinations = Given(config, "DestinationConfig");
  if (destinations && !destinations->IsObject()) {
    return InvalidResource(source.id,
                           "Property 'EventInvokeConfig.DestinationConfig' should be a map.");
  }
  TL_TRY(json::Object outcomes,
         DestinationsOf(document, source, config.GetObject("DestinationConfig"), made.id, parts));
  made.properties.Set("DestinationConfig", std::move(outcomes));
  made.properties.Set("FunctionName", Ref(source.id));
  Copy(made.properties, "MaximumEventAgeInSeconds", config);
  Copy(made.properties, "MaximumRetryAttempts", config);
  made.properties.Set("Qualifier",
                      parts.alias ? parts.alias->properties.At("Name") : json::Value("$LATEST"));
  parts.more.push_back(std::move(made));
  return {};
}

}  // namespace trunkline::cloud::cloudformation::serverless
