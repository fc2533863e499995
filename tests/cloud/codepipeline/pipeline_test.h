// PipelineTest: an embedded cloud with a role for pipelines, an artifact bucket and a versioned
// source bucket that holds site.zip.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/cloud/support/cloud_test.h"

namespace trunkline::cloud::tests {

class PipelineTest : public CloudTest {
 protected:
  explicit PipelineTest(CloudOptions options = {});

  // ---- what a pipeline is made of

  static json::Object Type(std::string_view category, std::string_view provider,
                           std::string_view owner = "AWS");
  static json::Object Action(std::string_view name, json::Object type, json::Object configuration,
                             std::string_view input = {}, std::string_view output = {});
  static json::Object Stage(std::string_view name, json::Array actions);
  // Source / S3 of source-bucket/site.zip without polling, its artifact "src", its namespace "Src".
  static json::Object Source();
  static json::Object Approval(std::string_view name = "Review");
  // Deploy / S3 of "src" into site-bucket.
  static json::Object Deploy(std::string_view name = "Copy");
  // Type V2, of a source stage and these.
  json::Object Pipeline(json::Array stages, std::string_view mode = "SUPERSEDED");

  // ---- verbs

  // Makes it; the id of the execution it starts with.
  std::string Create(const json::Object& pipeline);
  std::string Start(json::Object input = {});
  Answered AskPipeline(std::string_view operation, json::Object input = {});  // with pipelineName
  json::Object DoPipeline(std::string_view operation, json::Object input = {});
  void PutSource(std::string_view text);  // a new version of site.zip, with index.html
  // Until no action or rule runs any more, worker threads included, or a second has passed.
  void Settle();
  void Approve(std::string_view stage, std::string_view status = "Approved",
               std::string_view action = "Review");
  void Role(std::string_view name, json::Object principal);

  // ---- questions

  std::string Status(const std::string& execution);
  json::Object StageState(std::string_view stage);
  std::string StageStatus(std::string_view stage);  // of its latest execution
  json::Object ActionState(std::string_view stage, std::string_view action);
  std::string SiteText();  // what the deployed index.html holds
  // The newest run of an action, as ListActionExecutions shows it.
  json::Object Run(std::string_view action);
  std::string RoleArn(std::string_view name = "pipeline") const;
};

// A list of one action or stage: initializer lists copy.
json::Array List(json::Object one);
json::Array List(json::Object one, json::Object two);
json::Array List(json::Object one, json::Object two, json::Object three);

}  // namespace trunkline::cloud::tests
