#include <array>

#include <fmt/format.h>

#include "cloud/services/connect/families.h"
#include "cloud/services/connect/instance_parts.h"
#include "cloud/services/connect/resources.h"

namespace trunkline::cloud::connect {
namespace {

struct AttributeDefault {
  std::string_view type;
  bool value;
};
// INBOUND_CALLS and OUTBOUND_CALLS come from CreateInstance.
constexpr std::array<AttributeDefault, 11> kDefaults = {{
    {"AUTO_RESOLVE_BEST_VOICES", true},
    {"CONTACTFLOW_LOGS", false},
    {"CONTACT_LENS", true},
    {"EARLY_MEDIA", true},
    {"ENHANCED_CHAT_MONITORING", false},
    {"ENHANCED_CONTACT_MONITORING", false},
    {"HIGH_VOLUME_OUTBOUND", false},
    {"MESSAGE_STREAMING", false},
    {"MULTI_PARTY_CHAT_CONFERENCE", false},
    {"MULTI_PARTY_CONFERENCE", false},
    {"USE_CUSTOM_TTS_VOICES", false},
}};

std::string_view ToText(bool value) {
  return value ? "true" : "false";
}

json::Object AttributeOf(std::string_view type, std::string_view value) {
  json::Object attribute;
  attribute.Set("AttributeType", type);
  attribute.Set("Value", value);
  return attribute;
}

Answer<> DescribeInstanceAttribute(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindInstance(context, input));
  const Record* attributes =
      context.store.Find(context.RegionScope(), kInstanceAttribute, instance->id);
  const std::string_view type = input.GetString("AttributeType");
  json::Object output;
  output.Set("Attribute", AttributeOf(type, attributes->body.GetString(type)));
  return output;
}

Answer<> ListInstanceAttributes(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindInstance(context, input));
  const Record* attributes =
      context.store.Find(context.RegionScope(), kInstanceAttribute, instance->id);
  std::vector<PageItem> items;
  for (const json::Member& member : attributes->body) {
    items.push_back({.key = member.key, .value = AttributeOf(member.key, member.value.AsString())});
  }
  return PageOf(input, "Attributes", std::move(items),
                {.listing = "ListInstanceAttributes " + instance->id, .default_limit = 7});
}

// The instance shows its calls' attributes in a form of its own.
void ShowOnInstance(Context& context, const Record& found, std::string_view type, bool value) {
  const std::string_view member = type == "INBOUND_CALLS"    ? "InboundCallsEnabled"
                                  : type == "OUTBOUND_CALLS" ? "OutboundCallsEnabled"
                                                             : "";
  if (member.empty()) return;
  Record instance = found;
  instance.body.Set(member, value);
  context.store.Put(context.RegionScope(), kInstance, std::move(instance));
}

Answer<> UpdateInstanceAttribute(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindInstance(context, input));
  const std::string_view value = input.GetString("Value");
  if (value != "true" && value != "false") {
    return InvalidParameter(
        fmt::format("expected 'true' or 'false' for the attribute {} but got '{}'",
                    input.GetString("AttributeType"), value));
  }
  Record attributes = *context.store.Find(context.RegionScope(), kInstanceAttribute, instance->id);
  attributes.body.Set(input.GetString("AttributeType"), value);
  context.store.Put(context.RegionScope(), kInstanceAttribute, std::move(attributes));
  ShowOnInstance(context, *instance, input.GetString("AttributeType"), value == "true");
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "DescribeInstanceAttribute", .handle = DescribeInstanceAttribute},
    {.name = "ListInstanceAttributes", .handle = ListInstanceAttributes},
    {.name = "UpdateInstanceAttribute", .handle = UpdateInstanceAttribute},
};
static_assert(InOrder(kOperations));

}  // namespace

void PutDefaultAttributes(Context& context, std::string_view instance_id, bool inbound_calls,
                          bool outbound_calls) {
  Record record{.id = std::string(instance_id)};
  for (const AttributeDefault& attribute : kDefaults) {
    record.body.Set(attribute.type, ToText(attribute.value));
  }
  record.body.Set("INBOUND_CALLS", ToText(inbound_calls));
  record.body.Set("OUTBOUND_CALLS", ToText(outbound_calls));
  context.store.Put(context.RegionScope(), kInstanceAttribute, std::move(record));
}

extern constinit const Family kInstanceAttributeOperations = kOperations;

}  // namespace trunkline::cloud::connect
