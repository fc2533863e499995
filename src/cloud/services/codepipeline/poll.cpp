#include "cloud/services/codepipeline/poll.h"

#include "cloud/job_kinds.h"
#include "cloud/jobs.h"
#include "cloud/services/codepipeline/progress.h"
#include "cloud/services/codepipeline/roles.h"

namespace trunkline::cloud {
namespace codepipeline {
namespace {

// AWS looks about once a minute; here somebody waits for it.
constexpr Milliseconds kPollEvery = std::chrono::seconds(5);

bool IsPolled(const json::Object& action) {
  return action.GetObject("actionTypeId").GetString("provider") == "S3" &&
         action.GetObject("configuration").GetString("PollForSourceChanges", "true") != "false";
}

void ScheduleNext(Context& context, const json::Object& declaration) {
  context.jobs.ScheduleAt(
      context, kPollSourcesJob,
      {{"Pipeline", declaration.At("name")}, {"Version", declaration.At("version")}},
      context.Now() + kPollEvery);
}

// The version of the source's object now; empty when it is not there.
std::string LookAt(Context& context, const json::Object& declaration, const json::Object& action) {
  const ActionRoles roles{.pipeline = declaration.GetString("name"),
                          .pipeline_role = declaration.GetString("roleArn"),
                          .action_role = action.GetString("roleArn")};
  const Answer<Caller> role = ActionSession(context, roles, "poll");
  if (!role) return {};
  const json::Object& configuration = action.GetObject("configuration");
  const Answer<> head = context.CallAs(*role, context.region, "s3", "HeadObject",
                                       {{"Bucket", configuration.GetString("S3Bucket")},
                                        {"Key", configuration.GetString("S3ObjectKey")}});
  return head ? std::string(head->GetString("VersionId")) : std::string();
}

Answer<void> Poll(Context& context, const json::Object& payload) {
  const Record* found =
      context.store.Find(context.RegionScope(), kPipeline, payload.GetString("Pipeline"));
  if (!found || DeclarationOf(*found).GetInt("version") != payload.GetInt("Version")) return {};
  const Record pipeline = *found;
  const json::Object& declaration = DeclarationOf(pipeline);
  ScheduleNext(context, declaration);
  const json::Object& source = declaration.GetArray("stages").front().AsObject();
  for (const json::Value& item : source.GetArray("actions")) {
    const json::Object& action = item.AsObject();
    if (!IsPolled(action)) continue;
    const std::string version = LookAt(context, declaration, action);
    const std::string name(action.GetString("name"));
    // What was never seen is what the execution of CreatePipeline is about to take.
    const std::string_view seen = pipeline.body.GetObject("Seen").GetString(name);
    if (version.empty() || version == seen) continue;
    if (seen.empty() && !pipeline.body.GetArray("Active").empty()) continue;
    return Change(context, pipeline.id, [&](Progress& progress) -> Answer<void> {
      Part(progress.pipeline(), "Seen").Set(name, version);
      const StartOrder order{.trigger_type = "PollForSourceChanges",
                             .trigger_detail = {},
                             .variables = {},
                             .sources = {}};
      TL_DO(progress.Start(order));
      return {};
    });
  }
  return {};
}

}  // namespace

void SchedulePoll(Context& context, const json::Object& declaration) {
  const json::Object& source = declaration.GetArray("stages").front().AsObject();
  for (const json::Value& action : source.GetArray("actions")) {
    if (IsPolled(action.AsObject())) return ScheduleNext(context, declaration);
  }
}

}  // namespace codepipeline

constinit const JobKind kPollSourcesJob{.name = "codepipeline.poll-sources",
                                        .run = codepipeline::Poll};

}  // namespace trunkline::cloud
