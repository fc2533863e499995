// Tags of state machines and activities.
#include <algorithm>

#include "cloud/services/stepfunctions/families.h"
#include "cloud/services/stepfunctions/records.h"

namespace trunkline::cloud::stepfunctions {
namespace {

constexpr std::size_t kMaxTags = 50;

struct Tagged {
  Kind kind;
  Record record;
};

Answer<Tagged> FindTagged(Context& context, const json::Object& input) {
  const std::string_view arn = input.GetString("resourceArn");
  for (const auto& [type, kind] :
       {std::pair<std::string_view, Kind>{"stateMachine", kMachine}, {"activity", kActivity}}) {
    const auto end = ArnEnd(context, arn, type);
    if (!end) continue;
    const Record* record =
        context.store.Find(context.RegionScope(), kind, end->substr(end->find(':') + 1));
    if (record) return Tagged{.kind = kind, .record = *record};
    return ServiceError("ResourceNotFound", fmt::format("Resource not found: '{}'", arn),
                        {{"resourceName", arn}});
  }
  return InvalidArn(arn);
}

Answer<> TagResource(Context& context, const json::Object& input) {
  TL_TRY(Tagged tagged, FindTagged(context, input));
  json::Array tags = tagged.record.body.GetArray("tags");
  for (const json::Value& added : input.GetArray("tags")) {
    const std::string_view key = added.AsObject().GetString("key");
    const auto same = std::ranges::find_if(
        tags, [&](const json::Value& tag) { return tag.AsObject().GetString("key") == key; });
    if (same == tags.end()) {
      tags.push_back(added);
    } else {
      *same = added;
    }
  }
  if (tags.size() > kMaxTags) {
    return ServiceError("TooManyTags", "Too many tags: at most 50 are allowed.",
                        {{"resourceName", input.At("resourceArn")}});
  }
  tagged.record.body.Set("tags", std::move(tags));
  context.store.Put(context.RegionScope(), tagged.kind, std::move(tagged.record));
  return json::Object();
}

Answer<> UntagResource(Context& context, const json::Object& input) {
  TL_TRY(Tagged tagged, FindTagged(context, input));
  json::Array tags = tagged.record.body.GetArray("tags");
  for (const json::Value& key : input.GetArray("tagKeys")) {
    std::erase_if(tags, [&](const json::Value& tag) {
      return tag.AsObject().GetString("key") == key.AsString();
    });
  }
  tagged.record.body.Set("tags", std::move(tags));
  context.store.Put(context.RegionScope(), tagged.kind, std::move(tagged.record));
  return json::Object();
}

Answer<> ListTagsForResource(Context& context, const json::Object& input) {
  TL_TRY(const Tagged tagged, FindTagged(context, input));
  return json::Object{{"tags", tagged.record.body.GetArray("tags")}};
}

constexpr Operation kOperations[] = {
    {.name = "ListTagsForResource", .handle = ListTagsForResource},
    {.name = "TagResource", .handle = TagResource},
    {.name = "UntagResource", .handle = UntagResource},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kTagOperations = kOperations;

}  // namespace trunkline::cloud::stepfunctions
