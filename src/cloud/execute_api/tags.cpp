#include "cloud/execute_api/tags.h"

#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/arn.h"

namespace trunkline::cloud::execute_api {
namespace {

// Where a record's tags stand.
struct Tagged {
  Kind kind;
  std::string id;
  std::string_view member;
};

constexpr std::string_view kUpper = "Tags";
constexpr std::string_view kLower = "tags";

std::optional<Tagged> ReadPath(std::string_view path) {
  const std::vector<std::string_view> parts = Split(path, '/');
  constexpr std::size_t kOne = 3;  // "", "apis", id
  constexpr std::size_t kTwo = 5;  // "", "apis", id, "stages", name
  const bool stage = parts.size() == kTwo && parts[3] == "stages";
  if (parts.size() != kOne && !stage) return std::nullopt;
  const std::string id =
      stage ? fmt::format("{}/{}", parts[2], PercentDecode(parts[4])) : PercentDecode(parts[2]);
  if (parts[1] == "apis") return Tagged{{"apigatewayv2", stage ? "stage" : "api"}, id, kUpper};
  if (parts[1] == "restapis") return Tagged{{"apigateway", stage ? "stage" : "api"}, id, kLower};
  if (stage) return std::nullopt;
  if (parts[1] == "domainnames") return Tagged{{"execute-api", "domain"}, id, kLower};
  if (parts[1] == "apikeys") return Tagged{{"apigateway", "api-key"}, id, kLower};
  if (parts[1] == "usageplans") return Tagged{{"apigateway", "usage-plan"}, id, kLower};
  return std::nullopt;
}

struct Found {
  Tagged place;
  const Record* record = nullptr;
};

Answer<Found> Find(Context& context, std::string_view arn) {
  const auto parsed = ParseArn(arn);
  if (parsed && parsed->service == "apigateway" && parsed->region == context.region) {
    const auto place = ReadPath(parsed->resource);
    const Record* record =
        place ? context.store.Find(context.RegionScope(), place->kind, place->id) : nullptr;
    if (record) return Found{*place, record};
  }
  return ServiceError("NotFoundException",
                      fmt::format("Invalid resource ARN specified in the request: {}", arn));
}

void Save(Context& context, const Found& found, json::Object tags) {
  Record changed = *found.record;
  changed.body.Set(found.place.member, std::move(tags));
  context.store.Put(context.RegionScope(), found.place.kind, std::move(changed));
}

}  // namespace

Answer<void> CheckTags(const json::Object& tags) {
  constexpr std::size_t kMost = 50;
  constexpr std::size_t kLongestKey = 128;
  constexpr std::size_t kLongestValue = 256;
  if (tags.size() > kMost)
    return ServiceError("BadRequestException", "A resource has at most 50 tags");
  for (const json::Member& tag : tags) {
    // Stacks give what they make tags of their own.
    const bool reserved =
        tag.key.starts_with("aws:") && !tag.key.starts_with("aws:cloudformation:");
    if (tag.key.empty() || tag.key.size() > kLongestKey || reserved ||
        tag.value.AsString().size() > kLongestValue)
      return ServiceError("BadRequestException", fmt::format("Invalid tag: {}", tag.key));
  }
  return {};
}

Answer<json::Object> TagsOf(Context& context, std::string_view arn) {
  TL_TRY(const Found found, Find(context, arn));
  return found.record->body.GetObject(found.place.member);
}

Answer<void> AddTags(Context& context, std::string_view arn, const json::Object& tags) {
  TL_TRY(const Found found, Find(context, arn));
  json::Object all = found.record->body.GetObject(found.place.member);
  for (const json::Member& tag : tags) all.Set(tag.key, tag.value);
  TL_DO(CheckTags(all));
  Save(context, found, std::move(all));
  return {};
}

Answer<void> TakeTags(Context& context, std::string_view arn, const json::Array& keys) {
  TL_TRY(const Found found, Find(context, arn));
  json::Object left = found.record->body.GetObject(found.place.member);
  for (const json::Value& key : keys) left.Remove(key.AsString());
  Save(context, found, std::move(left));
  return {};
}

}  // namespace trunkline::cloud::execute_api
