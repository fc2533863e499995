// Tags of secrets.
#include "cloud/services/secretsmanager/families.h"
#include "cloud/services/secretsmanager/secret.h"
#include "cloud/tagged.h"

namespace trunkline::cloud::secretsmanager {
namespace {

Answer<Tagged> FindTagged(Context& context, const json::Object& input) {
  TL_TRY(Secret secret, FindLiveSecret(context, input));
  return Tagged{secret.scope, kSecret, std::move(secret.record)};
}

ServiceError TooManyTags(const json::Object&) {
  return {"InvalidParameterException", "A secret can have at most 50 tags."};
}

constexpr TagForm kForm{.find = FindTagged, .too_many = TooManyTags};

Answer<> TagResource(Context& context, const json::Object& input) {
  return AddTags(context, input, kForm);
}
Answer<> UntagResource(Context& context, const json::Object& input) {
  return TakeTags(context, input, kForm);
}

constexpr Operation kOperations[] = {
    {.name = "TagResource", .handle = TagResource},
    {.name = "UntagResource", .handle = UntagResource},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kTagOperations = kOperations;

}  // namespace trunkline::cloud::secretsmanager
