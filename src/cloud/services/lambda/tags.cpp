#include "cloud/services/lambda/families.h"
#include "cloud/services/lambda/records.h"

namespace trunkline::cloud::lambda {
namespace {

Answer<Record> TaggedFunction(Context& context, const json::Object& input) {
  TL_TRY(const Name name,
         ReadName(context, json::Object{{"FunctionName", input.GetString("Resource")}}));
  if (!name.qualifier.empty()) {
    return ServiceError(
        "InvalidParameterValueException",
        "Tags on function aliases and versions are not supported. Please specify a function ARN.");
  }
  TL_TRY(const Record* function, FindFunction(context, name.function));
  return *function;
}

Answer<> ListTags(Context& context, const json::Object& input) {
  TL_TRY(const Record function, TaggedFunction(context, input));
  return json::Object{{"Tags", function.body.GetObject("Tags")}};
}

Answer<> TagResource(Context& context, const json::Object& input) {
  TL_TRY(Record function, TaggedFunction(context, input));
  if (input.GetObject("Tags").empty()) {
    return ServiceError("InvalidParameterValueException",
                        "An error occurred and the request cannot be processed.");
  }
  json::Object tags = function.body.GetObject("Tags");
  for (const json::Member& tag : input.GetObject("Tags")) tags.Set(tag.key, tag.value);
  constexpr std::size_t kMostTags = 50;
  if (tags.size() > kMostTags) {
    return ServiceError("InvalidParameterValueException",
                        "Number of tags exceeds resource tag limit.");
  }
  function.body.Set("Tags", std::move(tags));
  context.store.Put(context.RegionScope(), kFunction, std::move(function));
  return json::Object();
}

Answer<> UntagResource(Context& context, const json::Object& input) {
  TL_TRY(Record function, TaggedFunction(context, input));
  json::Object tags = function.body.GetObject("Tags");
  for (const json::Value& key : input.GetArray("TagKeys")) tags.Remove(key.AsString());
  function.body.Set("Tags", std::move(tags));
  context.store.Put(context.RegionScope(), kFunction, std::move(function));
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "ListTags", .handle = ListTags},
    {.name = "TagResource", .handle = TagResource},
    {.name = "UntagResource", .handle = UntagResource},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kTagOperations = kOperations;

}  // namespace trunkline::cloud::lambda
