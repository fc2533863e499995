#include <algorithm>

#include <fmt/format.h>

#include "cloud/services/connect/families.h"
#include "cloud/services/connect/phone_numbers.h"
#include "cloud/services/connect/queue_parts.h"
#include "cloud/services/connect/resources.h"

namespace trunkline::cloud::connect {
namespace {

constexpr std::size_t kQuickConnectsPerQueue = 700;

// Runs `change` on a copy of the queue and stores it.
template <class Change>
Answer<> ChangeQueue(Context& context, const json::Object& input, Change change) {
  TL_TRY(const Record* found, FindResource(context, kQueue, input));
  Record queue = *found;
  TL_DO(change(queue));
  Save(context, kQueue.kind, std::move(queue));
  return json::Object();
}

Answer<> UpdateQueueHoursOfOperation(Context& context, const json::Object& input) {
  return ChangeQueue(context, input, [&](Record& queue) -> Answer<void> {
    TL_TRY(const Record* instance, FindInstance(context, input));
    TL_TRY(const Record* hours,
           FindResource(context, *instance, kHours, input.GetString("HoursOfOperationId")));
    queue.body.Set("HoursOfOperationId", hours->id);
    return {};
  });
}

// Without MaxContacts the queue has no limit of its own.
Answer<> UpdateQueueMaxContacts(Context& context, const json::Object& input) {
  return ChangeQueue(context, input, [&](Record& queue) -> Answer<void> {
    queue.body.Remove("MaxContacts");
    CopyMembers(input, {"MaxContacts"}, queue.body);
    return {};
  });
}

Answer<> UpdateQueueName(Context& context, const json::Object& input) {
  return ChangeQueue(context, input,
                     [&](Record& queue) { return Rename(context, kQueue, input, queue); });
}

Answer<> UpdateQueueOutboundCallerConfig(Context& context, const json::Object& input) {
  return ChangeQueue(context, input, [&](Record& queue) -> Answer<void> {
    TL_TRY(const Record* instance, FindInstance(context, input));
    TL_TRY(json::Object caller,
           CheckOutboundCaller(context, *instance, input.GetObject("OutboundCallerConfig")));
    queue.body.Set("OutboundCallerConfig", std::move(caller));
    return {};
  });
}

Answer<> UpdateQueueStatus(Context& context, const json::Object& input) {
  return ChangeQueue(context, input, [&](Record& queue) -> Answer<void> {
    CopyMembers(input, {"Status"}, queue.body);
    return {};
  });
}

// ---- quick connects of a queue

Record QuickConnectsOf(Context& context, std::string_view queue_id) {
  const Record* found = context.store.Find(context.RegionScope(), kQueueQuickConnects, queue_id);
  if (found != nullptr) return *found;
  Record record{.id = std::string(queue_id)};
  record.body.Set("Ids", json::Array());
  return record;
}

Answer<> AssociateQueueQuickConnects(Context& context, const json::Object& input) {
  return ChangeQueue(context, input, [&](Record& queue) -> Answer<void> {
    TL_TRY(const Record* instance, FindInstance(context, input));
    return AddQuickConnects(context, *instance, queue.id, input.GetArray("QuickConnectIds"));
  });
}

Answer<> DisassociateQueueQuickConnects(Context& context, const json::Object& input) {
  return ChangeQueue(context, input, [&](Record& queue) -> Answer<void> {
    TL_TRY(const Record* instance, FindInstance(context, input));
    return RemoveQuickConnects(context, *instance, queue.id, input.GetArray("QuickConnectIds"));
  });
}

json::Value QuickConnectSummary(Context&, const Record& record) {
  json::Object summary = Summary(kQuickConnect, record);
  summary.Set("QuickConnectType",
              record.body.GetObject("QuickConnectConfig").GetString("QuickConnectType"));
  return summary;
}

Answer<> ListQueueQuickConnects(Context& context, const json::Object& input) {
  TL_TRY(const Record* queue, FindResource(context, kQueue, input));
  const Record ids = QuickConnectsOf(context, queue->id);
  const auto listed = [&](const Record* record) {
    return std::ranges::any_of(ids.body.GetArray("Ids"),
                               [&](const json::Value& id) { return id.AsString() == record->id; });
  };
  std::vector<const Record*> records;
  for (const Record* record :
       context.store.List(context.RegionScope(), kQuickConnect.kind, queue->parent)) {
    if (listed(record)) records.push_back(record);
  }
  TL_TRY(json::Object output,
         PageOf(context, input, "QuickConnectSummaryList", records, QuickConnectSummary,
                {.listing = "ListQueueQuickConnects " + queue->id}));
  CopyMembers(queue->body, {"LastModifiedTime", "LastModifiedRegion"}, output);
  return output;
}

constexpr Operation kOperations[] = {
    {.name = "AssociateQueueQuickConnects", .handle = AssociateQueueQuickConnects},
    {.name = "DisassociateQueueQuickConnects", .handle = DisassociateQueueQuickConnects},
    {.name = "ListQueueQuickConnects", .handle = ListQueueQuickConnects},
    {.name = "UpdateQueueHoursOfOperation", .handle = UpdateQueueHoursOfOperation},
    {.name = "UpdateQueueMaxContacts", .handle = UpdateQueueMaxContacts},
    {.name = "UpdateQueueName", .handle = UpdateQueueName},
    {.name = "UpdateQueueOutboundCallerConfig", .handle = UpdateQueueOutboundCallerConfig},
    {.name = "UpdateQueueStatus", .handle = UpdateQueueStatus},
};
static_assert(InOrder(kOperations));

}  // namespace

Answer<json::Object> CheckOutboundCaller(Context& context, const Record& instance,
                                         const json::Object& config) {
  json::Object checked = config;
  if (config.Has("OutboundCallerIdNumberId")) {
    TL_TRY(const Record* number,
           FindPhoneNumber(context, config.GetString("OutboundCallerIdNumberId")));
    if (number->parent != instance.id) {
      return NotFound("phone number", config.GetString("OutboundCallerIdNumberId"), instance);
    }
    checked.Set("OutboundCallerIdNumberId", number->id);
  }
  if (config.Has("OutboundFlowId")) {
    TL_TRY(const Record* flow,
           FindResource(context, instance, kFlow, config.GetString("OutboundFlowId")));
    if (flow->body.GetString("Type") != "OUTBOUND_WHISPER") {
      return InvalidParameter(fmt::format("flow '{}' has the type {}, expected OUTBOUND_WHISPER",
                                          flow->name, flow->body.GetString("Type")));
    }
    checked.Set("OutboundFlowId", flow->id);
  }
  return checked;
}

Answer<void> AddQuickConnects(Context& context, const Record& instance, std::string_view queue_id,
                              const json::Array& quick_connects) {
  if (quick_connects.empty()) return {};
  Record record = QuickConnectsOf(context, queue_id);
  json::Array& ids = record.body.Find("Ids")->AsArray();
  for (const json::Value& id : quick_connects) {
    TL_TRY(const Record* connect, FindResource(context, instance, kQuickConnect, id.AsString()));
    if (std::ranges::find(ids, json::Value(connect->id)) == ids.end())
      ids.emplace_back(connect->id);
  }
  if (ids.size() > kQuickConnectsPerQueue) {
    return ServiceError("LimitExceededException",
                        fmt::format("a queue takes {} quick connects", kQuickConnectsPerQueue));
  }
  context.store.Put(context.RegionScope(), kQueueQuickConnects, std::move(record));
  return {};
}

Answer<void> RemoveQuickConnects(Context& context, const Record& instance,
                                 std::string_view queue_id, const json::Array& quick_connects) {
  Record record = QuickConnectsOf(context, queue_id);
  json::Array& ids = record.body.Find("Ids")->AsArray();
  for (const json::Value& id : quick_connects) {
    TL_TRY(const Record* connect, FindResource(context, instance, kQuickConnect, id.AsString()));
    std::erase(ids, json::Value(connect->id));
  }
  context.store.Put(context.RegionScope(), kQueueQuickConnects, std::move(record));
  return {};
}

extern constinit const Family kQueueUpdateOperations = kOperations;

}  // namespace trunkline::cloud::connect
