// PutEvents.
#include <fmt/format.h>

#include "base/json_read.h"
#include "cloud/services/events/families.h"
#include "cloud/services/events/publish.h"
#include "cloud/services/events/records.h"

namespace trunkline::cloud::events {
namespace {

constexpr std::size_t kLargest = 262144;  // bytes of a request

std::size_t SizeOf(const json::Object& entry) {
  constexpr std::size_t kTime = 14;
  std::size_t size = entry.Has("Time") ? kTime : 0;
  for (const std::string_view member : {"Source", "DetailType", "Detail"})
    size += entry.GetString(member).size();
  for (const json::Value& resource : entry.GetArray("Resources"))
    size += resource.AsString().size();
  return size;
}

ServiceError Missing(std::string_view member) {
  return {
      "InvalidArgument",
      fmt::format("Parameter {} is not valid. Reason: {} is a required argument.", member, member)};
}

// Sources that begin with "aws." are the services' own: who calls from within, but as itself and
// not in somebody's role, may use them.
bool IsService(const Caller& caller) {
  return caller.access_key_id.empty() && !caller.acts_in_role;
}

Answer<json::Object> ReadEntry(Context& context, const json::Object& entry) {
  for (const std::string_view member : {"Source", "DetailType", "Detail"}) {
    if (entry.GetString(member).empty()) return Missing(member);
  }
  if (entry.GetString("Source").starts_with("aws.") && !IsService(context.caller))
    return ServiceError("NotAuthorizedForSourceException", "Not authorized for the source.");
  auto detail = json::Parse(entry.GetString("Detail"));
  if (!detail || !detail->IsObject())
    return ServiceError("MalformedDetail", "Detail is malformed.");
  json::Object event = NewEvent(context);
  event.Set("detail-type", entry.GetString("DetailType"));
  event.Set("source", entry.GetString("Source"));
  if (entry.Has("Time")) {
    const TimePoint time = FromEpochSeconds(entry.GetDouble("Time"));
    event.Set("time", ToIso8601(std::chrono::floor<std::chrono::seconds>(time)));
  }
  event.Set("resources", entry.GetArray("Resources"));
  event.Set("detail", *std::move(detail));
  return event;
}

Answer<std::string> PutOne(Context& context, const json::Object& entry) {
  TL_TRY(const json::Object event, ReadEntry(context, entry));
  auto bus = FindBus(context, entry.GetString("EventBusName"));
  // For a bus that is not there it has an id, too, and goes nowhere; seen in recordings of the
  // service.
  if (!bus && bus.error().code != "ResourceNotFoundException") return std::move(bus).error();
  if (bus) Publish(context, *bus, event);
  return std::string(event.GetString("id"));
}

Answer<> PutEvents(Context& context, const json::Object& input) {
  if (input.Has("EndpointId")) {
    return ServiceError("ValidationException",
                        "global endpoints are not implemented by the embedded cloud");
  }
  const json::Array& entries = input.GetArray("Entries");
  std::size_t size = 0;
  for (const json::Value& entry : entries) size += SizeOf(entry.AsObject());
  if (size > kLargest) {
    return ServiceError("ValidationException",
                        "Total size of the entries in the request is over the limit.");
  }
  json::Array results;
  std::int64_t failed = 0;
  for (const json::Value& entry : entries) {
    auto put = PutOne(context, entry.AsObject());
    if (put) {
      results.push_back(json::Object{{"EventId", *std::move(put)}});
    } else {
      ++failed;
      results.push_back(
          json::Object{{"ErrorCode", put.error().code}, {"ErrorMessage", put.error().message}});
    }
  }
  return json::Object{{"FailedEntryCount", failed}, {"Entries", std::move(results)}};
}

constexpr Operation kOperations[] = {
    {.name = "PutEvents", .handle = PutEvents},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kPutOperations = kOperations;

}  // namespace trunkline::cloud::events
