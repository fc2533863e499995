// Builds: shown, listed, stopped, deleted.
#include <fmt/format.h>

#include "cloud/services/codebuild/build_state.h"
#include "cloud/services/codebuild/families.h"
#include "cloud/services/codebuild/listing.h"
#include "cloud/services/codebuild/records.h"
#include "cloud/services/codebuild/running_builds.h"
#include "cloud/wait.h"

namespace trunkline::cloud::codebuild {
namespace {

Answer<> BatchGetBuilds(Context& context, const json::Object& input) {
  json::Array builds;
  json::Array missing;
  for (const json::Value& id : input.GetArray("ids")) {
    const Answer<const Record*> found = FindBuild(context, id.AsString());
    if (found) {
      builds.push_back((*found)->body.At("build"));
    } else {
      missing.push_back(id);
    }
  }
  return json::Object{{"builds", std::move(builds)}, {"buildsNotFound", std::move(missing)}};
}

Answer<> BatchDeleteBuilds(Context& context, const json::Object& input) {
  json::Array deleted;
  json::Array kept;
  for (const json::Value& id : input.GetArray("ids")) {
    const Answer<const Record*> found = FindBuild(context, id.AsString());
    std::string_view why;
    if (!found) {
      why = "BUILD_NOT_FOUND";
    } else if (!IsComplete((*found)->body.GetObject("build"))) {
      why = "BUILD_IN_PROGRESS";
    }
    if (!why.empty()) {
      kept.push_back(json::Object{{"id", id}, {"statusCode", why}});
      continue;
    }
    const json::Value arn = (*found)->body.GetObject("build").At("arn");
    const std::string found_id = (*found)->id;
    context.store.Delete(context.RegionScope(), kBuild, found_id);
    deleted.push_back(arn);
  }
  return json::Object{{"buildsDeleted", std::move(deleted)}, {"buildsNotDeleted", std::move(kept)}};
}

Answer<> List(Context& context, const ListingForm& form, std::string_view project,
              const json::Object& input) {
  std::vector<Listed> items;
  for (const Record* record : context.store.List(context.RegionScope(), kBuild, project))
    items.push_back({.key = record->name + record->id, .id = record->id});
  return ListIds(form, std::move(items), input);
}

Answer<> ListBuilds(Context& context, const json::Object& input) {
  return List(context, {.name = "ListBuilds", .member = "ids", .newest_first = true}, "", input);
}

Answer<> ListBuildsForProject(Context& context, const json::Object& input) {
  TL_TRY(const Record* project, FindProject(context, input.GetString("projectName")));
  const std::string listing = "ListBuildsForProject:" + project->id;
  return List(context, {.name = listing, .member = "ids", .newest_first = true}, project->id,
              input);
}

// A build that has ended stays as it is, and is no error.
net::aw<Answer<>> StopBuild(WaitContext context, json::Object input) {
  std::string id;
  Answer<> answer = context.State([&](Context& state) -> Answer<> {
    TL_TRY(const Record* found, FindBuild(state, input.GetString("id")));
    id = found->id;
    ChangeBuild(state, id, [&](json::Object& build) {
      CompleteBuild(build, {.status = "STOPPED", .code = {}, .message = {}}, "STOPPED",
                    state.Now());
    });
    TL_TRY(const Record* stopped, FindBuild(state, id));
    return json::Object{{"build", stopped->body.At("build")}};
  });
  if (answer) context.engine().Get<RunningBuilds>().Stop(id);
  co_return answer;
}

constexpr WaitHandler kStopBuild{StopBuild};

constexpr Operation kOperations[] = {
    {.name = "BatchDeleteBuilds", .handle = BatchDeleteBuilds},
    {.name = "BatchGetBuilds", .handle = BatchGetBuilds},
    {.name = "ListBuilds", .handle = ListBuilds},
    {.name = "ListBuildsForProject", .handle = ListBuildsForProject},
    {.name = "StopBuild", .wait = &kStopBuild},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kBuildOperations = kOperations;

}  // namespace trunkline::cloud::codebuild
