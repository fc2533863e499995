// Tags of functions and event source mappings.
#include "cloud/services/lambda/event_source.h"
#include "cloud/services/lambda/families.h"
#include "cloud/services/lambda/records.h"

namespace trunkline::cloud::lambda {
namespace {

// A function, or an event source mapping.
struct Tagged {
  Kind kind;
  Record record;
};

std::optional<std::string> MappingIn(std::string_view arn) {
  constexpr std::string_view kMapping = ":event-source-mapping:";
  const std::size_t at = arn.find(kMapping);
  if (at == std::string_view::npos) return std::nullopt;
  return std::string(arn.substr(at + kMapping.size()));
}

Answer<Tagged> FindTagged(Context& context, const json::Object& input) {
  const std::string_view resource = input.GetString("Resource");
  if (const auto mapping = MappingIn(resource)) {
    const Record* found = context.store.Find(context.RegionScope(), kEventSource, *mapping);
    if (found) return Tagged{.kind = kEventSource, .record = *found};
    return ServiceError("ResourceNotFoundException", "The resource you requested does not exist.");
  }
  TL_TRY(const Name name, ReadName(context, json::Object{{"FunctionName", resource}}));
  if (!name.qualifier.empty()) {
    return ServiceError(
        "InvalidParameterValueException",
        "Tags on function aliases and versions are not supported. Please specify a function ARN.");
  }
  TL_TRY(const Record* function, FindFunction(context, name.function));
  return Tagged{.kind = kFunction, .record = *function};
}

Answer<> ListTags(Context& context, const json::Object& input) {
  TL_TRY(const Tagged tagged, FindTagged(context, input));
  return json::Object{{"Tags", tagged.record.body.GetObject("Tags")}};
}

Answer<> TagResource(Context& context, const json::Object& input) {
  TL_TRY(Tagged tagged, FindTagged(context, input));
  if (input.GetObject("Tags").empty()) {
    return ServiceError("InvalidParameterValueException",
                        "An error occurred and the request cannot be processed.");
  }
  json::Object tags = tagged.record.body.GetObject("Tags");
  for (const json::Member& tag : input.GetObject("Tags")) tags.Set(tag.key, tag.value);
  constexpr std::size_t kMostTags = 50;
  if (tags.size() > kMostTags) {
    return ServiceError("InvalidParameterValueException",
                        "Number of tags exceeds resource tag limit.");
  }
  tagged.record.body.Set("Tags", std::move(tags));
  context.store.Put(context.RegionScope(), tagged.kind, std::move(tagged.record));
  return json::Object();
}

Answer<> UntagResource(Context& context, const json::Object& input) {
  TL_TRY(Tagged tagged, FindTagged(context, input));
  json::Object tags = tagged.record.body.GetObject("Tags");
  for (const json::Value& key : input.GetArray("TagKeys")) tags.Remove(key.AsString());
  tagged.record.body.Set("Tags", std::move(tags));
  context.store.Put(context.RegionScope(), tagged.kind, std::move(tagged.record));
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
