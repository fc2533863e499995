// Activities.
#include "cloud/services/stepfunctions/families.h"
#include "cloud/services/stepfunctions/paging.h"
#include "cloud/services/stepfunctions/records.h"
#include "cloud/services/stepfunctions/run.h"

namespace trunkline::cloud::stepfunctions {
namespace {

Answer<> CreateActivity(Context& context, const json::Object& input) {
  const std::string name(input.GetString("name"));
  TL_DO(CheckName(name));
  const Record* existing = context.store.Find(context.RegionScope(), kActivity, name);
  if (existing) return existing->body;
  json::Object body{{"activityArn", MakeArn(context, "activity:" + name)},
                    {"name", name},
                    {"creationDate", ToSeconds(context.Now())},
                    {"tags", input.GetArray("tags")}};
  context.store.Put(context.RegionScope(), kActivity,
                    {.id = name, .parent = {}, .name = name, .body = body});
  return body;
}

Answer<> DeleteActivity(Context& context, const json::Object& input) {
  TL_TRY(const std::string end, ArnEnd(context, input.GetString("activityArn"), "activity"));
  context.store.Delete(context.RegionScope(), kActivity, end.substr(end.find(':') + 1));
  return json::Object();
}

Answer<> DescribeActivity(Context& context, const json::Object& input) {
  TL_TRY(const Record activity, FindActivity(context, input.GetString("activityArn")));
  return activity.body;
}

Answer<> ListActivities(Context& context, const json::Object& input) {
  TL_TRY(const RecordPage page, PageOf(context, kActivity, "", input));
  json::Array activities;
  for (const Record* activity : page.records) {
    activities.emplace_back(json::Object{{"activityArn", activity->body.At("activityArn")},
                                         {"name", activity->body.At("name")},
                                         {"creationDate", activity->body.At("creationDate")}});
  }
  json::Object answer{{"activities", std::move(activities)}};
  answer.SetIfNotEmpty("nextToken", page.next);
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "CreateActivity", .handle = CreateActivity},
    {.name = "DeleteActivity", .handle = DeleteActivity},
    {.name = "DescribeActivity", .handle = DescribeActivity},
    {.name = "ListActivities", .handle = ListActivities},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kActivityOperations = kOperations;

}  // namespace trunkline::cloud::stepfunctions
