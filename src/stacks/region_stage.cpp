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

  // `file` of the artifact `from` becomes the stack.
  void AddStack(std::string name, std::string stack, std::string_view from, std::string_view file,
                bool with_program) {
    json::Object configuration{{"ActionMode", "CREATE_UPDATE"},
                               {"StackName", std::move(stack)},
                               {"TemplatePath", fmt::format("{}::{}", from, file)},
                               {"Capabilities", "CAPABILITY_NAMED_IAM,CAPABILITY_AUTO_EXPAND"},
                               {"RoleArn", RoleArn(region_, Account(), StackRole(Environment()))}};
    std::vector<std::string_view> inputs = {from};
    if (with_program) {
      inputs.push_back("Program");
      configuration.Set("ParameterOverrides", ProgramParameters());
    }
    Add({.name = std::move(name),
         .category = "Deploy",
         .provider = "CloudFormation",
         .configuration = std::move(configuration),
         .inputs = std::move(inputs)},
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

// Paths of templates as the source artifact has them: below the monorepo's folder.
std::string BelowMonorepo(const center::Center& center, const std::string& file) {
  if (center.folder == "." || !file.starts_with(center.folder + "/")) return file;
  return file.substr(center.folder.size() + 1);
}

void AddInstance(RegionActions& actions, const std::string& environment) {
  const std::string stack = InstanceStack(environment);
  actions.AddStack("Stack", stack, "Templates", stack + ".template.json", true);
  actions.Then();
  actions.AddUpload(kInstanceBucket);
  actions.Then();
  actions.AddWorkflow("Instance", stack, kInstanceBucket);
}

void AddContactFlows(RegionActions& actions, const std::string& environment) {
  const std::string stack = ContactFlowsStack(environment);
  actions.AddBuild("Wait");
  actions.AddStack("Stack", stack, "Templates", stack + ".template.json", true);
  actions.Then();
  actions.AddUpload(kFlowBucket);
  actions.Then();
  actions.AddWorkflow("Provision", stack, kFlowBucket);
}

void AddProject(RegionActions& actions, const PipelineSpec& spec) {
  const center::Center& center = spec.view.center;
  for (const center::UserTemplate* user : TemplatesOf(center, spec.project)) {
    const std::string stack = UserStack(*user, *spec.environment->name);
    actions.AddStack(stack, stack, "Source", BelowMonorepo(center, user->file), false);
    actions.Then();
  }
  actions.AddBuild("Deliver");
}

}  // namespace

std::vector<const center::UserTemplate*> TemplatesOf(const center::Center& center,
                                                     std::string_view project) {
  std::vector<const center::UserTemplate*> templates;
  for (const center::UserTemplate& user : center.templates) {
    if (user.project == project) templates.push_back(&user);
  }
  std::ranges::sort(templates, {}, [](const center::UserTemplate* user) { return user->file; });
  return templates;
}

json::Object RegionStage(const PipelineSpec& spec, std::string_view region) {
  RegionActions actions(spec, region);
  const std::string& environment = *spec.environment->name;
  if (spec.project == "instance") {
    AddInstance(actions, environment);
  } else if (spec.project == "contact-flows") {
    AddContactFlows(actions, environment);
  } else {
    AddProject(actions, spec);
  }
  return Stage(fmt::format("Deploy-{}", region), actions.Take());
}

}  // namespace trunkline::stacks
