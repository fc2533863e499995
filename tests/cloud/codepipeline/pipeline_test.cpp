#include "tests/cloud/codepipeline/pipeline_test.h"

#include <utility>

#include "base/json_write.h"
#include "base/zip.h"

namespace trunkline::cloud::tests {

PipelineTest::PipelineTest(CloudOptions options) : CloudTest(std::move(options)) {
  Role("pipeline", {{"Service", "codepipeline.amazonaws.com"}});
  for (const char* bucket : {"artifact-bucket", "source-bucket", "site-bucket"}) {
    Do("s3", "CreateBucket",
       {{"Bucket", bucket},
        {"CreateBucketConfiguration", json::Object{{"LocationConstraint", region()}}}});
  }
  Do("s3", "PutBucketVersioning",
     {{"Bucket", "source-bucket"},
      {"VersioningConfiguration", json::Object{{"Status", "Enabled"}}}});
  PutSource("hello");
}

void PipelineTest::Role(std::string_view name, json::Object principal) {
  json::Object statement{
      {"Effect", "Allow"}, {"Principal", std::move(principal)}, {"Action", "sts:AssumeRole"}};
  const json::Object policy{{"Version", "2012-10-17"},
                            {"Statement", json::Array{std::move(statement)}}};
  Do("iam", "CreateRole", {{"RoleName", name}, {"AssumeRolePolicyDocument", json::Write(policy)}});
}

namespace {

// Whether an action or a rule is being run at this moment.
bool IsBusy(Store& store, TimePoint now) {
  for (const auto& [scope, record] : store.ListEverywhere({"cloud", "job"})) {
    if (record->name.starts_with("codepipeline.") &&
        record->body.GetInt("Due") <= now.time_since_epoch().count()) {
      return true;
    }
  }
  return false;
}

}  // namespace

void PipelineTest::Settle() {
  constexpr int kRounds = 20;
  for (int round = 0; round < kRounds; ++round) {
    Advance(Milliseconds(50));
    if (!IsBusy(store(), clock().Now())) return;
    // Hashing of bodies is done by worker threads, in real time.
    loop().restart();
    loop().run_one_for(std::chrono::milliseconds(50));
  }
}

json::Object PipelineTest::Type(std::string_view category, std::string_view provider,
                                std::string_view owner) {
  return {{"category", category}, {"owner", owner}, {"provider", provider}, {"version", "1"}};
}

json::Object PipelineTest::Action(std::string_view name, json::Object type,
                                  json::Object configuration, std::string_view input,
                                  std::string_view output) {
  json::Object action{{"name", name},
                      {"actionTypeId", std::move(type)},
                      {"configuration", std::move(configuration)}};
  if (!input.empty()) action.Set("inputArtifacts", List(json::Object{{"name", input}}));
  if (!output.empty()) action.Set("outputArtifacts", List(json::Object{{"name", output}}));
  return action;
}

json::Object PipelineTest::Stage(std::string_view name, json::Array actions) {
  return {{"name", name}, {"actions", std::move(actions)}};
}

json::Object PipelineTest::Source() {
  json::Object source = Action("Get", Type("Source", "S3"),
                               {{"S3Bucket", "source-bucket"},
                                {"S3ObjectKey", "site.zip"},
                                {"PollForSourceChanges", "false"}},
                               {}, "src");
  source.Set("namespace", "Src");
  return source;
}

json::Object PipelineTest::Approval(std::string_view name) {
  return Action(name, Type("Approval", "Manual"), {{"CustomData", "look at it"}});
}

json::Object PipelineTest::Deploy(std::string_view name) {
  return Action(name, Type("Deploy", "S3"), {{"BucketName", "site-bucket"}, {"Extract", "true"}},
                "src");
}

json::Object PipelineTest::Pipeline(json::Array stages, std::string_view mode) {
  json::Array all;
  all.emplace_back(Stage("Source", List(Source())));
  for (json::Value& stage : stages) all.push_back(std::move(stage));
  return {{"name", "site"},
          {"roleArn", RoleArn()},
          {"pipelineType", "V2"},
          {"executionMode", mode},
          {"artifactStore", json::Object{{"type", "S3"}, {"location", "artifact-bucket"}}},
          {"stages", std::move(all)}};
}

std::string PipelineTest::Create(const json::Object& pipeline) {
  Do("codepipeline", "CreatePipeline", {{"pipeline", pipeline}});
  const json::Object listed = DoPipeline("ListPipelineExecutions");
  const json::Array& summaries = listed.GetArray("pipelineExecutionSummaries");
  if (summaries.empty()) return {};
  return std::string(summaries.front().AsObject().GetString("pipelineExecutionId"));
}

std::string PipelineTest::Start(json::Object input) {
  input.Set("name", "site");
  return std::string(
      Do("codepipeline", "StartPipelineExecution", input).GetString("pipelineExecutionId"));
}

Answered PipelineTest::AskPipeline(std::string_view operation, json::Object input) {
  input.Set("pipelineName", "site");
  return Ask("codepipeline", operation, input);
}

json::Object PipelineTest::DoPipeline(std::string_view operation, json::Object input) {
  Answered answered = AskPipeline(operation, std::move(input));
  EXPECT_THAT(answered, Succeeds()) << "of codepipeline:" << operation;
  return std::move(answered.output);
}

void PipelineTest::PutSource(std::string_view text) {
  std::vector<ZipEntry> entries;
  entries.push_back({.name = "index.html", .bytes = std::string(text)});
  Do("s3", "PutObject",
     {{"Bucket", "source-bucket"}, {"Key", "site.zip"}, {"Body", *WriteZip(std::move(entries))}});
}

void PipelineTest::Approve(std::string_view stage, std::string_view status,
                           std::string_view action) {
  const json::Object state = ActionState(stage, action);
  DoPipeline("PutApprovalResult",
             {{"stageName", stage},
              {"actionName", action},
              {"token", state.GetObject("latestExecution").GetString("token")},
              {"result", json::Object{{"summary", "seen"}, {"status", status}}}});
  Settle();
}

std::string PipelineTest::Status(const std::string& execution) {
  const json::Object got = DoPipeline("GetPipelineExecution", {{"pipelineExecutionId", execution}});
  return std::string(got.GetObject("pipelineExecution").GetString("status"));
}

json::Object PipelineTest::StageState(std::string_view stage) {
  const json::Object state = Do("codepipeline", "GetPipelineState", {{"name", "site"}});
  for (const json::Value& one : state.GetArray("stageStates")) {
    if (one.AsObject().GetString("stageName") == stage) return one.AsObject();
  }
  return {};
}

std::string PipelineTest::StageStatus(std::string_view stage) {
  return std::string(StageState(stage).GetObject("latestExecution").GetString("status"));
}

json::Object PipelineTest::ActionState(std::string_view stage, std::string_view action) {
  const json::Object state = StageState(stage);
  for (const json::Value& one : state.GetArray("actionStates")) {
    if (one.AsObject().GetString("actionName") == action) return one.AsObject();
  }
  return {};
}

std::string PipelineTest::SiteText() {
  const Answered got = Ask("s3", "GetObject", {{"Bucket", "site-bucket"}, {"Key", "index.html"}});
  if (!got.ok()) return got.code;
  return trunkline::tests::ReadFileOrDie(got.response.file->path);
}

json::Object PipelineTest::Run(std::string_view action) {
  const json::Object listed = DoPipeline("ListActionExecutions");
  for (const json::Value& one : listed.GetArray("actionExecutionDetails")) {
    if (one.AsObject().GetString("actionName") == action) return one.AsObject();
  }
  return {};
}

std::string PipelineTest::RoleArn(std::string_view name) const {
  return fmt::format("arn:aws:iam::{}:role/{}", account(), name);
}

json::Array List(json::Object one) {
  json::Array list;
  list.emplace_back(std::move(one));
  return list;
}

json::Array List(json::Object one, json::Object two) {
  json::Array list = List(std::move(one));
  list.emplace_back(std::move(two));
  return list;
}

json::Array List(json::Object one, json::Object two, json::Object three) {
  json::Array list = List(std::move(one), std::move(two));
  list.emplace_back(std::move(three));
  return list;
}

}  // namespace trunkline::cloud::tests
