// Projects.
#include "tests/cloud/codebuild/codebuild_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

class CodebuildProjects : public CodebuildTest {
 protected:
  json::Object Project(std::string_view name = "demo") {
    const json::Object answer = DoBuild("BatchGetProjects", {{"names", json::Array{name}}});
    const json::Array& projects = answer.GetArray("projects");
    return projects.empty() ? json::Object() : projects.front().AsObject();
  }
  void MakeNamed(std::string_view name) {
    json::Object input = ProjectInput();
    input.Set("name", name);
    DoBuild("CreateProject", input);
  }
};

TEST_F(CodebuildProjects, AreShownWithWhatTheyWereGivenAndTheServicesDefaults) {
  json::Object input = ProjectInput();
  input.Set("description", "words");
  input.Set("tags", json::Array{json::Object{{"key", "team"}, {"value", "blue"}}});

  DoBuild("CreateProject", input);

  const json::Object project = Project();
  EXPECT_EQ(project.GetString("arn"), "arn:aws:codebuild:eu-central-1:111122223333:project/demo");
  EXPECT_EQ(project.GetString("description"), "words");
  EXPECT_EQ(project.GetInt("timeoutInMinutes"), 60);
  EXPECT_EQ(project.GetInt("queuedTimeoutInMinutes"), 480);
  EXPECT_EQ(project.GetObject("cache").GetString("type"), "NO_CACHE");
  EXPECT_THAT(project.GetArray("tags"), SizeIs(1));
}

TEST_F(CodebuildProjects, HaveNamesOfTheirOwn) {
  DoBuild("CreateProject", ProjectInput());

  EXPECT_THAT(AskBuild("CreateProject", ProjectInput()),
              Fails(400, "ResourceAlreadyExistsException", HasSubstr("project/demo")));
}

TEST_F(CodebuildProjects, NeedARoleThatCodeBuildMayAssume) {
  json::Object input = ProjectInput();
  input.Set("serviceRole", "arn:aws:iam::111122223333:role/nobody");

  EXPECT_THAT(
      AskBuild("CreateProject", input),
      Fails(400, "InvalidInputException", HasSubstr("not authorized to perform: sts:AssumeRole")));
}

TEST_F(CodebuildProjects, WithoutASourceNeedABuildspec) {
  json::Object input = ProjectInput();
  input.Set("source", json::Object{{"type", "NO_SOURCE"}});

  EXPECT_THAT(AskBuild("CreateProject", input),
              Fails(400, "InvalidInputException", HasSubstr("buildspec")));
}

TEST_F(CodebuildProjects, KeepWhatAnUpdateDoesNotName) {
  json::Object input = ProjectInput();
  input.Set("description", "words");
  DoBuild("CreateProject", input);

  DoBuild("UpdateProject", {{"name", "demo"}, {"timeoutInMinutes", 10}});

  EXPECT_EQ(Project().GetString("description"), "words");
  EXPECT_EQ(Project().GetInt("timeoutInMinutes"), 10);
  EXPECT_THAT(AskBuild("UpdateProject", {{"name", "nope"}}),
              Fails(400, "ResourceNotFoundException", HasSubstr("nope")));
}

TEST_F(CodebuildProjects, AreGoneWhenDeleted) {
  DoBuild("CreateProject", ProjectInput());

  DoBuild("DeleteProject", {{"name", "demo"}});

  EXPECT_TRUE(Project().empty());
  EXPECT_THAT(AskBuild("StartBuild", {{"projectName", "demo"}}),
              Fails(400, "ResourceNotFoundException", HasSubstr("Project cannot be found")));
}

TEST_F(CodebuildProjects, AreListedInPagesAndSurviveARestart) {
  for (int i = 0; i < 101; ++i) MakeNamed("p" + std::to_string(1000 + i));
  Restart();

  const json::Object first = DoBuild("ListProjects", {{"sortOrder", "DESCENDING"}});
  const json::Object second = DoBuild(
      "ListProjects", {{"sortOrder", "DESCENDING"}, {"nextToken", first.GetString("nextToken")}});

  ASSERT_THAT(first.GetArray("projects"), SizeIs(100));
  EXPECT_EQ(first.GetArray("projects").front().AsString(), "p1100");
  ASSERT_THAT(second.GetArray("projects"), SizeIs(1));
  EXPECT_EQ(second.GetArray("projects").front().AsString(), "p1000");
  EXPECT_FALSE(second.Has("nextToken"));
  EXPECT_THAT(AskBuild("ListProjects", {{"nextToken", "bm9wZQ=="}}),
              Fails(400, "InvalidInputException", HasSubstr("token")));
}

TEST_F(CodebuildProjects, KeepAWebhookWhoseSecretIsShownOnce) {
  json::Object input = ProjectInput();
  input.Set("source", json::Object{{"type", "GITHUB"}, {"location", "https://github.com/a/b"}});
  DoBuild("CreateProject", input);

  const json::Object made = DoBuild("CreateWebhook", {{"projectName", "demo"}});

  EXPECT_FALSE(made.GetObject("webhook").GetString("secret").empty());
  EXPECT_TRUE(Project().Has("webhook"));
  EXPECT_FALSE(Project().GetObject("webhook").Has("secret"));
  EXPECT_THAT(AskBuild("CreateWebhook", {{"projectName", "demo"}}),
              Fails(400, "ResourceAlreadyExistsException", HasSubstr("demo")));
  DoBuild("DeleteWebhook", {{"projectName", "demo"}});
  EXPECT_FALSE(Project().Has("webhook"));
}

TEST_F(CodebuildProjects, BecomePublicAndPrivate) {
  DoBuild("CreateProject", ProjectInput());
  json::Object input{{"projectArn", Project().At("arn")}, {"projectVisibility", "PUBLIC_READ"}};

  const json::Object shown = DoBuild("UpdateProjectVisibility", input);

  EXPECT_FALSE(shown.GetString("publicProjectAlias").empty());
  EXPECT_EQ(Project().GetString("projectVisibility"), "PUBLIC_READ");
}

TEST_F(CodebuildProjects, HaveResourcePolicies) {
  DoBuild("CreateProject", ProjectInput());
  const std::string arn(Project().GetString("arn"));
  const json::Object which{{"resourceArn", arn}};

  EXPECT_THAT(AskBuild("GetResourcePolicy", which),
              Fails(400, "ResourceNotFoundException", HasSubstr("does not have a policy")));
  DoBuild("PutResourcePolicy", {{"resourceArn", arn}, {"policy", R"({"Statement":[]})"}});
  EXPECT_EQ(DoBuild("GetResourcePolicy", which).GetString("policy"), R"({"Statement":[]})");
  DoBuild("DeleteResourcePolicy", which);
  EXPECT_FALSE(AskBuild("GetResourcePolicy", which).ok());
}

TEST_F(CodebuildProjects, ShareSourceCredentialsThatAreNotShown) {
  const json::Object input{
      {"serverType", "GITHUB"}, {"authType", "PERSONAL_ACCESS_TOKEN"}, {"token", "hidden"}};
  const std::string arn(DoBuild("ImportSourceCredentials", input).GetString("arn"));

  const json::Object listed = DoBuild("ListSourceCredentials");

  ASSERT_THAT(listed.GetArray("sourceCredentialsInfos"), SizeIs(1));
  EXPECT_FALSE(listed.GetArray("sourceCredentialsInfos").front().AsObject().Has("token"));
  DoBuild("DeleteSourceCredentials", {{"arn", arn}});
  EXPECT_THAT(AskBuild("DeleteSourceCredentials", {{"arn", arn}}),
              Fails(400, "ResourceNotFoundException", HasSubstr(arn)));
}

}  // namespace
}  // namespace trunkline::cloud::tests
