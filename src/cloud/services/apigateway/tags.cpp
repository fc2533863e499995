// Tags.
#include "cloud/execute_api/tags.h"

#include "cloud/services/apigateway/families.h"

namespace trunkline::cloud::apigateway {
namespace {

Answer<> GetTags(Context& context, const json::Object& input) {
  TL_TRY(json::Object tags, execute_api::TagsOf(context, input.GetString("resourceArn")));
  return json::Object{{"tags", std::move(tags)}};
}

Answer<> TagResource(Context& context, const json::Object& input) {
  TL_DO(execute_api::AddTags(context, input.GetString("resourceArn"), input.GetObject("tags")));
  return json::Object();
}

Answer<> UntagResource(Context& context, const json::Object& input) {
  TL_DO(execute_api::TakeTags(context, input.GetString("resourceArn"), input.GetArray("tagKeys")));
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "GetTags", .handle = GetTags},
    {.name = "TagResource", .handle = TagResource},
    {.name = "UntagResource", .handle = UntagResource},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kTagOperations = kOperations;

}  // namespace trunkline::cloud::apigateway
