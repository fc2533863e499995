// Log groups and their retention.
#include <algorithm>

#include "base/text.h"
#include "cloud/services/logs/families.h"
#include "cloud/services/logs/groups.h"

namespace trunkline::cloud::logs {
namespace {

constexpr std::size_t kDefaultPage = 50;
constexpr std::int64_t kRetentions[] = {1,    3,    5,    7,    14,   30,  60,  90,
                                        120,  150,  180,  365,  400,  545, 731, 1096,
                                        1827, 2192, 2557, 2922, 3288, 3653};

Answer<> CreateLogGroup(Context& context, const json::Object& input) {
  const std::string name(input.GetString("logGroupName"));
  if (context.store.Find(context.RegionScope(), kGroup, name)) {
    return ServiceError("ResourceAlreadyExistsException", "The specified log group already exists");
  }
  json::Object body{{"creationTime", Milliseconds1970(context)},
                    {"logGroupClass", input.GetString("logGroupClass", "STANDARD")},
                    {"storedBytes", 0},
                    {"tags", input.GetObject("tags")}};
  body.SetIfNotEmpty("kmsKeyId", input.GetString("kmsKeyId"));
  if (input.GetBool("deletionProtectionEnabled")) body.Set("deletionProtectionEnabled", true);
  context.store.Put(context.RegionScope(), kGroup,
                    {.id = name, .parent = "", .name = name, .body = std::move(body)});
  return json::Object();
}

Answer<> DeleteLogGroup(Context& context, const json::Object& input) {
  TL_TRY(const Record group, FindGroup(context, input.GetString("logGroupName")));
  if (group.body.GetBool("deletionProtectionEnabled")) {
    return ServiceError("ValidationException",
                        "The log group '" + group.id + "' is protected against deletion.");
  }
  std::vector<std::string> streams;
  for (const Record* stream : context.store.List(context.RegionScope(), kStream, group.id)) {
    streams.push_back(stream->id);
  }
  for (const std::string& stream : streams) RemoveStream(context, stream);
  for (const Kind kind : {kMetricFilter, kSubscription}) {
    std::vector<std::string> filters;
    for (const Record* filter : context.store.List(context.RegionScope(), kind, group.id))
      filters.push_back(filter->id);
    for (const std::string& filter : filters)
      context.store.Delete(context.RegionScope(), kind, filter);
  }
  context.store.Delete(context.RegionScope(), kGroup, group.id);
  return json::Object();
}

json::Object ToGroup(Context& context, const Record& group) {
  const auto filters = context.store.List(context.RegionScope(), kMetricFilter, group.id);
  json::Object shown{
      {"logGroupName", group.id},
      {"creationTime", group.body.At("creationTime")},
      {"metricFilterCount", filters.size()},
      {"arn", GroupArn(context, group.id) + ":*"},
      {"storedBytes", group.body.At("storedBytes")},
      {"logGroupClass", group.body.At("logGroupClass")},
      {"logGroupArn", GroupArn(context, group.id)},
      {"deletionProtectionEnabled", group.body.GetBool("deletionProtectionEnabled")}};
  if (const json::Value* days = group.body.Find("retentionInDays"))
    shown.Set("retentionInDays", *days);
  shown.SetIfNotEmpty("kmsKeyId", group.body.GetString("kmsKeyId"));
  return shown;
}

bool IsNamed(const Context& context, const Record& group, const json::Array& identifiers) {
  return std::ranges::any_of(identifiers, [&](const json::Value& identifier) {
    return identifier.AsString() == group.id ||
           identifier.AsString() == GroupArn(context, group.id);
  });
}

Answer<> DescribeLogGroups(Context& context, const json::Object& input) {
  if (input.GetBool("includeLinkedAccounts")) {
    return BadParameter("log groups of linked accounts are not implemented by the embedded cloud");
  }
  const std::string prefix(input.GetString("logGroupNamePrefix"));
  const std::string pattern(ToLower(input.GetString("logGroupNamePattern")));
  if (!prefix.empty() && !pattern.empty()) {
    return BadParameter(
        "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
  }
  const std::string group_class(input.GetString("logGroupClass"));
  const json::Array& identifiers = input.GetArray("logGroupIdentifiers");
  const RecordFilter filter{
      .text =
          prefix + "\n" + pattern + "\n" + group_class + "\n" + std::to_string(identifiers.size()),
      .keep = [&](const Record& group) {
        return group.id.starts_with(prefix) &&
               ToLower(group.id).find(pattern) != std::string::npos &&
               (group_class.empty() || group.body.GetString("logGroupClass") == group_class) &&
               (identifiers.empty() || IsNamed(context, group, identifiers));
      }};
  const auto limit = static_cast<std::size_t>(input.GetInt("limit", kDefaultPage));
  const Result<RecordPage> page = context.store.ListPage(context.RegionScope(), kGroup, "", limit,
                                                         input.GetString("nextToken"), filter);
  if (!page) return BadParameter("The specified nextToken is invalid.");

  json::Array groups;
  for (const Record* record : page->records) {
    json::Object group = ToGroup(context, *record);
    // A search by pattern does not tell these; seen in recordings of the service.
    if (!pattern.empty()) group.Remove("storedBytes");
    if (!pattern.empty()) group.Remove("deletionProtectionEnabled");
    groups.push_back(std::move(group));
  }
  json::Object answer{{"logGroups", std::move(groups)}};
  answer.SetIfNotEmpty("nextToken", page->next);
  return answer;
}

Answer<> ListLogGroups(Context& context, const json::Object& input) {
  if (input.GetBool("includeLinkedAccounts")) {
    return BadParameter("log groups of linked accounts are not implemented by the embedded cloud");
  }
  const std::string pattern(input.GetString("logGroupNamePattern"));
  // "^" at the front asks for names that begin so.
  const bool prefix = pattern.starts_with('^');
  const std::string part = prefix ? pattern.substr(1) : pattern;
  const std::string group_class(input.GetString("logGroupClass"));
  const RecordFilter filter{
      .text = pattern + "\n" + group_class, .keep = [&](const Record& group) {
        const std::size_t at = group.id.find(part);
        return at != std::string::npos && (!prefix || at == 0) &&
               (group_class.empty() || group.body.GetString("logGroupClass") == group_class);
      }};
  const auto limit = static_cast<std::size_t>(input.GetInt("limit", kDefaultPage));
  const Result<RecordPage> page = context.store.ListPage(context.RegionScope(), kGroup, "", limit,
                                                         input.GetString("nextToken"), filter);
  if (!page) return BadParameter("The specified nextToken is invalid.");
  json::Array groups;
  for (const Record* group : page->records) {
    groups.push_back(json::Object{{"logGroupName", group->id},
                                  {"logGroupArn", GroupArn(context, group->id)},
                                  {"logGroupClass", group->body.At("logGroupClass")}});
  }
  json::Object answer{{"logGroups", std::move(groups)}};
  answer.SetIfNotEmpty("nextToken", page->next);
  return answer;
}

Answer<> PutRetentionPolicy(Context& context, const json::Object& input) {
  TL_TRY(Record group, FindGroup(context, input.GetString("logGroupName")));
  const std::int64_t days = input.GetInt("retentionInDays");
  if (std::ranges::find(kRetentions, days) == std::end(kRetentions)) {
    return BadParameter(
        fmt::format("1 validation error detected: Value '{}' at 'retentionInDays' failed to "
                    "satisfy constraint: Member must "
                    "satisfy enum value set: [{}]",
                    days, fmt::join(kRetentions, ", ")));
  }
  group.body.Set("retentionInDays", days);
  context.store.Put(context.RegionScope(), kGroup, std::move(group));
  return json::Object();
}

Answer<> DeleteRetentionPolicy(Context& context, const json::Object& input) {
  TL_TRY(Record group, FindGroup(context, input.GetString("logGroupName")));
  group.body.Remove("retentionInDays");
  context.store.Put(context.RegionScope(), kGroup, std::move(group));
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "CreateLogGroup", .handle = CreateLogGroup},
    {.name = "DeleteLogGroup", .handle = DeleteLogGroup},
    {.name = "DeleteRetentionPolicy", .handle = DeleteRetentionPolicy},
    {.name = "DescribeLogGroups", .handle = DescribeLogGroups},
    {.name = "ListLogGroups", .handle = ListLogGroups},
    {.name = "PutRetentionPolicy", .handle = PutRetentionPolicy},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kGroupOperations = kOperations;

}  // namespace trunkline::cloud::logs
