#include "cloud/children.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "base/files.h"
#include "base/subprocess.h"
#include "cloud/callers.h"
#include "tests/cloud/support/cloud_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::Key;
using ::testing::Not;
using ::testing::StartsWith;

using Variables = std::map<std::string, std::string>;

class Children : public CloudTest {
 protected:
  Answer<Variables> EnvironmentOf(std::string_view role_arn) {
    const WaitContext context(engine(), RootCaller(account()), region(), "request");
    return context.ChildEnvironment(role_arn, "worker");
  }
  void AddRole() {
    const json::Object body{{"Arn", "arn:aws:iam::111122223333:role/Worker"},
                            {"RoleId", "AROAEXAMPLE"},
                            {"AssumeRolePolicyDocument", "{}"}};
    ASSERT_TRUE(store().Transact([&] {
      store().Put({account(), ""}, {"iam", "role"},
                  {.id = "Worker", .parent = {}, .name = "Worker", .body = body});
      return true;
    }));
  }
  static ProcessOutput Run(std::vector<std::string> arguments, const Variables& environment) {
    auto output = RunProcess(
        {.arguments = std::move(arguments), .environment = environment, .folder = {}, .input = {}},
        std::chrono::seconds(60));
    EXPECT_TRUE(output) << output.error().ToText();
    return output ? *output : ProcessOutput{};
  }
};

TEST_F(Children, AreTheirRolesSession) {
  AddRole();

  const Variables variables = EnvironmentOf("arn:aws:iam::111122223333:role/Worker").value();

  UseCredentials(aws::Credentials{.access_key_id = variables.at("AWS_ACCESS_KEY_ID"),
                                  .secret_key = variables.at("AWS_SECRET_ACCESS_KEY"),
                                  .session_token = variables.at("AWS_SESSION_TOKEN")});
  EXPECT_EQ(Do("sts", "GetCallerIdentity").GetString("Arn"),
            "arn:aws:sts::111122223333:assumed-role/Worker/worker");
}

TEST_F(Children, WithoutARoleAreTheAccount) {
  const Variables variables = EnvironmentOf("").value();

  UseCredentials(aws::Credentials{.access_key_id = variables.at("AWS_ACCESS_KEY_ID"),
                                  .secret_key = variables.at("AWS_SECRET_ACCESS_KEY"),
                                  .session_token = variables.at("AWS_SESSION_TOKEN")});
  EXPECT_EQ(Do("sts", "GetCallerIdentity").GetString("Arn"), "arn:aws:iam::111122223333:root");
}

TEST_F(Children, CannotHaveARoleThatDoesNotExist) {
  const auto variables = EnvironmentOf("arn:aws:iam::111122223333:role/Nobody");

  ASSERT_FALSE(variables);
  EXPECT_EQ(variables.error().code, "AccessDenied");
}

TEST_F(Children, SeeTheCloudAndNothingOfTheUser) {
  setenv("AWS_PROFILE", "my-own-profile", 1);
  const Variables variables = EnvironmentOf("").value();
  unsetenv("AWS_PROFILE");

  EXPECT_EQ(variables.at("AWS_ENDPOINT_URL"), "http://127.0.0.1:4566");
  EXPECT_EQ(variables.at("AWS_REGION"), "eu-central-1");
  EXPECT_EQ(variables.at("NO_PROXY"), "127.0.0.1,localhost");
  EXPECT_THAT(variables.at("HTTPS_PROXY"), StartsWith("http://127.0.0.1:"));
  EXPECT_THAT(variables, Not(::testing::Contains(Key("AWS_PROFILE"))));
  EXPECT_THAT(variables, Not(::testing::Contains(Key("HOME"))));
}

TEST_F(Children, CallTheAwsCliWithTheEndpoint) {
  const trunkline::tests::TemporaryFolder folder;
  DiskFiles files;
  ASSERT_TRUE(files.Write(folder.path() + "/it's aws", "#!/bin/sh\necho \"$@\"\n", 0755));
  ASSERT_TRUE(WriteChildTools(folder.path() + "/tools", folder.path() + "/it's aws"));

  const ProcessOutput output =
      Run({folder.path() + "/tools/bin/aws", "s3", "ls", "a b"},
          {{"AWS_ENDPOINT_URL", "http://127.0.0.1:1234"}, {"PATH", "/usr/bin:/bin"}});

  EXPECT_EQ(output.out, "--endpoint-url http://127.0.0.1:1234 s3 ls a b\n");
}

// boto3 as Debian has it does not read AWS_ENDPOINT_URL; a client that names an endpoint keeps it.
TEST_F(Children, SetTheEndpointOfBoto3) {
  if (RunProcess({.arguments = {"/usr/bin/python3", "-c", "import boto3"},
                  .environment = {},
                  .folder = {},
                  .input = {}},
                 std::chrono::seconds(60))
          ->exit_code != 0) {
    GTEST_SKIP() << "needs python3-boto3";
  }
  const Variables variables = EnvironmentOf("").value();
  const char* const program =
      "import boto3\n"
      "print(boto3.client('sts').meta.endpoint_url)\n"
      "print(boto3.Session().client('s3').meta.endpoint_url)\n"
      "print(boto3.client('sts', endpoint_url='http://127.0.0.1:7').meta.endpoint_url)\n";

  const ProcessOutput output = Run({"/usr/bin/python3", "-c", program}, variables);

  EXPECT_EQ(output.out, "http://127.0.0.1:4566\nhttp://127.0.0.1:4566\nhttp://127.0.0.1:7\n")
      << output.err;
}

}  // namespace
}  // namespace trunkline::cloud::tests
