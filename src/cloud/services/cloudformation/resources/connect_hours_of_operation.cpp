// AWS::Connect::HoursOfOperation.
#include "base/text.h"
#include "cloud/services/cloudformation/mapping/connect_ids.h"
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

// The ids of the overrides by their names.
net::aw<Answer<json::Object>> ListOverrides(WaitContext context, json::Object keys) {
  Answer<> answer =
      co_await context.Call("connect", "ListHoursOfOperationOverrides", std::move(keys));
  if (!answer) co_return std::move(answer).error();
  json::Object ids;
  for (const json::Value& row : answer->GetArray("HoursOfOperationOverrideList")) {
    const json::Object& found = row.AsObject();
    ids.Set(found.GetString("Name"), found.GetString("HoursOfOperationOverrideId"));
  }
  co_return ids;
}

json::Object HoursKeys(const ResourceOrder& order) {
  const auto parts = Split(order.physical_id, '/');
  json::Object keys;
  keys.Set("InstanceId", parts.size() > 1 ? parts[1] : std::string_view());
  keys.Set("HoursOfOperationId", parts.back());
  return keys;
}

// What one override needs: an operation and its properties.
struct Step {
  std::string operation;
  json::Object properties;
};

std::vector<Step> StepsOf(const ResourceOrder& order, const json::Object& ids) {
  std::vector<Step> steps;
  json::Object wanted;
  for (const json::Value& item : order.properties.GetArray("HoursOfOperationOverrides")) {
    if (!item.IsObject()) continue;
    json::Object properties = HoursKeys(order);
    Overlay(properties, item.AsObject());
    properties.Remove("HoursOfOperationOverrideId");
    const std::string name(item.AsObject().GetString("OverrideName"));
    wanted.Set(name, true);
    const bool there = ids.Has(name);
    if (there) properties.Set("HoursOfOperationOverrideId", ids.GetString(name));
    steps.push_back({there ? "UpdateHoursOfOperationOverride" : "CreateHoursOfOperationOverride",
                     std::move(properties)});
  }
  for (const json::Member& id : ids) {
    if (wanted.Has(id.key)) continue;
    json::Object properties = HoursKeys(order);
    properties.Set("HoursOfOperationOverrideId", id.value);
    steps.push_back({"DeleteHoursOfOperationOverride", std::move(properties)});
  }
  return steps;
}

net::aw<Answer<void>> ChangeOverrides(WaitContext context, ResourceOrder order);

constexpr auto kProperties = Properties<
    "Config* Description HoursOfOperationOverrides~ InstanceArn* Name* "
    "ParentHoursOfOperations Tags TimeZone*">();

constexpr auto kAttributes = Words<"HoursOfOperationArn">();

constexpr Name kNames[] = {
    {"ParentHoursOfOperations", "ParentHoursOfOperationConfigs"},
    {"Id", "HoursOfOperationId"},
    {"OverrideName", "Name"},
    {"OverrideDescription", "Description"},
    {"OverrideConfig", "Config"},
};

constexpr Change kChanges[] = {
    {"UpdateHoursOfOperation", "Name Description TimeZone Config"},
};

constexpr Members kMembers[] = {
    {.property = "ParentHoursOfOperations",
     .add = "AssociateHoursOfOperations",
     .remove = "DisassociateHoursOfOperations",
     .key = "Id",
     .member = "ParentHoursOfOperations",
     .removed = "ParentHoursOfOperationIds",
     .part = "Id"},
};

constexpr Mapping kMapping{
    .type = "AWS::Connect::HoursOfOperation",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "connect",
    .create = "CreateHoursOfOperation",
    .describe = "DescribeHoursOfOperation",
    .described = "HoursOfOperation",
    .remove = "DeleteHoursOfOperation",
    .changes = kChanges,
    .members = kMembers,
    .id = "HoursOfOperationArn",
    .keys = "InstanceId HoursOfOperationId",
    .names = kNames,
    .ids_of_arns = true,
    .tag = "TagResource",
    .untag = "UntagResource",
    .tagged = "HoursOfOperationArn",
    .after = ChangeOverrides,
    .after_properties = "HoursOfOperationOverrides",
    .keys_of = KeysOfConnectArn,
};

net::aw<Answer<void>> ChangeOverrides(WaitContext context, ResourceOrder order) {
  if (!order.properties.Has("HoursOfOperationOverrides") &&
      !order.previous.Has("HoursOfOperationOverrides"))
    co_return Answer<void>();
  Answer<json::Object> ids = co_await ListOverrides(context, HoursKeys(order));
  if (!ids) co_return std::move(ids).error();
  const std::vector<Step> steps = StepsOf(order, *ids);
  for (const Step& step : steps) {
    const InputParts parts{.properties = &step.properties};
    TL_CO_TRY(json::Object input, MakeInput(context, kMapping, order, step.operation, parts));
    Answer<> done = co_await context.Call("connect", step.operation, std::move(input));
    if (!done) co_return std::move(done).error();
  }
  co_return Answer<void>();
}

}  // namespace

constinit const ResourceType kConnectHoursOfOperationType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
