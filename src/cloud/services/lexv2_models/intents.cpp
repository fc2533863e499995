#include <algorithm>

#include "cloud/operation_names.h"
#include "cloud/services/lexv2_models/families.h"
#include "cloud/services/lexv2_models/part.h"

namespace trunkline::cloud::lexv2_models {
namespace {

constexpr std::string_view kMembers[] = {"intentDisplayName",     "description",
                                         "parentIntentSignature", "sampleUtterances",
                                         "dialogCodeHook",        "fulfillmentCodeHook",
                                         "slotPriorities",        "intentConfirmationSetting",
                                         "intentClosingSetting",  "inputContexts",
                                         "outputContexts",        "initialResponseSetting"};
constexpr PartKind kPart{
    .kind = kIntent, .id = "intentId", .name = "intentName", .members = kMembers};

// Members whose effect this cloud does not have.
Answer<void> RefuseOthers(const json::Object& input) {
  for (const std::string_view member :
       {"kendraConfiguration", "qnAIntentConfiguration", "qInConnectIntentConfiguration"}) {
    if (input.Has(member))
      return ServiceError("ValidationException",
                          fmt::format("'{}' is not implemented by this cloud", member));
  }
  return {};
}

Answer<> CreateIntent(Context& context, const json::Object& input) {
  TL_DO(RefuseOthers(input));
  if (input.GetString("parentIntentSignature") == kFallbackSignature) {
    return ServiceError(
        "PreconditionFailedException",
        "a locale has one fallback intent, and it is there already: update 'FALLBCKINT'");
  }
  return CreatePart(context, kPart, input);
}

Answer<> DescribeIntent(Context& context, const json::Object& input) {
  return DescribePart(context, kPart, input);
}

Answer<> UpdateIntent(Context& context, const json::Object& input) {
  TL_DO(RefuseOthers(input));
  return UpdatePart(context, kPart, input);
}

Answer<> DeleteIntent(Context& context, const json::Object& input) {
  if (input.GetString("intentId") == kFallbackIntent) {
    return ServiceError("PreconditionFailedException", "the fallback intent cannot be deleted");
  }
  return DeletePart(context, kPart, input);
}

json::Object Summary(const Record& intent) {
  json::Object summary;
  CopyMembers(intent.body,
              {"intentId", "intentName", "intentDisplayName", "description",
               "parentIntentSignature", "inputContexts", "outputContexts", "lastUpdatedDateTime"},
              summary);
  return summary;
}

Answer<> ListIntents(Context& context, const json::Object& input) {
  TL_TRY(const std::string parent, ParentKey(context, kPart, input, false));
  return ListPage(context, kIntent, parent, input, "intentSummaries", Summary);
}

constexpr Operation kOperations[] = {
    {.name = "CreateIntent", .handle = Changing<CreateIntent>},
    {.name = "DeleteIntent", .handle = Changing<DeleteIntent>},
    {.name = "DescribeIntent", .handle = DescribeIntent},
    {.name = "ListIntents", .handle = Listing<ListIntents>},
    {.name = "UpdateIntent", .handle = Changing<UpdateIntent>},
};
static_assert(NamesInOrder(kOperations));

}  // namespace

constinit const Family kIntentOperations = kOperations;

}  // namespace trunkline::cloud::lexv2_models
