#include "cloud/services/cloudformation/serverless/events.h"

#include <algorithm>

#include <fmt/format.h>

#include "cloud/services/cloudformation/serverless/intrinsics.h"
#include "cloud/services/cloudformation/serverless/logical_ids.h"

namespace trunkline::cloud::cloudformation::serverless {
namespace {

constexpr const EventKind* kOfFunctions[] = {&kApiEvent,        &kBucketEvent, &kHttpApiEvent,
                                             &kLogEvent,        &kRuleEvent,   &kScheduleEvent,
                                             &kScheduleV2Event, &kSkillEvent,  &kTopicEvent};
constexpr const EventKind* kOfMachines[] = {&kMachineApiEvent, &kMachineRuleEvent,
                                            &kMachineScheduleEvent, &kScheduleV2Event};
// Another name of an event on a bus.
constexpr std::string_view kOldRule = "CloudWatchEvent";

// Known to the service, of services that are not here.
constexpr std::string_view kRefused[] = {"Cognito", "DocumentDB", "IoTRule",
                                         "MQ",      "MSK",        "SelfManagedKafka"};

const EventKind* FindKind(std::string_view type, bool machine) {
  if (type == kOldRule) type = "EventBridgeRule";
  const std::span<const EventKind* const> kinds =
      machine ? std::span<const EventKind* const>(kOfMachines) : kOfFunctions;
  for (const EventKind* kind : kinds) {
    if (kind->type == type) return kind;
  }
  for (const EventKind& kind : kStreamEvents) {
    if (!machine && kind.type == type) return &kind;
  }
  return nullptr;
}

struct Checked {
  Event event;
  const EventKind* kind = nullptr;
  std::string order;
};

Answer<Checked> CheckEvent(const Source& source, const std::string& name,
                           const json::Object& body) {
  Checked checked;
  checked.event = {.name = name,
                   .id = source.id + name,
                   .type = std::string(body.GetString("Type")),
                   .properties = body.GetObject("Properties")};
  const std::string& type = checked.event.type;
  if (std::find(std::begin(kRefused), std::end(kRefused), type) != std::end(kRefused)) {
    return InvalidEvent(
        name, fmt::format("Events of type {} are not implemented by the embedded cloud.", type));
  }
  checked.kind = FindKind(type, source.type == kStateMachine);
  if (!checked.kind) {
    return InvalidEvent(name,
                        fmt::format("Resource dict has missing or invalid value for key Type. "
                                    "Event Type is: {}.",
                                    type.empty() ? "None" : type));
  }
  TL_DO(CheckRules(checked.kind->rules, checked.event.properties, checked.event.id, type));
  const json::Value* path = checked.event.properties.Find("Path");
  checked.order = path && path->IsString() ? path->AsString() : name;
  return checked;
}

}  // namespace

Answer<Resources> TranslateEvents(Document& document, const Source& source, const Target& target) {
  std::vector<Checked> events;
  for (const json::Member& member : source.properties.GetObject("Events")) {
    const json::Object nothing;
    const json::Object& body = member.value.IsObject() ? member.value.AsObject() : nothing;
    TL_TRY(Checked checked, CheckEvent(source, member.key, body));
    events.push_back(std::move(checked));
  }
  // The default route of an HTTP API comes before its paths: they need no permission then.
  std::stable_sort(events.begin(), events.end(),
                   [](const Checked& a, const Checked& b) { return a.order < b.order; });
  Resources all;
  for (const Checked& checked : events) {
    TL_TRY(Resources made, checked.kind->handle(document, checked.event, target));
    for (Resource& resource : made) all.push_back(std::move(resource));
  }
  return all;
}

Resource MakeResource(std::string id, std::string_view type, const Target& target) {
  return {.id = std::move(id),
          .type = std::string(type),
          .members = target.inherited,
          .properties = {}};
}

Resource MakePermission(const std::string& id, const Target& target, const PermissionOrder& order) {
  Resource permission =
      MakeResource(SuffixedId(id + "Permission", order.suffix), "AWS::Lambda::Permission", target);
  permission.properties.Set("Action", "lambda:InvokeFunction");
  permission.properties.Set("FunctionName", target.name);
  permission.properties.Set("Principal", order.service);
  if (!order.source_account.IsNull())
    permission.properties.Set("SourceAccount", order.source_account);
  if (!order.source_arn.IsNull()) permission.properties.Set("SourceArn", order.source_arn);
  return permission;
}

}  // namespace trunkline::cloud::cloudformation::serverless
