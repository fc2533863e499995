// Event buses.
#include <fmt/format.h>

#include "cloud/services/events/families.h"
#include "cloud/services/events/records.h"

namespace trunkline::cloud::events {
namespace {

Answer<> CreateEventBus(Context& context, const json::Object& input) {
  const std::string name(input.GetString("Name"));
  if (input.Has("EventSourceName") || name.find('/') != std::string::npos) {
    return ServiceError("ValidationException",
                        "event buses of partners are not implemented by the embedded cloud");
  }
  if (name == kDefaultBus || context.store.Find(context.RegionScope(), kBus, name)) {
    return ServiceError("ResourceAlreadyExistsException",
                        fmt::format("Event bus {} already exists.", name));
  }
  Bus bus{.scope = context.RegionScope(),
          .record = {.id = name, .parent = "", .name = name, .body = {{"Name", name}}}};
  json::Object& body = bus.record.body;
  body.Set("Arn", bus.Arn());
  body.Set("CreationTime", Seconds(context));
  body.Set("LastModifiedTime", Seconds(context));
  CopyGiven(input, {"Description", "KmsKeyIdentifier", "DeadLetterConfig", "LogConfig", "Tags"},
            body);
  json::Object answer = body;
  answer.Set("EventBusArn", bus.Arn());
  context.store.Put(bus.scope, kBus, std::move(bus.record));
  return answer;
}

Answer<> DescribeEventBus(Context& context, const json::Object& input) {
  TL_TRY(const Bus bus, FindBus(context, input.GetString("Name")));
  json::Object answer = bus.record.body;
  answer.Set("Arn", bus.Arn());
  return answer;
}

Answer<> UpdateEventBus(Context& context, const json::Object& input) {
  TL_TRY(Bus bus, FindBus(context, input.GetString("Name")));
  CopyGiven(input, {"Description", "KmsKeyIdentifier", "DeadLetterConfig", "LogConfig"},
            bus.record.body);
  bus.record.body.Set("Arn", bus.Arn());
  bus.record.body.Set("LastModifiedTime", Seconds(context));
  json::Object answer = bus.record.body;
  context.store.Put(bus.scope, kBus, std::move(bus.record));
  return answer;
}

Answer<> DeleteEventBus(Context& context, const json::Object& input) {
  const std::string_view name = input.GetString("Name");
  if (name == kDefaultBus)
    return ServiceError("ValidationException", "Cannot delete event bus default.");
  const auto bus = FindBus(context, name);
  // Deleting what is not there is fine.
  if (!bus && bus.error().code == "ResourceNotFoundException") return json::Object();
  if (!bus) return bus.error();
  if (!context.store.List(bus->scope, kRule, bus->Name()).empty()) {
    return ServiceError("ValidationException",
                        fmt::format("Cannot delete event bus {}: it still has rules.", name));
  }
  context.store.Delete(bus->scope, kBus, bus->Name());
  return json::Object();
}

// The default bus is there before anything is known of it.
Answer<> ListEventBuses(Context& context, const json::Object& input) {
  TL_TRY(Bus standard, FindBus(context, kDefaultBus));
  if (!context.store.Find(standard.scope, kBus, kDefaultBus)) {
    standard.record.body.Set("Arn", standard.Arn());
    context.store.Put(standard.scope, kBus, std::move(standard.record));
  }
  return ListNamed(context, input, {.kind = kBus, .parent = {}, .list = "EventBuses", .keep = {}});
}

constexpr Operation kOperations[] = {
    {.name = "CreateEventBus", .handle = CreateEventBus},
    {.name = "DeleteEventBus", .handle = DeleteEventBus},
    {.name = "DescribeEventBus", .handle = DescribeEventBus},
    {.name = "ListEventBuses", .handle = ListEventBuses},
    {.name = "UpdateEventBus", .handle = UpdateEventBus},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kBusOperations = kOperations;

}  // namespace trunkline::cloud::events
