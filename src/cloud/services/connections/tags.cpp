// Tags of connections and hosts.
#include <utility>

#include "cloud/services/connections/connection.h"
#include "cloud/services/connections/families.h"
#include "cloud/tag_list.h"

namespace trunkline::cloud::connections {
namespace {

constexpr std::size_t kMaxTags = 200;  // the model's own limit of a list

struct Tagged {
  Kind kind;
  Record record;
};

Answer<Tagged> FindTagged(Context& context, const json::Object& input) {
  const std::string_view arn = input.GetString("ResourceArn");
  if (arn.find(":host/") != std::string_view::npos) {
    TL_TRY(const Record* host, FindHost(context, arn));
    return Tagged{.kind = kHost, .record = *host};
  }
  TL_TRY(const Record* connection, FindConnection(context, arn));
  return Tagged{.kind = kConnection, .record = *connection};
}

Answer<> ListTagsForResource(Context& context, const json::Object& input) {
  TL_TRY(const Tagged tagged, FindTagged(context, input));
  return json::Object{{"Tags", tagged.record.body.GetArray("Tags")}};
}

Answer<> TagResource(Context& context, const json::Object& input) {
  TL_TRY(Tagged tagged, FindTagged(context, input));
  json::Array tags = tagged.record.body.GetArray("Tags");
  MergeTags(tags, input.GetArray("Tags"));
  if (tags.size() > kMaxTags)
    return ServiceError("LimitExceededException", "A resource can have at most 200 tags.");
  tagged.record.body.Set("Tags", std::move(tags));
  context.store.Put(context.RegionScope(), tagged.kind, std::move(tagged.record));
  return json::Object();
}

Answer<> UntagResource(Context& context, const json::Object& input) {
  TL_TRY(Tagged tagged, FindTagged(context, input));
  json::Array tags = tagged.record.body.GetArray("Tags");
  RemoveTags(tags, input.GetArray("TagKeys"));
  tagged.record.body.Set("Tags", std::move(tags));
  context.store.Put(context.RegionScope(), tagged.kind, std::move(tagged.record));
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "ListTagsForResource", .handle = ListTagsForResource},
    {.name = "TagResource", .handle = TagResource},
    {.name = "UntagResource", .handle = UntagResource},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kTagOperations = kOperations;

}  // namespace trunkline::cloud::connections
