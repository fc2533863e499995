#include "cloud/services/codepipeline/push.h"

#include "cloud/callers.h"
#include "cloud/context_as.h"
#include "cloud/services/codepipeline/progress.h"
#include "cloud/services/codepipeline/trigger_filter.h"

namespace trunkline::cloud {
namespace codepipeline {
namespace {

bool IsSourceOf(const json::Object& action, std::string_view repository) {
  return action.GetObject("actionTypeId").GetString("provider") == "CodeStarSourceConnection" &&
         action.GetObject("configuration").GetString("FullRepositoryId") == repository;
}

// With any trigger, changes are detected by triggers alone.
bool Starts(const json::Object& declaration, const json::Object& action, const Pushed& push) {
  const json::Object& configuration = action.GetObject("configuration");
  const std::string_view branch = configuration.GetString("BranchName");
  const json::Array& triggers = declaration.GetArray("triggers");
  for (const json::Value& item : triggers) {
    const json::Object& git = item.AsObject().GetObject("gitConfiguration");
    if (git.GetString("sourceActionName") == action.GetString("name"))
      return StartsOnPush(git, branch, push);
  }
  if (!triggers.empty()) return false;
  return configuration.GetString("DetectChanges", "true") != "false" && !push.branch.empty() &&
         push.branch == branch;
}

StartOrder MakeOrder(const json::Object& action, const git::PushEvent& event) {
  json::Object source{{"actionName", action.At("name")},
                      {"revisionType", "COMMIT_ID"},
                      {"revisionValue", event.after}};
  source.SetIfNotEmpty("branch", event.branch());
  source.SetIfNotEmpty("tag", event.tag());
  StartOrder order;
  order.trigger_type = "WebhookV2";
  order.trigger_detail = action.GetObject("configuration").GetString("ConnectionArn");
  order.sources.emplace_back(std::move(source));
  return order;
}

// In the pipeline's own account and Region.
Answer<void> StartIn(Context& context, const Scope& scope, const std::string& pipeline,
                     const StartOrder& order) {
  const Caller root = RootCaller(scope.account);
  Context inner = ContextAs(context, root, scope.region, context.reply);
  return Change(inner, pipeline, [&](Progress& progress) -> Answer<void> {
    TL_DO(progress.Start(order));
    return {};
  });
}

struct Started {
  Scope scope;
  std::string pipeline;
  StartOrder order;
};

std::vector<Started> FindStarted(Context& context, const git::PushEvent& event) {
  const Pushed push{.branch = event.branch(),
                    .tag = event.tag(),
                    .files = event.files,
                    .files_complete = event.files_complete};
  std::vector<Started> started;
  for (const auto& [scope, record] : context.store.ListEverywhere(kPipeline)) {
    const json::Object& declaration = DeclarationOf(*record);
    const json::Object& source = declaration.GetArray("stages").front().AsObject();
    for (const json::Value& item : source.GetArray("actions")) {
      const json::Object& action = item.AsObject();
      if (!IsSourceOf(action, event.repository) || !Starts(declaration, action, push)) continue;
      started.push_back(
          {.scope = scope, .pipeline = record->id, .order = MakeOrder(action, event)});
      break;
    }
  }
  return started;
}

}  // namespace

Answer<void> OnPush(Context& context, const git::PushEvent& event) {
  if (event.deleted) return {};
  for (const Started& one : FindStarted(context, event)) {
    // A pipeline that refuses must not keep the others from starting.
    (void)StartIn(context, one.scope, one.pipeline, one.order);
  }
  return {};
}

}  // namespace codepipeline

namespace git {

constinit const PushListener kPipelinesPushListener{.run = codepipeline::OnPush};

}  // namespace git

}  // namespace trunkline::cloud
