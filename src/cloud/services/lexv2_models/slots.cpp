#include <algorithm>

#include "cloud/operation_names.h"
#include "cloud/services/lexv2_models/families.h"
#include "cloud/services/lexv2_models/part.h"

namespace trunkline::cloud::lexv2_models {
namespace {

constexpr std::string_view kMembers[] = {"description", "slotTypeId", "valueElicitationSetting",
                                         "obfuscationSetting"};
constexpr PartKind kPart{
    .kind = kSlot, .id = "slotId", .name = "slotName", .members = kMembers, .in_intent = true};

Answer<void> Check(const json::Object& input) {
  if (input.Has("subSlotSetting"))
    return ServiceError("ValidationException", "'subSlotSetting' is not implemented by this cloud");
  if (input.GetObject("multipleValuesSetting").GetBool("allowMultipleValues")) {
    return ServiceError("ValidationException",
                        "slots with several values are not implemented by this cloud");
  }
  if (!input.Has("slotTypeId"))
    return ServiceError("ValidationException", "a slot needs 'slotTypeId'");
  return {};
}

Answer<> CreateSlot(Context& context, const json::Object& input) {
  TL_DO(Check(input));
  return CreatePart(context, kPart, input);
}

Answer<> DescribeSlot(Context& context, const json::Object& input) {
  return DescribePart(context, kPart, input);
}

Answer<> UpdateSlot(Context& context, const json::Object& input) {
  TL_DO(Check(input));
  return UpdatePart(context, kPart, input);
}

Answer<> DeleteSlot(Context& context, const json::Object& input) {
  return DeletePart(context, kPart, input);
}

json::Object Summary(const Record& slot) {
  json::Object summary;
  CopyMembers(slot.body, {"slotId", "slotName", "description", "slotTypeId", "lastUpdatedDateTime"},
              summary);
  const json::Object& elicitation = slot.body.GetObject("valueElicitationSetting");
  summary.SetIfNotEmpty("slotConstraint", elicitation.GetString("slotConstraint"));
  const json::Value* prompt = elicitation.Find("promptSpecification");
  if (prompt != nullptr) summary.Set("valueElicitationPromptSpecification", *prompt);
  return summary;
}

Answer<> ListSlots(Context& context, const json::Object& input) {
  TL_TRY(const std::string parent, ParentKey(context, kPart, input, false));
  return ListPage(context, kSlot, parent, input, "slotSummaries", Summary);
}

constexpr Operation kOperations[] = {
    {.name = "CreateSlot", .handle = Changing<CreateSlot>},
    {.name = "DeleteSlot", .handle = Changing<DeleteSlot>},
    {.name = "DescribeSlot", .handle = DescribeSlot},
    {.name = "ListSlots", .handle = Listing<ListSlots>},
    {.name = "UpdateSlot", .handle = Changing<UpdateSlot>},
};
static_assert(NamesInOrder(kOperations));

}  // namespace

constinit const Family kSlotOperations = kOperations;

}  // namespace trunkline::cloud::lexv2_models
