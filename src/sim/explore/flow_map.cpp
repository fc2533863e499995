#include "sim/explore/flow_map.h"

#include <algorithm>
#include <string>

#include "flow/reference.h"

namespace trunkline::sim {

FlowMap::FlowMap(const World& world) : world_(world) {
  for (const FlowResource& flow : world.flows) Add(flow);
  for (const ModuleResource& module : world.modules) {
    Add(module.latest);
    for (const auto& [version, resource] : module.versions) Add(resource);
  }
  for (std::size_t place = 0; place < places_.size(); ++place) {
    JoinBranches(place);
    JoinOthers(place);
  }
}

void FlowMap::Add(const FlowResource& flow) {
  if (flow.document == nullptr) return;
  first_[&flow] = places_.size();
  for (const flow::Action& action : flow.document->actions)
    places_.push_back({.flow = &flow, .action = &action, .next = {}});
}

std::size_t FlowMap::Find(const FlowResource& flow, std::string_view action) const {
  const auto first = first_.find(&flow);
  const flow::Action* found = first == first_.end() ? nullptr : flow.document->FindAction(action);
  return found == nullptr
             ? kNowhere
             : first->second + static_cast<std::size_t>(found - flow.document->actions.data());
}

void FlowMap::Join(std::size_t place, std::size_t next) {
  std::vector<std::size_t>& all = places_[place].next;
  if (next != kNowhere && std::ranges::find(all, next) == all.end()) all.push_back(next);
}

void FlowMap::JoinBranches(std::size_t place) {
  const FlowResource& flow = FlowAt(place);
  const flow::Action& action = ActionAt(place);
  if (action.next) Join(place, Find(flow, *action.next));
  for (const flow::ConditionBranch& branch : action.conditions)
    Join(place, Find(flow, branch.next));
  for (const flow::ErrorBranch& branch : action.errors) Join(place, Find(flow, branch.next));
}

void FlowMap::JoinFlow(std::size_t place, const FlowResource* flow) {
  if (flow != nullptr && flow->document != nullptr) Join(place, Find(*flow, flow->document->start));
}

// A flow as an action names it.
void FlowMap::JoinReference(std::size_t place, std::string_view reference) {
  if (!flow::HasReference(reference)) return JoinFlow(place, world_.FindFlow(reference));
  for (const FlowResource& flow : world_.flows) JoinFlow(place, &flow);
}

void FlowMap::JoinQueueFlows(std::size_t place) {
  const Defaults& defaults = world_.defaults;
  for (const std::string& flow : {defaults.customer_queue_flow, defaults.agent_whisper_flow,
                                  defaults.customer_whisper_flow}) {
    if (!flow.empty()) JoinFlow(place, world_.FindFlow(flow));
  }
}

void FlowMap::JoinOthers(std::size_t place) {
  const flow::Action& action = ActionAt(place);
  if (action.type == "TransferToFlow")
    return JoinReference(place, action.parameters.GetString("ContactFlowId"));
  if (action.type == "InvokeFlowModule")
    return JoinFlow(place, world_.FindModule(action.parameters.GetString("FlowModuleId")));
  if (action.type.ends_with("ContactToQueue") || action.type.ends_with("TransferToQueue"))
    return JoinQueueFlows(place);
  if (action.type != "UpdateContactEventHooks") return;
  for (const json::Member& hook : action.parameters.GetObject("EventHooks")) {
    if (hook.value.IsString()) JoinReference(place, hook.value.AsString());
  }
}

}  // namespace trunkline::sim
