#include "tests/cloud/codebuild/codebuild_test.h"

#include <chrono>

#include "base/json_write.h"
#include "base/text.h"

namespace trunkline::cloud::tests {
namespace {

constexpr std::chrono::seconds kPatience{60};

}  // namespace

CodebuildTest::CodebuildTest(CloudOptions options) : CloudTest(std::move(options)) {
  json::Object statement{{"Effect", "Allow"},
                         {"Principal", json::Object{{"Service", "codebuild.amazonaws.com"}}},
                         {"Action", "sts:AssumeRole"}};
  const json::Object policy{{"Version", "2012-10-17"},
                            {"Statement", json::Array{std::move(statement)}}};
  Do("iam", "CreateRole",
     {{"RoleName", "builder"}, {"AssumeRolePolicyDocument", json::Write(policy)}});
  json::Object place{{"LocationConstraint", "eu-central-1"}};
  Do("s3", "CreateBucket",
     {{"Bucket", "artifacts"}, {"CreateBucketConfiguration", std::move(place)}});
}

Answered CodebuildTest::AskBuild(std::string_view operation, const json::Object& input) {
  return Ask("codebuild", operation, input);
}

json::Object CodebuildTest::DoBuild(std::string_view operation, const json::Object& input) {
  return Do("codebuild", operation, input);
}

json::Object CodebuildTest::ProjectInput(std::string_view buildspec) {
  return {{"name", "demo"},
          {"source", json::Object{{"type", "NO_SOURCE"},
                                  {"buildspec", buildspec.empty() ? Commands({"true"})
                                                                  : std::string(buildspec)}}},
          {"artifacts", json::Object{{"type", "NO_ARTIFACTS"}}},
          {"environment", json::Object{{"type", "LINUX_CONTAINER"},
                                       {"image", "aws/codebuild/standard:7.0"},
                                       {"computeType", "BUILD_GENERAL1_SMALL"}}},
          {"serviceRole", RoleArn()}};
}

void CodebuildTest::MakeProject(std::string_view buildspec) {
  DoBuild("CreateProject", ProjectInput(buildspec));
}

std::string CodebuildTest::Commands(const std::vector<std::string>& commands) {
  json::Array list;
  for (const std::string& command : commands) list.emplace_back(command);
  json::Object build{{"commands", std::move(list)}};
  json::Object phases{{"build", std::move(build)}};
  return json::Write(json::Object{{"version", "0.2"}, {"phases", std::move(phases)}});
}

std::string CodebuildTest::Start(json::Object input) {
  input.Set("projectName", "demo");
  return std::string(DoBuild("StartBuild", input).GetObject("build").GetString("id"));
}

json::Object CodebuildTest::Show(const std::string& id) {
  const json::Object answer = DoBuild("BatchGetBuilds", {{"ids", json::Array{id}}});
  const json::Array& builds = answer.GetArray("builds");
  return builds.empty() ? json::Object() : builds.front().AsObject();
}

void CodebuildTest::Turn() {
  Advance(Milliseconds(10));
  loop().restart();
  loop().run_one_for(std::chrono::milliseconds(20));
}

json::Object CodebuildTest::Wait(const std::string& id) {
  return WaitForPhase(id, "COMPLETED");
}

json::Object CodebuildTest::WaitForPhase(const std::string& id, std::string_view phase) {
  json::Object build;
  Until([&] {
    build = Show(id);
    return build.empty() || build.GetString("currentPhase") == phase ||
           build.GetBool("buildComplete");
  });
  return build;
}

void CodebuildTest::Until(const std::function<bool()>& so) {
  const auto end = std::chrono::steady_clock::now() + kPatience;
  while (!so()) {
    if (std::chrono::steady_clock::now() > end) {
      ADD_FAILURE() << "that does not happen";
      return;
    }
    Turn();
  }
}

std::vector<std::string> CodebuildTest::Log(const json::Object& build) {
  const json::Object& logs = build.GetObject("logs");
  const json::Object answer = Do("logs", "GetLogEvents",
                                 {{"logGroupName", logs.GetString("groupName")},
                                  {"logStreamName", logs.GetString("streamName")},
                                  {"startFromHead", true}});
  std::vector<std::string> lines;
  for (const json::Value& event : answer.GetArray("events"))
    lines.emplace_back(Trim(event.AsObject().GetString("message")));
  return lines;
}

std::vector<std::string> CodebuildTest::Output(const json::Object& build) {
  std::vector<std::string> lines = Log(build);
  std::erase_if(lines, [](const std::string& line) { return line.starts_with("[Container]"); });
  return lines;
}

json::Object CodebuildTest::Phase(const json::Object& build, std::string_view type) {
  for (const json::Value& value : build.GetArray("phases")) {
    if (value.AsObject().GetString("phaseType") == type) return value.AsObject();
  }
  return {};
}

std::string CodebuildTest::Context(const json::Object& build, std::string_view type) {
  const json::Object phase = Phase(build, type);
  const json::Array& contexts = phase.GetArray("contexts");
  if (contexts.empty()) return {};
  const json::Object& context = contexts.front().AsObject();
  return std::string(context.GetString("statusCode")) + ": " +
         std::string(context.GetString("message"));
}

void CodebuildTest::PutObject(std::string_view key, std::string_view bytes) {
  Do("s3", "PutObject", {{"Bucket", "artifacts"}, {"Key", key}, {"Body", bytes}});
}

std::string CodebuildTest::ReadObject(std::string_view key) {
  const Answered answer = Ask("s3", "GetObject", {{"Bucket", "artifacts"}, {"Key", key}});
  if (!answer.response.file) return answer.response.body;
  return trunkline::tests::ReadFileOrDie(answer.response.file->path);
}

std::vector<std::string> CodebuildTest::Keys() {
  std::vector<std::string> keys;
  const json::Object answer = Do("s3", "ListObjectsV2", {{"Bucket", "artifacts"}});
  for (const json::Value& object : answer.GetArray("Contents"))
    keys.emplace_back(object.AsObject().GetString("Key"));
  return keys;
}

}  // namespace trunkline::cloud::tests
