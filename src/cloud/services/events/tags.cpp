// Tags of rules and buses.
#include <fmt/format.h>

#include "cloud/arn.h"
#include "cloud/services/events/families.h"
#include "cloud/services/events/records.h"
#include "cloud/tag_list.h"

namespace trunkline::cloud::events {
namespace {

constexpr std::size_t kMostTags = 50;

struct Tagged {
  Kind kind;
  Record record;
};

// "rule/<name>", "rule/<bus>/<name>", "event-bus/<name>".
Answer<Tagged> FindTagged(Context& context, const json::Object& input) {
  const std::string_view text = input.GetString("ResourceARN");
  const auto arn = ParseArn(text);
  const std::string resource = arn ? arn->resource : std::string();
  if (resource.starts_with("event-bus/")) {
    TL_TRY(Bus bus, FindBus(context, text));
    return Tagged{.kind = kBus, .record = std::move(bus.record)};
  }
  std::string id = resource.substr(resource.find('/') + 1);
  if (id.find('/') == std::string::npos) id = fmt::format("{}/{}", kDefaultBus, id);
  const Record* rule = resource.starts_with("rule/") && arn->account == context.caller.account
                           ? context.store.Find(context.RegionScope(), kRule, id)
                           : nullptr;
  if (rule) return Tagged{.kind = kRule, .record = *rule};
  return ServiceError("ResourceNotFoundException",
                      fmt::format("Resource {} does not exist.", text));
}

Answer<> KeepTags(Context& context, Tagged tagged, json::Array tags) {
  if (tags.size() > kMostTags)
    return ServiceError("ValidationException", "A resource can have at most 50 tags.");
  tagged.record.body.Set("Tags", std::move(tags));
  context.store.Put(context.RegionScope(), tagged.kind, std::move(tagged.record));
  return json::Object();
}

Answer<> TagResource(Context& context, const json::Object& input) {
  TL_TRY(Tagged tagged, FindTagged(context, input));
  json::Array tags = tagged.record.body.GetArray("Tags");
  MergeTags(tags, input.GetArray("Tags"));
  return KeepTags(context, std::move(tagged), std::move(tags));
}

Answer<> UntagResource(Context& context, const json::Object& input) {
  TL_TRY(Tagged tagged, FindTagged(context, input));
  json::Array tags = tagged.record.body.GetArray("Tags");
  RemoveTags(tags, input.GetArray("TagKeys"));
  return KeepTags(context, std::move(tagged), std::move(tags));
}

Answer<> ListTagsForResource(Context& context, const json::Object& input) {
  TL_TRY(const Tagged tagged, FindTagged(context, input));
  return json::Object{{"Tags", tagged.record.body.GetArray("Tags")}};
}

constexpr Operation kOperations[] = {
    {.name = "ListTagsForResource", .handle = ListTagsForResource},
    {.name = "TagResource", .handle = TagResource},
    {.name = "UntagResource", .handle = UntagResource},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kTagOperations = kOperations;

}  // namespace trunkline::cloud::events
