#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/text.h"
#include "stacks/delivery_time.h"
#include "stacks/names.h"
#include "stacks/pipeline_stages.h"
#include "stacks/region_stage.h"
#include "stacks/synth.h"

namespace trunkline::stacks {
namespace {

// The limits of the names that are made of an environment's: buckets have 63 characters, of which
// the longest Region, the account and the prefix take the rest.
constexpr std::size_t kLongestBucket = 63;
constexpr std::size_t kLongestPipeline = 100;
constexpr std::size_t kLongestStack = 128;
// ParameterOverrides has 1 KB, and each Region's key takes a hundred bytes of it.
constexpr std::size_t kMostRegions = 8;

constexpr std::string_view kBranchCharacters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.@_-/";

class Check {
 public:
  explicit Check(const center::Center& center) : center_(center) {}

  Findings Run() {
    if (!center_.tooling) {
      Say("TL-S001", {},
          "amzconnect-devops-pipelines/env/devops.json is missing, it names the "
          "tooling account and the repository",
          "'trunkline init' writes one to start from");
      return std::move(findings_);
    }
    CheckTooling();
    CheckInstance();
    for (const center::Environment& environment : center_.environments) {
      if (environment.enabled) CheckEnvironment(environment);
    }
    CheckUserStacks();
    return std::move(findings_);
  }

 private:
  void Say(std::string_view code, const Place& place, std::string message, std::string hint) {
    findings_.push_back(center::FindingAt(center_, Severity::kError, code, place,
                                          std::move(message), std::move(hint)));
  }

  void CheckAccount(const center::Text& account) {
    if (account->find('X') == std::string::npos) return;
    Say("TL-S002", account.place, "expected an account of 12 digits but this is a placeholder",
        "write the account's id, or set \"enabled\": false");
  }

  void CheckInstance() {
    if (center_.instance) return;
    for (const std::string_view project : {"instance", "contact-flows"}) {
      if (!center_.HasProject(project)) continue;
      Say("TL-S001", {},
          fmt::format("amzconnect-instance/lib/instance-stack/configuration.json is missing, the "
                      "pipeline of amzconnect-{} needs the instance's name",
                      project),
          "'trunkline init' writes one to start from");
      return;
    }
  }

  void CheckTooling() {
    CheckAccount(center_.tooling->account);
    CheckBranch(center_.settings.pipelines.tooling_branch, "devops-pipelines");
    const ToolingView view = MakeToolingView(center_);
    if (view.regions.size() <= kMostRegions) return;
    Say("TL-S003", center_.tooling->region.place,
        fmt::format(
            "the pipelines use {} Regions, one pipeline can update the artifact stores of {}",
            view.regions.size(), kMostRegions),
        "disable an environment, or split the center");
  }

  void CheckBranch(const center::Text& branch, std::string_view project) {
    const std::size_t bad = branch->find_first_not_of(kBranchCharacters);
    if (bad != std::string::npos) {
      Say("TL-S003", branch.place,
          fmt::format("branch '{}' holds '{}', which the name of a pipeline cannot", *branch,
                      branch->substr(bad, 1)),
          "letters, digits, '.', '@', '_', '-' and '/' are fine");
    }
    const std::string name = PipelineName(project, *branch);
    if (name.size() > kLongestPipeline) {
      Say("TL-S003", branch.place,
          fmt::format("the pipeline's name '{}' has {} characters, CodePipeline takes {}", name,
                      name.size(), kLongestPipeline),
          "choose a shorter branch");
    }
  }

  void CheckEnvironment(const center::Environment& environment) {
    CheckAccount(environment.account);
    CheckBranch(environment.branch, "supporting-infra");
    CheckBuckets(environment);
    CheckTime(environment);
    Once(ToLower(*environment.name), "environment", environment.name);
    Once(LogicalId({*environment.name}), "environment", environment.name);
    Once("branch " + PipelineName("", *environment.branch), "branch", environment.branch);
  }

  void CheckBuckets(const center::Environment& environment) {
    for (const center::Text& region : environment.regions) {
      const std::string bucket =
          TargetBucket(kInstanceBucket, *environment.name, *environment.account, *region);
      if (bucket.size() <= kLongestBucket) continue;
      Say("TL-S003", environment.name.place,
          fmt::format("the bucket's name '{}' has {} characters, Amazon S3 takes {}", bucket,
                      bucket.size(), kLongestBucket),
          "choose a shorter name for the environment");
      return;
    }
  }

  // Each Region's shift is waited for by the pipelines after it.
  void CheckTime(const center::Environment& environment) {
    const int minutes = DeliverMinutes(center_, environment);
    if (minutes <= kMostBuildMinutes) return;
    Say("TL-S005", environment.name.place,
        fmt::format("deliveries to environment '{}' may take {} minutes, CodeBuild gives a build "
                    "{}: functions shift their callers for {} minutes in each of {} Regions",
                    *environment.name, minutes, kMostBuildMinutes,
                    ShiftMinutes(center_, environment), environment.regions.size()),
        "choose a shorter 'deploymentPreference'");
  }

  void Once(const std::string& made, std::string_view what, const center::Text& written) {
    const auto [seen, fresh] = seen_.emplace(made, *written);
    if (fresh || seen->second == *written) return;
    Say("TL-S004", written.place,
        fmt::format("{} '{}' and {} '{}' give the same names in AWS", what, *written, what,
                    seen->second),
        "choose names that differ in more than '/', '-' and upper case");
  }

  void CheckUserStacks() {
    std::map<std::string, std::string> files;
    for (const std::string_view project : {"supporting-infra", "lambdas"}) {
      for (const center::UserTemplate* user : TemplatesOf(center_, project))
        CheckUserStack(*user, files);
    }
  }

  void CheckUserStack(const center::UserTemplate& user, std::map<std::string, std::string>& files) {
    const std::string stack = UserStack(user, "");
    const auto [other, fresh] = files.emplace(stack, user.file);
    if (!fresh) {
      Say("TL-S004", {.file = user.file},
          fmt::format("'{}' and '{}' would be the same stack", user.file, other->second),
          "rename one of the files");
    }
    if (stack.size() + 20 <= kLongestStack) return;
    Say("TL-S003", {.file = user.file},
        fmt::format("the stack's name '{}...' is too long, CloudFormation takes {} characters",
                    stack, kLongestStack),
        "rename the file");
  }

  const center::Center& center_;
  Findings findings_;
  std::map<std::string, std::string> seen_;
};

}  // namespace

Findings CheckSynth(const center::Center& center) {
  return Check(center).Run();
}

}  // namespace trunkline::stacks
