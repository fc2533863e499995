// DescribeType, ListTypes: the resource types this cloud has.
#include <algorithm>

#include <fmt/format.h>

#include "base/json_write.h"
#include "base/text.h"
#include "cloud/list_token.h"
#include "cloud/services/cloudformation/operations/families.h"
#include "cloud/services/cloudformation/resource_types.h"
#include "cloud/services/cloudformation/template/read.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr std::size_t kPage = 100;
constexpr std::string_view kListing = "types";

std::string TypeArn(const Context& context, std::string_view name) {
  return fmt::format("arn:aws:cloudformation:{}::type/resource/{}", context.region,
                     Replace(name, "::", "-"));
}

std::string ProvisioningType(const ResourceType& type) {
  return type.update ? "FULLY_MUTABLE" : "IMMUTABLE";
}

// The type's own table as the schema that AWS would give: names and what is required, read-only,
// create-only and write-only; not the shapes of values.
json::Object Schema(const ResourceType& type) {
  json::Object properties;
  json::Array required;
  json::Array create_only;
  json::Array write_only;
  json::Array read_only;
  for (const Property& property : type.properties) {
    properties.Set(property.name, json::Object());
    const std::string path = fmt::format("/properties/{}", property.name);
    if (property.required) required.emplace_back(property.name);
    if (property.create_only) create_only.emplace_back(path);
    if (property.write_only) write_only.emplace_back(path);
  }
  for (const std::string_view attribute : type.attributes)
    read_only.emplace_back(fmt::format("/properties/{}", Replace(attribute, ".", "/")));
  return {{"typeName", type.name},
          {"properties", std::move(properties)},
          {"required", std::move(required)},
          {"createOnlyProperties", std::move(create_only)},
          {"writeOnlyProperties", std::move(write_only)},
          {"readOnlyProperties", std::move(read_only)},
          {"additionalProperties", type.open}};
}

Answer<> DescribeType(Context& context, const json::Object& input) {
  std::string name(input.GetString("TypeName"));
  const std::string_view arn = input.GetString("Arn");
  if (name.empty()) name = Replace(arn.substr(arn.rfind('/') + 1), "-", "::");
  const ResourceType* type = FindResourceType(name);
  if (!type) {
    return ServiceError("TypeNotFoundException",
                        fmt::format("The type '{}' cannot be found.", name));
  }
  return json::Object{{"Arn", TypeArn(context, type->name)},
                      {"Type", "RESOURCE"},
                      {"TypeName", type->name},
                      {"IsDefaultVersion", true},
                      {"ProvisioningType", ProvisioningType(*type)},
                      {"Visibility", "PUBLIC"},
                      {"DeprecatedStatus", "LIVE"},
                      {"Schema", json::Write(json::Value(Schema(*type)))}};
}

Answer<> ListTypes(Context& context, const json::Object& input) {
  const auto after = ReadListToken(kListing, input.GetString("NextToken"));
  if (!input.GetString("NextToken").empty() && !after) return ValidationError("Invalid NextToken");
  std::vector<const ResourceType*> types(AllResourceTypes().begin(), AllResourceTypes().end());
  std::sort(types.begin(), types.end(),
            [](const ResourceType* a, const ResourceType* b) { return a->name < b->name; });
  const std::string_view prefix = input.GetObject("Filters").GetString("TypeNamePrefix");
  const bool theirs = input.GetString("Visibility", "PRIVATE") == "PUBLIC";
  json::Array summaries;
  json::Object answer;
  for (const ResourceType* type : types) {
    if (!theirs || !type->name.starts_with(prefix) || (after && type->name <= *after)) continue;
    if (summaries.size() == kPage) {
      answer.Set("NextToken",
                 MakeListToken(kListing, summaries.back().AsObject().GetString("TypeName")));
      break;
    }
    summaries.emplace_back(json::Object{
        {"Type", "RESOURCE"}, {"TypeName", type->name}, {"TypeArn", TypeArn(context, type->name)}});
  }
  answer.Set("TypeSummaries", std::move(summaries));
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "DescribeType", .handle = DescribeType},
    {.name = "ListTypes", .handle = ListTypes},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kTypeOperations = kOperations;

}  // namespace trunkline::cloud::cloudformation
