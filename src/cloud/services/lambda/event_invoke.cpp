#include "cloud/services/lambda/event_invoke.h"

#include <algorithm>

#include <fmt/format.h>

#include "cloud/arn.h"
#include "cloud/services/lambda/families.h"
#include "cloud/services/lambda/revisions.h"

namespace trunkline::cloud::lambda {
namespace {

constexpr std::string_view kMembers[] = {"MaximumRetryAttempts", "MaximumEventAgeInSeconds",
                                         "DestinationConfig"};

ServiceError Invalid(std::string_view message) {
  return {"InvalidParameterValueException", message};
}

std::string QualifierOf(const Name& name) {
  return name.qualifier.empty() ? std::string(kLatest) : name.qualifier;
}

std::string IdOf(const Name& name) {
  return fmt::format("{}:{}", name.function, QualifierOf(name));
}

ServiceError NoConfiguration(const Context& context, const Name& name) {
  return {"ResourceNotFoundException",
          fmt::format("The function {} doesn't have an EventInvokeConfig",
                      FunctionArn(context, name.function, QualifierOf(name)))};
}

Answer<Name> ReadExisting(Context& context, const json::Object& input) {
  TL_TRY(Name name, ReadName(context, input));
  if (FindQualified(context, name)) return name;
  return ServiceError("ResourceNotFoundException", "The function doesn't exist.");
}

// "OnSuccess(destination=<arn>)", as the service writes what it does not take.
std::string Written(const json::Object& config, std::string_view member, std::string_view type) {
  if (!config.Has(member)) return "null";
  return fmt::format("{}(destination={})", type,
                     config.GetObject(member).GetString("Destination", "null"));
}

ServiceError WrongConfig(const json::Object& config) {
  return Invalid(fmt::format(
      "The provided destination config DestinationConfig(onSuccess={}, onFailure={}) "
      "is invalid.",
      Written(config, "OnSuccess", "OnSuccess"), Written(config, "OnFailure", "OnFailure")));
}

Answer<void> CheckFunction(Context& context, const Name& name, std::string_view destination) {
  const json::Object input{{"FunctionName", destination}};
  const Answer<Name> target = ReadName(context, input);
  if (!target || !FindQualified(context, *target))
    return Invalid(fmt::format("The destination ARN {} is invalid.", destination));
  if (target->function != name.function) return {};
  return Invalid("You can't specify the function as a destination for itself.");
}

Answer<void> CheckDestination(Context& context, const Name& name, const json::Object& config,
                              std::string_view member) {
  const std::string_view destination = config.GetObject(member).GetString("Destination");
  if (destination.empty()) return {};
  const auto arn = ParseArn(destination);
  const std::string_view service = arn ? std::string_view(arn->service) : std::string_view();
  if (service == "lambda") return CheckFunction(context, name, destination);
  // Buckets keep failures only; queues and topics that keep an order take none.
  const bool bucket = service == "s3" && member == "OnFailure";
  const bool letters = (service == "sqs" || service == "sns") && !destination.ends_with(".fifo");
  const bool bus = service == "events" && arn->resource.starts_with("event-bus/");
  if (bucket || letters || bus) return {};
  return WrongConfig(config);
}

Answer<void> CheckMembers(Context& context, const Name& name, const json::Object& input) {
  if (std::ranges::none_of(kMembers, [&](std::string_view one) { return input.Has(one); }))
    return Invalid("You must specify at least one of error handling or destination setting.");
  const json::Object& config = input.GetObject("DestinationConfig");
  TL_DO(CheckDestination(context, name, config, "OnSuccess"));
  return CheckDestination(context, name, config, "OnFailure");
}

json::Object Keep(Context& context, const Name& name, json::Object body,
                  const json::Object& input) {
  for (const std::string_view member : kMembers)
    if (const json::Value* value = input.Find(member)) body.Set(member, *value);
  json::Object config = body.GetObject("DestinationConfig");
  for (const std::string_view member : {"OnSuccess", "OnFailure"})
    if (!config.Has(member)) config.Set(member, json::Object());
  body.Set("DestinationConfig", std::move(config));
  body.Set("FunctionArn", FunctionArn(context, name.function, QualifierOf(name)));
  body.Set("LastModified", static_cast<double>(context.Now().time_since_epoch().count()) / 1000);
  context.store.Put(
      context.RegionScope(), kEventInvoke,
      {.id = IdOf(name), .parent = name.function, .name = QualifierOf(name), .body = body});
  return body;
}

const Record* Find(Context& context, const Name& name) {
  return context.store.Find(context.RegionScope(), kEventInvoke, IdOf(name));
}

Answer<> PutFunctionEventInvokeConfig(Context& context, const json::Object& input) {
  TL_TRY(const Name name, ReadExisting(context, input));
  TL_DO(CheckMembers(context, name, input));
  return Keep(context, name, {}, input);
}

Answer<> UpdateFunctionEventInvokeConfig(Context& context, const json::Object& input) {
  TL_TRY(const Name name, ReadExisting(context, input));
  TL_DO(CheckMembers(context, name, input));
  const Record* found = Find(context, name);
  if (!found) return NoConfiguration(context, name);
  return Keep(context, name, found->body, input);
}

Answer<> GetFunctionEventInvokeConfig(Context& context, const json::Object& input) {
  TL_TRY(const Name name, ReadName(context, input));
  const Record* found = Find(context, name);
  if (!found) return NoConfiguration(context, name);
  return found->body;
}

Answer<> DeleteFunctionEventInvokeConfig(Context& context, const json::Object& input) {
  TL_TRY(const Name name, ReadName(context, input));
  if (!context.store.Delete(context.RegionScope(), kEventInvoke, IdOf(name)))
    return NoConfiguration(context, name);
  return json::Object();
}

Answer<> ListFunctionEventInvokeConfigs(Context& context, const json::Object& input) {
  TL_TRY(const Name name, ReadExisting(context, input));
  constexpr std::int64_t kMost = 50;
  const auto limit = static_cast<std::size_t>(std::min(input.GetInt("MaxItems", kMost), kMost));
  const Result<RecordPage> page = context.store.ListPage(
      context.RegionScope(), kEventInvoke, name.function, limit, input.GetString("Marker"));
  if (!page) return Invalid("Marker is not one that this listing gave out");
  json::Array configs;
  for (const Record* record : page->records) configs.emplace_back(record->body);
  json::Object answer{{"FunctionEventInvokeConfigs", std::move(configs)}};
  answer.SetIfNotEmpty("NextMarker", page->next);
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "DeleteFunctionEventInvokeConfig", .handle = DeleteFunctionEventInvokeConfig},
    {.name = "GetFunctionEventInvokeConfig", .handle = GetFunctionEventInvokeConfig},
    {.name = "ListFunctionEventInvokeConfigs", .handle = ListFunctionEventInvokeConfigs},
    {.name = "PutFunctionEventInvokeConfig", .handle = PutFunctionEventInvokeConfig},
    {.name = "UpdateFunctionEventInvokeConfig", .handle = UpdateFunctionEventInvokeConfig},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kEventInvokeOperations = kOperations;

EventInvoke FindEventInvoke(Context& context, const Name& name) {
  EventInvoke rules;
  rules.function_arn = FunctionArn(context, name.function, QualifierOf(name));
  const Record* found = Find(context, name);
  if (!found) return rules;
  const json::Object& config = found->body.GetObject("DestinationConfig");
  rules.retries = found->body.GetInt("MaximumRetryAttempts", rules.retries);
  rules.age =
      std::chrono::seconds(found->body.GetInt("MaximumEventAgeInSeconds", rules.age.count()));
  rules.on_success = config.GetObject("OnSuccess").GetString("Destination");
  rules.on_failure = config.GetObject("OnFailure").GetString("Destination");
  return rules;
}

void DropEventInvokes(Context& context, const Name& name) {
  if (!name.qualifier.empty()) {
    context.store.Delete(context.RegionScope(), kEventInvoke, IdOf(name));
    return;
  }
  std::vector<std::string> ids;
  for (const Record* one : context.store.List(context.RegionScope(), kEventInvoke, name.function))
    ids.push_back(one->id);
  for (const std::string& id : ids) context.store.Delete(context.RegionScope(), kEventInvoke, id);
}

}  // namespace trunkline::cloud::lambda
