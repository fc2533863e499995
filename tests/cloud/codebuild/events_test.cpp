// What EventBridge is told of builds, whoever listens there.
#include <array>

#include "base/json_read.h"
#include "cloud/services.h"
#include "tests/cloud/codebuild/codebuild_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;

// An events service that only remembers.
std::vector<json::Object>& Told() {
  static std::vector<json::Object> told;
  return told;
}

Answer<> PutEvents(Context& /*context*/, const json::Object& input) {
  for (const json::Value& entry : input.GetArray("Entries")) Told().push_back(entry.AsObject());
  return json::Object{{"FailedEntryCount", 0}, {"Entries", json::Array()}};
}

constexpr Operation kOperations[] = {{.name = "PutEvents", .handle = PutEvents}};
constexpr Family kFamily = kOperations;
constexpr const Family* kFamilies[] = {&kFamily};
constexpr Service kEvents{.model = "events", .families = kFamilies};

CloudOptions WithListener() {
  static const std::array<const Service*, 6> services = {
      &kCodebuildService, &kEvents, &kIamService, &kLogsService, &kS3Service, &kStsService};
  CloudOptions options;
  options.services = services;
  return options;
}

class CodebuildEvents : public CodebuildTest {
 protected:
  CodebuildEvents() : CodebuildTest(WithListener()) { Told().clear(); }

  static std::vector<std::string> Details(std::string_view type, std::string_view member) {
    std::vector<std::string> values;
    for (const json::Object& entry : Told()) {
      EXPECT_EQ(entry.GetString("Source"), "aws.codebuild");
      if (entry.GetString("DetailType") != type) continue;
      const auto detail = json::Parse(entry.GetString("Detail"));
      values.emplace_back(detail->AsObject().GetString(member));
    }
    return values;
  }
};

TEST_F(CodebuildEvents, TellOfEveryPhaseAndOfTheEnd) {
  MakeProject(Commands({"false"}));

  const json::Object build = Build();

  EXPECT_THAT(Details("CodeBuild Build State Change", "build-status"),
              ElementsAre("IN_PROGRESS", "FAILED"));
  EXPECT_THAT(Details("CodeBuild Build State Change", "build-id"),
              Contains(build.GetString("arn")));
  EXPECT_THAT(Details("CodeBuild Build Phase Change", "completed-phase"),
              ElementsAre("SUBMITTED", "QUEUED", "PROVISIONING", "DOWNLOAD_SOURCE", "INSTALL",
                          "PRE_BUILD", "BUILD", "POST_BUILD", "UPLOAD_ARTIFACTS", "FINALIZING"));
  EXPECT_THAT(
      Details("CodeBuild Build Phase Change", "completed-phase-context"),
      Contains("[COMMAND_EXECUTION_ERROR: Error while executing command: false. Reason: exit "
               "status 1]"));
}

TEST_F(CodebuildEvents, TellNoVariablesValue) {
  MakeProject(Commands({"true"}));

  json::Array variables;
  variables.push_back(json::Object{{"name", "TOKEN"}, {"value", "not for everybody"}});
  Build({{"environmentVariablesOverride", std::move(variables)}});

  for (const json::Object& entry : Told())
    EXPECT_THAT(std::string(entry.GetString("Detail")),
                Not(::testing::HasSubstr("not for everybody")));
}

}  // namespace
}  // namespace trunkline::cloud::tests
