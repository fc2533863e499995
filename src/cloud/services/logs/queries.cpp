// Queries of Logs Insights: started, run by a job, and their results.
//   {"logs","query"}  id: the query's; name: when it was started. body: what is described of it,
//                     "Groups", "Start" and "End" (seconds), "Limit", and "Results" when it is done
#include <algorithm>

#include "base/hash.h"
#include "base/random.h"
#include "base/text.h"
#include "cloud/job_kinds.h"
#include "cloud/services/logs/families.h"
#include "cloud/services/logs/groups.h"
#include "cloud/services/logs/insights.h"

namespace trunkline::cloud {
namespace logs {
namespace {

constexpr Kind kQuery{"logs", "query"};
constexpr std::size_t kMostKept = 100;
constexpr std::size_t kMostGroups = 50;  // Logs Insights quotas
constexpr std::int64_t kSecond = 1000;

ServiceError NoGroup(const Context& context, std::string_view group) {
  return {"ResourceNotFoundException",
          fmt::format("Log group '{}' does not exist for account ID '{}' (Service: AWSLogs; Status "
                      "Code: 400; Error Code: ResourceNotFoundException; Request ID: {}; Proxy: "
                      "null)",
                      group, context.caller.account, context.request_id)};
}

Answer<json::Array> ReadGroups(Context& context, const json::Object& input) {
  json::Array named = input.GetArray("logGroupNames");
  for (const json::Value& one : input.GetArray("logGroupIdentifiers")) named.push_back(one);
  if (input.Has("logGroupName")) named.push_back(input.At("logGroupName"));
  if (named.empty() || named.size() > kMostGroups)
    return BadParameter("Between 1 and 50 log groups must be given.");
  json::Array groups;
  for (const json::Value& one : named) {
    const std::string_view key =
        one.AsString().starts_with("arn:") ? "logGroupIdentifier" : "logGroupName";
    json::Object asked;
    asked.Set(key, one);
    const auto group = FindAskedGroup(context, asked);
    if (!group) return NoGroup(context, one.AsString());
    groups.push_back(group->id);
  }
  return groups;
}

void ForgetOld(Context& context) {
  std::vector<std::string> ids;
  for (const Record* query : context.store.List(context.RegionScope(), kQuery))
    ids.push_back(query->id);
  for (std::size_t i = 0; i + kMostKept < ids.size(); ++i)
    context.store.Delete(context.RegionScope(), kQuery, ids[i]);
}

Answer<> StartQuery(Context& context, const json::Object& input) {
  TL_TRY(json::Array groups, ReadGroups(context, input));
  if (input.GetString("queryLanguage", "CWLI") != "CWLI")
    return BadParameter("only the query language CWLI is implemented by the embedded cloud");
  if (input.GetInt("endTime") < input.GetInt("startTime"))
    return BadParameter("End time should not be before start time.");
  const std::string_view text = input.GetString("queryString");
  if (const auto read = ReadInsightsQuery(text); !read)
    return ServiceError("MalformedQueryException", read.error().message());
  const std::string id = NewUuid(context.random);
  const auto all = context.store.List(context.RegionScope(), kQuery);
  const std::int64_t number =
      all.empty() ? 1 : ToInt(all.back()->name).value_or(0) + 1;  // the order of listings
  json::Object body{{"queryId", id},
                    {"queryLanguage", "CWLI"},
                    {"queryString", text},
                    {"status", "Scheduled"},
                    {"createTime", Milliseconds1970(context)},
                    {"logGroupName", groups.front()},
                    {"Groups", std::move(groups)},
                    {"Start", input.GetInt("startTime")},
                    {"End", input.GetInt("endTime")}};
  if (input.Has("limit")) body.Set("Limit", input.At("limit"));
  context.store.Put(
      context.RegionScope(), kQuery,
      {.id = id, .parent = "", .name = fmt::format("{:020}", number), .body = std::move(body)});
  ForgetOld(context);
  context.jobs.Schedule(context, kRunLogQueryJob, {{"Query", id}}, std::chrono::seconds(2));
  return json::Object{{"queryId", id}};
}

Answer<Record> FindQuery(Context& context, const json::Object& input) {
  const Record* query =
      context.store.Find(context.RegionScope(), kQuery, input.GetString("queryId"));
  if (query) return *query;
  return ServiceError("ResourceNotFoundException", "The specified query does not exist.");
}

Answer<> GetQueryResults(Context& context, const json::Object& input) {
  TL_TRY(const Record query, FindQuery(context, input));
  json::Object answer{{"queryLanguage", "CWLI"},
                      {"status", query.body.At("status")},
                      {"results", query.body.GetArray("Results")}};
  if (query.body.Has("Statistics")) answer.Set("statistics", query.body.At("Statistics"));
  return answer;
}

bool IsUnderWay(const Record& query) {
  return query.body.GetString("status") == "Scheduled";
}

Answer<> StopQuery(Context& context, const json::Object& input) {
  TL_TRY(Record query, FindQuery(context, input));
  if (!IsUnderWay(query)) return BadParameter("The query has already ended.");
  query.body.Set("status", "Cancelled");
  context.store.Put(context.RegionScope(), kQuery, std::move(query));
  return json::Object{{"success", true}};
}

// The text with the groups and times it was run on, as the service shows it.
std::string ShownText(const Record& query) {
  std::string groups;
  for (const json::Value& group : query.body.GetArray("Groups"))
    groups += fmt::format("{}\"{}\"", groups.empty() ? "" : ", ", group.AsString());
  return fmt::format("SOURCE {} START={}000 END={}999 | {}", groups, query.body.GetInt("Start"),
                     query.body.GetInt("End"), query.body.GetString("queryString"));
}

// Newest first.
Answer<> DescribeQueries(Context& context, const json::Object& input) {
  constexpr std::int64_t kDefaultPage = 1000;
  auto queries = context.store.List(context.RegionScope(), kQuery);
  std::ranges::reverse(queries);
  json::Array shown;
  for (const Record* query : queries) {
    const bool wanted =
        (!input.Has("status") || query->body.GetString("status") == input.GetString("status")) &&
        (!input.Has("logGroupName") ||
         query->body.GetString("logGroupName") == input.GetString("logGroupName"));
    if (!wanted ||
        static_cast<std::int64_t>(shown.size()) >= input.GetInt("maxResults", kDefaultPage))
      continue;
    json::Object one;
    for (const std::string_view member :
         {"queryId", "queryLanguage", "status", "createTime", "logGroupName"})
      one.Set(member, query->body.At(member));
    one.Set("queryString", ShownText(*query));
    shown.push_back(std::move(one));
  }
  return json::Object{{"queries", std::move(shown)}};
}

constexpr Operation kOperations[] = {
    {.name = "DescribeQueries", .handle = DescribeQueries},
    {.name = "GetQueryResults", .handle = GetQueryResults},
    {.name = "StartQuery", .handle = StartQuery},
    {.name = "StopQuery", .handle = StopQuery},
};
static_assert(InOrder(kOperations));

// ---- running

InsightsEvent ToInsights(const Context& context, const Record& group, const Event& event) {
  InsightsEvent made = MakeInsightsEvent(event.message);
  made.fields.emplace_back("@timestamp", std::to_string(event.timestamp));
  made.fields.emplace_back("@ingestionTime", std::to_string(event.ingested));
  made.fields.emplace_back("@logStream", event.stream);
  made.fields.emplace_back("@log", fmt::format("{}:{}", context.caller.account, group.id));
  made.fields.emplace_back("@ptr",
                           ToBase64(fmt::format("{}\n{}\n{}", group.id, event.stream, event.id)));
  return made;
}

std::vector<Event> EventsOfGroup(Context& context, const Record& group, TimeRange range) {
  std::vector<Record> streams;
  for (const Record* stream : context.store.List(context.RegionScope(), kStream, group.id))
    streams.push_back(*stream);
  std::vector<Event> events;
  for (const Record& stream : streams) {
    for (Event& event : ReadEvents(context, group, stream, range))
      events.push_back(std::move(event));
  }
  return events;
}

Answer<void> RunLogQuery(Context& context, const json::Object& payload) {
  const Record* found =
      context.store.Find(context.RegionScope(), kQuery, payload.GetString("Query"));
  if (!found || !IsUnderWay(*found)) return {};
  Record query = *found;
  const TimeRange range{.start = query.body.GetInt("Start") * kSecond,
                        .end = (query.body.GetInt("End") + 1) * kSecond};
  std::vector<std::pair<std::string, InsightsEvent>> ordered;
  std::size_t bytes = 0;
  for (const json::Value& name : query.body.GetArray("Groups")) {
    const auto group = FindGroup(context, name.AsString());
    if (!group) continue;
    for (const Event& event : EventsOfGroup(context, *group, range)) {
      bytes += event.message.size();
      ordered.emplace_back(event.id, ToInsights(context, *group, event));
    }
  }
  std::ranges::stable_sort(ordered, {}, &std::pair<std::string, InsightsEvent>::first);
  std::vector<InsightsEvent> events;
  for (auto& [id, event] : ordered) events.push_back(std::move(event));
  const std::size_t scanned = events.size();
  auto read = ReadInsightsQuery(query.body.GetString("queryString"));
  InsightsAnswer answer = RunInsightsQuery(*read, std::move(events));
  const auto limit = static_cast<std::size_t>(query.body.GetInt("Limit", INT64_MAX));
  if (answer.rows.size() > limit) answer.rows.resize(limit);
  query.body.Set("status", "Complete");
  query.body.Set("Statistics", json::Object{{"recordsMatched", answer.matched},
                                            {"recordsScanned", scanned},
                                            {"bytesScanned", bytes}});
  query.body.Set("Results", std::move(answer.rows));
  context.store.Put(context.RegionScope(), kQuery, std::move(query));
  return {};
}

}  // namespace

constinit const Family kQueryOperations = kOperations;

}  // namespace logs

constinit const JobKind kRunLogQueryJob{.name = "logs.run-query", .run = logs::RunLogQuery};

}  // namespace trunkline::cloud
