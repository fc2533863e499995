// Webhooks of projects: kept and shown. Pushes to repositories of this cloud start pipelines, not
// builds, so nothing comes of them.
#include <fmt/format.h>

#include "cloud/services/codebuild/families.h"
#include "cloud/services/codebuild/records.h"

namespace trunkline::cloud::codebuild {
namespace {

constexpr std::string_view kMembers[] = {"branchFilter",       "filterGroups",
                                         "buildType",          "manualCreation",
                                         "scopeConfiguration", "pullRequestBuildPolicy"};

bool TakesWebhooks(std::string_view source_type) {
  return source_type.starts_with("GITHUB") || source_type.starts_with("GITLAB") ||
         source_type == "BITBUCKET";
}

std::string NewSecret(Context& context) {
  return NewToken(context.random, 40, kAlphanumeric);
}

void TakeMembers(const json::Object& input, json::Object& webhook) {
  for (const std::string_view member : kMembers) {
    if (const json::Value* value = input.Find(member)) webhook.Set(member, *value);
  }
  // They exclude each other, and the new one counts.
  if (input.Has("filterGroups")) webhook.Remove("branchFilter");
  if (input.Has("branchFilter")) webhook.Remove("filterGroups");
}

Answer<Record> FindHooked(Context& context, const json::Object& input) {
  TL_TRY(const Record* record, FindProject(context, input.GetString("projectName")));
  if (!record->body.GetObject("project").Has("webhook"))
    return NotFound(fmt::format("Webhook not found for project: {}", record->id));
  return *record;
}

Answer<> CreateWebhook(Context& context, const json::Object& input) {
  TL_TRY(const Record* found, FindProject(context, input.GetString("projectName")));
  Record record = *found;
  json::Object& project = record.body["project"].AsObject();
  const std::string_view type = project.GetObject("source").GetString("type");
  if (!TakesWebhooks(type))
    return InvalidInput(fmt::format("Source type {} does not support webhooks", type));
  if (project.Has("webhook")) {
    return ServiceError("ResourceAlreadyExistsException",
                        fmt::format("Webhook already exists for project: {}", record.id));
  }
  json::Object webhook{
      {"url", fmt::format("{}/hooks/{}", project.GetObject("source").GetString("location"),
                          UniformBelow(context.random, 1'000'000'000))},
      {"payloadUrl", fmt::format("https://codebuild.{}.amazonaws.com/webhooks?t={}", context.region,
                                 NewToken(context.random, 32, kAlphanumeric))},
      {"lastModifiedSecret", Seconds(context.Now())},
      {"buildType", "BUILD"},
      {"status", "ACTIVE"}};
  TakeMembers(input, webhook);
  project.Set("webhook", webhook);
  context.store.Put(context.RegionScope(), kProject, std::move(record));
  webhook.Set("secret", NewSecret(context));  // shown this once
  return json::Object{{"webhook", std::move(webhook)}};
}

Answer<> UpdateWebhook(Context& context, const json::Object& input) {
  TL_TRY(Record record, FindHooked(context, input));
  json::Object& kept = record.body["project"].AsObject()["webhook"].AsObject();
  TakeMembers(input, kept);
  const bool rotate = input.GetBool("rotateSecret");
  if (rotate) kept.Set("lastModifiedSecret", Seconds(context.Now()));
  json::Object webhook = kept;
  context.store.Put(context.RegionScope(), kProject, std::move(record));
  if (rotate) webhook.Set("secret", NewSecret(context));
  return json::Object{{"webhook", std::move(webhook)}};
}

Answer<> DeleteWebhook(Context& context, const json::Object& input) {
  TL_TRY(Record record, FindHooked(context, input));
  record.body["project"].AsObject().Remove("webhook");
  context.store.Put(context.RegionScope(), kProject, std::move(record));
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "CreateWebhook", .handle = CreateWebhook},
    {.name = "DeleteWebhook", .handle = DeleteWebhook},
    {.name = "UpdateWebhook", .handle = UpdateWebhook},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kWebhookOperations = kOperations;

}  // namespace trunkline::cloud::codebuild
