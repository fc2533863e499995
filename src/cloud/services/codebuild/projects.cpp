// Projects: made, changed, shown, listed, deleted.
#include <array>

#include <fmt/format.h>

#include "cloud/services/codebuild/families.h"
#include "cloud/services/codebuild/listing.h"
#include "cloud/services/codebuild/project.h"
#include "cloud/services/codebuild/records.h"
#include "cloud/tag_list.h"

namespace trunkline::cloud::codebuild {
namespace {

constexpr std::int64_t kTimeout = 60;         // minutes
constexpr std::int64_t kQueuedTimeout = 480;  // minutes

// What a caller gives and a project keeps as it is.
constexpr std::array<std::string_view, 20> kMembers = {
    "description",
    "source",
    "secondarySources",
    "sourceVersion",
    "secondarySourceVersions",
    "artifacts",
    "secondaryArtifacts",
    "cache",
    "environment",
    "serviceRole",
    "timeoutInMinutes",
    "queuedTimeoutInMinutes",
    "encryptionKey",
    "tags",
    "vpcConfig",
    "logsConfig",
    "fileSystemLocations",
    "buildBatchConfig",
    "concurrentBuildLimit",
    "autoRetryLimit",
};

// The address is AWS's form; this cloud draws no badges.
json::Object Badge(const Context& context, std::string_view name, bool enabled) {
  json::Object badge{{"badgeEnabled", enabled}};
  if (enabled) {
    badge.Set("badgeRequestUrl",
              fmt::format("https://codebuild.{}.amazonaws.com/badges?project={}&branch=master",
                          context.region, name));
  }
  return badge;
}

void TakeMembers(const Context& context, const json::Object& input, json::Object& project) {
  for (const std::string_view member : kMembers) {
    if (const json::Value* value = input.Find(member)) project.Set(member, *value);
  }
  const std::string name(project.GetString("name"));
  project.Set("source", CompleteSource(project.GetObject("source")));
  json::Array sources;
  for (const json::Value& source : project.GetArray("secondarySources"))
    sources.emplace_back(CompleteSource(source.AsObject()));
  project.Set("secondarySources", std::move(sources));
  project.Set("artifacts", CompleteArtifacts(project.GetObject("artifacts"), name));
  json::Array artifacts;
  for (const json::Value& one : project.GetArray("secondaryArtifacts"))
    artifacts.push_back(CompleteArtifacts(one.AsObject(), name));
  project.Set("secondaryArtifacts", std::move(artifacts));
  project.Set("environment", CompleteEnvironment(project.GetObject("environment")));
  if (input.Has("badgeEnabled"))
    project.Set("badge", Badge(context, name, input.GetBool("badgeEnabled")));
  // The console's and the CLI's way to take a limit away.
  if (project.GetInt("concurrentBuildLimit", 1) == -1) project.Remove("concurrentBuildLimit");
}

json::Object NewProject(const Context& context, const json::Object& input) {
  const std::string_view name = input.GetString("name");
  const std::string key =
      fmt::format("arn:aws:kms:{}:{}:alias/aws/s3", context.region, context.caller.account);
  json::Object project{{"name", name},
                       {"arn", Arn(context, "project", name)},
                       {"secondarySourceVersions", json::Array()},
                       {"cache", json::Object{{"type", "NO_CACHE"}}},
                       {"timeoutInMinutes", kTimeout},
                       {"queuedTimeoutInMinutes", kQueuedTimeout},
                       {"encryptionKey", key},
                       {"tags", json::Array()},
                       {"created", Seconds(context.Now())},
                       {"lastModified", Seconds(context.Now())},
                       {"badge", Badge(context, name, false)},
                       {"projectVisibility", "PRIVATE"}};
  TakeMembers(context, input, project);
  return project;
}

Answer<void> CheckTags(const Context& context, const json::Array& tags) {
  std::string_view seen_twice;
  for (std::size_t i = 0; i < tags.size(); ++i) {
    const std::string_view key = tags[i].AsObject().GetString("key");
    for (std::size_t j = 0; j < i; ++j)
      if (tags[j].AsObject().GetString("key") == key) seen_twice = key;
    if (IsReservedTagKey(context, key))
      return InvalidInput("Invalid tag key: the prefix aws: is reserved for AWS use");
  }
  if (seen_twice.empty()) return {};
  return InvalidInput(fmt::format("Duplicate tag key: {}", seen_twice));
}

Answer<> CreateProject(Context& context, const json::Object& input) {
  const std::string name(input.GetString("name"));
  if (context.store.Find(context.RegionScope(), kProject, name)) {
    return ServiceError("ResourceAlreadyExistsException",
                        fmt::format("Project already exists: {}", Arn(context, "project", name)));
  }
  json::Object project = NewProject(context, input);
  TL_DO(CheckTags(context, project.GetArray("tags")));
  TL_DO(CheckProject(context, project));
  json::Object body{{"project", project},
                    {"uuid", NewUuid(context.random)},
                    {"builds", 0},
                    {"batches", 0},
                    {"cache", 0}};
  context.store.Put(context.RegionScope(), kProject,
                    {.id = name, .parent = {}, .name = name, .body = std::move(body)});
  return json::Object{{"project", std::move(project)}};
}

// Changes what is shown of a project.
template <class Change>
Answer<> ChangeProject(Context& context, std::string_view name, Change change) {
  TL_TRY(const Record* found, FindProject(context, name));
  Record record = *found;
  json::Object& project = record.body["project"].AsObject();
  TL_DO(change(project));
  project.Set("lastModified", Seconds(context.Now()));
  json::Object shown = project;
  context.store.Put(context.RegionScope(), kProject, std::move(record));
  return shown;
}

Answer<> UpdateProject(Context& context, const json::Object& input) {
  const auto change = [&](json::Object& project) -> Answer<void> {
    TakeMembers(context, input, project);
    TL_DO(CheckTags(context, project.GetArray("tags")));
    return CheckProject(context, project);
  };
  TL_TRY(json::Object project, ChangeProject(context, input.GetString("name"), change));
  return json::Object{{"project", std::move(project)}};
}

// Builds of the project stay, as on AWS, until they are a year old or deleted.
Answer<> DeleteProject(Context& context, const json::Object& input) {
  context.store.Delete(context.RegionScope(), kProject,
                       IdOf(context, "project", input.GetString("name")));
  return json::Object();
}

Answer<> BatchGetProjects(Context& context, const json::Object& input) {
  json::Array projects;
  json::Array missing;
  for (const json::Value& name : input.GetArray("names")) {
    const Answer<const Record*> found = FindProject(context, name.AsString());
    if (found) {
      projects.push_back((*found)->body.At("project"));
    } else {
      missing.push_back(name);
    }
  }
  return json::Object{{"projects", std::move(projects)}, {"projectsNotFound", std::move(missing)}};
}

Answer<> ListProjects(Context& context, const json::Object& input) {
  const std::string_view by = input.GetString("sortBy", "NAME");
  std::vector<Listed> items;
  for (const Record* record : context.store.List(context.RegionScope(), kProject)) {
    std::string key = record->id;
    if (by != "NAME") {
      const json::Object& project = record->body.GetObject("project");
      const TimePoint time =
          FromEpochSeconds(project.GetDouble(by == "CREATED_TIME" ? "created" : "lastModified"));
      key.insert(0, SortName(time, 0));
    }
    items.push_back({.key = std::move(key), .id = record->id});
  }
  const std::string listing = "ListProjects:" + std::string(by);
  return ListIds({.name = listing, .member = "projects"}, std::move(items), input);
}

// Everybody may look at a public project's builds: there is nobody else here, so only what is said
// of it changes.
Answer<> UpdateProjectVisibility(Context& context, const json::Object& input) {
  const std::string_view visibility = input.GetString("projectVisibility");
  const auto change = [&](json::Object& project) -> Answer<void> {
    project.Set("projectVisibility", visibility);
    project.SetIfNotEmpty("resourceAccessRole", input.GetString("resourceAccessRole"));
    if (visibility == "PRIVATE") {
      project.Remove("publicProjectAlias");
    } else if (!project.Has("publicProjectAlias")) {
      project.Set("publicProjectAlias", NewToken(context.random, 32, kAlphanumeric));
    }
    return {};
  };
  TL_TRY(const json::Object project, ChangeProject(context, input.GetString("projectArn"), change));
  json::Object answer{{"projectArn", project.At("arn")}, {"projectVisibility", visibility}};
  answer.SetIfNotEmpty("publicProjectAlias", project.GetString("publicProjectAlias"));
  return answer;
}

// What is cached stays where it is, and is not looked for any more.
Answer<> InvalidateProjectCache(Context& context, const json::Object& input) {
  TL_TRY(const Record* found, FindProject(context, input.GetString("projectName")));
  Record record = *found;
  record.body.Set("cache", record.body.GetInt("cache") + 1);
  context.store.Put(context.RegionScope(), kProject, std::move(record));
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "BatchGetProjects", .handle = BatchGetProjects},
    {.name = "CreateProject", .handle = CreateProject},
    {.name = "DeleteProject", .handle = DeleteProject},
    {.name = "InvalidateProjectCache", .handle = InvalidateProjectCache},
    {.name = "ListProjects", .handle = ListProjects},
    {.name = "UpdateProject", .handle = UpdateProject},
    {.name = "UpdateProjectVisibility", .handle = UpdateProjectVisibility},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kProjectOperations = kOperations;

}  // namespace trunkline::cloud::codebuild
