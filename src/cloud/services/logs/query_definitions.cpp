// Saved queries of Logs Insights.
//   {"logs","query-definition"}  id: its id, name: its name; body: as it is described
#include "base/random.h"
#include "cloud/services/logs/families.h"
#include "cloud/services/logs/groups.h"

namespace trunkline::cloud::logs {
namespace {

constexpr Kind kDefinition{"logs", "query-definition"};
constexpr std::size_t kMostDefinitions = 1000;  // per account and Region (CloudWatch Logs quotas)

Answer<> PutQueryDefinition(Context& context, const json::Object& input) {
  std::string id(input.GetString("queryDefinitionId"));
  if (!id.empty() && !context.store.Find(context.RegionScope(), kDefinition, id))
    return NotFound("query definition");
  if (id.empty() &&
      context.store.List(context.RegionScope(), kDefinition).size() >= kMostDefinitions)
    return ServiceError("LimitExceededException", "Resource limit exceeded.");
  if (id.empty()) id = NewUuid(context.random);
  json::Object body{{"queryDefinitionId", id},
                    {"queryLanguage", input.GetString("queryLanguage", "CWLI")},
                    {"name", input.GetString("name")},
                    {"queryString", input.GetString("queryString")},
                    {"lastModified", Milliseconds1970(context)},
                    {"logGroupNames", input.GetArray("logGroupNames")}};
  if (input.Has("parameters")) body.Set("parameters", input.At("parameters"));
  context.store.Put(context.RegionScope(), kDefinition,
                    {.id = id,
                     .parent = "",
                     .name = std::string(input.GetString("name")),
                     .body = std::move(body)});
  return json::Object{{"queryDefinitionId", id}};
}

Answer<> DeleteQueryDefinition(Context& context, const json::Object& input) {
  const std::string_view id = input.GetString("queryDefinitionId");
  if (context.store.Delete(context.RegionScope(), kDefinition, id))
    return json::Object{{"success", true}};
  return NotFound("query definition");
}

Answer<> DescribeQueryDefinitions(Context& context, const json::Object& input) {
  constexpr std::int64_t kDefaultPage = 1000;
  const std::string prefix(input.GetString("queryDefinitionNamePrefix"));
  const std::string language(input.GetString("queryLanguage"));
  const RecordFilter filter{
      .text = prefix + "\n" + language, .keep = [&](const Record& record) {
        return record.name.starts_with(prefix) &&
               (language.empty() || record.body.GetString("queryLanguage") == language);
      }};
  const auto page =
      context.store.ListPage(context.RegionScope(), kDefinition, "",
                             static_cast<std::size_t>(input.GetInt("maxResults", kDefaultPage)),
                             input.GetString("nextToken"), filter);
  if (!page) return BadParameter("The specified nextToken is invalid.");
  json::Array definitions;
  for (const Record* record : page->records) definitions.push_back(record->body);
  json::Object answer{{"queryDefinitions", std::move(definitions)}};
  answer.SetIfNotEmpty("nextToken", page->next);
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "DeleteQueryDefinition", .handle = DeleteQueryDefinition},
    {.name = "DescribeQueryDefinitions", .handle = DescribeQueryDefinitions},
    {.name = "PutQueryDefinition", .handle = PutQueryDefinition},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kQueryDefinitionOperations = kOperations;

}  // namespace trunkline::cloud::logs
