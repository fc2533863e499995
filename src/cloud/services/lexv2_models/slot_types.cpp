#include <algorithm>

#include "cloud/operation_names.h"
#include "cloud/services/lexv2_models/families.h"
#include "cloud/services/lexv2_models/part.h"

namespace trunkline::cloud::lexv2_models {
namespace {

constexpr std::string_view kMembers[] = {"description", "slotTypeValues", "valueSelectionSetting",
                                         "parentSlotTypeSignature"};
constexpr PartKind kPart{
    .kind = kSlotType, .id = "slotTypeId", .name = "slotTypeName", .members = kMembers};

Answer<void> RefuseOthers(const json::Object& input) {
  for (const std::string_view member : {"externalSourceSetting", "compositeSlotTypeSetting"}) {
    if (input.Has(member))
      return ServiceError("ValidationException",
                          fmt::format("'{}' is not implemented by this cloud", member));
  }
  return {};
}

Answer<> CreateSlotType(Context& context, const json::Object& input) {
  TL_DO(RefuseOthers(input));
  return CreatePart(context, kPart, input);
}

Answer<> DescribeSlotType(Context& context, const json::Object& input) {
  return DescribePart(context, kPart, input);
}

Answer<> UpdateSlotType(Context& context, const json::Object& input) {
  TL_DO(RefuseOthers(input));
  return UpdatePart(context, kPart, input);
}

Answer<> DeleteSlotType(Context& context, const json::Object& input) {
  TL_TRY(const std::string locale, ParentKey(context, kPart, input, true));
  const std::string_view id = input.GetString("slotTypeId");
  for (const Record* intent : context.store.List(context.RegionScope(), kIntent, locale)) {
    for (const Record* slot : context.store.List(context.RegionScope(), kSlot, intent->id)) {
      if (slot->body.GetString("slotTypeId") != id || input.GetBool("skipResourceInUseCheck"))
        continue;
      return ServiceError("ConflictException",
                          fmt::format("the slot type is used by slot '{}' of intent '{}'",
                                      slot->name, intent->name));
    }
  }
  return DeletePart(context, kPart, input);
}

json::Object Summary(const Record& type) {
  json::Object summary;
  CopyMembers(type.body,
              {"slotTypeId", "slotTypeName", "description", "parentSlotTypeSignature",
               "lastUpdatedDateTime"},
              summary);
  summary.Set("slotTypeCategory", type.body.Has("parentSlotTypeSignature") ? "Extended" : "Custom");
  return summary;
}

Answer<> ListSlotTypes(Context& context, const json::Object& input) {
  TL_TRY(const std::string parent, ParentKey(context, kPart, input, false));
  return ListPage(context, kSlotType, parent, input, "slotTypeSummaries", Summary);
}

constexpr Operation kOperations[] = {
    {.name = "CreateSlotType", .handle = Changing<CreateSlotType>},
    {.name = "DeleteSlotType", .handle = Changing<DeleteSlotType>},
    {.name = "DescribeSlotType", .handle = DescribeSlotType},
    {.name = "ListSlotTypes", .handle = Listing<ListSlotTypes>},
    {.name = "UpdateSlotType", .handle = Changing<UpdateSlotType>},
};
static_assert(NamesInOrder(kOperations));

}  // namespace

constinit const Family kSlotTypeOperations = kOperations;

}  // namespace trunkline::cloud::lexv2_models
