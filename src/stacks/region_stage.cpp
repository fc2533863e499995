#include "stacks/region_stage.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/json_write.h"
#include "stacks/names.h"
#include "stacks/pipeline_action.h"

namespace trunkline::stacks {
namespace {

// In the target account, by the roles of the stack amzconnect-roles-<env>.
class RegionActions {
 public:
  RegionActions(const PipelineSpec& spec, std::string_view region) : spec_(spec), region_(region) {}

  // One that the build has synthesized.
  void AddStack(const std::string& stack) {
    json::Object configuration{{"ActionMode", "CREATE_UPDATE"},
                               {"StackName", stack},
                               {"TemplatePath", fmt::format("Templates::{}.template.json", stack)},
                               {"Capabilities", "CAPABILITY_NAMED_IAM,CAPABILITY_AUTO_EXPAND"},
                               {"RoleArn", RoleArn(region_, Account(), StackRole(Environment()))},
                               {"ParameterOverrides", ProgramParameters()}};
    Add({.name = "Stack",
         .category = "Deploy",
         .provider = "CloudFormation",
         .configuration = std::move(configuration),
         .inputs = {"Templates", "Program"}},
        true);
  }

  void AddUpload(std::string_view bucket) {
    json::Object configuration{
        {"BucketName", TargetBucket(bucket, Environment(), Account(), region_)},
        {"ObjectKey", "#{Source.CommitId}.zip"},
        {"Extract", "false"}};
    Add({.name = "Upload",
         .category = "Deploy",
         .provider = "S3",
         .configuration = std::move(configuration),
         .inputs = {"Source"}},
        true);
  }

  void AddWorkflow(std::string name, std::string_view machine, std::string_view bucket) {
    json::Object input{{"bucket", TargetBucket(bucket, Environment(), Account(), region_)},
                       {"key", "#{Source.CommitId}.zip"},
                       {"environment", Environment()},
                       {"commit", "#{Source.CommitId}"}};
    json::Object configuration{
        {"StateMachineArn", fmt::format("arn:{}:states:{}:{}:stateMachine:{}", PartitionOf(region_),
                                        region_, Account(), machine)},
        {"InputType", "Literal"},
        {"Input", json::Write(input)}};
    Add({.name = std::move(name),
         .category = "Invoke",
         .provider = "StepFunctions",
         .configuration = std::move(configuration)},
        true);
  }

  void AddBuild(std::string name) {
    json::Object configuration{
        {"ProjectName", Ref(LogicalId({"Deliver", Environment()}))},
        {"PrimarySource", "Source"},
        {"EnvironmentVariables", BuildVariables({{"TRUNKLINE_PROJECT", std::string(spec_.project)},
                                                 {"TRUNKLINE_REGION", region_},
                                                 {"TRUNKLINE_COMMIT", "#{Source.CommitId}"}})}};
    Add({.name = std::move(name),
         .category = "Build",
         .provider = "CodeBuild",
         .configuration = std::move(configuration),
         .inputs = {"Source", "Program"}},
        false);
  }

  // What is added from here on begins when all before has ended.
  void Then() { ++order_; }

  json::Array Take() { return std::move(actions_); }

 private:
  const std::string& Environment() const { return *spec_.environment->name; }
  const std::string& Account() const { return *spec_.environment->account; }

  static std::string ProgramParameters() {
    return R"({"CodeBucket":{"Fn::GetArtifactAtt":["Program","BucketName"]},)"
           R"("CodeKey":{"Fn::GetArtifactAtt":["Program","ObjectKey"]}})";
  }

  void Add(Action action, bool in_target) {
    action.order = order_;
    if (in_target) {
      action.region = region_;
      action.role = RoleArn(region_, Account(), DeployRole(Environment()));
    }
    actions_.emplace_back(ToJson(std::move(action)));
  }

  const PipelineSpec& spec_;
  std::string region_;
  int order_ = 1;
  json::Array actions_;
};

void AddInstance(RegionActions& actions, const std::string& environment) {
  const std::string stack = InstanceStack(environment);
  actions.AddStack(stack);
  actions.Then();
  actions.AddUpload(kInstanceBucket);
  actions.Then();
  actions.AddWorkflow("Instance", stack, kInstanceBucket);
}

void AddContactFlows(RegionActions& actions, const std::string& environment) {
  const std::string stack = ContactFlowsStack(environment);
  actions.AddBuild("Wait");
  actions.AddStack(stack);
  actions.Then();
  actions.AddUpload(kFlowBucket);
  actions.Then();
  actions.AddWorkflow("Provision", stack, kFlowBucket);
}

}  // namespace

json::Object RegionStage(const PipelineSpec& spec, std::string_view region) {
  RegionActions actions(spec, region);
  const std::string& environment = *spec.environment->name;
  if (spec.project == "instance") {
    AddInstance(actions, environment);
  } else if (spec.project == "contact-flows") {
    AddContactFlows(actions, environment);
  } else {
    actions.AddBuild("Deliver");
  }
  return Stage(fmt::format("Deploy-{}", region), actions.Take());
}

}  // namespace trunkline::stacks
