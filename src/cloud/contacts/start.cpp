#include "cloud/contacts/start.h"

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "cloud/callers.h"
#include "cloud/services/connect/contents.h"
#include "cloud/services/connect/kinds.h"
#include "cloud/services/connect/phone_numbers.h"
#include "cloud/services/connect/traffic_groups.h"

namespace trunkline::cloud::contacts {
namespace {

using connect::kInstance;

struct Place {
  Scope scope;
  std::string instance_id;
};

bool IsMeant(const StartRequest& request, const Scope& scope, const Record& instance) {
  const bool named = instance.id == request.instance ||
                     EqualsIgnoreCase(instance.name, request.instance) ||
                     instance.body.GetString("Arn") == request.instance;
  return named && (request.account.empty() || scope.account == request.account) &&
         (request.region.empty() || scope.region == request.region);
}

Result<Place> FindPlace(Store& store, const StartRequest& request) {
  for (const auto& [scope, instance] : store.ListEverywhere(kInstance)) {
    if (IsMeant(request, scope, *instance))
      return Place{.scope = scope, .instance_id = instance->id};
  }
  return Error(ErrorKind::kNotFound, "instance '{}' does not exist{}{}", request.instance,
               request.account.empty() ? "" : " in account " + request.account,
               request.region.empty() ? "" : " in Region " + request.region);
}

// By id, ARN or name.
const Record* FindFlow(Store& store, const Place& place, std::string_view text) {
  const std::string_view id =
      text.substr(text.rfind('/') == std::string_view::npos ? 0 : text.rfind('/') + 1);
  const Record* flow = store.Find(place.scope, connect::kFlow.kind, id);
  if (flow != nullptr && flow->parent == place.instance_id) return flow;
  return store.FindByName(place.scope, connect::kFlow.kind, place.instance_id, text);
}

Result<void> PlanNumber(Store& store, const StartRequest& request, CallPlan& plan) {
  const auto route = connect::FindClaimedNumber(store, request.number);
  if (!route)
    return Error(ErrorKind::kNotFound, "nobody has claimed the number '{}'", request.number);
  const Record* number = store.Find(route->scope, connect::kPhoneNumber, route->number_id);
  if (number->body.GetObject("PhoneNumberStatus").GetString("Status") != "CLAIMED") {
    return Error(ErrorKind::kConflict, "the number '{}' is still being claimed", request.number);
  }
  plan.scope = connect::ScopeOfCalls(store, route->scope, number->body.GetString("TargetArn"));
  plan.instance_id = number->parent;
  plan.number = request.number;
  const Record* flow = store.Find(route->scope, connect::kNumberFlow, route->number_id);
  if (flow != nullptr) plan.flow_id = flow->body.GetString("FlowId");
  return {};
}

Result<void> PlanFlow(Store& store, const StartRequest& request, CallPlan& plan) {
  if (!request.flow.empty()) {
    const Place place{.scope = plan.scope, .instance_id = plan.instance_id};
    const Record* flow = FindFlow(store, place, request.flow);
    if (flow == nullptr)
      return Error(ErrorKind::kNotFound, "flow '{}' does not exist in the instance", request.flow);
    plan.flow_id = flow->id;
  }
  if (plan.flow_id.empty()) {
    return Error(ErrorKind::kConflict,
                 "no flow is attached to the number '{}': attach one, or name the flow to call",
                 request.number);
  }
  return {};
}

Result<CallPlan> Plan(Store& store, const StartRequest& request) {
  CallPlan plan{.from = request.from,
                .channel = request.channel,
                .answering = request.answering,
                .attributes = request.attributes,
                .seed = request.seed};
  if (!request.number.empty()) {
    TL_DO(PlanNumber(store, request, plan));
  } else {
    TL_TRY(const Place place, FindPlace(store, request));
    plan.scope = place.scope;
    plan.instance_id = place.instance_id;
  }
  TL_DO(PlanFlow(store, request, plan));
  return plan;
}

Result<void> CheckOpen(Store& store, const CallPlan& plan, const Record& instance) {
  if (instance.body.GetString("InstanceStatus") != "ACTIVE") {
    return Error(ErrorKind::kConflict, "instance '{}' is still being created", instance.name);
  }
  if (!plan.number.empty() && !instance.body.GetBool("InboundCallsEnabled")) {
    return Error(ErrorKind::kConflict,
                 "instance '{}' takes no inbound calls: its attribute INBOUND_CALLS is false",
                 instance.name);
  }
  const Record* flow = store.Find(plan.scope, connect::kFlow.kind, plan.flow_id);
  if (flow == nullptr) {  // a replica does not have what its source got later
    return Error(ErrorKind::kConflict, "flow '{}' does not exist in Region {}", plan.flow_id,
                 plan.scope.region);
  }
  if (flow->body.GetString("Status") != "PUBLISHED") {
    return Error(ErrorKind::kConflict, "flow '{}' is not published", flow->name);
  }
  return {};
}

}  // namespace

Result<std::shared_ptr<LiveContact>> Start(Engine& engine, const StartRequest& request) {
  TL_TRY(const CallPlan plan, Plan(engine.store, request));
  const Record* found = engine.store.Find(plan.scope, kInstance, plan.instance_id);
  TL_DO(CheckOpen(engine.store, plan, *found));

  std::shared_ptr<LiveContact> live;
  Reply reply;
  const Answer<> made =
      engine.State(RootCaller(plan.scope.account), plan.scope.region, NewUuid(engine.random),
                   nullptr, reply, [&](Context& context) -> Answer<> {
                     live = engine.Get<Contacts>().Add(context, plan, *found);
                     return json::Object();
                   });
  if (!made) return Error(ErrorKind::kUnreached, "{}", made.error().message);
  if (!live) {
    return Error(ErrorKind::kConflict, "{} contacts are under way: let some of them end",
                 Contacts::kMost);
  }
  return live;
}

}  // namespace trunkline::cloud::contacts
