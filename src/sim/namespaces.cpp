#include "sim/namespaces.h"

#include <algorithm>
#include <iterator>

namespace trunkline::sim {
namespace {

const Scratch* ScratchOf(const ContactState& contact) {
  if (contact.runs.empty() || contact.runs.back().frames.empty()) return nullptr;
  return &contact.runs.back().frames.back().scratch;
}

json::Value EndpointValue(const Endpoint& endpoint) {
  if (endpoint.address.empty()) return {};
  return json::Object{{"Address", endpoint.address}, {"Type", endpoint.type}};
}

// $.Agent is known from the moment an agent accepted; not in inbound, queue and transfer to queue
// flows; in a transfer to agent flow it is the agent of the quick connect (flow-language 4.2).
json::Value AgentValue(const ContactState& contact) {
  const FlowRole role = contact.runs.empty() ? FlowRole::kInbound : contact.runs.back().role;
  if (role == FlowRole::kInbound || role == FlowRole::kQueue || role == FlowRole::kQueueTransfer)
    return {};
  const Agent* agent = role == FlowRole::kAgentTransfer ? contact.target_agent : contact.agent;
  if (agent == nullptr) return {};
  return json::Object{{"UserName", agent->user_name},
                      {"FirstName", agent->first_name},
                      {"LastName", agent->last_name},
                      {"ARN", agent->arn}};
}

// Roots that are objects and belong to the flow or module being run.
const json::Object* ObjectOf(const Scratch& scratch, std::string_view root) {
  if (root == "FlowAttributes") return &scratch.flow_attributes;
  if (root == "External") return &scratch.external;
  if (root == "Lex") return &scratch.lex;
  if (root == "Customer") return &scratch.customer;
  if (root == "Metrics") return &scratch.metrics;
  if (root == "Modules") return &scratch.modules;
  if (root == "LambdaInvocation") return &scratch.lambda_invocation;
  const json::Value* service = scratch.services->Find(root);
  return service != nullptr && service->IsObject() ? &service->AsObject() : nullptr;
}

json::Value StoredInputValue(const ContactState& contact) {
  const Scratch* scratch = ScratchOf(contact);
  return scratch != nullptr && scratch->stored_input ? json::Value(*scratch->stored_input)
                                                     : json::Value();
}

struct Root {
  std::string_view name;
  json::Value (*read)(const ContactState&);
};

// Roots that belong to the contact.
constexpr Root kRoots[] = {
    {"Agent", AgentValue},
    {"AwsRegion", [](const ContactState& c) -> json::Value { return c.world->region; }},
    {"Channel", [](const ContactState& c) -> json::Value { return ToText(c.call.channel); }},
    {"ContactId", [](const ContactState& c) -> json::Value { return c.contact_id; }},
    {"CustomerEndpoint", [](const ContactState& c) { return EndpointValue(c.call.customer); }},
    {"CustomerId", [](const ContactState& c) -> json::Value { return c.more->customer_id; }},
    {"Description", [](const ContactState& c) -> json::Value { return c.more->description; }},
    {"InitialContactId", [](const ContactState& c) -> json::Value { return InitialContactId(c); }},
    {"InitiationMethod", [](const ContactState& c) -> json::Value { return c.initiation_method; }},
    {"InstanceARN", [](const ContactState& c) -> json::Value { return c.world->instance_arn; }},
    {"LanguageCode", [](const ContactState& c) -> json::Value { return c.language; }},
    {"Media",
     [](const ContactState& c) -> json::Value {
       return json::Object{{"InitialMessage", c.call.initial_message}};
     }},
    {"Name", [](const ContactState& c) -> json::Value { return c.more->name; }},
    {"PreviousContactId",
     [](const ContactState& c) -> json::Value { return c.more->previous_contact_id; }},
    {"Queue", QueueValue},
    {"SegmentAttributes",
     [](const ContactState& c) -> json::Value { return SegmentAttributes(c); }},
    {"StoredCustomerInput", StoredInputValue},
    {"SystemEndpoint", [](const ContactState& c) { return EndpointValue(c.call.system); }},
    {"Task",
     [](const ContactState& c) -> json::Value {
       return json::Object{{"ContactId", c.more->task_contact_id}};
     }},
    {"TextToSpeechVoiceId", [](const ContactState& c) -> json::Value { return c.voice; }},
};

}  // namespace

json::Value QueueValue(const ContactState& contact) {
  if (contact.queue == nullptr) return {};
  json::Object queue{{"Name", contact.queue->name}, {"ARN", contact.queue->arn}};
  if (!contact.queue->outbound_caller_id.empty()) {
    queue.Set("OutboundCallerId", json::Object{{"Address", contact.queue->outbound_caller_id},
                                               {"Type", "TELEPHONE_NUMBER"}});
  }
  return queue;
}

json::Object SegmentAttributes(const ContactState& contact) {
  json::Object all;
  if (contact.call.channel == Channel::kVoice) all = {{"connect:Subtype", "connect:Telephony"}};
  if (contact.call.channel == Channel::kChat) all = {{"connect:Subtype", "connect:Chat"}};
  for (const json::Member& one : contact.more->segment_attributes) all.Set(one.key, one.value);
  return all;
}

const json::Object* ObjectNamespace(const ContactState& contact, std::string_view root) {
  if (root == "Attributes") return &contact.attributes;
  if (root == "Tags") return &contact.tags;
  if (root == "MediaStreams") return &contact.more->media_streams;
  const Scratch* scratch = ScratchOf(contact);
  return scratch == nullptr ? nullptr : ObjectOf(*scratch, root);
}

const Endpoint* EndpointOf(const ContactState& contact, std::string_view root) {
  if (root == "CustomerEndpoint") return &contact.call.customer;
  return root == "SystemEndpoint" ? &contact.call.system : nullptr;
}

std::vector<std::string> NamespaceRoots(const ContactState& contact) {
  std::vector<std::string> roots{"Attributes",       "Customer", "External",     "FlowAttributes",
                                 "LambdaInvocation", "Lex",      "MediaStreams", "Metrics",
                                 "Modules",          "Tags"};
  for (const Root& one : kRoots) roots.emplace_back(one.name);
  if (const Scratch* scratch = ScratchOf(contact)) {
    for (const json::Member& service : *scratch->services) roots.push_back(service.key);
  }
  std::ranges::sort(roots);
  roots.erase(std::ranges::unique(roots).begin(), roots.end());
  return roots;
}

std::optional<json::Value> Namespace(const ContactState& contact, std::string_view root) {
  const auto found = std::find_if(std::begin(kRoots), std::end(kRoots),
                                  [&](const Root& one) { return one.name == root; });
  if (found == std::end(kRoots)) return std::nullopt;
  return found->read(contact);
}

}  // namespace trunkline::sim
