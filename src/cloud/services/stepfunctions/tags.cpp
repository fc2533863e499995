// Tags of state machines and activities.
#include "cloud/services/stepfunctions/families.h"
#include "cloud/services/stepfunctions/records.h"
#include "cloud/tagged.h"

namespace trunkline::cloud::stepfunctions {
namespace {

Answer<Tagged> FindTagged(Context& context, const json::Object& input) {
  const std::string_view arn = input.GetString("resourceArn");
  for (const auto& [type, kind] :
       {std::pair<std::string_view, Kind>{"stateMachine", kMachine}, {"activity", kActivity}}) {
    const auto end = ArnEnd(context, arn, type);
    if (!end) continue;
    const Record* record =
        context.store.Find(context.RegionScope(), kind, end->substr(end->find(':') + 1));
    if (record) return Tagged{context.RegionScope(), kind, *record};
    return ServiceError("ResourceNotFound", fmt::format("Resource not found: '{}'", arn),
                        {{"resourceName", arn}});
  }
  return InvalidArn(arn);
}

ServiceError TooManyTags(const json::Object& input) {
  return {"TooManyTags",
          "Too many tags: at most 50 are allowed.",
          {{"resourceName", input.At("resourceArn")}}};
}

constexpr TagForm kForm{
    .find = FindTagged, .too_many = TooManyTags, .list = "tags", .key = "key", .keys = "tagKeys"};

}  // namespace

constinit const Family kTagOperations = kTagOperationsOf<kForm>;

}  // namespace trunkline::cloud::stepfunctions
