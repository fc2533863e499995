// Actions on customer profiles.
#include "flow/catalogue/families.h"

namespace trunkline::flow {
namespace {

using enum ValueType;
using enum ValueKind;
using enum Need;

// The request's members depend on the domain's own fields, so they are any JSON here.
constexpr Parameter kRequest = {
    .name = "ProfileRequestData", .type = kJson, .value = kDynamic, .need = kRequired};
constexpr Parameter kRequestAndResponse[] = {kRequest,
                                             {.name = "ProfileResponseData", .type = kTextList}};
constexpr Parameter kRequestOnly[] = {kRequest};

constexpr ErrorRule kFindOne[] = {
    {.type = kNoMatchingError}, {.type = "MultipleFoundError"}, {.type = "NoneFoundError"}};
constexpr ErrorRule kFind[] = {{.type = kNoMatchingError}, {.type = "NoneFoundError"}};

constexpr ActionKind kKinds[] = {
    {.name = "AssociateContactToCustomerProfile",
     .summary = "Ties the contact to a customer profile.",
     .block = "Customer profiles",
     .category = Category::kInteraction,
     .parameters = kRequestOnly,
     .errors = kOnlyNoMatchingError},
    {.name = "CreateCustomerProfile",
     .summary = "Creates a customer profile.",
     .block = "Customer profiles",
     .category = Category::kInteraction,
     .parameters = kRequestAndResponse,
     .errors = kOnlyNoMatchingError},
    {.name = "GetCalculatedAttributesForCustomerProfile",
     .summary = "Reads calculated attributes of a profile, into $.Customer.",
     .block = "Customer profiles",
     .category = Category::kInteraction,
     .parameters = kRequestAndResponse,
     .errors = kFind},
    {.name = "GetCustomerProfile",
     .summary = "Looks a customer profile up, into $.Customer.",
     .block = "Customer profiles",
     .category = Category::kInteraction,
     .parameters = kRequestAndResponse,
     .errors = kFindOne},
    {.name = "GetCustomerProfileObject",
     .summary = "Reads an object of a profile (asset, order, case), into $.Customer.",
     .block = "Customer profiles",
     .category = Category::kInteraction,
     .parameters = kRequestAndResponse,
     .errors = kFind},
    {.name = "UpdateCustomerProfile",
     .summary = "Changes the customer profile that was found before.",
     .block = "Customer profiles",
     .category = Category::kInteraction,
     .parameters = kRequestAndResponse,
     .errors = kOnlyNoMatchingError},
};

}  // namespace

constinit const std::span<const ActionKind> kProfileKinds = kKinds;

}  // namespace trunkline::flow
