#include "app/story.h"

#include <algorithm>

#include "app/bootstrap.h"
#include "app/cloud_post.h"
#include "app/deliver_text.h"
#include "app/demo_call.h"
#include "app/demo_cloud.h"
#include "app/git_checkout.h"
#include "app/quiet_progress.h"
#include "app/story_flows.h"
#include "app/story_pushes.h"
#include "app/webhook_create.h"
#include "base/finding_text.h"
#include "base/text.h"

namespace trunkline::app {
namespace {

constexpr std::string_view kFlowFile = "amzconnect-contact-flows/lib/callflows/ACME_Main.json";
constexpr std::string_view kQuestion = "Which department do you want to talk to, sales or finance?";
constexpr std::string_view kNewQuestion = "Shall we talk about sales or finance?";

struct Story : DemoRun {
  std::string repository_url;
  HookReport hook;

  ToolingArgs tooling() const {
    return {.folder = outcome.folder, .endpoint_url = outcome.endpoint, .profile = {}};
  }
  WebhookArgs webhook() const {
    WebhookArgs found;
    found.folder = outcome.folder;
    found.endpoint_url = outcome.endpoint;
    return found;
  }
  DemoCenter center(std::string_view environment) const {
    return {.endpoint = outcome.endpoint,
            .folder = outcome.folder,
            .environment = std::string(environment)};
  }
};

// ---- the system

Result<void> PrepareAccounts(Story& story) {
  BootstrapArgs args;
  args.folder = story.outcome.folder;
  args.endpoint_url = story.outcome.endpoint;
  const Tell quiet = [](const std::string&) {};
  TL_TRY(const BootstrapReport accounts, Bootstrap(story.world, args, quiet));
  if (!accounts.ok())
    return Error(ErrorKind::kInvalid, "the template does not load:\n{}", ToText(accounts.findings));
  story.steps.Done("prepared the tooling account and {} target accounts: {} stacks",
                   std::count_if(accounts.stacks.begin(), accounts.stacks.end(),
                                 [](const StackReport& stack) {
                                   return stack.stack.starts_with("amzconnect-roles-");
                                 }),
                   accounts.stacks.size());
  TL_DO(story.MayGoOn());
  TL_TRY(const BootstrapReport pipelines, DeployPipelines(story.world, args, quiet));
  TL_TRY(const std::vector<ExecutionStatus> list, ListPipelines(story.world, story.tooling()));
  story.steps.Done(
      "deployed {} pipelines and the webhook {}", list.size(),
      pipelines.outputs.contains("PayloadUrl") ? pipelines.outputs.at("PayloadUrl") : "");
  return story.MayGoOn();
}

Result<void> MakeRepository(Story& story) {
  TL_TRY(const auto tooling, OpenTooling(story.world, story.tooling()));
  const std::string name = fmt::format("{}/{}", tooling->center.tooling->owner.value,
                                       tooling->center.tooling->repo.value);
  TL_DO(PostToCloud(story.world, story.outcome.endpoint, "/_trunkline/repositories",
                    {{"full_name", name}}, "a repository"));
  story.repository_url = fmt::format("{}/_trunkline/git/{}.git", story.outcome.endpoint, name);
  TL_TRY(story.hook, RunWebhookCreate(story.world, story.webhook()));
  story.steps.Done("made the repository {} with a signed webhook", name);
  return {};
}

// ---- pushes

// "instance, lambdas": without what every name of the branch has.
std::string Projects(const std::vector<std::string>& pipelines, std::string_view branch) {
  std::vector<std::string> projects;
  for (const std::string& name : pipelines) {
    projects.push_back(name.substr(kPipelinePrefix.size(),
                                   name.size() - kPipelinePrefix.size() - branch.size() - 1));
  }
  return Join(projects, ", ");
}

struct Pushed {
  std::string branch;
  std::string commit;
  std::vector<std::string> pipelines;
};

Result<Pushed> Push(Story& story, const GitCheckout& checkout, const std::string& commit,
                    const std::string& branch, std::string_view what) {
  TL_DO(checkout.Push(story.repository_url, branch));
  Pushed pushed{.branch = branch, .commit = commit, .pipelines = {}};
  TL_TRY(pushed.pipelines, StartedBy(story.world, story.webhook(), story.hook, branch, commit));
  story.steps.Done("pushed {} to {}: the router started {}", what, branch,
                   Projects(pushed.pipelines, branch));
  return pushed;
}

Result<void> Deliver(Story& story, const Pushed& pushed, bool approve) {
  for (const std::string& pipeline : pushed.pipelines) {
    TL_DO(story.MayGoOn());
    TL_TRY(const ExecutionStatus status, Finish(story.world, story.tooling(), pipeline, approve));
    const std::string project = Projects({pipeline}, pushed.branch);
    if (status.status != "Succeeded") {
      const StageStatus* at = status.At();
      std::string why;
      for (const ActionStatus& action : at ? at->actions : std::vector<ActionStatus>())
        why += action.status == "Failed" ? action.message : "";
      return Error(ErrorKind::kConflict, "pipeline '{}' is {} in stage {}: {}", pipeline,
                   status.status, at ? at->name : "none", why);
    }
    std::vector<std::string> regions;
    for (const StageStatus& stage : status.stages) {
      constexpr std::string_view kDeploy = "Deploy-";
      if (stage.name.starts_with(kDeploy)) regions.push_back(stage.name.substr(kDeploy.size()));
    }
    story.steps.Done("{}: {}{}", project,
                     approve ? "approved, then delivered to " : "delivered to ",
                     Join(regions, ", "));
  }
  return {};
}

Result<PlacedCall> Call(Story& story, std::string_view environment, const std::string& number) {
  TL_TRY(PlacedCall call,
         PlaceDemoCall(story.world, story.outcome.endpoint, number, story.args.say));
  story.steps.Done("called {} in {} and said '{}': {}", number, environment, story.args.say,
                   call.queue.empty() ? "no queue" : "queue " + call.queue);
  return call;
}

// One owner for each resource: what the pipelines delivered is what `apply` would.
Result<void> PlanFromHere(Story& story) {
  DeliverArgs args;
  args.folder = story.outcome.folder;
  args.environment = "dev";
  args.endpoint_url = story.outcome.endpoint;
  args.plan_only = true;
  QuietProgress progress;
  TL_TRY(const DeliverReport report, Deliver(story.world, args, progress));
  std::size_t changes = 0;
  for (const RegionReport& region : report.regions) changes += region.plan.CountShown();
  if (!report.ok() || changes > 0)
    return Error(ErrorKind::kConflict, "'trunkline plan' would change what was delivered:\n{}",
                 ToText(report));
  story.steps.Done("planned from this machine: nothing to change");
  return {};
}

// ---- the chapters

Result<void> Development(Story& story, const GitCheckout& checkout) {
  story.Heading("A push to develop");
  TL_TRY(const std::string commit, checkout.Commit("The ACME center"));
  TL_TRY(const Pushed pushed, Push(story, checkout, commit, "develop", "the center"));
  TL_DO(Deliver(story, pushed, false));
  TL_TRY(story.outcome.number, ClaimDemoNumber(story.world, story.center("dev"), "ACME_Main"));
  story.steps.Done("claimed {} and attached it to ACME_Main", story.outcome.number);
  TL_DO(story.MayGoOn());
  TL_TRY(PlacedCall call, Call(story, "dev", story.outcome.number));
  TL_DO(PlanFromHere(story));
  story.tell("\n" + call.transcript);
  story.outcome.transcript = std::move(call.transcript);
  story.outcome.queue = std::move(call.queue);
  return story.MayGoOn();
}

Result<void> Edit(Story& story, std::string_view what, std::string_view by) {
  const std::string path = JoinPath(story.outcome.folder, kFlowFile);
  TL_TRY(const std::string text, story.world.files.Read(path));
  const std::string edited = Replace(text, what, by);
  if (edited == text)
    return Error(ErrorKind::kNotFound, "'{}' does not hold '{}'", kFlowFile, what);
  return story.world.files.Write(path, edited);
}

Result<void> OneFlow(Story& story, const GitCheckout& checkout, std::string& commit) {
  story.Heading("One changed flow");
  TL_DO(Edit(story, kQuestion, kNewQuestion));
  TL_TRY(const FlowHashes before, ReadFlowHashes(story.world, story.center("dev")));
  TL_TRY(commit, checkout.Commit("Ask for the department in fewer words"));
  TL_TRY(const Pushed pushed, Push(story, checkout, commit, "develop", "one changed flow"));
  TL_DO(Deliver(story, pushed, false));
  TL_TRY(const FlowHashes after, ReadFlowHashes(story.world, story.center("dev")));
  story.steps.Done("of {} flows and modules only {} was updated", after.size(),
                   Join(ChangedFlows(before, after), ", "));
  TL_TRY(const PlacedCall call, Call(story, "dev", story.outcome.number));
  if (call.transcript.find(kNewQuestion) == std::string::npos)
    return Error(ErrorKind::kConflict, "the new question was delivered and is not heard:\n{}",
                 call.transcript);
  story.tell(fmt::format("         callers hear \"{}\"", kNewQuestion));
  return story.MayGoOn();
}

Result<void> Promote(Story& story, const GitCheckout& checkout, const std::string& commit) {
  story.Heading("To staging, and to production when a person agrees");
  TL_TRY(const Pushed staging, Push(story, checkout, commit, "staging", "the same commit"));
  TL_DO(Deliver(story, staging, false));
  TL_TRY(const Pushed production, Push(story, checkout, commit, "main", "it"));
  TL_DO(Deliver(story, production, true));
  return story.MayGoOn();
}

Result<void> Mistake(Story& story, const GitCheckout& checkout) {
  story.Heading("A mistake");
  TL_TRY(const std::string number, ClaimDemoNumber(story.world, story.center("prod"), "ACME_Main"));
  TL_TRY(const FlowHashes before, ReadFlowHashes(story.world, story.center("prod")));
  TL_DO(Edit(story, "${queue:ACME_Sales}", "${queue:ACME_Seles}"));
  TL_TRY(const std::string commit, checkout.Commit("Rename a queue in a hurry"));
  TL_TRY(const Pushed pushed,
         Push(story, checkout, commit, "main", "a flow that names no queue there is"));
  for (const std::string& pipeline : pushed.pipelines) {
    TL_TRY(const ExecutionStatus status, Finish(story.world, story.tooling(), pipeline, false));
    if (status.status != "Failed")
      return Error(ErrorKind::kConflict, "pipeline '{}' let a mistake pass: it is {}", pipeline,
                   status.status);
    story.steps.Done("{}: stopped in stage {}, before anybody was asked",
                     Projects({pipeline}, "main"), status.At()->name);
  }
  TL_DO(Edit(story, "${queue:ACME_Seles}", "${queue:ACME_Sales}"));
  TL_TRY(const FlowHashes after, ReadFlowHashes(story.world, story.center("prod")));
  TL_TRY(const PlacedCall call, Call(story, "prod", number));
  if (before != after || call.queue != story.outcome.queue)
    return Error(ErrorKind::kConflict, "production is not as it was; a call:\n{}", call.transcript);
  story.tell("         production is as it was");
  return {};
}

Result<void> Chapters(DemoRun& run) {
  Story story{{run}, {}};
  TL_DO(PrepareAccounts(story));
  TL_DO(MakeRepository(story));
  TL_TRY(const GitCheckout checkout,
         GitCheckout::Init(story.world, story.outcome.folder, "develop"));
  TL_DO(Development(story, checkout));
  std::string commit;
  TL_DO(OneFlow(story, checkout, commit));
  TL_DO(Promote(story, checkout, commit));
  return Mistake(story, checkout);
}

}  // namespace

Result<DemoOutcome> RunStory(AppWorld& world, const DemoArgs& args,
                             const std::function<void(const std::string&)>& tell) {
  tell("The system");
  return RunInDemoCloud(world, args, tell, Chapters);
}

}  // namespace trunkline::app
