#include "stacks/target_stacks.h"

#include <fmt/format.h>

#include "base/text.h"
#include "stacks/buckets.h"
#include "stacks/lambda_function.h"
#include "stacks/names.h"
#include "stacks/permissions.h"
#include "stacks/policy.h"

namespace trunkline::stacks {
namespace {

json::Object BoundaryArn() {
  return Arn(fmt::format("iam::${{AWS::AccountId}}:policy/trunkline/{}", kBoundary));
}

OwnNames NamesIn(const center::Center& center, const center::Environment& environment) {
  const std::string& name = *environment.name;
  return {
      .instance = fmt::format("{}-{}-${{AWS::Region}}*", ToLower(*center.instance->alias), name),
      .bucket = ToLower(fmt::format("{}-{}-", *center.instance->bucket, name)) + "${AWS::Region}"};
}

void AddDeliveries(Template& stack, std::string_view prefix,
                   const center::Environment& environment) {
  const std::string name =
      fmt::format("{}-{}-${{AWS::AccountId}}-${{AWS::Region}}", prefix, ToLower(*environment.name));
  AddBucket(stack, "Bucket", {.name = Sub(name), .key_arn = nullptr, .days = 90});
  stack.AddOutput("BucketName", "Where the pipeline puts the monorepo.", Ref("Bucket"));
}

json::Object ReadDeliveries() {
  return Allow("ReadDeliveries", {"s3:GetObject"}, Sub("${Bucket.Arn}/*"));
}

json::Object InvokeFunction() {
  return Allow("InvokeFunction", {"lambda:InvokeFunction"}, GetAtt("Function", "Arn"));
}

void AddMachine(Template& stack, std::string name, json::Object definition) {
  stack.Add("MachineRole",
            Role({.name = nullptr,
                  .description = fmt::format("The role of the workflow {}.", name),
                  .trust = TrustService(
                      "states",
                      Arn(fmt::format("states:${{AWS::Region}}:${{AWS::AccountId}}:stateMachine:{}",
                                      name))),
                  .statements = List({InvokeFunction()}),
                  .boundary = BoundaryArn()}));
  json::Object properties{{"StateMachineName", std::move(name)},
                          {"RoleArn", GetAtt("MachineRole", "Arn")}};
  properties.Set("Definition", std::move(definition));
  properties.Set("DefinitionSubstitutions",
                 json::Object{{"FunctionArn", GetAtt("Function", "Arn")}});
  stack.Add("Machine",
            {.type = "AWS::StepFunctions::StateMachine", .properties = std::move(properties)});
  stack.AddOutput("StateMachineArn", "The workflow that the pipeline starts.", Ref("Machine"));
  stack.AddOutput("FunctionName", "The function that does the work.", Ref("Function"));
}

// The workshop's systems read the machine's ARN there.
void AddMachineParameter(Template& stack) {
  json::Object properties{{"Name", "AmazonConnectStateMachineArn"},
                          {"Type", "String"},
                          {"Description", "The workflow that makes the instance."},
                          {"Value", Ref("Machine")}};
  stack.Add("MachineParameter",
            {.type = "AWS::SSM::Parameter", .properties = std::move(properties)});
}

void AddBucketParameter(Template& stack) {
  json::Object properties{{"Name", "AmazonConnectFlowBucket"},
                          {"Type", "String"},
                          {"Description", "Where the pipeline puts the flows."},
                          {"Value", Ref("Bucket")}};
  stack.Add("BucketParameter",
            {.type = "AWS::SSM::Parameter", .properties = std::move(properties)});
}

// The custom resource for templates of the user's own: it is here because the instance comes first.
void AddAssociation(Template& stack, std::string_view environment) {
  AddFunction(stack, "Association",
              {.handler = "association",
               .name = AssociationFunction(environment),
               .description = "Lets the instance use functions and bots of users' own templates.",
               .timeout_seconds = 120,
               .memory_mb = 128,
               .environment = {},
               .statements = AssociationPermissions(),
               .role_name = nullptr,
               .boundary = BoundaryArn()});
  stack.AddOutput("AssociationArn", "ServiceToken of custom resources Custom::Association.",
                  GetAtt("Association", "Arn"));
}

}  // namespace

Template MakeInstanceStack(const center::Center& center, const center::Environment& environment) {
  const std::string& name = *environment.name;
  const OwnNames names = NamesIn(center, environment);
  Template stack(fmt::format("Trunkline: the workflow that makes the instance of {}.", name));
  AddCodeParameters(stack);
  AddDeliveries(stack, kInstanceBucket, environment);
  json::Array statements = List({ReadDeliveries()});
  Append(statements, ReadInstancePermissions());
  Append(statements, ReadStoragePermissions(names));
  Append(statements, InstancePermissions(names));
  Append(statements, List({HoursPermissions(), TagPermissions()}));
  AddFunction(stack, "Function",
              {.handler = "instance",
               .name = InstanceFunction(name),
               .description = "The steps of the instance workflow.",
               .timeout_seconds = 60,
               .environment = {},
               .statements = std::move(statements),
               .role_name = nullptr,
               .boundary = BoundaryArn()});
  AddMachine(stack, InstanceStack(name), InstanceMachine());
  AddMachineParameter(stack);
  AddAssociation(stack, name);
  return stack;
}

Template MakeContactFlowsStack(const center::Center& center,
                               const center::Environment& environment) {
  const std::string& name = *environment.name;
  const OwnNames names = NamesIn(center, environment);
  Template stack(fmt::format("Trunkline: the flow bucket and the provisioner of {}.", name));
  AddCodeParameters(stack);
  AddDeliveries(stack, kFlowBucket, environment);
  json::Array statements = List({ReadDeliveries(), Allow("KeepReports", {"s3:PutObject"},
                                                         Sub("${Bucket.Arn}/*.report.json"))});
  Append(statements, ReadInstancePermissions());
  Append(statements, ReadStoragePermissions(names));
  Append(statements, ReadCenterPermissions(names));
  statements.emplace_back(FindAliasesPermissions());
  Append(statements, List({TagPermissions(), FlowPermissions()}));
  Append(statements, UsePermissions(names));
  Append(statements, MapPermissions(names, BoundaryArn()));
  Append(statements, UndoMapPermissions(names));
  AddFunction(stack, "Function",
              {.handler = "flow-provisioner",
               .name = ProvisionerFunction(name),
               .description = "Delivers the flows of a commit to the instance of its Region.",
               .timeout_seconds = 900,
               .memory_mb = 512,
               .environment = json::Object{{"TRUNKLINE_PERMISSIONS_BOUNDARY", BoundaryArn()}},
               .statements = std::move(statements),
               .role_name = nullptr,
               .boundary = BoundaryArn()});
  AddMachine(stack, ContactFlowsStack(name), ProvisionMachine());
  AddBucketParameter(stack);
  return stack;
}

}  // namespace trunkline::stacks
