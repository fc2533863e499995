// Variables from Secrets Manager.
#include <array>

#include "cloud/services.h"
#include "tests/cloud/codebuild/codebuild_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// A service that has one secret.
Answer<> GetSecretValue(Context& /*context*/, const json::Object& input) {
  if (input.GetString("SecretId") != "login") {
    return ServiceError("ResourceNotFoundException",
                        "Secrets Manager can't find the specified secret.");
  }
  const std::string_view stage = input.GetString("VersionStage", "AWSCURRENT");
  return json::Object{{"Name", "login"},
                      {"SecretString", stage == "AWSCURRENT"
                                           ? R"({"user":"ada","password":"hush-hush","port":1433})"
                                           : R"({"password":"old-words"})"}};
}

constexpr Operation kOperations[] = {{.name = "GetSecretValue", .handle = GetSecretValue}};
constexpr Family kFamily = kOperations;
constexpr const Family* kFamilies[] = {&kFamily};
constexpr Service kSecrets{.model = "secretsmanager", .families = kFamilies};

CloudOptions WithSecrets() {
  static const std::array<const Service*, 6> services = {
      &kCodebuildService, &kIamService, &kLogsService, &kS3Service, &kSecrets, &kStsService};
  CloudOptions options;
  options.services = services;
  return options;
}

class CodebuildSecrets : public CodebuildTest {
 protected:
  CodebuildSecrets() : CodebuildTest(WithSecrets()) {}
  json::Object BuildWith(const std::string& reference) {
    MakeProject("version: 0.2\nenv: {secrets-manager: {S: '" + reference +
                "'}}\nphases: {build: {commands: ['echo \"[$S]\" ${#S}']}}\n");
    return Build();
  }
};

TEST_F(CodebuildSecrets, AreMembersOfASecretAndMasked) {
  EXPECT_THAT(Output(BuildWith("login:password")), ElementsAre("[***] 9"));
}

TEST_F(CodebuildSecrets, AreOfTheStageThatIsNamed) {
  EXPECT_THAT(Output(BuildWith("login:password:AWSPREVIOUS")), ElementsAre("[***] 9"));
}

TEST_F(CodebuildSecrets, MayBeNumbers) {
  EXPECT_THAT(Output(BuildWith("login:port")), ElementsAre("[***] 4"));
}

TEST_F(CodebuildSecrets, ThatAreMissingFailTheBuild) {
  EXPECT_EQ(Context(BuildWith("none"), "DOWNLOAD_SOURCE"),
            "Secrets Manager Error: ResourceNotFoundException: Secrets Manager can't find the "
            "specified secret.");
}

TEST_F(CodebuildSecrets, WhoseMemberIsMissingFailTheBuild) {
  EXPECT_THAT(Context(BuildWith("login:none"), "DOWNLOAD_SOURCE"),
              HasSubstr("key 'none' does not exist in secret login"));
}

}  // namespace
}  // namespace trunkline::cloud::tests
