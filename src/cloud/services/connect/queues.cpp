#include <algorithm>

#include <fmt/format.h>

#include "cloud/services/connect/families.h"
#include "cloud/services/connect/queue_parts.h"
#include "cloud/services/connect/resources.h"
#include "cloud/services/connect/search.h"

namespace trunkline::cloud::connect {
namespace {

Answer<void> RefuseEmail(const json::Object& input) {
  for (const std::string_view member : {"OutboundEmailConfig", "EmailAddressesConfig"}) {
    if (input.Has(member)) {
      return InvalidRequest(
          fmt::format("the embedded cloud has no e-mail channel: leave out {}", member));
    }
  }
  return {};
}

Answer<> CreateQueue(Context& context, const json::Object& input) {
  TL_DO(RefuseEmail(input));
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  TL_TRY(const Record* hours,
         FindResource(context, *instance, kHours, input.GetString("HoursOfOperationId")));
  TL_TRY(Record queue, NewResource(context, *instance, kQueue, input.GetString("Name"), input));
  queue.body.Set("HoursOfOperationId", hours->id);
  queue.body.Set("Status", "ENABLED");
  CopyMembers(input, {"MaxContacts"}, queue.body);
  if (input.Has("OutboundCallerConfig")) {
    TL_TRY(json::Object caller,
           CheckOutboundCaller(context, *instance, input.GetObject("OutboundCallerConfig")));
    queue.body.Set("OutboundCallerConfig", std::move(caller));
  }
  TL_DO(AddQuickConnects(context, *instance, queue.id, input.GetArray("QuickConnectIds")));

  json::Object output;
  output.Set("QueueArn", queue.body.GetString("QueueArn"));
  output.Set("QueueId", queue.id);
  context.store.Put(context.RegionScope(), kQueue.kind, std::move(queue));
  return output;
}

// A routing profile or quick connect that names the queue, as words for a message.
std::string UserOfQueue(Context& context, const Record& queue) {
  const auto names_it = [&](const json::Value& config) {
    return config.AsObject().GetObject("QueueReference").GetString("QueueId") == queue.id;
  };
  for (const Record* profile :
       context.store.List(context.RegionScope(), kRoutingProfile.kind, queue.parent)) {
    if (profile->body.GetString("DefaultOutboundQueueId") == queue.id ||
        std::ranges::any_of(profile->body.GetArray("QueueConfigs"), names_it) ||
        std::ranges::any_of(profile->body.GetArray("ManualAssignmentQueueConfigs"), names_it)) {
      return fmt::format("routing profile '{}'", profile->name);
    }
  }
  for (const Record* connect :
       context.store.List(context.RegionScope(), kQuickConnect.kind, queue.parent)) {
    const json::Object& config = connect->body.GetObject("QuickConnectConfig");
    if (config.GetObject("QueueConfig").GetString("QueueId") == queue.id) {
      return fmt::format("quick connect '{}'", connect->name);
    }
  }
  return {};
}

Answer<> DeleteQueue(Context& context, const json::Object& input) {
  TL_TRY(const Record* queue, FindResource(context, kQueue, input));
  if (const std::string user = UserOfQueue(context, *queue); !user.empty()) {
    return ServiceError("ResourceInUseException",
                        fmt::format("queue '{}' is used by {}", queue->name, user));
  }
  const std::string id = queue->id;
  context.store.Delete(context.RegionScope(), kQueueQuickConnects, id);
  context.store.Delete(context.RegionScope(), kQueue.kind, id);
  return json::Object();
}

Answer<> DescribeQueue(Context& context, const json::Object& input) {
  return Describe(context, kQueue, input);
}

json::Value StandardQueue(Context&, const Record& queue) {
  json::Object summary = Summary(kQueue, queue);
  summary.Set("QueueType", "STANDARD");
  return summary;
}

// Every user has a queue of their own: ".../queue/agent/<user id>", without a name.
json::Value AgentQueue(Context& context, const Record& user) {
  json::Object summary;
  summary.Set("Id", user.id);
  summary.Set("Arn", ResourceArn(context, user.parent, "queue/agent", user.id));
  summary.Set("QueueType", "AGENT");
  CopyMembers(user.body, {"LastModifiedTime", "LastModifiedRegion"}, summary);
  return summary;
}

bool Wants(const json::Array& types, std::string_view type) {
  return types.empty() || std::ranges::any_of(types, [&](const json::Value& wanted) {
           return wanted.AsString() == type;
         });
}

Answer<> ListQueues(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  const json::Array& types = input.GetArray("QueueTypes");
  std::vector<PageItem> items;
  std::string listing = "ListQueues " + instance->id;
  if (Wants(types, "STANDARD")) {
    listing += " STANDARD";
    for (const Record* queue :
         context.store.List(context.RegionScope(), kQueue.kind, instance->id)) {
      items.push_back({.key = fmt::format("0{}/{}", queue->name, queue->id),
                       .value = StandardQueue(context, *queue)});
    }
  }
  if (Wants(types, "AGENT")) {
    listing += " AGENT";
    for (const Record* user : context.store.List(context.RegionScope(), kUser.kind, instance->id)) {
      items.push_back({.key = "1" + user->id, .value = AgentQueue(context, *user)});
    }
  }
  return PageOf(input, "QueueSummaryList", std::move(items), {.listing = std::move(listing)});
}

bool IsStandard(const Record&, const json::Value& type) {
  return type.AsString() == "STANDARD";
}

constexpr SearchLeaf kLeaves[] = {{"QueueTypeCondition", IsStandard}};

Answer<> SearchQueues(Context& context, const json::Object& input) {
  return Search(context, input, kQueue,
                {.operation = "SearchQueues",
                 .output = "Queues",
                 .fields = kCommonFields,
                 .leaves = kLeaves});
}

constexpr Operation kOperations[] = {
    {.name = "CreateQueue", .handle = CreateQueue},
    {.name = "DeleteQueue", .handle = DeleteQueue},
    {.name = "DescribeQueue", .handle = DescribeQueue},
    {.name = "ListQueues", .handle = ListQueues},
    {.name = "SearchQueues", .handle = SearchQueues},
};
static_assert(InOrder(kOperations));

}  // namespace

extern constinit const Family kQueueOperations = kOperations;

}  // namespace trunkline::cloud::connect
