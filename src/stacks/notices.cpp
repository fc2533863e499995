// Who is told: the e-mail address of devops.json, about approvals and failed pipelines.
#include <fmt/format.h>

#include "stacks/names.h"
#include "stacks/policy.h"
#include "stacks/tooling_parts.h"

namespace trunkline::stacks {
namespace {

void AddTopic(Template& stack, const ToolingView& view) {
  json::Object mail{{"Protocol", "email"}, {"Endpoint", *view.tooling.email}};
  json::Object properties{{"TopicName", kTopic}, {"DisplayName", "Contact center pipelines"}};
  properties.Set("Subscription", List({mail}));
  stack.Add("Topic", {.type = "AWS::SNS::Topic", .properties = std::move(properties)});
}

// The pipelines' roles are of this account and need no statement here.
void AddTopicPolicy(Template& stack) {
  json::Object publish = Allow("LetFailuresPublish", {"sns:Publish"}, Ref("Topic"),
                               Condition("ArnEquals", "aws:SourceArn", GetAtt("OnFailure", "Arn")));
  publish.Set("Principal", json::Object{{"Service", "events.amazonaws.com"}});
  json::Array topics;
  topics.emplace_back(Ref("Topic"));
  json::Object properties;
  properties.Set("Topics", std::move(topics));
  properties.Set("PolicyDocument", Document(List({publish})));
  stack.Add("TopicPolicy", {.type = "AWS::SNS::TopicPolicy", .properties = std::move(properties)});
}

json::Object FailurePattern() {
  json::Object ours{{"prefix", "amzconnect-"}};
  return {{"source", json::Array{"aws.codepipeline"}},
          {"detail-type", json::Array{"CodePipeline Pipeline Execution State Change"}},
          {"detail",
           json::Object{{"state", json::Array{"FAILED"}}, {"pipeline", List({std::move(ours)})}}}};
}

void AddFailureRule(Template& stack) {
  json::Object transformer{
      {"InputPathsMap",
       json::Object{{"execution", "$.detail.execution-id"}, {"pipeline", "$.detail.pipeline"}}},
      {"InputTemplate",
       "\"Pipeline <pipeline> failed. 'trunkline pipelines logs <pipeline>' shows why; "
       "'trunkline pipelines retry <pipeline>' runs what failed again. Execution <execution>.\""}};
  json::Object target{{"Id", "topic"}, {"Arn", Ref("Topic")}};
  target.Set("InputTransformer", std::move(transformer));
  json::Object properties{{"Name", "amzconnect-pipeline-failed"},
                          {"Description", "Tells of every failed execution of a pipeline."}};
  properties.Set("EventPattern", FailurePattern());
  properties.Set("Targets", List({target}));
  stack.Add("OnFailure", {.type = "AWS::Events::Rule", .properties = std::move(properties)});
}

}  // namespace

void AddNotices(Template& stack, const ToolingView& view) {
  AddTopic(stack, view);
  AddFailureRule(stack);
  AddTopicPolicy(stack);
  stack.AddOutput("TopicArn", "Approvals and failures are told here.", Ref("Topic"));
}

}  // namespace trunkline::stacks
