// Which flow a call to a number runs. Connect shows it in the flow associations of voice numbers
// only.
#include <fmt/format.h>

#include "cloud/services/connect/families.h"
#include "cloud/services/connect/phone_numbers.h"
#include "cloud/services/connect/resources.h"

namespace trunkline::cloud::connect {
namespace {

constexpr std::string_view kVoiceNumber = "VOICE_PHONE_NUMBER";

struct NumberOfInstance {
  const Record* number;
  const Record* instance;
};

// For rows without an InvalidRequestException.
Answer<NumberOfInstance> FindBoth(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  TL_TRY(const Record* number, FindPhoneNumber(context, input.GetString("PhoneNumberId")));
  if (number->parent != instance->id) return NotFound("phone number", number->name, *instance);
  return NumberOfInstance{.number = number, .instance = instance};
}

Answer<> AssociatePhoneNumberContactFlow(Context& context, const json::Object& input) {
  TL_TRY(const NumberOfInstance both, FindBoth(context, input));
  TL_TRY(const Record* flow,
         FindResource(context, *both.instance, kFlow, input.GetString("ContactFlowId")));
  if (flow->body.GetString("Type") != "CONTACT_FLOW") {
    return InvalidParameter(fmt::format(
        "a phone number runs a flow of the type CONTACT_FLOW, flow '{}' has the type {}",
        flow->name, flow->body.GetString("Type")));
  }
  Record association{.id = both.number->id, .parent = both.instance->id};
  association.body.Set("FlowId", flow->id);
  context.store.Put(context.RegionScope(), kNumberFlow, std::move(association));
  return json::Object();
}

Answer<> DisassociatePhoneNumberContactFlow(Context& context, const json::Object& input) {
  TL_TRY(const NumberOfInstance both, FindBoth(context, input));
  context.store.Delete(context.RegionScope(), kNumberFlow, std::string(both.number->id));
  return json::Object();
}

json::Object Association(Context& context, const Record& number, std::string_view flow_id) {
  json::Object summary;
  summary.Set("ResourceId", PhoneNumberArn(context, number.id));
  summary.Set("FlowId", ResourceArn(context, number.parent, kFlow.path, flow_id));
  summary.Set("ResourceType", kVoiceNumber);
  return summary;
}

Answer<void> CheckType(const json::Object& input) {
  const std::string_view type = input.GetString("ResourceType", kVoiceNumber);
  if (type == kVoiceNumber) return {};
  return InvalidRequest(fmt::format(
      "the embedded cloud keeps flow associations of voice phone numbers only, not of {}", type));
}

// Numbers that run no flow, and what is no number, are left out.
Answer<> BatchGetFlowAssociation(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  TL_DO(CheckType(input));
  json::Array found;
  for (const json::Value& id : input.GetArray("ResourceIds")) {
    const auto number = FindPhoneNumber(context, id.AsString());
    if (!number || (*number)->parent != instance->id) continue;
    const std::string flow = FlowOfNumber(context, (*number)->id);
    if (!flow.empty()) found.emplace_back(Association(context, **number, flow));
  }
  json::Object output;
  output.Set("FlowAssociationSummaryList", std::move(found));
  return output;
}

Answer<> ListFlowAssociations(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  TL_DO(CheckType(input));
  std::vector<PageItem> items;
  for (const Record* number :
       context.store.List(context.RegionScope(), kPhoneNumber, instance->id)) {
    const std::string flow = FlowOfNumber(context, number->id);
    if (!flow.empty())
      items.push_back({.key = number->name, .value = Association(context, *number, flow)});
  }
  return PageOf(input, "FlowAssociationSummaryList", std::move(items),
                {.listing = "ListFlowAssociations " + instance->id});
}

constexpr Operation kOperations[] = {
    {.name = "AssociatePhoneNumberContactFlow", .handle = AssociatePhoneNumberContactFlow},
    {.name = "BatchGetFlowAssociation", .handle = BatchGetFlowAssociation},
    {.name = "DisassociatePhoneNumberContactFlow", .handle = DisassociatePhoneNumberContactFlow},
    {.name = "ListFlowAssociations", .handle = ListFlowAssociations},
};
static_assert(InOrder(kOperations));

}  // namespace

extern constinit const Family kPhoneNumberFlowOperations = kOperations;

}  // namespace trunkline::cloud::connect
