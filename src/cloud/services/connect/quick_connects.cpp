#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "cloud/services/connect/families.h"
#include "cloud/services/connect/queue_parts.h"
#include "cloud/services/connect/resources.h"
#include "cloud/services/connect/search.h"

namespace trunkline::cloud::connect {
namespace {

struct QuickConnectKind {
  std::string_view type;
  std::string_view config;     // the member that goes with it
  std::string_view flow_type;  // of its ContactFlowId; empty: it has none
};
constexpr std::array<QuickConnectKind, 4> kKinds = {{
    {"USER", "UserConfig", "AGENT_TRANSFER"},
    {"QUEUE", "QueueConfig", "QUEUE_TRANSFER"},
    {"PHONE_NUMBER", "PhoneConfig", ""},
    {"FLOW", "FlowConfig", "CONTACT_FLOW"},
}};

// Ids instead of ARNs, of things that exist.
Answer<json::Object> CheckTarget(Context& context, const Record& instance,
                                 const QuickConnectKind& kind, json::Object target) {
  if (target.Has("UserId")) {
    TL_TRY(const Record* user, FindResource(context, instance, kUser, target.GetString("UserId")));
    target.Set("UserId", user->id);
  }
  if (target.Has("QueueId")) {
    TL_TRY(const Record* queue,
           FindResource(context, instance, kQueue, target.GetString("QueueId")));
    target.Set("QueueId", queue->id);
  }
  if (!kind.flow_type.empty()) {
    TL_TRY(const Record* flow,
           FindResource(context, instance, kFlow, target.GetString("ContactFlowId")));
    if (flow->body.GetString("Type") != kind.flow_type) {
      return InvalidParameter(fmt::format(
          "a quick connect of the type {} needs a flow of the type {}, flow '{}' has the type {}",
          kind.type, kind.flow_type, flow->name, flow->body.GetString("Type")));
    }
    target.Set("ContactFlowId", flow->id);
  }
  return target;
}

// The configuration of its type, and no other.
Answer<json::Object> CheckConfig(Context& context, const Record& instance,
                                 const json::Object& config) {
  const std::string_view type = config.GetString("QuickConnectType");
  json::Object checked;
  checked.Set("QuickConnectType", type);
  for (const QuickConnectKind& kind : kKinds) {
    if (config.Has(kind.config) != (kind.type == type)) {
      return InvalidParameter(
          kind.type == type
              ? fmt::format("a quick connect of the type {} needs a {}", type, kind.config)
              : fmt::format("a quick connect of the type {} takes no {}", type, kind.config));
    }
    if (kind.type != type) continue;
    TL_TRY(json::Object target,
           CheckTarget(context, instance, kind, config.GetObject(kind.config)));
    checked.Set(kind.config, std::move(target));
  }
  return checked;
}

Answer<> CreateQuickConnect(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  TL_TRY(json::Object config,
         CheckConfig(context, *instance, input.GetObject("QuickConnectConfig")));
  TL_TRY(Record connect,
         NewResource(context, *instance, kQuickConnect, input.GetString("Name"), input));
  connect.body.Set("QuickConnectConfig", std::move(config));
  json::Object output;
  CopyMembers(connect.body, {"QuickConnectARN", "QuickConnectId"}, output);
  context.store.Put(context.RegionScope(), kQuickConnect.kind, std::move(connect));
  return output;
}

Answer<> DeleteQuickConnect(Context& context, const json::Object& input) {
  TL_TRY(const Record* connect, FindResource(context, kQuickConnect, input));
  TL_TRY(const Record* instance, FindInstance(context, input));
  const std::string id = connect->id;
  for (const Record* queue : context.store.List(context.RegionScope(), kQueue.kind, instance->id)) {
    if (context.store.Find(context.RegionScope(), kQueueQuickConnects, queue->id) == nullptr)
      continue;
    TL_DO(RemoveQuickConnects(context, *instance, queue->id, json::Array{id}));
  }
  context.store.Delete(context.RegionScope(), kQuickConnect.kind, id);
  return json::Object();
}

Answer<> DescribeQuickConnect(Context& context, const json::Object& input) {
  return Describe(context, kQuickConnect, input);
}

json::Value ConnectSummary(Context&, const Record& connect) {
  json::Object summary = Summary(kQuickConnect, connect);
  summary.Set("QuickConnectType",
              connect.body.GetObject("QuickConnectConfig").GetString("QuickConnectType"));
  return summary;
}

Answer<> ListQuickConnects(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  const json::Array& types = input.GetArray("QuickConnectTypes");
  std::string listing = "ListQuickConnects " + instance->id;
  for (const json::Value& type : types) listing += " " + type.AsString();
  std::vector<const Record*> found;
  for (const Record* connect :
       context.store.List(context.RegionScope(), kQuickConnect.kind, instance->id)) {
    const json::Value type(
        connect->body.GetObject("QuickConnectConfig").GetString("QuickConnectType"));
    if (types.empty() || std::ranges::find(types, type) != types.end()) found.push_back(connect);
  }
  return PageOf(context, input, "QuickConnectSummaryList", found, ConnectSummary,
                {.listing = std::move(listing)});
}

Answer<> SearchQuickConnects(Context& context, const json::Object& input) {
  return Search(
      context, input, kQuickConnect,
      {.operation = "SearchQuickConnects", .output = "QuickConnects", .fields = kCommonFields});
}

Answer<> UpdateQuickConnectConfig(Context& context, const json::Object& input) {
  TL_TRY(const Record* found, FindResource(context, kQuickConnect, input));
  TL_TRY(const Record* instance, FindInstance(context, input));
  TL_TRY(json::Object config,
         CheckConfig(context, *instance, input.GetObject("QuickConnectConfig")));
  Record connect = *found;
  connect.body.Set("QuickConnectConfig", std::move(config));
  Save(context, kQuickConnect.kind, std::move(connect));
  return json::Object();
}

// Its row has no DuplicateResourceException: a taken name is a wrong parameter.
Answer<> UpdateQuickConnectName(Context& context, const json::Object& input) {
  TL_TRY(const Record* found, FindResource(context, kQuickConnect, input));
  Record connect = *found;
  if (const auto renamed = Rename(context, kQuickConnect, input, connect); !renamed) {
    return InvalidParameter(renamed.error().message);
  }
  Save(context, kQuickConnect.kind, std::move(connect));
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "CreateQuickConnect", .handle = CreateQuickConnect},
    {.name = "DeleteQuickConnect", .handle = DeleteQuickConnect},
    {.name = "DescribeQuickConnect", .handle = DescribeQuickConnect},
    {.name = "ListQuickConnects", .handle = ListQuickConnects},
    {.name = "SearchQuickConnects", .handle = SearchQuickConnects},
    {.name = "UpdateQuickConnectConfig", .handle = UpdateQuickConnectConfig},
    {.name = "UpdateQuickConnectName", .handle = UpdateQuickConnectName},
};
static_assert(InOrder(kOperations));

}  // namespace

extern constinit const Family kQuickConnectOperations = kOperations;

}  // namespace trunkline::cloud::connect
