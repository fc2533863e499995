#include "functions/router_settings.h"

#include <gmock/gmock.h>

namespace trunkline::functions::router {
namespace {

using testing::ElementsAre;

std::map<std::string, std::string> Whole() {
  return {{"TRUNKLINE_SECRET_ARN", "arn:secret"},
          {"TRUNKLINE_LEDGER_TABLE", "ledger"},
          {"TRUNKLINE_REPOSITORY", "acme/center"},
          {"TRUNKLINE_BRANCHES", R"({"develop": "dev"})"},
          {"TRUNKLINE_PROJECTS", "devops-pipelines, instance,"},
          {"TRUNKLINE_TOOLING_BRANCH", "main"}};
}

std::string MistakeOf(const std::string& name, const std::string& value) {
  std::map<std::string, std::string> variables = Whole();
  variables[name] = value;
  return ReadSettings(MapEnvironment(variables)).error().message();
}

TEST(RouterSettings, AreReadFromTheEnvironment) {
  const Settings settings = ReadSettings(MapEnvironment(Whole())).value();

  EXPECT_EQ(settings.EnvironmentOf("develop"), "dev");
  EXPECT_EQ(settings.EnvironmentOf("main"), "");
  EXPECT_THAT(settings.projects, ElementsAre("devops-pipelines", "instance"));
  EXPECT_THAT(settings.RoutedBranches(), ElementsAre("develop", "main"));
  EXPECT_EQ(settings.github_api, "https://api.github.com");
  EXPECT_EQ(settings.github_token_arn, "");
}

TEST(RouterSettings, MistakesNameTheVariable) {
  EXPECT_EQ(MistakeOf("TRUNKLINE_SECRET_ARN", ""),
            "the router's environment has no TRUNKLINE_SECRET_ARN: deploy the tooling stack again "
            "('trunkline bootstrap')");
  EXPECT_EQ(MistakeOf("TRUNKLINE_REPOSITORY", "center"),
            "expected TRUNKLINE_REPOSITORY to be owner/name but got 'center'");
  EXPECT_EQ(MistakeOf("TRUNKLINE_BRANCHES", "develop"),
            "expected TRUNKLINE_BRANCHES to be JSON such as {\"develop\": \"dev\"} but got "
            "'develop'");
  EXPECT_EQ(MistakeOf("TRUNKLINE_BRANCHES", R"({"develop": 1})"),
            "expected TRUNKLINE_BRANCHES to give branch 'develop' the name of an environment but "
            "got a number");
}

TEST(RouterSettings, GithubIsAskedOverHttpsOrOnThisMachine) {
  EXPECT_EQ(MistakeOf("TRUNKLINE_GITHUB_API", "http://github.example/api"),
            "expected TRUNKLINE_GITHUB_API to be a URL of https like 'https://api.github.com' but "
            "got 'http://github.example/api'");

  std::map<std::string, std::string> variables = Whole();
  variables["TRUNKLINE_GITHUB_API"] = "http://127.0.0.1:4566/_trunkline/github/";
  EXPECT_EQ(ReadSettings(MapEnvironment(variables)).value().github_api,
            "http://127.0.0.1:4566/_trunkline/github");
}

}  // namespace
}  // namespace trunkline::functions::router
