// Tags of tables.
#include "cloud/arn.h"
#include "cloud/services/dynamodb/families.h"
#include "cloud/services/dynamodb/refusals.h"
#include "cloud/services/dynamodb/table.h"
#include "cloud/tag_list.h"
#include "cloud/tagged.h"

namespace trunkline::cloud::dynamodb {
namespace {

constexpr std::size_t kPage = 10;

Answer<Tagged> FindTagged(Context& context, const json::Object& input) {
  TL_TRY(Record record, FindTableByArn(context, input.GetString("ResourceArn")));
  return Tagged{.scope = context.RegionScope(), .kind = kTable, .record = std::move(record)};
}

ServiceError TooManyTags(const json::Object& /*input*/) {
  return Invalid("Too many tags: a table can have at most 50 tags");
}

constexpr TagForm kForm{.find = FindTagged, .too_many = TooManyTags};

Answer<> TagResource(Context& context, const json::Object& input) {
  for (const json::Value& tag : input.GetArray("Tags")) {
    if (IsReservedTagKey(context, tag.AsObject().GetString("Key")))
      return Invalid("One or more tag keys are invalid: the prefix 'aws:' is reserved");
  }
  return AddTags(context, input, kForm);
}

Answer<> UntagResource(Context& context, const json::Object& input) {
  return TakeTags(context, input, kForm);
}

// Ten at a time (seen); the token is where the next ones begin.
Answer<> ListTagsOfResource(Context& context, const json::Object& input) {
  TL_TRY(const Record record, FindTableByArn(context, input.GetString("ResourceArn")));
  const json::Array& tags = record.body.GetArray("Tags");
  std::size_t at = 0;
  if (const std::string_view token = input.GetString("NextToken"); !token.empty()) {
    while (at < tags.size() && tags[at].AsObject().GetString("Key") != token) ++at;
    if (at == tags.size()) return Invalid("Invalid NextToken");
  }
  json::Array page;
  for (; at < tags.size() && page.size() < kPage; ++at) page.push_back(tags[at]);
  json::Object output{{"Tags", std::move(page)}};
  if (at < tags.size()) output.Set("NextToken", tags[at].AsObject().At("Key"));
  return output;
}

constexpr Operation kOperations[] = {
    {.name = "ListTagsOfResource", .handle = ListTagsOfResource},
    {.name = "TagResource", .handle = TagResource},
    {.name = "UntagResource", .handle = UntagResource},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kTagOperations = kOperations;

}  // namespace trunkline::cloud::dynamodb
